"""Turns what a board sent into a chunk: lost packets become NaN, stamps become strictly increasing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.types import Chunk

LONGEST_FILL_S = 1.0
"""A longer loss is left as a gap in the stamps: nothing useful could be put there."""

_BURST_S = 0.1  # how late a packet may arrive, so that a loss can seem longer than the time since the packet before
_TICK_S = 1e-6  # the least time between two samples: the boards' own stamps have microseconds


class Counter(NamedTuple):
    """How a board numbers what it sends.

    modulus: numbers run from 0 to one less than this
    stride:  from one packet's number to the next
    samples: how many samples share one number
    """

    modulus: int
    stride: int = 1
    samples: int = 1


class Packets:
    """Finds losses by the packet numbers and fills short ones.

    Args: counter: None where the board does not number its packets, so that losses stay gaps.
    """

    def __init__(self, counter: Counter | None, rate_hz: float) -> None:
        self._counter = counter
        self._rate_hz = rate_hz
        self._number: float | None = None
        self._t_s = -np.inf

    def __call__(self, number: NDArray[np.float64], uv: NDArray[np.float32], t_s: NDArray[np.float64]) -> Chunk:
        """One chunk of what has arrived.

        Args: number: (n,) packet numbers; uv: (n_channels, n); t_s: (n,) host monotonic seconds, as they came.
        """
        if not t_s.size:
            return Chunk(uv, t_s)
        if self._counter is not None:
            lost, lossy = self._losses(self._counter, number, t_s)
            if lost.any():
                uv, t_s = _filled(uv, t_s, lost, lossy, self._t_s)
        self._number = float(number[-1])
        return Chunk(uv, self._increasing(t_s))

    def forget(self) -> None:
        """The board was opened anew: its numbers start anywhere."""
        self._number = None

    def _losses(
        self, counter: Counter, number: NDArray[np.float64], t_s: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """(n,) samples lost before each, and (n,) whether a stamp was stretched over a loss before its packet."""
        before = number[0] if self._number is None else self._number
        ahead = np.mod(np.diff(number, prepend=before), counter.modulus).astype(np.int64)
        lost = np.maximum(ahead // counter.stride - 1, 0) * counter.samples
        packet = np.cumsum(ahead > 0) - int(ahead[0] > 0)
        ends_packet = np.append(packet[1:] != packet[:-1], True)
        since_s = t_s[ends_packet][packet] - np.append(self._t_s if np.isfinite(self._t_s) else t_s[0], t_s[:-1])
        longest = np.minimum(LONGEST_FILL_S, since_s + _BURST_S) * self._rate_hz
        lost[(lost > longest) | (since_s > LONGEST_FILL_S + counter.samples / self._rate_hz)] = 0
        return lost, np.isin(packet, packet[lost > 0]) & ~ends_packet

    def _increasing(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        ticks = np.arange(1, t_s.size + 1) * _TICK_S
        t_s = np.maximum(np.maximum.accumulate(t_s - ticks), self._t_s) + ticks
        self._t_s = float(t_s[-1])
        return t_s


def _filled(
    uv: NDArray[np.float32],
    t_s: NDArray[np.float64],
    lost: NDArray[np.int64],
    stretched: NDArray[np.bool_],
    before_s: float,
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """NaN where samples were lost; their stamps, and those that the loss stretched, lie evenly between good ones."""
    place = np.arange(t_s.size) + np.cumsum(lost)
    n = t_s.size + int(lost.sum())
    whole = np.full((uv.shape[0], n), np.nan, np.float32)
    whole[:, place] = uv
    good = ~stretched
    known = place[good], t_s[good]
    if np.isfinite(before_s):
        known = np.append(-1, known[0]), np.append(before_s, known[1])
    return whole, np.interp(np.arange(n), *known)
