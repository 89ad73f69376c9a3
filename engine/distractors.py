"""What flutters about: dragonflies, more of them the higher the level. They never touch the task itself."""

from dataclasses import dataclass
from math import cos, pi, sin

from engine import dice
from engine.copies import replace
from engine.ports import TICK_S

FADE_S = 2.0

PERCH = (0.86, 0.41)
PERIPHERY = (0.70, 0.20)
NEAR_THE_POOL = (0.52, 0.42)


@dataclass(frozen=True, slots=True)
class Distractors:
    """How many are about.

    level: 0..MOST_DISTRACTORS
    was:   before the last change
    ticks: since then, until the change has faded in or out
    """

    level: int = 0
    was: int = 0
    ticks: int = 0


@dataclass(frozen=True, slots=True)
class Dragonfly:
    """x: screen widths from the left; y: screen heights from the top; alpha: 0..1; flying: else perched."""

    x: float
    y: float
    faces_left: bool
    alpha: float
    flying: bool


def changed(now: Distractors, by: int, most: int) -> Distractors:
    """Some more or fewer, within 0..most; those that come or go fade."""
    level = min(most, max(0, now.level + by))
    return now if level == now.level else Distractors(level, was=now.level)


def next_tick(now: Distractors) -> Distractors:
    """One tick later, as long as something still fades."""
    return replace(now, ticks=now.ticks + 1) if now.ticks * TICK_S < FADE_S else now


def dragonflies(now: Distractors, seed: int, tick: int) -> tuple[Dragonfly, ...]:
    """Where they are: the first is perched, the second drifts at the edge, the third circles near the pool."""
    faded = min(1.0, now.ticks * TICK_S / FADE_S)
    seen = []
    for number in range(max(now.level, now.was if faded < 1 else 0)):
        stays, stayed = number < now.level, number < now.was
        alpha = 1.0 if stays and stayed else faded if stays else 1 - faded
        seen.append(_dragonfly(number, seed, tick * TICK_S, alpha))
    return tuple(seen)


def _dragonfly(number: int, seed: int, t_s: float, alpha: float) -> Dragonfly:
    turn = 2 * pi * dice.roll(seed, "dragonfly", number)
    if number == 0:
        return Dragonfly(*PERCH, faces_left=turn < pi, alpha=alpha, flying=False)
    (x, y), reach, slow_s = (PERIPHERY, 0.22, 17.0) if number == 1 else (NEAR_THE_POOL, 0.12, 11.0)
    around = 2 * pi * t_s / slow_s + turn
    return Dragonfly(
        x=x + reach * sin(around),
        y=y + 0.05 * sin(2.3 * around) + 0.01 * sin(2 * pi * t_s / 1.3),
        faces_left=cos(around) < 0,
        alpha=alpha,
        flying=True,
    )
