"""What draws the eye or the ear: a ladder of five kinds, one more a level. None of them ever touches the task."""

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal, get_args

from engine import dice
from engine.copies import replace
from engine.ports import TICK_S, ticks_of

Kind = Literal["static", "moving", "salient", "task_like", "sound"]
"""A dragonfly that sits, one that drifts at the edge, one that circles near the pool, a shadow like a creature's that
crosses the far water, and a frog that calls from the reeds."""

LADDER: tuple[Kind, ...] = get_args(Kind)

FADE_S = 2.0

PERCH = (0.86, 0.41)
PERIPHERY = (0.70, 0.20)
NEAR_THE_POOL = (0.52, 0.42)
FAR_WATER_Y = 0.60
"""Well above the lane of the creatures: who looks twice can tell."""

CROSSING_S = 9.0
CALL_S = 8.0
"""One call in each such stretch of time, at a moment that cannot be foreseen."""

_CALL = ticks_of(CALL_S)


@dataclass(frozen=True, slots=True)
class Distractors:
    """How many kinds are about.

    level: 0..len(LADDER)
    was:   before the last change
    ticks: since then, until the change has faded in or out
    """

    level: int = 0
    was: int = 0
    ticks: int = 0


@dataclass(frozen=True, slots=True)
class Distractor:
    """Something to be seen. x: screen widths from the left; y: screen heights from the top; alpha: 0..1."""

    kind: Kind
    x: float
    y: float
    faces_left: bool
    alpha: float


def changed(now: Distractors, by: int, most: int) -> Distractors:
    """Some more or fewer, within 0..most; those that come or go fade."""
    level = min(most, max(0, now.level + by))
    return now if level == now.level else Distractors(level, was=now.level)


def next_tick(now: Distractors) -> Distractors:
    """One tick later, as long as something still fades."""
    return replace(now, ticks=now.ticks + 1) if now.ticks * TICK_S < FADE_S else now


def visible(now: Distractors, seed: int, tick: int) -> tuple[Distractor, ...]:
    """What is to be seen, and where, in the order of the ladder."""
    faded = min(1.0, now.ticks * TICK_S / FADE_S)
    about = []
    for number, kind in enumerate(LADDER[: max(now.level, now.was if faded < 1 else 0)]):
        stays, stayed = number < now.level, number < now.was
        alpha = 1.0 if stays and stayed else faded if stays else 1 - faded
        if kind != "sound":
            about.append(_placed(kind, seed, tick * TICK_S, alpha))
    return tuple(about)


def calls(now: Distractors, seed: int, tick: int) -> bool:
    """Whether the frog calls in this tick."""
    if now.level <= LADDER.index("sound"):
        return False
    stretch, within = divmod(tick, _CALL)
    return within == int(_CALL * dice.roll(seed, "call", stretch))


def _placed(kind: Kind, seed: int, t_s: float, alpha: float) -> Distractor:
    turn = 2 * pi * dice.roll(seed, "dragonfly", LADDER.index(kind))
    if kind == "static":
        return Distractor(kind, *PERCH, faces_left=turn < pi, alpha=alpha)
    if kind == "task_like":
        return _crossing(seed, t_s, alpha)
    (x, y), reach, slow_s = (PERIPHERY, 0.22, 17.0) if kind == "moving" else (NEAR_THE_POOL, 0.12, 11.0)
    around = 2 * pi * t_s / slow_s + turn
    return Distractor(
        kind,
        x=x + reach * sin(around),
        y=y + 0.05 * sin(2.3 * around) + 0.01 * sin(2 * pi * t_s / 1.3),
        faces_left=cos(around) < 0,
        alpha=alpha,
    )


def _crossing(seed: int, t_s: float, alpha: float) -> Distractor:
    """A shadow that comes up at the right of the far water, swims left and sinks again."""
    number, within_s = divmod(t_s, CROSSING_S)
    done = within_s / CROSSING_S
    sunk = min(1.0, 6 * done, 6 * (1 - done))
    y = FAR_WATER_Y + 0.02 * dice.roll(seed, "crossing", int(number))
    return Distractor("task_like", x=0.95 - 0.4 * done, y=y, faces_left=True, alpha=alpha * sunk)
