"""How a simulated player plays each task, one file a task."""
