"""How things move: slowly in and slowly out, as functions of time alone."""

from math import pi, sin

from engine.ports import TICK_S


def mix(start: float, end: float, share: float) -> float:
    return start + (end - start) * share


def ease(share: float) -> float:
    """From 0 to 1, slowly in and slowly out; at rest outside 0..1."""
    s = min(1.0, max(0.0, share))
    return s * s * (3 - 2 * s)


def arrive(share: float) -> float:
    """From 0 to 1, fast at first and gently at the end."""
    s = min(1.0, max(0.0, share))
    return 1 - (1 - s) ** 3


def swell(share: float) -> float:
    """From 0 to 1 and back to 0."""
    return ease(2 * share) * ease(2 - 2 * share)


def wave(tick: float, period_s: float, turn: float = 0.0) -> float:
    """-1..1, once in each period; `turn` is where in it, in periods, it begins."""
    return sin(2 * pi * (tick * TICK_S / period_s + turn))
