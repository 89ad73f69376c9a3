"""The simulated player: attention that comes and goes, and a head, eyes and hands that show it as people's do."""
