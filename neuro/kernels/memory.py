"""What the hot path carries from call to call, and where in its arrays each number lies."""

from collections.abc import Callable
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.kernels.recipe import FAST_HOPS, HOPS, LANES, Recipe, aligned, cut
from neuro.sections import at_rest

LOST, RAILED, TORN, LOW, HIGH, UV, UV2, SLOPE2, CURVE2, LINE2, SLOPE2_EDGE, CURVE2_EDGE, QUIET = range(13)
"""Columns of a hop's tally: samples lost, railed, and replaced for too long; the least, its sign turned, and the
greatest; the sum of the signal; sums of the squares of it, its first and second differences, and the line noise; what
of the squared differences reaches back into the hop before; the sum before the band-pass."""
N_TALLIES = 16
"""So many numbers are two cache lines; the last three are nothing."""

TOGETHER = 4
"""Channels that the compiled path transforms at once."""

LOST_SHARE, RAILED_SHARE, TORN_SHARE, LINE_UV, SPAN_UV, JOLT_UV, FAST_UV2, ENTROPY, ACTIVITY, MOBILITY, COMPLEXITY = (
    range(11)
)
"""Rows of what is measured of a segment, as in `Segment`."""
N_MEASURES = 11

TINY_UV2 = 1e-30
"""A power that is nothing; it keeps the logarithm of nothing finite."""

TINY_UV = 1e-20
"""What filters remember of a flat signal below this is forgotten: denormal numbers make a hop 15 times slower."""


Step = Callable[[int, int, int], object]
"""step(n, hop, filled): take the first n samples of `coming`; where they complete the hop, measure the segment that
ends there. hop is which of the cycle; filled, how many of its samples came before."""


class Memory(NamedTuple):
    """Arrays that a step reads and writes in place; nothing else is ever allocated.

    so_far:   (n_channels, 2, n_waves) transforms since the cycle began; the fast ones, since its last quarter did
    past:     (20, n_channels, 2, n_slow) what the slow ones were at each hop of the cycle before
    newer:    (5, n_channels, 2, n_waves - n_slow) and the fast ones, of the quarter before
    window:   (TOGETHER, 2, n_waves) a segment's transforms; of no meaning between calls, as are those down to folded
    tally:    (n_channels, 16) this hop's counts
    tallies:  (n_channels, 20, 16) those of the last 20 hops, each where it is in the cycle
    work:     (2, n_waves)
    beside:   (3, longest hop, 8) of as many channels: what the notch took away, what it left, what the band-pass left
    states:   (n_sections, 2, 8) their z
    folded:   (TOGETHER, 4, n_pairs) sums and differences of a hop's samples, behind the band-pass and before it
    z:        (n_channels, n_sections, 2) the filters' memory
    held:     (n_channels, 2) the newest number, and how many lost samples it has stood for since
    clean:    (n_channels, 2 n) the last segment, twice: wherever the cycle is, the newest n are one slice
    hop:      (2, n_channels, longest hop) this hop before the band-pass, and what the notch took away
    bins:     (n_channels, 2, n_bins) the newest segment's transform, real and imaginary
    power:    (n_channels, n_bins) its squared amplitudes, microvolts squared
    ranges:   (n_channels, n_ranges) their sums
    measures: (11, n_channels)
    coming:   (n_channels, longest hop) what a step is given
    store:    all of the above, one after the other
    """

    so_far: NDArray[np.float64]
    past: NDArray[np.float64]
    newer: NDArray[np.float64]
    window: NDArray[np.float64]
    tally: NDArray[np.float64]
    tallies: NDArray[np.float64]
    work: NDArray[np.float64]
    beside: NDArray[np.float64]
    states: NDArray[np.float64]
    folded: NDArray[np.float64]
    z: NDArray[np.float64]
    held: NDArray[np.float64]
    clean: NDArray[np.float64]
    hop: NDArray[np.float64]
    bins: NDArray[np.float64]
    power: NDArray[np.float64]
    ranges: NDArray[np.float64]
    measures: NDArray[np.float64]
    coming: NDArray[np.float64]
    store: NDArray[np.float64]


def memory(recipe: Recipe, n_channels: int) -> Memory:
    """For so many channels, empty."""
    return carved(aligned(sum(prod(shape) for shape in shapes(recipe, n_channels))), recipe, n_channels)


def carved(store: NDArray[np.float64], recipe: Recipe, n_channels: int) -> Memory:
    """The memory that lies in one array, as views of it."""
    wanted = shapes(recipe, n_channels)
    so_far, end = cut(store, 0, wanted[0])
    past, end = cut(store, end, wanted[1])
    newer, end = cut(store, end, wanted[2])
    window, end = cut(store, end, wanted[3])
    tally, end = cut(store, end, wanted[4])
    tallies, end = cut(store, end, wanted[5])
    work, end = cut(store, end, wanted[6])
    beside, end = cut(store, end, wanted[7])
    states, end = cut(store, end, wanted[8])
    folded, end = cut(store, end, wanted[9])
    z, end = cut(store, end, wanted[10])
    held, end = cut(store, end, wanted[11])
    clean, end = cut(store, end, wanted[12])
    hop, end = cut(store, end, wanted[13])
    bins, end = cut(store, end, wanted[14])
    power, end = cut(store, end, wanted[15])
    ranges, end = cut(store, end, wanted[16])
    measures, end = cut(store, end, wanted[17])
    coming, end = cut(store, end, wanted[18])
    return Memory(
        so_far,
        past,
        newer,
        window,
        tally,
        tallies,
        work,
        beside,
        states,
        folded,
        z,
        held,
        clean,
        hop,
        bins,
        power,
        ranges,
        measures,
        coming,
        store,
    )


def shapes(recipe: Recipe, n_channels: int) -> tuple[tuple[int, ...], ...]:
    """Of each array but the store, in the order of the fields."""
    n_waves, n_slow = recipe.waves.shape[3], recipe.n_slow
    return (
        (n_channels, 2, n_waves),
        (HOPS, n_channels, 2, n_slow),
        (FAST_HOPS, n_channels, 2, n_waves - n_slow),
        (TOGETHER, 2, n_waves),
        (n_channels, N_TALLIES),
        (n_channels, HOPS, N_TALLIES),
        (2, n_waves),
        (3, recipe.longest, LANES),
        (recipe.sos.shape[0], 2, LANES),
        (TOGETHER, 4, recipe.waves.shape[2]),
        (n_channels, recipe.sos.shape[0], 2),
        (n_channels, 2),
        (n_channels, 2 * recipe.edges[HOPS]),
        (2, n_channels, recipe.longest),
        (n_channels, 2, recipe.n_bins),
        (n_channels, recipe.n_bins),
        (n_channels, recipe.ranges.shape[0]),
        (N_MEASURES, n_channels),
        (n_channels, recipe.longest),
    )


def settle(recipe: Recipe, memory: Memory, first: NDArray[np.float64]) -> None:
    """Forget everything, and be at rest on the first sample (n_channels,): an electrode's offset leaves no step."""
    memory.store[: -memory.coming.size] = 0
    level = np.where(np.isfinite(first), first, 0.0)
    memory.held[:, 0] = level
    for sections in (slice(None, recipe.n_notch), slice(recipe.n_notch, None)):
        sos = recipe.sos[sections]
        remembered, left = at_rest(sos)
        memory.z[:, sections] = remembered * level[:, None, None]
        level = left * level
