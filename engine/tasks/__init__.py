"""One file a mechanic: its rules, its trials, its outcome measures."""
