"""Where the emulated eyes come from: the twin, a recording, or whatever else gives samples."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from neuro.emulators.neon.head import Head
from neuro.types import Gaze

Supply = Callable[[int], Gaze]
"""The next n samples, fewer at the end; t_s counts from the first. scene_px is taken as it is; where there is none,
the head looks at xy, in screens. Both are NaN while the lids are shut."""

_BLOCK = 4  # 20 ms: eyes that are told where to look must not be far ahead of it


class Look(NamedTuple):
    """One sample: what the eyes do t_s seconds after the first; x, y in pixels of the scene, NaN while shut."""

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
        px = None if gaze.scene_px is None else gaze.scene_px[:, now]
        t_s = gaze.t_s[now] - gaze.t_s[0]
        return Gaze(t_s, gaze.xy[:, now], gaze.pupil_mm[now], gaze.confidence[now], scene_px=px)


class Looks:
    """A supply one sample at a time, as the head that wears the glasses sees it."""

    def __init__(self, supply: Supply, head: Head) -> None:
        self._supply, self._head = supply, head
        self._ready: deque[Look] = deque()

    def next(self) -> Look | None:
        """None once the supply has ended. A sample of no confidence with open eyes is one of glasses not worn."""
        if not self._ready:
            gaze = self._supply(_BLOCK)
            px = self._head.pixels(gaze.t_s, gaze.xy) if gaze.scene_px is None else gaze.scene_px
            worn = (gaze.confidence > 0) | np.isnan(px[0])
            self._ready.extend(map(Look, gaze.t_s.tolist(), *px.tolist(), gaze.pupil_mm.tolist(), worn.tolist()))
        return self._ready.popleft() if self._ready else None
