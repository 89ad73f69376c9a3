"""One file a device: each source ends its threads at its own door and hands out what has arrived."""
