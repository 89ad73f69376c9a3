"""EEG with stamps onto an even grid: no value is changed, and what was lost is named."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BREAK = 1.5
"""Samples further apart than this many steps have something missing between them."""

RECORD_DIGITS = 6
"""Of the length of a data record in seconds: EDF has eight characters for it."""


@dataclass(frozen=True, slots=True)
class Even:
    """EEG at one rate from its first sample on.

    uv:       (k, n) float32; where something was lost, the value before it
    lost:     (n,) bool
    n_record: samples in a data record of record_s seconds; together they are the rate as it was, not as it is called
    off_s:    furthest distance of a sample's place from its stamp
    """

    uv: NDArray[np.float32]
    lost: NDArray[np.bool_]
    n_record: int
    record_s: float
    off_s: float

    @property
    def rate_hz(self) -> float:
        return self.n_record / self.record_s

    def stretches(self) -> list[tuple[float, float]]:
        """Onset and length in seconds of all that was lost."""
        edges = np.flatnonzero(np.diff(self.lost, prepend=False, append=False)).reshape(-1, 2)
        return [(float(a / self.rate_hz), float((b - a) / self.rate_hz)) for a, b in edges]


def even(uv: NDArray[np.float32], t_s: NDArray[np.float64], rate_hz: float) -> Even:
    """Each unbroken run of samples laid where its first stamp says, whole data records in all.

    Args: uv: (k, n); t_s: (n,) strictly increasing seconds; rate_hz: as the headset is said to have it.
    """
    n_record = max(1, round(rate_hz))
    starts = np.r_[0, np.flatnonzero(np.diff(t_s) > _BREAK / rate_hz) + 1]
    ends = np.r_[starts[1:], t_s.size]
    steps, took_s = (ends - starts - 1).sum(), (t_s[ends - 1] - t_s[starts]).sum()
    record_s = round(float(n_record * took_s / steps), RECORD_DIGITS) if steps else n_record / rate_hz
    place = _places(t_s - t_s[0], starts, ends, n_record / record_s)
    laid = np.full((len(uv), -(-(place[-1] + 1) // n_record) * n_record), np.nan, np.float32)
    laid[:, place] = uv
    off_s = float(np.abs(place * record_s / n_record - (t_s - t_s[0])).max())
    return Even(_held(laid), np.asarray(np.isnan(laid).any(axis=0)), n_record, record_s, off_s)


def _places(
    since_s: NDArray[np.float64], starts: NDArray[np.int64], ends: NDArray[np.int64], rate_hz: float
) -> NDArray[np.int64]:
    """(n,) where on the grid each sample lies, never two in one place."""
    place = np.arange(since_s.size)
    free = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        first = max(free, round(since_s[start] * rate_hz))
        place[start:end] += first - start
        free = first + end - start
    return place


def _held(uv: NDArray[np.float32]) -> NDArray[np.float32]:
    """The last value stays through what is missing; 0 before the first."""
    known = np.where(np.isnan(uv), 0, np.arange(uv.shape[1]))
    newest = np.maximum.accumulate(known, axis=1)
    return np.nan_to_num(np.take_along_axis(uv, newest, axis=1), nan=0.0)
