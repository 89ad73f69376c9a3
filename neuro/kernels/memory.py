"""What the hot path carries from call to call, and where in its arrays each number lies."""

from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt, sosfilt_zi

from neuro.kernels.recipe import HOPS, Recipe, cut

LOST, RAILED, TORN, LINE2, LOW, HIGH, UV, UV2, SLOPE2, CURVE2, SLOPE2_EDGE, CURVE2_EDGE, QUIET = range(13)
"""Columns of a hop's tally: samples lost, railed, and replaced for too long; sums over line noise squared; least and
greatest; sums over the signal, its square, and the squares of its first and second differences; what of the last two
reaches back into the hop before; the sum before the band-pass."""
N_TALLIES = 13

LOST_SHARE, RAILED_SHARE, TORN_SHARE, LINE_UV, SPAN_UV, JOLT_UV, FAST_UV2, ENTROPY, ACTIVITY, MOBILITY, COMPLEXITY = (
    range(11)
)
"""Rows of what is measured of a segment, as in `Segment`."""
N_MEASURES = 11

TINY_UV2 = 1e-30
"""A power that is nothing; it keeps the logarithm of nothing finite."""


class Memory(NamedTuple):
    """Arrays that a step reads and writes in place; nothing else is ever allocated.

    coming:   (n_channels, longest hop) what a step is given
    z:        (n_sections, n_channels, 2) the filters' memory
    held:     (n_channels, 2) the newest number, and how many lost samples it has stood for since
    clean:    (n_channels, 2 n) the last segment, twice: wherever the cycle is, the newest n are one slice
    hop:      (2, n_channels, longest hop) this hop before the band-pass, and what the notch took away
    tally:    (n_channels, 13) this hop's counts
    tallies:  (n_channels, 20, 13) those of the last 20 hops, each where it is in the cycle
    so_far:   (n_channels, 2, n_waves) transforms since the cycle began; the fast ones, since its last quarter did
    past:     (n_channels, 20, 2, n_waves) what they were at each hop of the cycle before; fast ones use five rows
    work:     (4, n_waves) of no meaning between calls
    bins:     (n_channels, 2, n_bins) the newest segment's transform, real and imaginary
    power:    (n_channels, n_bins) its squared amplitudes, microvolts squared
    ranges:   (n_channels, n_ranges) their sums
    measures: (11, n_channels)
    store:    all of the above, one after the other
    """

    coming: NDArray[np.float64]
    z: NDArray[np.float64]
    held: NDArray[np.float64]
    clean: NDArray[np.float64]
    hop: NDArray[np.float64]
    tally: NDArray[np.float64]
    tallies: NDArray[np.float64]
    so_far: NDArray[np.float64]
    past: NDArray[np.float64]
    work: NDArray[np.float64]
    bins: NDArray[np.float64]
    power: NDArray[np.float64]
    ranges: NDArray[np.float64]
    measures: NDArray[np.float64]
    store: NDArray[np.float64]


def memory(recipe: Recipe, n_channels: int) -> Memory:
    """For so many channels, empty."""
    return carved(np.zeros(sum(prod(shape) for shape in shapes(recipe, n_channels))), recipe, n_channels)


def carved(store: NDArray[np.float64], recipe: Recipe, n_channels: int) -> Memory:
    """The memory that lies in one array, as views of it."""
    wanted = shapes(recipe, n_channels)
    coming, end = cut(store, 0, wanted[0])
    z, end = cut(store, end, wanted[1])
    held, end = cut(store, end, wanted[2])
    clean, end = cut(store, end, wanted[3])
    hop, end = cut(store, end, wanted[4])
    tally, end = cut(store, end, wanted[5])
    tallies, end = cut(store, end, wanted[6])
    so_far, end = cut(store, end, wanted[7])
    past, end = cut(store, end, wanted[8])
    work, end = cut(store, end, wanted[9])
    bins, end = cut(store, end, wanted[10])
    power, end = cut(store, end, wanted[11])
    ranges, end = cut(store, end, wanted[12])
    measures, end = cut(store, end, wanted[13])
    return Memory(
        coming, z, held, clean, hop, tally, tallies, so_far, past, work, bins, power, ranges, measures, store
    )


def shapes(recipe: Recipe, n_channels: int) -> tuple[tuple[int, ...], ...]:
    """Of each array but the store, in the order of the fields."""
    n_waves, n_bins = recipe.waves.shape[3], recipe.n_slow - 2
    return (
        (n_channels, recipe.longest),
        (recipe.sos.shape[0], n_channels, 2),
        (n_channels, 2),
        (n_channels, 2 * recipe.edges[HOPS]),
        (2, n_channels, recipe.longest),
        (n_channels, N_TALLIES),
        (n_channels, HOPS, N_TALLIES),
        (n_channels, 2, n_waves),
        (n_channels, HOPS, 2, n_waves),
        (4, n_waves),
        (n_channels, 2, n_bins),
        (n_channels, n_bins),
        (n_channels, recipe.ranges.shape[0]),
        (N_MEASURES, n_channels),
    )


def settle(recipe: Recipe, memory: Memory, first: NDArray[np.float64]) -> None:
    """Forget everything, and be at rest on the first sample (n_channels,): an electrode's offset leaves no step."""
    memory.store[memory.coming.size :] = 0
    level = np.where(np.isfinite(first), first, 0.0)
    memory.held[:, 0] = level
    for sections in (slice(None, recipe.n_notch), slice(recipe.n_notch, None)):
        sos = recipe.sos[sections]
        memory.z[sections] = sosfilt_zi(sos)[:, None, :] * level[:, None]
        level = sosfilt(sos, level[:, None], zi=memory.z[sections])[0][:, 0]
