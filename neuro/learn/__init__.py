"""Making models: data, training, evaluation, export. Nothing here is imported in play."""
