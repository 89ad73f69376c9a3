"""Home: the door, players, today's path as a map, the garden, the settings and the corner of grown-ups."""
