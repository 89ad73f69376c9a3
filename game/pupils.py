"""How a player's pupil answers to light alone, by the grey steps of the calibration."""

import numpy as np
from numpy.typing import NDArray

from engine.light import EASE_S, STEP_S
from neuro.eyes.pupil import LightCurve
from neuro.types import Gaze

SETTLED_S = (1.2, STEP_S - EASE_S)
"""From when to when, after a light has been reached, the pupil is taken as settled."""

LEAST_SHARE = 0.3
"""Of the samples of a step that must have a pupil; own choice."""


class Pupils:
    """Hears of each light that was reached, and of the gaze meanwhile."""

    def __init__(self) -> None:
        self._lights: list[tuple[float, float]] = []
        self._gaze: list[tuple[float, float]] = []

    def shown(self, luminance: float, t_s: float) -> None:
        """The picture has it from t_s on."""
        self._lights.append((luminance, t_s))

    def heard(self, gaze: Gaze) -> None:
        """Kept only while the lights go on."""
        if self._lights:
            self._gaze += zip(gaze.t_s.tolist(), gaze.pupil_mm.tolist(), strict=True)

    def curve(self) -> LightCurve | None:
        """What the steps say, which are forgotten; None where too little of the pupil was seen."""
        gaze, lights = np.array(self._gaze or [(np.nan, np.nan)]), self._lights
        self._lights, self._gaze = [], []
        points = [(luminance, _settled_mm(gaze, t_s)) for luminance, t_s in lights]
        luminances, pupils_mm = np.array(points or [(0.0, np.nan)]).T
        try:
            return LightCurve.fit(luminances, pupils_mm)
        except ValueError:
            return None


def _settled_mm(gaze: NDArray[np.float64], t_s: float) -> float:
    """The median pupil while it was settled; NaN where too little of it was seen."""
    since_s = gaze[:, 0] - t_s
    mm = gaze[(since_s >= SETTLED_S[0]) & (since_s < SETTLED_S[1]), 1]
    known = mm[np.isfinite(mm)]
    return float(np.median(known)) if known.size and known.size >= LEAST_SHARE * mm.size else np.nan
