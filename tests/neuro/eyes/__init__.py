"""Facts about what eyes do."""
