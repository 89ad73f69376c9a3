"""Learning together without sending signals."""
