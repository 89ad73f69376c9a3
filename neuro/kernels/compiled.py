"""The hot path as one compiled call: what `plain` does, equal within 1e-6 and in truth within rounding."""

from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numba import bool_, float64, int8, int64, njit
from numba.core import event
from numba.extending import register_jitable
from numpy.typing import NDArray

from neuro.kernels import compared, words
from neuro.kernels import memory as m
from neuro.kernels.lanes import STRICT, alike, compiled, expect, fused, less, load, put
from neuro.kernels.measured import measure
from neuro.kernels.memory import Memory, Step
from neuro.kernels.recipe import FAST_HOPS, HOPS, LANES, Recipe, cut, unpacked

_COMPARING = compared.unmix, compared.gather, compared.mean_where, compared.to_deviations
for _shared in (cut, unpacked, m.shapes, m.carved, *_COMPARING):
    register_jitable(forceinline=True, **STRICT)(_shared)


def stepper(recipe: Recipe, memory: Memory) -> Step:
    """The step with this recipe and this memory."""
    return partial(_step, recipe.numbers, recipe.tables, memory.store, memory.coming.shape[0])


def is_ready() -> bool:
    """Whether a step can run at once; what lies on disk is loaded, and nothing is compiled."""
    try:
        with event.install_listener("numba:compile", _Refusal()):
            prepare()
    except _RefusedError:
        return False
    return True


def prepare() -> None:
    """Load what is compiled from disk, or compile it, which takes seconds, and leave it there."""
    _step.compile((int64[::1], float64[::1], float64[::1], int64, int64, int64, int64))
    table, block = float64[:, ::1], float64[:, :, ::1]
    held = (block, table, int64[:, ::1], block, block, block, block, table, float64, float64)
    compare.compile((*held, block, bool_[:, ::1], int64[::1], block))
    row, flags = float64[::1], bool_[::1]
    judge.compile((*[row] * 7, table, row, row, row, int8[::1], flags, flags, table))


class _RefusedError(Exception):
    """Compiling would begin now."""


class _Refusal(event.Listener):
    def on_start(self, _event: object) -> None:
        raise _RefusedError

    def on_end(self, _event: object) -> None:
        """Nothing ends that never began."""


def _kept(version: int) -> Any:
    """One function for all, and the only one that numba keeps on disk.

    Args: version: another one is compiled anew; numba itself sees only the changes of this file.
    """

    def step(
        numbers: NDArray[np.int64],
        tables: NDArray[np.float64],
        store: NDArray[np.float64],
        n_channels: int,
        n: int,
        hop: int,
        filled: int,
    ) -> int:
        recipe = unpacked(numbers, tables)
        memory = m.carved(store, recipe, n_channels)
        begin, end = recipe.edges[hop], recipe.edges[hop + 1]
        if begin + filled + n == end:
            for channel in range(n_channels):
                _expect(recipe, memory, channel, hop)
        for channel in range(0, n_channels, LANES):
            _filter(recipe, memory, channel, n, begin + filled, filled)
        if begin + filled + n == end:
            for channel in range(n_channels):
                _count(recipe, memory, channel, hop)
                if channel % m.TOGETHER == 0:
                    _transform(recipe, memory, channel, hop)
                _spectrum(recipe, memory, channel, hop)
                measure(recipe, memory, channel, hop)
        return version

    return njit(cache=True, nogil=True, **STRICT)(step)


_apart = njit(cache=True, nogil=True, **STRICT)
compare, judge = _apart(compared.compare), _apart(words.judge)


@compiled
def _expect(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    """Fetch what no hop has touched for two seconds, while the filters run."""
    for part in range(2):
        for k in range(0, recipe.n_slow, LANES):
            expect(memory.past[hop, channel, part], k)
    for i in range(0, recipe.longest + LANES, LANES):
        expect(memory.clean[channel], recipe.edges[hop] + i)
        expect(memory.clean[channel], recipe.edges[HOPS] + recipe.edges[hop] + i)


@compiled
def _filter(recipe: Recipe, memory: Memory, first: int, n: int, at: int, filled: int) -> None:
    """Of as many channels as there are lanes."""
    after, sos, z, states = min(first + LANES, memory.z.shape[0]), recipe.sos, memory.z, memory.states
    line, quiet, clean = memory.beside[0], memory.beside[1], memory.beside[2]
    for channel in range(first, after):
        _fill(recipe, memory, channel, n, line)
        for s in range(sos.shape[0]):
            states[s, 0, channel - first], states[s, 1, channel - first] = z[channel, s, 0], z[channel, s, 1]
    for i in range(n):
        x = whole = load(line[i], 0)
        for s in range(sos.shape[0]):
            y = fused(alike(sos[s, 0]), x, load(states[s, 0], 0))
            put(states[s, 0], 0, fused(alike(sos[s, 1]), x, fused(alike(-sos[s, 4]), y, load(states[s, 1], 0))))
            put(states[s, 1], 0, fused(alike(sos[s, 2]), x, fused(alike(-sos[s, 5]), y, alike(0.0))))
            x = y
            if s == recipe.n_notch - 1:
                put(quiet[i], 0, y)
                put(line[i], 0, less(whole, y))
        put(clean[i], 0, x)
    for channel in range(first, after):
        lane, kept = channel - first, memory.clean[channel]
        for s in range(sos.shape[0]):
            z[channel, s, 0], z[channel, s, 1] = states[s, 0, lane], states[s, 1, lane]
        for i in range(n):
            memory.hop[0, channel, filled + i], memory.hop[1, channel, filled + i] = quiet[i, lane], line[i, lane]
            kept[at + i] = kept[at + recipe.edges[HOPS] + i] = clean[i, lane]


@compiled
def _fill(recipe: Recipe, memory: Memory, channel: int, n: int, whole: NDArray[np.float64]) -> None:
    """What came, beside that of other channels; where a sample was lost, the one before it again."""
    coming, held, tally, lane = memory.coming[channel], memory.held[channel], memory.tally[channel], channel % LANES
    uv, since = held[0], held[1]
    lost = railed = torn = 0.0
    for i in range(n):
        if np.isfinite(coming[i]):
            uv, since = coming[i], 0.0
        else:
            since += 1.0
            lost += 1.0
            torn += since > recipe.hold
        whole[i, lane] = uv
        railed += abs(uv) > recipe.rail_uv
    held[0], held[1] = uv, since
    tally[m.LOST] += lost
    tally[m.RAILED] += railed
    tally[m.TORN] += torn


@compiled
def _count(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    begin, length = recipe.edges[hop], recipe.edges[hop + 1] - recipe.edges[hop]
    quiet, line, tally = memory.hop[0, channel], memory.hop[1, channel], memory.tally[channel]
    back = memory.clean[channel, recipe.edges[HOPS] + begin - 2 : recipe.edges[HOPS] + begin + length]
    low = high = back[2]
    uv = uv2 = slope2 = curve2 = line2 = offset = 0.0
    before = back[1] - back[0]
    for i in range(length):
        x = back[i + 2]
        slope = x - back[i + 1]
        curve = slope - before
        before = slope
        low, high = min(low, x), max(high, x)
        uv += x
        uv2 += x * x
        slope2 += slope * slope
        curve2 += curve * curve
        line2 += line[i] * line[i]
        offset += quiet[i]
        if i == 0:
            tally[m.SLOPE2_EDGE] = slope2
        if i == 1:
            tally[m.CURVE2_EDGE] = curve2
    tally[m.LOW], tally[m.HIGH], tally[m.UV], tally[m.UV2] = -low, high, uv, uv2
    tally[m.SLOPE2], tally[m.CURVE2], tally[m.LINE2], tally[m.QUIET] = slope2, curve2, line2, offset
    kept, z = memory.tallies[channel, hop], memory.z[channel]
    for i in range(m.N_TALLIES):
        kept[i] = tally[i]
        tally[i] = 0.0
    for s in range(z.shape[0]):
        for i in range(2):
            if abs(z[s, i]) < m.TINY_UV:
                z[s, i] = 0.0


@compiled
def _transform(recipe: Recipe, memory: Memory, first: int, hop: int) -> None:
    """Of TOGETHER channels, so that a wave is fetched once for all; where fewer are left, of the last one again."""
    length, n_waves, last = recipe.edges[hop + 1] - recipe.edges[hop], recipe.waves.shape[3], memory.z.shape[0] - 1
    waves, folded = recipe.waves[1 if length == recipe.longest else 0], memory.folded
    for i in range(m.TOGETHER):
        _fold(recipe, memory, min(first + i, last), hop, folded[i])
    for k in range(0, n_waves, LANES):
        of = 0 if k < recipe.n_slow else 2
        real0 = real1 = real2 = real3 = imag0 = imag1 = imag2 = imag3 = alike(0.0)
        for j in range((length + 1) // 2):
            cos, sin = load(waves[0, j], k), load(waves[1, j], k)
            real0, imag0 = fused(alike(folded[0, of, j]), cos, real0), fused(alike(folded[0, of + 1, j]), sin, imag0)
            real1, imag1 = fused(alike(folded[1, of, j]), cos, real1), fused(alike(folded[1, of + 1, j]), sin, imag1)
            real2, imag2 = fused(alike(folded[2, of, j]), cos, real2), fused(alike(folded[2, of + 1, j]), sin, imag2)
            real3, imag3 = fused(alike(folded[3, of, j]), cos, real3), fused(alike(folded[3, of + 1, j]), sin, imag3)
        _window(recipe, memory, first, hop, k, real0, imag0)
        if first + 1 <= last:
            _window(recipe, memory, first + 1, hop, k, real1, imag1)
        if first + 2 <= last:
            _window(recipe, memory, first + 2, hop, k, real2, imag2)
        if first + 3 <= last:
            _window(recipe, memory, first + 3, hop, k, real3, imag3)


@compiled
def _fold(recipe: Recipe, memory: Memory, channel: int, hop: int, folded: NDArray[np.float64]) -> None:
    """Sums and differences of what lies equally far from the middle: one wave serves both."""
    begin, length = recipe.edges[hop], recipe.edges[hop + 1] - recipe.edges[hop]
    clean, quiet = memory.clean[channel, begin : begin + length], memory.hop[0, channel]
    for j in range((length + 1) // 2):
        i = length - 1 - j
        folded[0, j], folded[1, j] = clean[i] + clean[j], clean[i] - clean[j]
        folded[2, j], folded[3, j] = quiet[i] + quiet[j], quiet[i] - quiet[j]


@compiled
def _window(recipe: Recipe, memory: Memory, channel: int, hop: int, k: int, real: Any, imag: Any) -> None:
    """Turn what came to the phase of the cycle, and make a window of it with what there was since."""
    so_far, window, turn = memory.so_far[channel], memory.window[channel % m.TOGETHER], recipe.turns[hop]
    cos, sin = load(turn[0], k), load(turn[1], k)
    x, y = load(so_far[0], k), load(so_far[1], k)
    slow = k < recipe.n_slow
    if hop == 0 or (not slow and hop % FAST_HOPS == 0):
        x = y = alike(0.0)
    x, y = fused(less(alike(0.0), imag), sin, fused(real, cos, x)), fused(imag, cos, fused(real, sin, y))
    put(so_far[0], k, x)
    put(so_far[1], k, y)
    past, newest = (memory.past, hop) if slow else (memory.newer, hop % FAST_HOPS)
    whole, before = past[past.shape[0] - 1, channel], past[newest, channel]
    at = k if slow else k - recipe.n_slow
    put(window[0], k, less(x, less(load(before[0], at), load(whole[0], at))))
    put(window[1], k, less(y, less(load(before[1], at), load(whole[1], at))))
    put(before[0], at, x)
    put(before[1], at, y)


@compiled
def _spectrum(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    n_slow, hann, window = recipe.n_slow, recipe.hann[hop], memory.window[channel % m.TOGETHER]
    bins, power, fast = memory.bins[channel], memory.power[channel], memory.work
    real, imag = bins[0], bins[1]
    _through_hann(window[0, :n_slow], window[1, :n_slow], hann[0], hann[1], real, imag)
    for k in range(power.shape[0]):
        power[k] = (real[k] * real[k] + imag[k] * imag[k]) * recipe.scale
    n_fast = recipe.n_fast
    _through_hann(window[0, n_slow:], window[1, n_slow:], hann[2], hann[3], fast[0, :n_fast], fast[1, :n_fast])
    memory.measures[m.FAST_UV2, channel] = _fast_power(recipe, memory, channel, hop)


@compiled
def _through_hann(real: Any, imag: Any, cos: float, sin: float, x: Any, y: Any) -> None:
    for k in range(x.shape[0]):
        x[k] = 0.5 * real[k + 1] - 0.25 * ((real[k] + real[k + 2]) * cos + (imag[k] - imag[k + 2]) * sin)
        y[k] = 0.5 * imag[k + 1] - 0.25 * ((imag[k] + imag[k + 2]) * cos + (real[k + 2] - real[k]) * sin)


@compiled
def _fast_power(recipe: Recipe, memory: Memory, channel: int, hop: int) -> float:
    ones, offset, power = recipe.ones[hop], 0.0, 0.0
    for i in range(hop + 1 - FAST_HOPS, hop + 1):
        offset += memory.tallies[channel, i % HOPS, m.QUIET]
    for k in range(ones.shape[1]):
        x, y = memory.work[0, k] - offset * ones[0, k], memory.work[1, k] - offset * ones[1, k]
        power += (x * x + y * y) * recipe.keep[k]
    return power


_PARTS = ("lanes.py", "measured.py", "memory.py", "recipe.py")
_step = _kept(crc32(b"".join(Path(__file__).with_name(name).read_bytes() for name in _PARTS)))
