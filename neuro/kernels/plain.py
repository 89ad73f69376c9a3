"""The hot path in NumPy and SciPy: the reference of the compiled one, and what runs where there is no compiler.

A hop is two matrix products: filters are linear in what they remember and what comes, transforms in what comes.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

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


class _Plain:
    """Matrices that make a hop a few products, beside the memory that they work on.

    filters: by number of samples n: (n_state + n, n_state + 2 n), from what the filters remember and what comes to
             what they remember then, the samples behind the notch, and those behind the band-pass
    slow, fast: of each hop in the cycle, (n, 2 n_waves): cosines beside sines, in the cycle's phase
    cos, sin: (20, n_waves - 2), (20, 2, n_waves - 2) a quarter of those of the angle that the Hann window begins at;
             the sine for the real part, and turned for the imaginary one
    squared: (n_channels, 4, longest hop) what is squared and summed; of no meaning between calls
    """

    def __init__(self, recipe: Recipe, memory: Memory) -> None:
        self._recipe, self._memory = recipe, memory
        self._edges = recipe.edges.tolist()
        self._filters: dict[int, NDArray[np.float64]] = {}
        whole = [_transform_of(recipe, hop) for hop in range(HOPS)]
        self._slow, self._fast = (
            [np.ascontiguousarray(each[..., part].reshape(len(each), -1)) for each in whole]
            for part in (slice(recipe.n_slow), slice(recipe.n_slow, None))
        )
        many = [recipe.n_slow, whole[0].shape[2] - recipe.n_slow]
        cos, sin = (0.25 * np.repeat(recipe.hann[:, part::2], many, axis=1)[:, 1:-1] for part in range(2))
        self._cos, self._sin = cos, np.stack([sin, -sin], axis=1)
        self._squared = np.zeros((len(memory.coming), 4, recipe.longest))

    def step(self, n: int, hop: int, filled: int) -> None:
        """As `memory.Step`."""
        at = self._edges[hop] + filled
        self._filter(n, at, filled)
        if at + n == self._edges[hop + 1]:
            self._count(hop)
            self._transform(hop)
            self._measure(hop)

    def _filter(self, n: int, at: int, filled: int) -> None:
        recipe, memory = self._recipe, self._memory
        whole, (before, since) = memory.coming[:, :n], memory.held.T
        if np.isfinite(whole).all():
            since[:] = 0
        else:
            whole, run = without_gaps(whole, before, since)
            memory.tally[:, m.LOST] += (run > 0).sum(axis=1)
            memory.tally[:, m.TORN] += (run > recipe.hold).sum(axis=1)
            since[:] = run[:, -1]
        before[:] = whole[:, -1]
        if recipe.rail_uv < np.inf:
            memory.tally[:, m.RAILED] += (np.abs(whole) > recipe.rail_uv).sum(axis=1)
        if n not in self._filters:
            self._filters[n] = _filter_of(recipe, n)
        state = memory.z.reshape(len(whole), -1)
        given = np.concatenate([state, whole], axis=1)
        z, quiet, clean = np.split(given @ self._filters[n], [state.shape[1], state.shape[1] + n], axis=1)
        state[:] = z
        memory.hop[0, :, filled : filled + n] = quiet
        np.subtract(whole, quiet, out=memory.hop[1, :, filled : filled + n])
        memory.clean[:, at : at + n] = memory.clean[:, at + recipe.n : at + recipe.n + n] = clean

    def _count(self, hop: int) -> None:
        recipe, memory = self._recipe, self._memory
        begin, end = self._edges[hop : hop + 2]
        back, squared = memory.clean[:, recipe.n + begin - 2 : recipe.n + end], self._squared[..., : end - begin]
        steps, tally = back[:, 1:] - back[:, :-1], memory.tally
        squared[:, 0], squared[:, 1], squared[:, 3] = back[:, 2:], steps[:, 1:], memory.hop[1, :, : end - begin]
        np.subtract(steps[:, 1:], steps[:, :-1], out=squared[:, 2])
        clean, slope, curve = squared[:, 0], squared[:, 1], squared[:, 2]
        tally[:, m.LOW], tally[:, m.HIGH] = -clean.min(axis=1), clean.max(axis=1)
        tally[:, m.UV], tally[:, m.QUIET] = clean.sum(axis=1), memory.hop[0, :, : end - begin].sum(axis=1)
        tally[:, m.UV2 : m.LINE2 + 1] = np.einsum("ckt,ckt->ck", squared, squared)
        tally[:, m.SLOPE2_EDGE], tally[:, m.CURVE2_EDGE] = slope[:, 0] ** 2, curve[:, 0] ** 2 + curve[:, 1] ** 2
        memory.tallies[:, hop] = tally
        tally[:] = 0
        memory.z[np.abs(memory.z) < m.TINY_UV] = 0

    def _transform(self, hop: int) -> None:
        recipe, memory = self._recipe, self._memory
        begin, end = self._edges[hop : hop + 2]
        slow, fast = memory.so_far[..., : recipe.n_slow], memory.so_far[..., recipe.n_slow :]
        quarter = hop % FAST_HOPS
        if hop == 0:
            slow[:] = 0
        if quarter == 0:
            fast[:] = 0
        slow += (memory.clean[:, begin:end] @ self._slow[hop]).reshape(slow.shape)
        fast += (memory.hop[0, :, : end - begin] @ self._fast[hop]).reshape(fast.shape)
        window = memory.so_far.copy()
        window[..., : recipe.n_slow] += memory.past[:, HOPS - 1] - memory.past[:, hop]
        window[..., recipe.n_slow :] += memory.newer[:, FAST_HOPS - 1] - memory.newer[:, quarter]
        memory.past[:, hop], memory.newer[:, quarter] = slow, fast
        bins = self._through_hann(window, hop)
        memory.bins[:] = bins[..., : recipe.n_bins]
        np.multiply(np.einsum("cpk,cpk->ck", memory.bins, memory.bins), recipe.scale, out=memory.power)
        offset = memory.tallies[:, _newest(hop), m.QUIET].sum(axis=1)
        fast = bins[..., recipe.n_slow : recipe.n_slow + recipe.n_fast] - offset[:, None, None] * recipe.ones[hop]
        memory.measures[m.FAST_UV2] = np.einsum("cpk,cpk->ck", fast, fast) @ recipe.keep

    def _through_hann(self, waves: NDArray[np.float64], hop: int) -> NDArray[np.float64]:
        """Transforms (n_channels, 2, n_waves) as if a Hann window had weighed the samples; the outermost are lost."""
        before, after = waves[..., :-2], waves[..., 2:]
        beside = (before + after) * self._cos[hop]
        beside += (before - after)[:, ::-1] * self._sin[hop]
        return np.asarray(0.5 * waves[..., 1:-1] - beside)

    def _measure(self, hop: int) -> None:
        recipe, memory = self._recipe, self._memory
        n, measures, tallies = recipe.n, memory.measures, memory.tallies
        up_to = np.add.accumulate(memory.power, axis=1)
        np.subtract(up_to[:, recipe.ranges[:, 1]], up_to[:, recipe.ranges[:, 0]], out=memory.ranges)
        totals = tallies.sum(axis=1).T
        np.divide(totals[: m.TORN + 1], n, out=measures[: m.TORN_SHARE + 1])
        measures[m.LINE_UV] = np.sqrt(totals[m.LINE2] / n)
        reach = tallies[:, :, m.LOW : m.HIGH + 1]
        measures[m.SPAN_UV] = reach.max(axis=1).sum(axis=1)
        measures[m.JOLT_UV] = reach[:, _newest(hop)].max(axis=1).sum(axis=1)
        self._hjorth(hop, totals)
        first, after = recipe.entropy
        power = memory.power[:, first:after] + m.TINY_UV2
        whole = power.sum(axis=1)
        dot = np.einsum("ck,ck->c", power, np.log(power))
        measures[m.ENTROPY] = (np.log(whole) - dot / whole) / np.log(after - first)

    def _hjorth(self, hop: int, totals: NDArray[np.float64]) -> None:
        """Variances of the signal, its slope and its bend: means of squares less squares of means."""
        memory, n, end = self._memory, self._recipe.n, self._edges[hop + 1]
        clean, tallies = memory.clean[:, end : end + n], memory.tallies
        of = np.array([[n], [n - 1], [n - 2]])
        sums = np.stack(
            [totals[m.UV], clean[:, -1] - clean[:, 0], clean[:, -1] - clean[:, -2] - clean[:, 1] + clean[:, 0]]
        )
        squares = totals[m.UV2 : m.CURVE2 + 1] / of
        squares[1:] -= tallies[:, (hop + 1) % HOPS, m.SLOPE2_EDGE : m.CURVE2_EDGE + 1].T / of[1:]
        sums /= of
        activity, slope, curve = np.maximum(squares - sums * sums, m.TINY_UV2)
        memory.measures[m.ACTIVITY] = activity
        memory.measures[m.MOBILITY] = np.sqrt(slope / activity)
        memory.measures[m.COMPLEXITY] = np.sqrt(curve / slope * (activity / slope))


def _newest(hop: int) -> NDArray[np.int64]:
    """The hops of the last quarter, as indices that may be negative."""
    return np.arange(hop + 1 - FAST_HOPS, hop + 1)


def _filter_of(recipe: Recipe, n: int) -> NDArray[np.float64]:
    """What comes out of the filters for each of the things that they are linear in, 1 alone."""
    n_state = 2 * len(recipe.sos)
    one = np.eye(n_state + n)
    z = one[:, :n_state].reshape(-1, len(recipe.sos), 2).swapaxes(0, 1)
    notch, band = slice(None, recipe.n_notch), slice(recipe.n_notch, None)
    quiet, z_notch = sosfilt(recipe.sos[notch], one[:, n_state:], zi=z[notch])
    clean, z_band = sosfilt(recipe.sos[band], quiet, zi=z[band])
    after = np.concatenate([z_notch, z_band]).swapaxes(0, 1).reshape(len(one), -1)
    return np.concatenate([after, quiet, clean], axis=1)


def _transform_of(recipe: Recipe, hop: int) -> NDArray[np.float64]:
    """(n, 2, n_waves) of a hop's samples."""
    length = int(recipe.edges[hop + 1] - recipe.edges[hop])
    cos, sin = recipe.waves[int(length == recipe.longest), :, : (length + 1) // 2]
    whole = np.zeros((2, length, cos.shape[1]))
    for j in range(len(cos)):  # before and behind the middle lie the same cosine, and the same sine but for its sign
        whole[:, length - 1 - j] += cos[j], sin[j]
        whole[:, j] += cos[j], -sin[j]
    (real, imag), (turn_cos, turn_sin) = whole, recipe.turns[hop]
    return np.stack([real * turn_cos - imag * turn_sin, real * turn_sin + imag * turn_cos], axis=1)
