"""Rules that must not ship, played beside those that do, so that everybody can see why."""

from collections import deque
from collections.abc import Callable

import numpy as np

from engine import skill as skill_rules
from engine.anchors import clip
from engine.copies import replace
from engine.events import DifficultyChanged, Event
from engine.session import Sitting
from game.simulation.sitting import Meddle

_TRACK_S, _RATE_HZ = 30.0, 10.0


class DifficultyFromScore:
    """Whoever attends finds it harder, whoever does not easier; success is not asked. It has no fixed point."""

    def __init__(self, _goal: float) -> None:
        self._x: float | None = None

    def __call__(self, now: Sitting, events: tuple[Event, ...]) -> Sitting:
        if not any(isinstance(event, DifficultyChanged) for event in events):
            return now
        before = now.skill.x if self._x is None else self._x
        z = min(1.0, max(-1.0, now.supervisor.attention or 0.0))
        self._x = clip(before + skill_rules.GAIN_FLOOR * z)
        return replace(now, skill=replace(now.skill, x=self._x, easy=0))


class ThresholdThatFollows:
    """The threshold tracks the last half minute of attention, so that the goal's share of it is always above."""

    def __init__(self, goal: float) -> None:
        self._goal = goal
        self._recent: deque[float] = deque(maxlen=round(_TRACK_S * _RATE_HZ))
        self._heard = 0

    def __call__(self, now: Sitting, _events: tuple[Event, ...]) -> Sitting:
        if now.stage != "block" or now.reward.z is None or now.good_heard == self._heard:
            return now
        self._heard = now.good_heard
        self._recent.append(now.reward.z)
        threshold_z = float(np.quantile(self._recent, 1 - self._goal))
        return replace(now, reward=replace(now.reward, threshold_z=threshold_z))


RIVALS: dict[str, Callable[[float], Meddle]] = {
    "difficulty from the score alone": DifficultyFromScore,
    "a threshold that follows": ThresholdThatFollows,
}
