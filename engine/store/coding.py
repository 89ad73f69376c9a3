"""Rows of float32 in few bits, and back to the last one.

A converter counts: its microvolts are whole numbers times one step, and whole numbers take half the room of floats.
Whole numbers, or the bits of floats where nobody counted, go as differences from the one before, by Rice's code:
their last bits as they are, the rest as so many zeros and a one. What that does not make smaller goes by byte plane
through zlib. Source: Rice 1979, JPL 79-22; the choice a row as in FLAC (RFC 9639).
"""

import struct
import zlib
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

LEVEL = 1
"""zlib's fastest: EEG is mostly noise, and level 6 saves only 1.5 % more. Source: own measurement on 1/f noise."""

MOST_COUNTS = 2**24
"""Of a converter, either way: 24 bits are the most that headsets have."""

CODED = b"\x01"
"""Leads what this file makes where zlib's own 0x78 may lead too, as it did before."""

_PER_S = (1_000_000, 1_000_000_000)
_LATEST_S = 2.0**31  # later ones have no whole microseconds
_STAMPS = struct.Struct("<IBqq")
"""Parts of a second, low bits, the usual step, the first."""

_PLANES, _RICE = 0, 1
_ROW = struct.Struct("<BBIIq")
"""How a row is coded, its low bits, how many bytes tell of NaN and of the rest, its first whole number."""

Ints = NDArray[np.int64]
Scalar = TypeVar("Scalar", np.int64, np.float32)


def packed(values: NDArray[np.float32]) -> bytes:
    """(k, n) values; the step first, which is 0 where none was found."""
    step = 0.0 if np.isinf(values).any() else found_step(values)
    return struct.pack("<d", step) + b"".join(_row(row, step) for row in values)


def unpacked(blob: bytes, k: int, n: int) -> NDArray[np.float32]:
    """(k, n)"""
    (step,) = struct.unpack_from("<d", blob)
    values, at = np.empty((k, n), np.float32), 8
    for row in values:
        how, low, n_holes, n_bytes, first = _ROW.unpack_from(blob, at)
        at += _ROW.size
        holes, body = blob[at : at + n_holes], blob[at + n_holes : at + n_holes + n_bytes]
        at += n_holes + n_bytes
        row[:] = (
            planes_back(body, np.dtype(np.float32))
            if how == _PLANES
            else _from_rice(body, holes, low, first, step, n)
        )
    return values


def stamps(t_s: NDArray[np.float64]) -> bytes:
    """(n,) float64: whole micro- or nanoseconds where they are, else the steps of their bits by byte plane."""
    bits = t_s.view(np.int64)
    best = planes(np.diff(bits, prepend=np.int64(0)))  # evenly spaced stamps are evenly spaced bits
    if len(t_s) < 2 or not np.isfinite(t_s).all() or np.abs(t_s).max() > _LATEST_S:
        return best
    for per_s in _PER_S:
        whole = np.rint(t_s * per_s).astype(np.int64)
        if (whole / per_s).tobytes() == t_s.tobytes():
            steps = np.diff(whole)
            pace = int(np.median(steps))
            code, low = rice(steps - pace)
            return min(best, CODED + _STAMPS.pack(per_s, low, pace, int(whole[0])) + code, key=len)
    return best


def stamps_back(blob: bytes, n: int) -> NDArray[np.float64]:
    """(n,)"""
    if not blob.startswith(CODED):
        return np.cumsum(planes_back(blob, np.dtype(np.int64))).view(np.float64)
    per_s, low, pace, first = _STAMPS.unpack_from(blob, len(CODED))
    steps = rice_back(blob[len(CODED) + _STAMPS.size :], n - 1, low) + pace
    return np.asarray(np.cumsum(np.concatenate([[first], steps])) / per_s, np.float64)


def found_step(values: NDArray[np.float32]) -> float:
    """What all finite values are whole multiples of, to the last bit once rounded to float32; 0.0 without one."""
    v = np.abs(values[np.isfinite(values)].astype(np.float64))
    v = np.unique(v[v > 0])
    if len(v) < 16:  # so few are multiples of anything
        return 0.0
    gaps = np.diff(v)
    step = float(np.median(gaps[gaps < 1.5 * gaps.min()]))
    reach = 100.0  # so many steps off, the guess is still nearer to the right multiple than to the next
    while True:
        near = v[v < reach * step]
        if len(near) > 2:
            counts = np.rint(near / step)
            step = float(near @ counts / (counts @ counts))
        if len(near) == len(v) or reach > MOST_COUNTS:
            break
        reach *= 10
    return _exact(v, step) if v[-1] < MOST_COUNTS * step else 0.0


def _exact(v: NDArray[np.float64], step: float) -> float:
    """A step within what every value's rounding allows; 0.0 where they allow none."""
    counts = np.rint(v / step)
    half = np.spacing(v.astype(np.float32)).astype(np.float64) / 2
    if counts[0] < 1:
        return 0.0
    low, high = float(np.max((v - half) / counts)), float(np.min((v + half) / counts))
    return (low + high) / 2 if low <= high else 0.0


def _row(row: NDArray[np.float32], step: float) -> bytes:
    flat = planes(row)
    best = _ROW.pack(_PLANES, 0, 0, len(flat), 0) + flat
    holes = np.isnan(row)
    whole = _whole(row[~holes], step)
    if not len(whole) or not _comes_back(row, holes, whole, step):
        return best
    code, low = rice(np.diff(whole))
    told = zlib.compress(np.packbits(holes).tobytes(), LEVEL) if holes.any() else b""
    other = _ROW.pack(_RICE, low, len(told), len(code), int(whole[0])) + told + code
    return min(best, other, key=len)


def _whole(values: NDArray[np.float32], step: float) -> Ints:
    """Counts of the step; without one the bits, so that neighbours among floats are neighbours among numbers."""
    if step:
        return np.rint(values.astype(np.float64) / step).astype(np.int64)
    bits = values.view(np.int32).astype(np.int64)
    return np.where(bits < 0, -(bits & 0x7FFFFFFF) - 1, bits)


def _values(whole: Ints, step: float) -> NDArray[np.float32]:
    if step:
        return (whole * step).astype(np.float32)
    return np.where(whole < 0, -(whole + 1) - 2**31, whole).astype(np.int32).view(np.float32)


def _comes_back(row: NDArray[np.float32], holes: NDArray[np.bool_], whole: Ints, step: float) -> bool:
    """Whether not a bit is lost, of a NaN's payload or a zero's sign too."""
    back = np.full(len(row), np.nan, np.float32)
    back[~holes] = _values(whole, step)
    return back.tobytes() == row.tobytes()


def _from_rice(body: bytes, holes: bytes, low: int, first: int, step: float, n: int) -> NDArray[np.float32]:
    back = np.full(n, np.nan, np.float32)
    gone = (
        np.unpackbits(np.frombuffer(zlib.decompress(holes), np.uint8), count=n).astype(bool)
        if holes
        else np.zeros(n, bool)
    )
    whole = np.cumsum(np.concatenate([[first], rice_back(body, n - int(gone.sum()) - 1, low)]))
    back[~gone] = _values(whole, step)
    return back


def rice(steps: Ints) -> tuple[bytes, int]:
    """The code of whole numbers, and how many low bits of each it holds as they are."""
    folded = (steps << 1) ^ (steps >> 63)  # small ones of both signs become small ones
    guess = max(0, int(np.log2(float(folded.mean()) + 1))) if len(folded) else 0
    low = min((max(0, guess - 1), guess), key=lambda bits: len(folded) * bits + int((folded >> bits).sum()))
    lows = ((folded[:, None] >> np.arange(low)) & 1).astype(np.uint8)
    ends = np.cumsum((folded >> low) + 1)
    highs = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    highs[ends - 1] = 1
    return np.packbits(np.concatenate([lows.ravel(), highs])).tobytes(), low


def rice_back(code: bytes, n: int, low: int) -> Ints:
    """n whole numbers."""
    bits = np.unpackbits(np.frombuffer(code, np.uint8))
    lows = bits[: n * low].reshape(n, low).astype(np.int64) @ (1 << np.arange(low, dtype=np.int64))
    ends = np.flatnonzero(bits[n * low :])[:n]
    folded = (np.diff(ends, prepend=-1) - 1 << low) | lows
    return (folded >> 1) ^ -(folded & 1)


def planes(values: NDArray[np.int64] | NDArray[np.float32]) -> bytes:
    """All first bytes, then all second bytes, ...: signs and exponents lie together and pack well."""
    flat = np.ascontiguousarray(values).reshape(-1).astype(values.dtype.newbyteorder("<"), copy=False)
    return zlib.compress(flat.view(np.uint8).reshape(-1, values.itemsize).T.tobytes(), LEVEL)


def planes_back(blob: bytes, dtype: np.dtype[Scalar]) -> NDArray[Scalar]:
    parts = np.frombuffer(zlib.decompress(blob), np.uint8).reshape(dtype.itemsize, -1)
    return np.ascontiguousarray(parts.T).view(dtype.newbyteorder("<")).reshape(-1).astype(dtype, copy=False)
