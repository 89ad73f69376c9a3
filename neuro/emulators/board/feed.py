"""Where the emulated EEG comes from, and when each sample is due."""

from collections.abc import Callable
from math import floor

import numpy as np
from numpy.typing import NDArray

Uv = NDArray[np.floating]
"""(n_channels, n) microvolts."""

Supply = Callable[[int], Uv]
"""The next n samples, fewer at the end. A twin's `brain.samples` is one."""

_REACH = 16  # samples on either side that one in between is made of

# Fp1 Fp2 C3 C4 P7 P8 O1 O2 (rows) of TP9 AF7 AF8 TP10: the nearest one, or what lies between two (own choice).
_EIGHT_OF_FOUR = np.array(
    [
        [0.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.0],
        [0.5, 0.5, 0.0, 0.0],
        [0.0, 0.0, 0.5, 0.5],
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
        [0.8, 0.0, 0.0, 0.2],
        [0.2, 0.0, 0.0, 0.8],
    ]
)


class Replay:
    """A recording or an array as a supply, from its first sample to its last."""

    def __init__(self, uv: Uv) -> None:
        self._uv = uv
        self._next = 0

    def __call__(self, n: int) -> Uv:
        first, self._next = self._next, self._next + n
        return self._uv[:, first : self._next]


class Resampled:
    """A supply at another rate, by a windowed sinc; what lies above half the lower rate is the caller's to avoid.

    Source: Smith 2002, Digital Audio Resampling Home Page (band-limited interpolation, Kaiser window).
    """

    def __init__(self, supply: Supply, from_hz: float, to_hz: float) -> None:
        self._supply = supply
        self._step = from_hz / to_hz
        self._kept: Uv | None = None
        self._kept_first = -_REACH  # the number of the first kept sample of the supply
        self._done = 0

    def __call__(self, n: int) -> Uv:
        at = (self._done + np.arange(n)) * self._step
        kept = self._until(floor((self._done + n - 1) * self._step) + _REACH + 1)
        before = np.floor(at).astype(int)
        at, before = (each[before + _REACH < self._kept_first + kept.shape[1]] for each in (at, before))
        near = before[:, None] + np.arange(1 - _REACH, _REACH + 1)
        away = at[:, None] - near
        weight = np.sinc(away) * np.i0(8.0 * np.sqrt(np.maximum(1 - (away / _REACH) ** 2, 0))) / np.i0(8.0)
        self._done += at.size
        return np.asarray(np.einsum("cnk,nk->cn", kept[:, near - self._kept_first], weight))

    def _until(self, end: int) -> Uv:
        """Samples of the supply up to number `end`, as far back as the next output needs them."""
        if self._kept is None:
            first = self._supply(1)
            self._kept = np.repeat(first, _REACH + 1, axis=1)  # before the beginning was what begins
        oldest = max(floor(self._done * self._step) - _REACH, self._kept_first)
        new = self._supply(max(end - self._kept_first - self._kept.shape[1], 0))
        self._kept = np.concatenate([self._kept[:, oldest - self._kept_first :], new], axis=1)
        self._kept_first = oldest
        return self._kept


def on_eight(supply: Supply) -> Supply:
    """A supply of the twin's four electrodes on the Cyton's eight sites; one of eight rows stays as it is."""

    def samples(n: int) -> Uv:
        uv = supply(n)
        return uv if uv.shape[0] == len(_EIGHT_OF_FOUR) else _EIGHT_OF_FOUR @ uv

    return samples


class Feed:
    """A supply in real time: the head goes on, whether or not anybody listens.

    Args: from_hz: of the supply; to_hz: of the board.
    """

    def __init__(self, supply: Supply, from_hz: float, to_hz: float) -> None:
        self._supply = supply if from_hz == to_hz else Resampled(supply, from_hz, to_hz)
        self._rate_hz = to_hz
        self._start_s: float | None = None
        self.measured = 0

    def due(self, now_s: float) -> Uv:
        """The samples whose time has come since the last call; the first of all is due at the first call."""
        if self._start_s is None:
            self._start_s = now_s
        uv = self._supply(floor((now_s - self._start_s) * self._rate_hz) + 1 - self.measured)
        self.measured += uv.shape[1]
        return uv
