"""The hot path in NumPy and SciPy: what runs where there is no compiler, and equal to the compiled one bit for bit.

Sums run over one axis in order, as a loop would; that is what makes the bits the same.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from neuro.kernels import memory as m
from neuro.kernels.memory import Memory
from neuro.kernels.recipe import FAST_HOPS, HOPS, Recipe


def step(recipe: Recipe, memory: Memory, n: int, hop: int, filled: int) -> None:
    """Take the first n samples of `memory.coming`; where they complete the hop, measure the segment that ends there.

    Args: hop: which of the cycle; filled: how many of its samples came before.
    """
    _filter(recipe, memory, n, recipe.edges[hop] + filled, filled)
    if recipe.edges[hop] + filled + n == recipe.edges[hop + 1]:
        _count(recipe, memory, hop)
        _transform(recipe, memory, hop)
        _measure(recipe, memory, hop)


def without_gaps(
    samples: NDArray[np.float64], before: NDArray[np.float64], since: NDArray[np.float64] | float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The samples (n_channels, n) with what is no number replaced by the newest number before it.

    A lost packet would otherwise silence a filter for good.
    Args:    before: (n_channels,) what came before; since: (n_channels,) how many samples it has stood for already.
    Returns: the samples, and how many samples in a row each stands for what is lost, 0 for what is known.
    """
    known = np.isfinite(samples)
    if known.all():
        return samples, np.zeros(samples.shape)
    at = np.arange(1, samples.shape[1] + 1)
    newest = np.maximum.accumulate(np.where(known, at, 0), axis=1)
    padded = np.concatenate([before[:, None], samples], axis=1)
    run = at - newest + np.where(newest == 0, np.asarray(since)[..., None], 0.0)
    return np.take_along_axis(padded, newest, axis=1), run


def _filter(recipe: Recipe, memory: Memory, n: int, at: int, filled: int) -> None:
    coming = memory.coming[:, :n]
    whole, run = without_gaps(coming, memory.held[:, 0], memory.held[:, 1])
    memory.held[:, 0], memory.held[:, 1] = whole[:, -1], run[:, -1]
    memory.tally[:, m.LOST] += (run > 0).sum(axis=1)
    memory.tally[:, m.TORN] += (run > recipe.hold).sum(axis=1)
    memory.tally[:, m.RAILED] += (np.abs(whole) > recipe.rail_uv).sum(axis=1)
    notch, band = slice(None, recipe.n_notch), slice(recipe.n_notch, None)
    quiet, memory.z[notch] = sosfilt(recipe.sos[notch], whole, zi=memory.z[notch])
    clean, memory.z[band] = sosfilt(recipe.sos[band], quiet, zi=memory.z[band])
    memory.hop[0, :, filled : filled + n] = quiet
    memory.hop[1, :, filled : filled + n] = whole - quiet
    memory.clean[:, at : at + n] = memory.clean[:, at + recipe.n : at + recipe.n + n] = clean


def _count(recipe: Recipe, memory: Memory, hop: int) -> None:
    begin, end = recipe.edges[hop : hop + 2]
    quiet, line = memory.hop[:, :, : end - begin]
    back = memory.clean[:, recipe.n + begin - 2 : recipe.n + end]
    clean, slope2, curve2 = back[:, 2:], np.diff(back)[:, 1:] ** 2, np.diff(back, 2) ** 2
    tally = memory.tally
    tally[:, m.LOW], tally[:, m.HIGH] = clean.min(axis=1), clean.max(axis=1)
    tally[:, m.UV], tally[:, m.UV2] = _total(clean), _total(clean**2)
    tally[:, m.SLOPE2], tally[:, m.CURVE2] = _total(slope2), _total(curve2)
    tally[:, m.SLOPE2_EDGE], tally[:, m.CURVE2_EDGE] = slope2[:, 0], curve2[:, 0] + curve2[:, 1]
    tally[:, m.LINE2], tally[:, m.QUIET] = _total(line**2), _total(quiet)
    memory.tallies[:, hop] = tally
    tally[:] = 0


def _transform(recipe: Recipe, memory: Memory, hop: int) -> None:
    begin, end = recipe.edges[hop : hop + 2]
    length, ns = end - begin, recipe.n_slow
    clean, quiet = memory.clean[:, begin:end], memory.hop[0, :, :length]
    waves = recipe.waves[int(length == recipe.longest), :, : (length + 1) // 2]
    block = np.concatenate([_pairs(clean, waves[..., :ns]), _pairs(quiet, waves[..., ns:])], axis=2)
    real, imag, (cos, sin) = block[:, 0], block[:, 1], recipe.turns[hop]
    so_far, past = memory.so_far, memory.past
    if hop % HOPS == 0:
        so_far[..., :ns] = 0
    if hop % FAST_HOPS == 0:
        so_far[..., ns:] = 0
    so_far[:, 0] += real * cos - imag * sin
    so_far[:, 1] += real * sin + imag * cos
    slow = so_far[..., :ns] + (past[:, HOPS - 1, :, :ns] - past[:, hop, :, :ns])
    fast = so_far[..., ns:] + (past[:, FAST_HOPS - 1, :, ns:] - past[:, hop % FAST_HOPS, :, ns:])
    past[:, hop, :, :ns] = so_far[..., :ns]
    past[:, hop % FAST_HOPS, :, ns:] = so_far[..., ns:]
    memory.bins[:] = _through_hann(slow, recipe.hann[hop, :2])
    memory.power[:] = (memory.bins[:, 0] ** 2 + memory.bins[:, 1] ** 2) * recipe.scale
    newest = np.arange(hop + 1 - FAST_HOPS, hop + 1)
    offset = _total(memory.tallies[:, newest, m.QUIET])
    fast = _through_hann(fast, recipe.hann[hop, 2:]) - offset[:, None, None] * recipe.ones[hop]
    memory.measures[m.FAST_UV2] = _total((fast[:, 0] ** 2 + fast[:, 1] ** 2) * recipe.keep)


def _pairs(samples: NDArray[np.float64], waves: NDArray[np.float64]) -> NDArray[np.float64]:
    """The transform of a hop (n_channels, n) around its middle, by cosines and sines (2, n_pairs, n_waves).

    What lies as far before the middle as behind it shares a cosine, and but for the sign a sine.
    """
    n_pairs = waves.shape[1]
    before, behind = samples[:, :n_pairs], samples[:, : -n_pairs - 1 : -1]
    return np.stack(
        [
            np.add.reduce((behind + before)[:, :, None] * waves[0], axis=1),
            np.add.reduce((behind - before)[:, :, None] * waves[1], axis=1),
        ],
        axis=1,
    )


def _through_hann(waves: NDArray[np.float64], angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Transforms (n_channels, 2, n + 2) as if a Hann window had weighed the samples, beginning at this angle."""
    cos, sin = angle
    (before, after), here = (waves[..., :-2], waves[..., 2:]), waves[..., 1:-1]
    real = (before[:, 0] + after[:, 0]) * cos + (before[:, 1] - after[:, 1]) * sin
    imag = (before[:, 1] + after[:, 1]) * cos + (after[:, 0] - before[:, 0]) * sin
    return 0.5 * here - 0.25 * np.stack([real, imag], axis=1)


def _measure(recipe: Recipe, memory: Memory, hop: int) -> None:
    n, measures = recipe.n, memory.measures
    up_to = np.add.accumulate(memory.power, axis=1)
    memory.ranges[:] = up_to[:, recipe.ranges[:, 1]] - up_to[:, recipe.ranges[:, 0]]
    totals = _total(memory.tallies.transpose(2, 0, 1))
    measures[m.LOST_SHARE], measures[m.RAILED_SHARE] = totals[m.LOST] / n, totals[m.RAILED] / n
    measures[m.TORN_SHARE] = totals[m.TORN] / n
    measures[m.LINE_UV] = np.sqrt(totals[m.LINE2] / n)
    newest = np.arange(hop + 1 - FAST_HOPS, hop + 1)
    high, low = memory.tallies[:, :, m.HIGH], memory.tallies[:, :, m.LOW]
    measures[m.SPAN_UV] = high.max(axis=1) - low.min(axis=1)
    measures[m.JOLT_UV] = high[:, newest].max(axis=1) - low[:, newest].min(axis=1)
    _hjorth(recipe, memory, hop, totals)
    first, after = recipe.entropy
    power = memory.power[:, first:after] + m.TINY_UV2
    whole = power.sum(axis=1)
    measures[m.ENTROPY] = (np.log(whole) - (power * np.log(power)).sum(axis=1) / whole) / np.log(after - first)


def _hjorth(recipe: Recipe, memory: Memory, hop: int, totals: NDArray[np.float64]) -> None:
    n, end = recipe.n, recipe.edges[hop + 1]
    oldest = memory.tallies[:, (hop + 1) % HOPS]
    first, second, last_but_one, last = memory.clean[:, [end, end + 1, end + n - 2, end + n - 1]].T
    bend = ((last - last_but_one) - (second - first)) / (n - 2)
    activity = totals[m.UV2] / n - (totals[m.UV] / n) ** 2
    slope = (totals[m.SLOPE2] - oldest[:, m.SLOPE2_EDGE]) / (n - 1) - ((last - first) / (n - 1)) ** 2
    curve = (totals[m.CURVE2] - oldest[:, m.CURVE2_EDGE]) / (n - 2) - bend**2
    activity, slope, curve = (np.maximum(variance, m.TINY_UV2) for variance in (activity, slope, curve))
    memory.measures[m.ACTIVITY] = activity
    memory.measures[m.MOBILITY] = np.sqrt(slope / activity)
    memory.measures[m.COMPLEXITY] = np.sqrt(curve / slope * (activity / slope))


def _total(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum over the last axis, in order."""
    return np.asarray(np.add.accumulate(samples, axis=-1)[..., -1])
