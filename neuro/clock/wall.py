"""Brings stamps of another clock of this computer onto the one timeline of a sitting, host monotonic seconds."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEP_S = 0.005
"""A larger change of the wall clock between two readings is a step, not drift (own choice)."""

_KEEP_S = 10.0  # an anchor older than this yields to a newer one, so that slow drift is followed (own choice)


class _Anchor(NamedTuple):
    """What to subtract from a unix stamp, and how well that is known."""

    offset_s: float
    doubt_s: float
    read_s: float


class WallClock:
    """Maps unix seconds, or those of any other clock that can be read here, to host monotonic seconds.

    It is told of both clocks by bracketed readings, keeps the narrowest bracket of the last ten seconds, and starts
    anew when the wall clock was stepped (by NTP, or by hand).
    """

    def __init__(self) -> None:
        self._anchor: _Anchor | None = None
        self._before_step: _Anchor | None = None

    def reading(self, before_s: float, unix_s: float, after_s: float) -> float:
        """Take in a reading of the wall clock between two of the host clock; the step that it reveals, mostly 0.

        Args: before_s, after_s: host monotonic seconds; unix_s: wall clock seconds, read between them.
        """
        now = _Anchor(unix_s - (before_s + after_s) / 2, (after_s - before_s) / 2, after_s)
        known, self._before_step = self._anchor, None
        if known is None:
            self._anchor = now
            return 0.0
        step_s = now.offset_s - known.offset_s
        if abs(step_s) > STEP_S + now.doubt_s + known.doubt_s:
            self._anchor, self._before_step = now, known
            return step_s
        if now.doubt_s <= known.doubt_s or now.read_s - known.read_s > _KEEP_S:
            self._anchor = now
        return 0.0

    @property
    def offset_s(self) -> float:
        """How far the wall clock is ahead of the host's. Raises ValueError before the first reading."""
        return self._known().offset_s

    @property
    def uncertainty_s(self) -> float:
        """Half the bracket that the offset comes from. Raises ValueError before the first reading."""
        return self._known().doubt_s

    def to_host(self, unix_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Host monotonic seconds of stamps that arrived before the newest reading.

        Just after a step some stamps are still of the old wall clock: each takes the reading, old or new, that
        puts it nearer to now.

        Raises: ValueError: there was no reading yet.
        """
        anchor = self._known()
        new = unix_s - anchor.offset_s
        if self._before_step is None:
            return new
        old, now_s = unix_s - self._before_step.offset_s, anchor.read_s
        return np.where(np.abs(old - now_s) < np.abs(new - now_s), old, new)

    def _known(self) -> _Anchor:
        if self._anchor is None:
            raise ValueError("a wall clock must be read before stamps can be mapped")
        return self._anchor
