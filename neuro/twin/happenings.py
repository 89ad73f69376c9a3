"""Things that begin, last and end, one after another: blinks, bursts, glances away."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple


class Happening(NamedTuple):
    """Something that lasts; what `size` measures is up to whoever draws it."""

    start_s: float
    duration_s: float
    size: float


class Happenings:
    """A row of happenings that never overlap, drawn in order as far as anybody has looked.

    Args: draw: given the end of the last one (seconds from the twin's start), the next one.
    """

    def __init__(self, draw: Callable[[float], Happening]) -> None:
        self._draw = draw
        self._drawn: list[Happening] = []
        self._starts_s: list[float] = []
        self._ends_s: list[float] = [0.0]  # a first end at the twin's start spares the special case

    def between(self, start_s: float, end_s: float) -> list[Happening]:
        """Those that lie at least in part in [start_s, end_s), oldest first."""
        while not self._starts_s or self._starts_s[-1] < end_s:
            self._append(self._draw(self._ends_s[-1]))
        first = bisect_right(self._ends_s, start_s, lo=1) - 1
        return self._drawn[first : bisect_left(self._starts_s, end_s)]

    def _append(self, happening: Happening) -> None:
        self._drawn.append(happening)
        self._starts_s.append(happening.start_s)
        self._ends_s.append(happening.start_s + happening.duration_s)
