"""Facts about sources of EEG and gaze."""
