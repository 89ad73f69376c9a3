"""What keeps Flower from telling its makers of every start, and from asking them for newer versions."""

SILENCE = {"FLWR_TELEMETRY_ENABLED": "0", "FLWR_DISABLE_UPDATE_CHECK": "1"}
"""For the surroundings of its processes, before it is imported."""
