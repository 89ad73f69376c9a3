"""Makes the stamps of a recording fit to use: strictly increasing, gaps kept, and a rate that they bear out."""

import numpy as np
from numpy.typing import NDArray

GAP_S = 0.25
"""A longer interval is a gap: no Bluetooth batch takes that long (12 samples at 256 Hz are 47 ms)."""

_RATES_HZ = (50, 100, 125, 128, 160, 200, 220, 250, 256, 300, 500, 512, 1000, 1024, 2000, 2048, 4096, 5000, 16000)
_SAME_S = 1e-9
"""Stamps that are no further apart are one: no clock is that fine."""
_SNAP = 0.02  # 125 and 128, 250 and 256 are 2.4 % apart


def rate_hz(t_s: NDArray[np.float64]) -> float:
    """Samples a second over the whole of t_s, gaps left out; a usual rate within 2 % is taken at its word.

    Args:   t_s: (n,) strictly increasing seconds.
    Raises: ValueError: there are fewer than two samples within a quarter of a second.
    """
    measured_hz = 1.0 / _usual_step_s(t_s)
    nearest_hz = min(_RATES_HZ, key=lambda rate: abs(rate - measured_hz))
    return float(nearest_hz) if abs(measured_hz / nearest_hz - 1) < _SNAP else measured_hz


def repaired(t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strictly increasing stamps.

    A step back of the clock is taken out; samples of one batch, which share a stamp, are spread over the time since
    the batch before. What was strictly increasing comes back as it was.

    Args:   t_s: (n,) seconds, finite.
    Raises: ValueError: there are fewer than two different stamps within a quarter of a second.
    """
    steps = np.diff(t_s)
    if np.all(steps > 0):
        return t_s
    usual_s = _usual_step_s(t_s)
    shift = np.where(steps < -GAP_S, steps - usual_s, 0.0).cumsum()
    return _spread(np.maximum.accumulate(t_s - np.r_[0.0, shift]))


def _usual_step_s(t_s: NDArray[np.float64]) -> float:
    """Mean seconds from one sample to the next, gaps and steps back left out."""
    steps = np.diff(t_s)
    usual = steps[(steps >= 0) & (steps < GAP_S)]
    if not usual.sum() > 0:
        raise ValueError("no two samples follow one another within a quarter of a second")
    return float(usual.mean())


def _spread(t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spread equal neighbours backwards over the time since the batch before; over the usual time after a gap."""
    first = np.flatnonzero(np.diff(t_s, prepend=-np.inf) > _SAME_S)
    size = np.diff(np.append(first, t_s.size))
    stamp = t_s[first]
    since = np.diff(stamp, prepend=stamp[0] - 2 * GAP_S)
    near = since < GAP_S
    usual_s = since[near].sum() / size[near].sum()
    width = np.where(near, since, np.minimum(size * usual_s, since))
    to_end = np.repeat(first + size - 1, size) - np.arange(t_s.size)
    return np.asarray(np.repeat(stamp, size) - np.repeat(width / size, size) * to_end)
