"""How far off the gaze is, in degrees: judged after each block by what the person certainly looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.screen.lens import angle_deg
from neuro.screen.steady import Target, steady


@dataclass(frozen=True, slots=True)
class Validation:
    """What the targets of one block say.

    error_deg: mean angle between gaze and target, over the targets that were looked at steadily
    worst_deg: the largest of them
    drift_deg: how far gaze lies to the right of the targets and below them, on average
    n_targets: how many there were
    n_steady:  how many of them were looked at steadily
    """

    error_deg: float
    worst_deg: float
    drift_deg: tuple[float, float]
    n_targets: int
    n_steady: int


def validated(
    t_s: NDArray[np.float64],
    xy: NDArray[np.floating],
    targets: Sequence[Target],
    span_deg: tuple[float, float],
) -> Validation | None:
    """Judge gaze (2, n) in screens at t_s (n,); None where no target was looked at steadily.

    span_deg: how wide and how high the screen appears to somebody straight in front of it.
    """
    reach = np.tan(np.radians(span_deg) / 2)[:, None]
    rays = (np.asarray(xy, np.float64) - 0.5) * 2 * reach
    rested = [(at, (each.x, each.y)) for each in targets if (at := steady(t_s, rays, each.until_s)) is not None]
    if not rested:
        return None
    looked, shown = (np.array(part).T for part in zip(*rested, strict=True))
    asked = (shown - 0.5) * 2 * reach
    off_deg = angle_deg(looked, asked)
    right, below = np.degrees(np.arctan(looked) - np.arctan(asked)).mean(axis=1)
    drift_deg = (float(right), float(below))
    return Validation(float(off_deg.mean()), float(off_deg.max()), drift_deg, len(targets), len(rested))
