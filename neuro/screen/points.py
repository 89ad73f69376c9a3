"""Gaze on the screen without video: nine dots are looked at, and the head is held still."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neuro.screen.lens import Calibration, angle_deg
from neuro.screen.plane import back, fitted, moved, on_screen
from neuro.screen.steady import Target, steady

DOTS = tuple((x, y) for y in (0.1, 0.5, 0.9) for x in (0.1, 0.5, 0.9))
"""Where the dots are shown, in screens."""

LEAST_DOTS = 6
"""Own choice: with fewer, one bad fixation bends the whole map."""


@dataclass(frozen=True, slots=True)
class PointMap:
    """From the scene camera to the screen while the head stays where it was.

    matrix:       (3, 3) from rays to screens
    shift:        (2,) of rays: how far the head has turned since
    residual_deg: mean angle between the dots and where the map has the gaze that rested on them

    A homography, not a polynomial of second order: with fixations that are 0.5 to 1 degree off it was the nearer
    one on average (0.4 against 0.5 degrees with nine dots, 0.5 against 0.7 with seven; own simulation).
    """

    calibration: Calibration
    matrix: NDArray[np.float64]
    shift: NDArray[np.float64]
    residual_deg: float

    def __call__(self, px: NDArray[np.floating]) -> NDArray[np.float32]:
        """Gaze (2, n) in pixels -> (2, n) screens; NaN off the screen."""
        return on_screen(moved(self.matrix, self._rays(px)))

    def recentred(self, px: NDArray[np.floating], screen_xy: tuple[float, float]) -> "PointMap":
        """The map after the head turned: gaze at px (2,) is known to rest on screen_xy.

        Raises: ValueError: no direction belongs to px.
        """
        off = moved(back(self.matrix), np.array(screen_xy)[:, None]) - self._rays(np.asarray(px)[:, None])
        if not np.isfinite(off).all():
            raise ValueError("the gaze to recentre by is lost")
        return replace(self, shift=self.shift + off[:, 0])

    def error_deg(self, px: NDArray[np.floating], screen_xy: NDArray[np.floating]) -> float:
        """The mean angle between gaze (2, n) in pixels and what was looked at (2, n) in screens."""
        return float(angle_deg(self._rays(px), moved(back(self.matrix), screen_xy)).mean())

    def _rays(self, px: NDArray[np.floating]) -> NDArray[np.float64]:
        return self.calibration.rays(px) + self.shift[:, None]


def point_map(
    t_s: NDArray[np.float64], px: NDArray[np.floating], dots: Sequence[Target], calibration: Calibration
) -> PointMap | None:
    """The map from gaze (2, n) in pixels at t_s (n,) while the dots were shown.

    None where fewer than six of the dots were looked at steadily, or those lie on one line: show them again.
    """
    rays = calibration.rays(px)
    rested = [(at, (dot.x, dot.y)) for dot in dots if (at := steady(t_s, rays, dot.until_s)) is not None]
    if len(rested) < LEAST_DOTS:
        return None
    looked, shown = (np.array(part).T for part in zip(*rested, strict=True))
    try:
        matrix = fitted(looked, shown)
    except ValueError:
        return None
    residual_deg = float(angle_deg(looked, moved(back(matrix), shown)).mean())
    return PointMap(calibration, matrix, np.zeros(2), residual_deg)
