"""The hot path in NumPy and SciPy: the reference of the compiled one, and what runs where there is no compiler.

It takes the long way: filters as one matrix product, as they are linear in what they remember and what comes; then
Fourier's transform of the whole segment, and Hjorth's parameters as they are defined.
"""

import numpy as np
from numpy.typing import NDArray

from neuro.kernels import memory as m
from neuro.kernels.memory import Memory, Step
from neuro.kernels.recipe import FAST_HOPS, HOPS, Recipe


def stepper(recipe: Recipe, memory: Memory) -> Step:
    """The step with this recipe and this memory."""
    return _Plain(recipe, memory).step


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


_SQUARES = np.array(
    [
        # x x, x x', x x'', then squares of the first two and of the last two, and what each two give
        [1.0, 0, 0, 0, 0, 0, 0, 0, 0],
        [2.0, -2, 0, -1, 0, 0, -1, 0, 0],
        [6.0, -8, 2, -5, -1, -1, -5, 4, 4],
    ]
)
"""Sums of the squares of a signal, its differences and theirs, from products of neighbours and of the ends."""

_MEANS = np.array([[0.0, 0, 0, 0], [-1, 0, 0, 1], [1, -1, -1, 1]])
"""Sums of differences, and of theirs, from the ends; that of the signal itself takes more."""


class _Plain:
    """What is worked out once, beside the memory that a step works on.

    filters: by number of samples n: (n_state + n, n_state + 2 n), from what the filters remember and what comes to
             what they remember then, the samples behind the notch, and those behind the band-pass
    fast:    by number of samples n: (n, 2 n_fast) the transform of the last 0.5 s, cosines beside sines
    keep:    (2 n_fast,) as the recipe's, twice; flat: the entropy of a flat spectrum
    members: (n_bins, n_ranges) 1 where a bin belongs to a range
    quiet:   (n_channels, 2 n) the last segment before the band-pass, twice, as `Memory.clean`
    squares, means: (3, 9) and (3, 4) as _SQUARES and _MEANS, over how many they are; share: (n,) of one of n
    weighed, spectrum: (n_channels, n), (n_channels, n // 2 + 1) of no meaning between calls, as are the next two
    parts:   (n_channels, 2, n_bins) the spectrum's real and imaginary parts
    powers, products: (n_channels, 2, n_bins), (9, n_channels)
    """

    def __init__(self, recipe: Recipe, memory: Memory) -> None:
        self._recipe, self._memory = recipe, memory
        self._edges = recipe.edges.tolist()
        self._filters: dict[int, NDArray[np.float64]] = {}
        begins = [self._edges[(hop - FAST_HOPS) % HOPS] for hop in range(1, HOPS + 1)]
        self._lasts = [(end - begin) % recipe.n for begin, end in zip(begins, self._edges[1:], strict=True)]
        self._fast = {last: _fast_of(recipe, hop) for hop, last in enumerate(self._lasts)}
        self._keep, self._flat = np.tile(recipe.keep, 2), np.log(recipe.entropy[1] - recipe.entropy[0])
        bins = np.arange(recipe.n_bins)[:, None]
        self._members = ((bins > recipe.ranges[:, 0]) & (bins <= recipe.ranges[:, 1])).astype(float, "F")
        self._state, (self._before, self._since) = memory.z.reshape(len(memory.z), -1), memory.held.T
        self._hann = 0.5 - 0.5 * np.cos(2 * np.pi / recipe.n * np.arange(recipe.n))
        self._quiet, self._weighed = np.zeros_like(memory.clean), np.zeros((len(memory.clean), recipe.n))
        self._ones, self._share = np.ones(recipe.n), np.full(recipe.n, 1 / recipe.n)
        self._squares, self._means = (sums / (recipe.n - np.arange(3.0)[:, None]) for sums in (_SQUARES, _MEANS))
        self._spectrum = np.zeros((len(memory.clean), recipe.n // 2 + 1), complex)
        both = self._spectrum.view(float).reshape(*self._spectrum.shape, 2)[:, : recipe.n_bins]
        self._parts = both.swapaxes(1, 2)
        self._powers = np.zeros_like(memory.bins)
        self._products = np.zeros((len(_SQUARES[0]), len(memory.clean)))

    def step(self, n: int, hop: int, filled: int) -> None:
        """As `memory.Step`."""
        at = self._edges[hop] + filled
        self._filter(n, at)
        end = self._edges[hop + 1]
        if at + n == end:
            clean = self._memory.clean[:, end : end + self._recipe.n]
            self._count(hop)
            self._transform(clean)
            self._fast_power(self._quiet[:, : end + self._recipe.n], self._lasts[hop])
            self._hjorth(clean)
            self._measure(clean, self._lasts[hop])

    def _filter(self, n: int, at: int) -> None:
        recipe, memory = self._recipe, self._memory
        whole, tally, state = memory.coming[:, :n], memory.tally, self._state
        if np.isfinite(whole).all():
            self._since[:] = 0
        else:
            whole, run = without_gaps(whole, self._before, self._since)
            tally[:, m.LOST] += (run > 0).sum(axis=1)
            tally[:, m.TORN] += (run > recipe.hold).sum(axis=1)
            self._since[:] = run[:, -1]
        self._before[:] = whole[:, -1]
        if recipe.rail_uv < np.inf:
            tally[:, m.RAILED] += (np.abs(whole) > recipe.rail_uv).sum(axis=1)
        if n not in self._filters:
            self._filters[n] = _filter_of(recipe, n)
        n_state, again = state.shape[1], at + recipe.n
        found = np.concatenate([state, whole], axis=1) @ self._filters[n]
        state[:] = found[:, :n_state]
        self._quiet[:, at : at + n] = self._quiet[:, again : again + n] = quiet = found[:, n_state : n_state + n]
        memory.clean[:, at : at + n] = memory.clean[:, again : again + n] = found[:, n_state + n :]
        line = whole - quiet
        tally[:, m.LINE2] += np.vecdot(line, line)

    def _count(self, hop: int) -> None:
        memory, n = self._memory, self._recipe.n
        memory.tallies[:, hop] = memory.tally
        memory.tally[:] = 0
        if hop == 0:  # a memory that fades takes minutes to become denormal
            memory.z[np.abs(memory.z) < m.TINY_UV] = 0
        totals = (self._ones[:HOPS] @ memory.tallies).T
        np.divide(totals[: m.TORN + 1], n, out=memory.measures[: m.TORN_SHARE + 1])
        memory.measures[m.LINE_UV] = np.sqrt(totals[m.LINE2] / n)

    def _transform(self, clean: NDArray[np.float64]) -> None:
        memory = self._memory
        np.fft.rfft(np.multiply(clean, self._hann, out=self._weighed), out=self._spectrum)
        memory.bins[...] = self._parts
        np.multiply(memory.bins, memory.bins, out=self._powers)
        np.add(self._powers[:, 0], self._powers[:, 1], out=memory.power)
        np.multiply(memory.power, self._recipe.scale, out=memory.power)
        np.matmul(memory.power, self._members, out=memory.ranges)

    def _fast_power(self, quiet: NDArray[np.float64], last: int) -> None:
        fast = quiet[:, -last:] @ self._fast[last]
        np.matmul(np.square(fast, out=fast), self._keep, out=self._memory.measures[m.FAST_UV2])

    def _hjorth(self, clean: NDArray[np.float64]) -> None:
        """Variances of the signal, its slope and its bend: means of squares less squares of means.

        Squared differences are made of the products of neighbours, and of neighbours but one, less those at the ends.
        """
        products, n = self._products, clean.shape[1]
        ends = clean.take([0, 1, n - 2, n - 1], axis=1).T  # (4, n_channels)
        for apart in range(3):
            np.vecdot(clean[:, : n - apart], clean[:, apart:], products[apart])
        np.multiply(ends, ends, out=products[3:7])
        np.multiply(ends[::2], ends[1::2], out=products[7:])
        mean = self._means @ ends
        np.matmul(clean, self._share, out=mean[0])
        variances = np.maximum(self._squares @ products - mean * mean, m.TINY_UV2)
        measures, ratios = self._memory.measures, variances[1:] / variances[:-1]
        ratios[1] /= ratios[0]
        measures[m.ACTIVITY] = variances[0]
        np.sqrt(ratios, out=measures[m.MOBILITY : m.COMPLEXITY + 1])

    def _measure(self, clean: NDArray[np.float64], last: int) -> None:
        memory, measures, newest = self._memory, self._memory.measures, clean[:, -last:]
        np.subtract(np.maximum.reduce(clean, axis=1), np.minimum.reduce(clean, axis=1), out=measures[m.SPAN_UV])
        np.subtract(np.maximum.reduce(newest, axis=1), np.minimum.reduce(newest, axis=1), out=measures[m.JOLT_UV])
        first, after = self._recipe.entropy
        power = memory.power[:, first:after] + m.TINY_UV2
        whole = power @ self._ones[: after - first]
        dot = np.vecdot(power, np.log(power))
        np.divide(np.log(whole) - dot / whole, self._flat, out=measures[m.ENTROPY])


def _filter_of(recipe: Recipe, n: int) -> NDArray[np.float64]:
    """What comes out of the filters for each of the things that they are linear in, 1 alone."""
    from scipy.signal import sosfilt  # noqa: PLC0415 -- 60 MB, and nobody needs it once all is compiled

    n_state = 2 * len(recipe.sos)
    one = np.eye(n_state + n)
    z = one[:, :n_state].reshape(-1, len(recipe.sos), 2).swapaxes(0, 1)
    notch, band = slice(None, recipe.n_notch), slice(recipe.n_notch, None)
    quiet, z_notch = sosfilt(recipe.sos[notch], one[:, n_state:], zi=z[notch])
    clean, z_band = sosfilt(recipe.sos[band], quiet, zi=z[band])
    after = np.concatenate([z_notch, z_band]).swapaxes(0, 1).reshape(len(one), -1)
    return np.concatenate([after, quiet, clean], axis=1)


def _fast_of(recipe: Recipe, hop: int) -> NDArray[np.float64]:
    """(n, 2 n_fast) of the 0.5 s that end with a hop, through their Hann window, without their mean."""
    waves = np.concatenate([_waves_of(recipe, i % HOPS) for i in range(hop + 1 - FAST_HOPS, hop + 1)])
    real, imag = waves[:, 0], waves[:, 1]
    cos, sin = 0.25 * recipe.hann[hop, 2:]
    real, imag = (
        0.5 * one[:, 1:-1] - cos * (one[:, :-2] + one[:, 2:]) - sin * (other[:, :-2] - other[:, 2:])
        for one, other in ((real, imag), (imag, -real))
    )
    bins = np.stack([real, imag], axis=1)[..., : recipe.n_fast] - recipe.ones[hop]
    return np.asarray(bins.reshape(len(bins), -1))


def _waves_of(recipe: Recipe, hop: int) -> NDArray[np.float64]:
    """(n, 2, n_waves - n_slow) the fast waves over a hop's samples, in the cycle's phase."""
    length = int(recipe.edges[hop + 1] - recipe.edges[hop])
    cos, sin = recipe.waves[int(length == recipe.longest), :, : (length + 1) // 2, recipe.n_slow :]
    whole = np.zeros((2, length, cos.shape[1]))
    for j in range(len(cos)):  # before and behind the middle lie the same cosine, and the same sine but for its sign
        whole[:, length - 1 - j] += cos[j], sin[j]
        whole[:, j] += cos[j], -sin[j]
    (real, imag), (turn_cos, turn_sin) = whole, recipe.turns[hop, :, recipe.n_slow :]
    return np.stack([real * turn_cos - imag * turn_sin, real * turn_sin + imag * turn_cos], axis=1)
