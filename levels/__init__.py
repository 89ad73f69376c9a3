"""One commented TOML a level."""
