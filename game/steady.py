"""Gaze that came in portions, handed out evenly: each tick has that of a moment always as long ago."""

from collections import deque

import numpy as np

from engine.ports import GAZE_DELAY_S
from game.draw import HEIGHT, WIDTH
from neuro.types import Gaze

HELD_S = 0.05
"""A gaze that is older than this by then is no longer one: eyes that are lost are not where they were."""
KEPT = 512


class SteadyGaze:
    """The last seconds of gaze."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float, float]] = deque(maxlen=KEPT)

    def heard(self, gaze: Gaze) -> None:
        """What has come since."""
        self._samples.extend(zip(gaze.t_s.tolist(), *gaze.xy.tolist(), strict=True))

    def at(self, now_s: float) -> tuple[float, float] | None:
        """Where the player looked GAZE_DELAY_S before, in the picture's 1280 x 720; None while the eyes were lost."""
        then_s = now_s - GAZE_DELAY_S
        for t_s, x, y in reversed(self._samples):
            if t_s <= then_s:
                lost = then_s - t_s > HELD_S or np.isnan(x) or np.isnan(y)
                return None if lost else (round(x * WIDTH, 1), round(y * HEIGHT, 1))
        return None
