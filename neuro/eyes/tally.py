"""Sums over the samples of a step, of which the measures of many steps are made."""

from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import FIXATION, GAP_S, PURSUIT
from neuro.eyes.measures import ellipse_deg2

TARGET_DEG = 3.0
"""Gaze this near is on a target: glasses without a calibration err by 2 to 3 degrees (devices, C)."""

T = TypeVar("T")


class Row(NamedTuple):
    """Of each sample. away_deg: from the target, NaN without one."""

    t_s: NDArray[np.float64]
    x_deg: NDArray[np.float64]
    y_deg: NDArray[np.float64]
    confidence: NDArray[np.float64]
    pupil_mm: NDArray[np.float64]
    on_screen: NDArray[np.float64]
    away_deg: NDArray[np.float64]


class Sums(NamedTuple, Generic[T]):
    """Over some time: seconds of this and that, the moments of gaze, and how many events."""

    all_s: T
    seen_s: T
    on_screen_s: T
    fixation_s: T
    pursuit_s: T
    target_s: T
    on_target_s: T
    n: T
    x: T
    y: T
    xx: T
    yy: T
    xy: T
    saccades: T
    intrusions: T
    blinks: T


def summed_up(rows: Row, kind: NDArray[np.int8], hidden: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n_sums, n) what each sample adds to `Sums`; events are counted elsewhere."""
    seen, target = ~hidden, ~hidden & ~np.isnan(rows.away_deg)
    x, y = np.where(hidden, 0.0, rows.x_deg), np.where(hidden, 0.0, rows.y_deg)
    step_s, none = np.zeros(kind.size), np.zeros(kind.size)
    step_s[1:] = rows.t_s[1:] - rows.t_s[:-1]
    step_s[step_s >= GAP_S] = 0.0
    return np.stack(
        Sums(
            step_s,
            step_s * seen,
            step_s * (seen & (rows.on_screen > 0)),
            step_s * (kind == FIXATION),
            step_s * (kind == PURSUIT),
            step_s * target,
            step_s * (target & (rows.away_deg <= TARGET_DEG)),
            seen.astype(float),
            x,
            y,
            x * x,
            y * y,
            x * y,
            none,
            none,
            none,
        )
    )


def share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan


def ellipse(s: Sums[float]) -> float:
    if s.n < 3:
        return np.nan
    xx, yy, xy = s.xx - s.x * s.x / s.n, s.yy - s.y * s.y / s.n, s.xy - s.x * s.y / s.n
    return ellipse_deg2(xx / (s.n - 1), yy / (s.n - 1), xy / (s.n - 1))
