"""The rules of the game, closed around simulated players: thousands of sittings without a window."""
