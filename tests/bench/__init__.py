"""The bench is tested without its peers."""
