"""How each task looks, and its words, one file a task."""
