"""Gaze in the scene camera's picture as gaze on the screen, by the newest sight of the marks."""

import numpy as np
from numpy.typing import NDArray

from neuro.screen.lens import Calibration
from neuro.screen.plane import Homography, moved, on_screen

HOLD_S = 0.3
"""How long a sight of the screen is good for: bridges two lost looks at 10 Hz (own choice)."""


class TagMapper:
    """Built once, told of each sight of the screen, called for each chunk of gaze."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self._sight: Homography | None = None

    def see(self, sight: Homography) -> None:
        """The screen was there; an older sight than the one that is held says nothing new."""
        if self._sight is None or sight.t_s >= self._sight.t_s:
            self._sight = sight

    def __call__(self, t_s: NDArray[np.float64], px: NDArray[np.floating]) -> NDArray[np.float32]:
        """Gaze (2, n) in pixels at t_s (n,) -> screens (2, n); NaN off the screen or too far from a sight in time."""
        if self._sight is None:
            return np.full(px.shape, np.nan, np.float32)
        xy = on_screen(moved(self._sight.matrix, self._calibration.rays(px)))
        xy[:, np.abs(t_s - self._sight.t_s) > HOLD_S] = np.nan
        return xy
