"""Facts about commands."""
