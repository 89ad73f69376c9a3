"""What emulated eyes do in tests."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.types import Gaze

RATE_HZ = 200.0
_ROW = 1600


class Counting:
    """Looks at the pixel whose place in the scene is the sample's own number: column first, then row."""

    def __init__(self) -> None:
        self._made = 0

    def __call__(self, n: int) -> Gaze:
        k = self._made + np.arange(n)
        self._made += n
        return in_scene(k / RATE_HZ, np.array([k % _ROW, k // _ROW]), np.ones(n))


def numbers(gaze: Gaze) -> NDArray[np.int64]:
    """Which samples of `Counting` these are, (n,)."""
    assert gaze.scene_px is not None
    column, row = np.rint(gaze.scene_px).astype(np.int64)
    return np.asarray(row * _ROW + column)


def restless(seconds: float = 60.0) -> Gaze:
    """Jumps from left to right and back every 0.2 s, and blinks for 0.1 s out of every 0.5 s."""
    k = np.arange(int(seconds * RATE_HZ))
    x = np.where(k // 40 % 2, 320.0, 1120.0)
    shut = k % 100 >= 80
    px = np.where(shut, np.nan, np.array([x, np.full(k.size, 600.0)]))
    return in_scene(k / RATE_HZ, px, ~shut)


def in_scene(t_s: NDArray[np.float64], px: NDArray[np.floating], confidence: NDArray[Any]) -> Gaze:
    """Gaze (2, n) in pixels of the scene camera, with pupils of 3.5 mm."""
    n = t_s.size
    nowhere = np.full((2, n), np.nan, np.float32)
    pupil_mm = np.full(n, 3.5, np.float32)
    return Gaze(t_s, nowhere, pupil_mm, confidence.astype(np.float32), scene_px=px.astype(np.float32))
