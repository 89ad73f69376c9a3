"""How much of the picture's beauty a machine can show in time: off, low or high.

The draw list always holds everything, and it is the whole list that a replay compares; only what is painted is
thinned (docs/why/0013). So two machines that differ in speed play, record and replay the very same sitting.
"""

from dataclasses import dataclass, replace
from typing import Literal

from game.draw import Clip, DrawList, Group, Op

Level = Literal["off", "low", "high"]

LEVELS: tuple[Level, ...] = ("off", "low", "high")
"""By how much beauty they show: 0, 1, 2."""

SKIPPED = 30
"""Frames at the start of all, in which pictures are still being loaded."""
WINDOW = 60
"""Frames that are judged together: a second."""
LATE_S = 0.020
"""A frame of so much work was not ready in time: 16.7 ms and a fifth, for a window that waits for the screen."""
EASY_S = 0.008
"""A frame of less work leaves half of its time: what comes with a higher level fits."""
MOST_LATE = 12
"""Of WINDOW: a fifth of the frames late is seen, a single hiccup is not (own choice)."""
EASY_WINDOWS = 20
"""In a row, before a level is tried again; twice as many after each time that it was too much."""
FADE_S = 1.5
"""From one level to the next: what comes or goes does so slowly."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """What the frames so far say.

    level:    that fits
    frames:   of this window, negative while the first are skipped; late: of those
    easy:     windows in a row with no frame over EASY_S; strained: whether this one has any
    patience: windows in a row that a higher level takes
    """

    level: Level = "high"
    frames: int = -SKIPPED
    late: int = 0
    strained: bool = False
    easy: int = 0
    patience: int = EASY_WINDOWS


def measured(now: Gauge, worked_s: float) -> Gauge:
    """One frame later, which took so many seconds of work."""
    frames = now.frames + 1
    if frames <= 0:
        return replace(now, frames=frames)
    after = replace(
        now, frames=frames, late=now.late + (worked_s > LATE_S), strained=now.strained or worked_s > EASY_S
    )
    return after if frames < WINDOW else _judged(after)


def _judged(now: Gauge) -> Gauge:
    step = LEVELS.index(now.level)
    fresh = replace(now, frames=0, late=0, strained=False)
    if now.late > MOST_LATE:
        return replace(fresh, level=LEVELS[max(0, step - 1)], easy=0, patience=2 * now.patience)
    easy = 0 if now.strained else now.easy + 1
    if easy < now.patience:
        return replace(fresh, easy=easy)
    return replace(fresh, level=LEVELS[min(len(LEVELS) - 1, step + 1)], easy=0)


class Beauty:
    """Thins pictures to the level that was chosen, or that the machine can keep up with."""

    def __init__(self) -> None:
        self._gauge = Gauge()
        self._shown = float(LEVELS.index(self._gauge.level))

    @property
    def level(self) -> Level:
        """That fits the machine."""
        return self._gauge.level

    def measured(self, worked_s: float) -> None:
        """A frame took so many seconds of work."""
        self._gauge = measured(self._gauge, worked_s)

    def thinned(self, ops: DrawList, chosen: Level | None, elapsed_s: float) -> DrawList:
        """What to paint, so long after the last; chosen: None for what the machine can do."""
        aim, most = LEVELS.index(chosen or self._gauge.level), elapsed_s / FADE_S
        self._shown += min(most, max(-most, aim - self._shown))
        return thinned(ops, self._shown)


def thinned(ops: DrawList, shown: float) -> DrawList:
    """Without what is for more beauty than `shown`, 0..2; between two whole numbers the next is half there."""
    return ops if shown >= len(LEVELS) - 1 else tuple(kept for op in ops if (kept := _kept(op, shown)) is not None)


def _kept(op: Op, shown: float) -> Op | None:
    if isinstance(op, Clip):
        return op._replace(ops=thinned(op.ops, shown))
    if not isinstance(op, Group):
        return op
    there = 1.0 if op.beauty == 0 else min(1.0, shown - op.beauty + 1)
    return op._replace(ops=thinned(op.ops, shown), alpha=op.alpha * there) if there > 0 else None
