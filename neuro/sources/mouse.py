"""Gaze by mouse: whoever has no eye tracker points at what they look at."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np

from neuro.types import Gaze

_TICK_S = 1e-6  # two frames never share a stamp


class MouseGaze:
    """The pointer as an eye tracker: one sample a frame, sure of itself, without a pupil.

    Args: clock: host monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._samples: list[tuple[float, float, float]] = []
        self._last_s = -np.inf

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def move(self, x: float, y: float) -> None:
        """The pointer is here, in screens; the window says so once a frame."""
        self._last_s = max(self._clock(), self._last_s + _TICK_S)
        self._samples.append((self._last_s, x, y))

    def read(self) -> Gaze:
        """The frames since the last read."""
        taken, self._samples = self._samples, []
        if not taken:
            return Gaze.empty()
        t_s, x, y = np.array(taken).T
        n = t_s.size
        return Gaze(t_s, np.array([x, y], np.float32), np.full(n, np.nan, np.float32), np.ones(n, np.float32))
