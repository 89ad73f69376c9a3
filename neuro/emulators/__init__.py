"""What speaks a device's own protocol, for tests and demonstrations."""
