"""What the hot path must know of a headset: filters, waves and bins, worked out once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.types import HOP_HZ

SEGMENT_S = 2.0
HOPS = round(SEGMENT_S * HOP_HZ)
"""Hops in a segment, always: where twice the rate is no whole number a hop is up to 1/500 longer or shorter."""

FAST_HOPS = 5
FAST_HZ = (30.0, 112.0)  # surface muscle has its power at 20-200 Hz
FAST_BIN_HZ = HOP_HZ / FAST_HOPS
NEAR_MAINS_HZ = 4.0  # the main lobe of a Hann window of 0.5 s
TOP_HZ = 45.0
ENTROPY_HZ = (1.0, 45.0)
HOLD_S = 0.05  # a lost packet repeats the number before it; where that lasts longer the segment is torn

N_NUMBERS = 11
LANES = 8
"""Waves are padded to a multiple of so many, a cache line: loops over them then end without a rest."""

_FINER = HOPS // FAST_HOPS  # a fast bin is as wide as so many of the others


class Recipe(NamedTuple):
    """Constants, the same for every channel. A segment is n samples, and so is the cycle that phases are counted in.

    sos:     (n_sections, 6) the notch's sections, then the band-pass's
    edges:   (21,) where in the cycle each hop begins; the last is n
    waves:   (2, 2, n_pairs, n_waves) cosines and negative sines around the middle of a short and of a long hop; the
             first n_slow waves are those of a segment, the others those of its last 0.5 s; one more on either side
             than there are bins, for the Hann window, and nothing up to a multiple of LANES
    turns:   (20, 2, n_waves) cosine and negative sine of the phase of each hop's middle
    hann:    (20, 4) cosine and sine of the phase at which a segment begins that ends with the hop, slow and fast
    ones:    (20, 2, n_fast_bins) the transform of 0.5 s of a constant whose sum is 1, through the Hann window
    keep:    (n_fast_bins,) what a fast bin's power counts: nothing beside the mains
    ranges:  (n_ranges, 2) the bin before the first, and the last
    n_notch: how many sections are the notch's
    n_slow:  how many waves are a segment's, padded
    n_bins, n_fast: how many bins a segment has, and its last 0.5 s
    scale:   squared amplitudes to microvolts squared
    entropy: first bin of the entropy, and the bin after its last
    rail_uv: what is beyond counts as railed
    hold:    in samples, how long a lost one may be replaced
    longest: samples in the longest hop
    numbers, tables: all of the above, one after the other: the compiled path takes two arrays sooner than ten
    """

    sos: NDArray[np.float64]
    edges: NDArray[np.int64]
    waves: NDArray[np.float64]
    turns: NDArray[np.float64]
    hann: NDArray[np.float64]
    ones: NDArray[np.float64]
    keep: NDArray[np.float64]
    ranges: NDArray[np.int64]
    n_notch: int
    n_slow: int
    n_bins: int
    n_fast: int
    scale: float
    entropy: tuple[int, int]
    rail_uv: float
    hold: int
    longest: int
    numbers: NDArray[np.int64]
    tables: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Samples in a segment."""
        return int(self.edges[-1])


def bins_hz(rate_hz: float) -> NDArray[np.float64]:
    """The bins of a segment, 0 to 45 Hz in steps of 0.5 Hz."""
    n = round(SEGMENT_S * rate_hz)
    hz = np.arange(n // 2 + 1) * rate_hz / n
    return hz[hz <= TOP_HZ]


def recipe(
    rate_hz: float,
    notch: NDArray[np.float64],
    band_pass: NDArray[np.float64],
    ranges_hz: Sequence[tuple[float, float]],
    full_scale_uv: float | None = None,
) -> Recipe:
    """For signals of so many samples a second.

    Args: notch, band_pass: (n, 6) second-order sections; ranges_hz: of the bins from `low` > 0 on and below `high`.
    """
    hz = bins_hz(rate_hz)
    n = round(SEGMENT_S * rate_hz)
    edges = np.round(np.arange(HOPS + 1) * n / HOPS).astype(np.int64)
    fast = np.arange(np.ceil(FAST_HZ[0] / FAST_BIN_HZ), min(FAST_HZ[1], 0.45 * rate_hz) // FAST_BIN_HZ + 1)
    slow_waves, fast_waves = (
        _padded(np.arange(-1, len(hz) + 1)),
        _padded(_FINER * np.arange(fast[0] - 1, fast[-1] + 2)),
    )
    turn = 2 * np.pi / n  # of the slowest wave, a sample
    waves = turn * np.concatenate([slow_waves, fast_waves])
    fast_begins = np.concatenate([edges[-FAST_HOPS:-1] - n, edges])[:HOPS]
    away = np.min([np.abs(FAST_BIN_HZ * fast - mains) for mains in (50, 60, 100, 120)], axis=0) >= NEAR_MAINS_HZ
    sos, ranges = np.vstack([notch, band_pass]), np.searchsorted(hz, np.array(ranges_hz)) - 1
    tables = (
        _waves(edges, waves),
        _phasor(np.outer((edges[:-1] + edges[1:] - 1) / 2, waves)),
        np.array([_scale(n), np.inf if full_scale_uv is None else 0.95 * full_scale_uv]),
        sos,
        np.concatenate([_angle(turn * edges[1:]), _angle(turn * _FINER * fast_begins)], axis=1),
        _ones(edges[1:], fast_begins, turn * _FINER, fast),
        away / away.sum() * _scale(n / _FINER),
    )
    shape = [len(sos), len(notch), tables[0].shape[2], len(slow_waves), len(waves), len(hz), len(fast)]
    numbers = [*shape, int(np.diff(edges).max()), int(HOLD_S * rate_hz), *np.searchsorted(hz, ENTROPY_HZ)]
    return unpacked(
        np.concatenate([numbers, edges, ranges.ravel()]).astype(np.int64),
        np.concatenate([table.ravel() for table in tables], out=aligned(sum(table.size for table in tables))),
    )


def unpacked(numbers: NDArray[np.int64], tables: NDArray[np.float64]) -> Recipe:
    """The recipe that lies in two arrays, as views of them."""
    n_sections, n_notch, n_pairs = numbers[0], numbers[1], numbers[2]
    n_slow, n_waves, n_bins, n_fast = numbers[3], numbers[4], numbers[5], numbers[6]
    longest, hold, entropy = numbers[7], numbers[8], (numbers[9], numbers[10])
    ranges = N_NUMBERS + HOPS + 1
    waves, end = cut(tables, 0, (2, 2, n_pairs, n_waves))
    turns, end = cut(tables, end, (HOPS, 2, n_waves))
    limits, end = cut(tables, end, (2,))
    sos, end = cut(tables, end, (n_sections, 6))
    hann, end = cut(tables, end, (HOPS, 4))
    ones, end = cut(tables, end, (HOPS, 2, n_fast))
    return Recipe(
        sos=sos,
        edges=numbers[N_NUMBERS:ranges],
        waves=waves,
        turns=turns,
        hann=hann,
        ones=ones,
        keep=tables[end:],
        ranges=numbers[ranges:].reshape((-1, 2)),
        n_notch=n_notch,
        n_slow=n_slow,
        n_bins=n_bins,
        n_fast=n_fast,
        scale=limits[0],
        entropy=entropy,
        rail_uv=limits[1],
        hold=hold,
        longest=longest,
        numbers=numbers,
        tables=tables,
    )


def aligned(size: int) -> NDArray[np.float64]:
    """Zeros (size,) that begin on a cache line: rows of LANES are then never split between two."""
    store = np.zeros(size + LANES - 1)
    begin = -(store.ctypes.data // store.itemsize) % LANES
    return store[begin : begin + size]


def cut(store: NDArray[np.float64], begin: int, shape: tuple[int, ...]) -> tuple[NDArray[np.float64], int]:
    """A view of the store in this shape, and where the next begins."""
    size = 1
    for length in shape:
        size *= length
    end = begin + size
    return store[begin:end].reshape(shape), end


def _scale(n: float) -> float:
    """Of a Hann window of n samples, so that the powers of all bins sum to the mean square."""
    return 2 / (n * 0.375 * n)


def _angle(phase: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.stack([np.cos(phase), np.sin(phase)], axis=1)


def _padded(waves: NDArray[np.int64]) -> NDArray[np.int64]:
    """Up to a multiple of LANES; what is added is never read."""
    return np.pad(waves, (0, -len(waves) % LANES), mode="edge")


def _phasor(phase: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.cos(phase), -np.sin(phase)], axis=-2)


def _waves(edges: NDArray[np.int64], waves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of both lengths of a hop. The middle sample is its own pair and would count twice: its wave is halved."""
    lengths = np.diff(edges)
    shortest, longest = int(lengths.min()), int(lengths.max())
    tables = np.zeros((2, 2, (longest + 1) // 2 // 2 * 2 + 2, len(waves)))
    for table, length in zip(tables, (shortest, longest), strict=True):
        away = np.arange((length - 1) / 2, -0.25, -1.0)
        table[:, : len(away)] = _phasor(np.outer(away, waves)).swapaxes(0, 1)
        table[0, : len(away)][away == 0] = 0.5
    return tables


def _ones(
    ends: NDArray[np.int64], begins: NDArray[np.int64], turn: float, bins: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Nearly nothing; but an electrode's offset is a thousand times the signal."""
    found = np.empty((len(ends), 2, len(bins)))
    for i, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        at = np.arange(begin, end)
        window = 0.5 - 0.5 * np.cos(turn * (at - begin))
        found[i] = np.einsum("t,tpb->pb", window / len(at), _phasor(turn * np.outer(at, bins)))
    return found
