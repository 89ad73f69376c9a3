"""Turns what a board sent into a chunk: lost packets become NaN, and stamps follow the board's own pace."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.clock import SampleClock
from neuro.types import Chunk

LONGEST_FILL_S = 0.8
"""A longer loss is left as a gap in the stamps: soon after that the board is said to be lost (own choice)."""

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


class _Sent(NamedTuple):
    """(n,) of each sample: how many were lost before it, whether nobody knows how many, arrival, own stamp."""

    lost: NDArray[np.int64]
    silent: NDArray[np.bool_]
    arrived_s: NDArray[np.float64]
    device_s: NDArray[np.float64]


class Packets:
    """Finds losses by the packet numbers, fills short ones, and stamps by sample number instead of by arrival.

    After a silence that is not filled, or whose losses the numbers do not tell, or where the board was opened anew,
    numbers start anew.

    Args: counter: None where the board does not number its packets: its samples are counted as they come, and losses
                   stay gaps.
    """

    def __init__(self, counter: Counter | None, rate_hz: float) -> None:
        self.clock = SampleClock(rate_hz)
        self._counter = counter
        self._rate_hz = rate_hz
        self._number: float | None = None
        self._arrived_s: float | None = None
        self._k = 0

    def __call__(
        self,
        number: NDArray[np.float64],
        uv: NDArray[np.float32],
        arrived_s: NDArray[np.float64],
        device_s: NDArray[np.float64],
    ) -> Chunk:
        """One chunk of what has arrived; its device_s is NaN where a packet was lost.

        Args: number: (n,) packet numbers; uv: (n_channels, n); arrived_s: (n,) host monotonic seconds;
              device_s: (n,) as the board or its driver stamped.
        """
        if not arrived_s.size:
            return Chunk(uv, arrived_s, device_s)
        sent = self._sent(number, arrived_s, device_s)
        self._number, self._arrived_s = float(number[-1]), float(arrived_s[-1])
        if sent.lost.any():
            uv, sent = _filled(uv, sent)
        return Chunk(uv, self._stamped(sent), sent.device_s)

    def forget(self) -> None:
        """The board was opened anew: its numbers start anywhere."""
        self._number = None
        self.clock.restart()

    def _sent(
        self, number: NDArray[np.float64], arrived_s: NDArray[np.float64], device_s: NDArray[np.float64]
    ) -> _Sent:
        counter = self._counter or Counter(1)
        ahead = self._ahead(number, counter)
        starts = (ahead > 0) | (counter.samples == 1)  # 256 lost are no packet that goes on
        packet = np.cumsum(starts) - int(starts[0])
        last = np.flatnonzero(np.append(packet[1:] != packet[:-1], True))[packet]
        before_s = np.append(arrived_s[0] if self._arrived_s is None else self._arrived_s, arrived_s[:-1])
        since_s = np.where(starts, arrived_s[last] - before_s, 0.0)
        lost = np.maximum(ahead // counter.stride - 1, 0) * counter.samples
        unlikely = lost > np.minimum(LONGEST_FILL_S, since_s + _BURST_S) * self._rate_hz
        silent = since_s > np.where(unlikely, _BURST_S, LONGEST_FILL_S)
        lost[unlikely | silent] = 0
        # A board spreads a packet's stamps over the time since the packet before, lost ones included.
        stretched = np.isin(packet, packet[(lost > 0) | silent])
        spread_s = arrived_s[last] - (last - np.arange(last.size)) / self._rate_hz
        return _Sent(lost, silent, np.where(stretched, spread_s, arrived_s), device_s)

    def _ahead(self, number: NDArray[np.float64], counter: Counter) -> NDArray[np.int64]:
        """(n,) how far each sample's number is ahead of the one before; 0 within a packet."""
        if self._counter is None:
            return np.ones(number.size, np.int64)
        before = number[0] if self._number is None else self._number
        return np.mod(np.diff(number, prepend=before), counter.modulus).astype(np.int64)

    def _stamped(self, sent: _Sent) -> NDArray[np.float64]:
        n = sent.arrived_s.size
        k = self._k + np.arange(n)
        self._k += n
        t_s = np.empty(n)
        for first, end in pairwise(sorted({0, *np.flatnonzero(sent.silent).tolist(), n})):
            if sent.silent[first]:
                self.clock.restart()
            t_s[first:end] = self.clock.stamp(k[first:end], sent.arrived_s[first:end])
        return t_s


def joined(chunks: Sequence[Chunk]) -> Chunk:
    """One chunk of at least one, all with stamps of their device."""
    return Chunk(
        np.concatenate([chunk.uv for chunk in chunks], axis=1),
        np.concatenate([chunk.t_s for chunk in chunks]),
        np.concatenate([chunk.device_s for chunk in chunks if chunk.device_s is not None]),
    )


def increasing(t_s: NDArray[np.float64], after_s: float) -> NDArray[np.float64]:
    """The same stamps, (n,), strictly increasing from after_s on: one that is not comes a microsecond later."""
    ticks = np.arange(1, t_s.size + 1) * _TICK_S
    return np.asarray(np.maximum(np.maximum.accumulate(t_s - ticks), after_s) + ticks)


def _filled(uv: NDArray[np.float32], sent: _Sent) -> tuple[NDArray[np.float32], _Sent]:
    """NaN where samples were lost; nothing is known of their arrival."""
    n = sent.lost.size + int(sent.lost.sum())
    place = np.arange(sent.lost.size) + np.cumsum(sent.lost)
    whole = _Sent(np.zeros(n, np.int64), np.zeros(n, bool), np.full(n, np.nan), np.full(n, np.nan))
    whole.silent[place], whole.arrived_s[place], whole.device_s[place] = sent.silent, sent.arrived_s, sent.device_s
    filled = np.full((uv.shape[0], n), np.nan, np.float32)
    filled[:, place] = uv
    return filled, whole
