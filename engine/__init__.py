"""Rules: what the game is. No clock, no device, no drawing; time and randomness are arguments."""
