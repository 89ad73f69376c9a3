"""What emulated eyes do in tests."""

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
        xy = np.array([(k % _ROW) / 1600, (k // _ROW) / 1200], np.float32)
        return Gaze(k / RATE_HZ, xy, np.full(n, 3.5, np.float32), np.ones(n, np.float32))


def numbers(gaze: Gaze) -> NDArray[np.int64]:
    """Which samples of `Counting` these are, (n,)."""
    column, row = np.rint(gaze.xy * np.array([[1600], [1200]])).astype(np.int64)
    return np.asarray(row * _ROW + column)


def restless(seconds: float = 60.0) -> Gaze:
    """Jumps from left to right and back every 0.2 s, and blinks for 0.1 s out of every 0.5 s."""
    k = np.arange(int(seconds * RATE_HZ))
    x = np.where(k // 40 % 2, 0.2, 0.7)
    shut = k % 100 >= 80
    xy = np.where(shut, np.nan, np.array([x, np.full(k.size, 0.5)])).astype(np.float32)
    return Gaze(k / RATE_HZ, xy, np.full(k.size, 3.5, np.float32), (~shut).astype(np.float32))
