"""Things that begin, last and end, one after another: blinks, bursts, glances away."""

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import inf
from typing import NamedTuple


class Happening(NamedTuple):
    """Something that lasts; what `size` measures is up to whoever draws it."""

    start_s: float
    duration_s: float
    size: float


class Happenings:
    """A row of happenings that never overlap, drawn in order as far as anybody has looked, from any thread.

    What might happen at a moment is asked when somebody looks at it and not before, so that it may depend on what the
    player has lived through until then.

    Args: wait:   seconds until something may happen again.
          happen: what happens at that moment (seconds from the twin's start), or None: nothing did.
    """

    def __init__(self, wait: Callable[[], float], happen: Callable[[float], Happening | None]) -> None:
        self._wait = wait
        self._happen = happen
        self._lock = threading.Lock()  # an emulated headset and emulated glasses look from threads of their own
        self._next_s: float | None = None
        self._drawn: list[Happening] = []
        self._starts_s: list[float] = []
        self._ends_s: list[float] = [0.0]  # a first end at the twin's start spares the special case

    def between(self, start_s: float, end_s: float) -> list[Happening]:
        """Those that lie at least in part in [start_s, end_s), oldest first."""
        with self._lock:
            self._reach(end_s)
            first = bisect_right(self._ends_s, start_s, lo=1) - 1
            return self._drawn[first : bisect_left(self._starts_s, end_s)]

    def _reach(self, end_s: float) -> None:
        if self._next_s is None:
            self._next_s = self._wait()
        while self._next_s < end_s:
            happening = self._happen(self._next_s)
            if happening is not None:
                self._drawn.append(happening)
                self._starts_s.append(happening.start_s)
                self._ends_s.append(happening.start_s + happening.duration_s)
                self._next_s = self._ends_s[-1]
            self._next_s += self._wait()


def never() -> Happenings:
    """A row in which nothing happens."""
    return Happenings(lambda: inf, lambda _t_s: None)
