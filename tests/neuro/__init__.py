"""Facts about signals."""
