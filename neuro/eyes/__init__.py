"""What the eyes do: events in gaze, measures of them, and the pupil."""
