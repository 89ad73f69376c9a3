"""EEG boards as their own protocols have them: a Cyton on a serial port, any board on BrainFlow's multicast."""
