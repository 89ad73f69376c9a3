"""The three rhythms that features are named for, in Hz."""

BANDS: dict[str, tuple[float, float]] = {"theta": (4.0, 8.0), "alpha": (8.0, 13.0), "beta": (13.0, 20.0)}
"""They end at 20 Hz because muscle outweighs the brain above about 25 Hz: docs/why/0003."""

TOTAL_HZ = (2.0, 20.0)
"""What a band is a share of: a clenched jaw above 20 Hz changes neither part of the share."""
