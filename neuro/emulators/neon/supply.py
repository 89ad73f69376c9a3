"""Where the emulated eyes come from: the twin, a recording, or whatever else gives samples."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from neuro.types import Gaze

Supply = Callable[[int], Gaze]
"""The next n samples, fewer at the end; t_s counts from the first, xy is in scene-camera frames, NaN while shut."""

_BLOCK = 20


class Look(NamedTuple):
    """One sample: where the eyes are t_s seconds after the first; x, y in scene-camera frames, NaN while shut."""

    t_s: float
    x: float
    y: float
    pupil_mm: float
    worn: bool


class Replay:
    """A recording as a supply, from its first sample to its last."""

    def __init__(self, gaze: Gaze) -> None:
        self._gaze = gaze
        self._next = 0

    def __call__(self, n: int) -> Gaze:
        now, gaze = slice(self._next, self._next + n), self._gaze
        self._next = now.stop
        return Gaze(gaze.t_s[now] - gaze.t_s[0], gaze.xy[:, now], gaze.pupil_mm[now], gaze.confidence[now])


class Looks:
    """A supply one sample at a time."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._ready: deque[Look] = deque()

    def next(self) -> Look | None:
        """None once the supply has ended. A sample of no confidence with open eyes is one of glasses not worn."""
        if not self._ready:
            gaze = self._supply(_BLOCK)
            (x, y), shut = gaze.xy.tolist(), gaze.xy[0] != gaze.xy[0]
            worn = (gaze.confidence > 0) | shut
            self._ready.extend(map(Look, gaze.t_s.tolist(), x, y, gaze.pupil_mm.tolist(), worn.tolist()))
        return self._ready.popleft() if self._ready else None
