"""Where the eye rested on something that it was asked to look at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEADY_S = 0.6
MOST_SD = 15 / 892  # of rays: 15 px of Neon's scene camera, near enough one degree
LEAST_SHARE = 0.5  # of the samples must be there, over as much of the time (own choice)


@dataclass(frozen=True, slots=True)
class Target:
    """Something at x, y (screens) that the person was asked to look at until `until_s` (host monotonic seconds)."""

    x: float
    y: float
    until_s: float


def steady(t_s: NDArray[np.float64], rays: NDArray[np.float64], until_s: float) -> NDArray[np.float64] | None:
    """The median (2,) of the last 0.6 s of rays (2, n); None where the eye wandered, or mostly was not seen."""
    asked = (t_s > until_s - STEADY_S) & (t_s <= until_s)
    seen = asked & np.isfinite(rays).all(axis=0)
    if seen.sum() < max(2, LEAST_SHARE * asked.sum()) or np.ptp(t_s[seen]) < LEAST_SHARE * STEADY_S:
        return None
    resting = rays[:, seen]
    return None if resting.std(axis=1).max() > MOST_SD else np.asarray(np.median(resting, axis=1))
