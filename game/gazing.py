"""Watches a player look at dots, and says what came of it: a map for the glasses, or how far off they are."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from engine.events import DotRested, GazePurpose
from engine.ports import GazeMap, Looked, Place
from engine.session import Sitting
from neuro.screen import ScreenMapper, Target, Validation, point_map, span_deg, validated
from neuro.screen.steady import steady
from neuro.types import Gaze

LATE_S = 0.5
"""Longer than this nobody waits for gaze that is still on its way."""

MARKS_S = 1.0
"""Marks that were seen this recently are what gaze goes by: a hand before the glasses is no reason for dots."""


LEAST_SPAN_DEG = 8.0
"""No screen is smaller (own choice: a tablet at arm's length is 20 degrees wide). Eyes that rested on one place,
whatever was shown, fit a map too, but a tiny one."""


class Gazing:
    """Hears gaze and dots, answers once all gaze on the last dot has come."""

    def __init__(self, mapper: ScreenMapper) -> None:
        self._mapper = mapper
        self._heard: deque[Gaze] = deque()
        self._targets: dict[Place, Target] = {}
        self._marks_s = -np.inf
        self._answer: Looked | None = None

    def heard(self, gaze: Gaze, now_s: float) -> None:
        if self._mapper.mapped.by == "marks" and gaze.t_s.size:
            self._marks_s = now_s
        if gaze.scene_px is not None and gaze.t_s.size:
            self._heard.append(gaze)

    def mapping(self, now_s: float) -> GazeMap:
        if now_s - self._marks_s <= MARKS_S:
            return "marks"
        return "points" if self._mapper.points else "none"

    def rested(self, dot: DotRested, now_s: float) -> None:
        """A dot that is shown again takes its own place."""
        self._targets[dot.x, dot.y] = Target(dot.x, dot.y, now_s)

    def answer(self, sitting: Sitting | None, now_s: float) -> Looked | None:
        """To the dots of the sitting, once and for all until it shows others; None while there is none."""
        dots = sitting.dots if sitting and sitting.stage == "gaze" else None
        if dots is None or dots.part == "greet":
            self._forget()
        if dots is None or dots.part != "judge":
            self._answer = None
        elif self._answer is None and self._has_all(now_s):
            self._answer = self._judged(dots.purpose)
        return self._answer

    def _forget(self) -> None:
        self._heard.clear()
        self._targets.clear()

    def _has_all(self, now_s: float) -> bool:
        until_s = max(target.until_s for target in self._targets.values())
        newest_s = self._heard[-1].t_s[-1] if self._heard else -np.inf
        return bool(newest_s >= until_s or now_s >= until_s + LATE_S)

    def _judged(self, purpose: GazePurpose) -> Looked:
        if not self._heard:
            return Looked(missed=tuple(self._targets))
        t_s, px, xy = (
            np.concatenate(part, axis=-1)
            for part in zip(*((g.t_s, g.scene_px, g.xy) for g in self._heard), strict=True)
        )
        if purpose == "map":
            return self._mapped(t_s, px)
        looked = self._checked(t_s, xy)
        if purpose == "centre" and not looked.missed:
            self._centre(t_s, px)
        return looked

    def _mapped(self, t_s: NDArray[np.float64], px: NDArray[np.float32]) -> Looked:
        """Makes a map where enough dots were looked at; its error is how well it fits."""
        calibration, targets = self._mapper.calibration, list(self._targets.values())
        rays = calibration.rays(px)
        missed = tuple(place for place, each in self._targets.items() if steady(t_s, rays, each.until_s) is None)
        made = point_map(t_s, px, targets, calibration)
        if made is None:
            return Looked(missed)
        if not all(wide >= LEAST_SPAN_DEG for wide in span_deg(made.matrix)):  # NaN is not, either
            return Looked(missed=tuple(self._targets))
        self._mapper.points = made
        return Looked(missed, made.residual_deg)

    def _checked(self, t_s: NDArray[np.float64], xy: NDArray[np.float32]) -> Looked:
        span = self._mapper.span_deg
        if span is None:
            return Looked(missed=tuple(self._targets))

        def judged(*targets: Target) -> Validation | None:
            return validated(t_s, xy, targets, span)

        missed = tuple(place for place, each in self._targets.items() if judged(each) is None)
        found = judged(*self._targets.values())
        return Looked(missed, found.error_deg, found.drift_deg) if found else Looked(missed)

    def _centre(self, t_s: NDArray[np.float64], px: NDArray[np.float32]) -> None:
        """The head has turned since the map was made: by as much as gaze is off the one dot."""
        (target,) = self._targets.values()
        calibration = self._mapper.calibration
        at = steady(t_s, calibration.rays(px), target.until_s)
        if at is not None:
            self._mapper.recentre(calibration.pixels(at[:, None])[:, 0], (target.x, target.y))
