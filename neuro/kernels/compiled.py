"""The hot path as one compiled call: what `plain` does, equal within 1e-6 and in truth within rounding."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

import numpy as np
from numba import float64, int64, njit
from numba.core import event
from numba.extending import register_jitable
from numpy.typing import NDArray

from neuro.kernels import memory as m
from neuro.kernels.memory import Memory, Step
from neuro.kernels.recipe import FAST_HOPS, HOPS, Recipe, cut, unpacked

_Function = TypeVar("_Function", bound=Callable[..., Any])

_STRICT: dict[str, Any] = {"_nrt": False, "error_model": "numpy"}  # numba refuses to compile what would allocate
_ROUNDED: dict[str, Any] = {"fastmath": {"contract", "reassoc"}}  # fused products, and sums in any order
_LN2, _SQRT_HALF = float(np.log(2)), float(np.sqrt(0.5))


def _compiled(function: _Function) -> _Function:
    return cast(_Function, njit(nogil=True, **_STRICT, **_ROUNDED)(function))


for _shared in (cut, unpacked, m.shapes, m.carved):
    register_jitable(**_STRICT)(_shared)


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
    """Load the step from disk, or compile it, which takes seconds, and leave it there."""
    _step.compile((int64[::1], float64[::1], float64[::1], int64, int64, int64, int64))


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
        for channel in range(n_channels):
            _filter(recipe, memory, channel, n, begin + filled, filled)
            if begin + filled + n == end:
                _count(recipe, memory, channel, hop)
                _transform(recipe, memory, channel, hop)
                _measure(recipe, memory, channel, hop)
        return version

    return njit(cache=True, nogil=True, **_STRICT)(step)


@_compiled
def _filter(recipe: Recipe, memory: Memory, channel: int, n: int, at: int, filled: int) -> None:
    coming, z, held, tally = memory.coming[channel], memory.z[channel], memory.held[channel], memory.tally[channel]
    quiet, line, clean, sos = memory.hop[0, channel], memory.hop[1, channel], memory.clean[channel], recipe.sos
    for i in range(n):
        if np.isfinite(coming[i]):
            held[0] = coming[i]
            held[1] = 0.0
        else:
            held[1] += 1.0
            tally[m.LOST] += 1.0
            tally[m.TORN] += held[1] > recipe.hold
        whole = x = held[0]
        tally[m.RAILED] += abs(whole) > recipe.rail_uv
        for s in range(sos.shape[0]):
            y = sos[s, 0] * x + z[s, 0]
            z[s, 0] = sos[s, 1] * x - sos[s, 4] * y + z[s, 1]
            z[s, 1] = sos[s, 2] * x - sos[s, 5] * y
            x = y
            if s == recipe.n_notch - 1:
                quiet[filled + i] = y
                line[filled + i] = whole - y
        clean[at + i] = clean[at + recipe.edges[HOPS] + i] = x


@_compiled
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


@_compiled
def _transform(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    begin, length = recipe.edges[hop], recipe.edges[hop + 1] - recipe.edges[hop]
    n_slow, n_waves = recipe.n_slow, recipe.waves.shape[3]
    waves = recipe.waves[1 if length == recipe.longest else 0]
    work, so_far = memory.work, memory.so_far[channel]
    past, newer = memory.past[channel], memory.newer[channel]
    bins, power, hann = memory.bins[channel], memory.power[channel], recipe.hann[hop]
    for part in range(2):
        if hop == 0:
            so_far[part, :n_slow] = 0.0
        if hop % FAST_HOPS == 0:
            so_far[part, n_slow:] = 0.0
    _pairs(memory.clean[channel, begin : begin + length], waves, 0, n_slow, work)
    _pairs(memory.hop[0, channel, :length], waves, n_slow, n_waves, work)
    _turned(work, recipe.turns[hop], so_far)
    for part in range(2):
        _window(so_far[part, :n_slow], past[HOPS - 1, part], past[hop, part], work[part, :n_slow])
        newest = newer[hop % FAST_HOPS, part]
        _window(so_far[part, n_slow:], newer[FAST_HOPS - 1, part], newest, work[part, n_slow:])
    real, imag = bins[0], bins[1]
    _through_hann(work[0, :n_slow], work[1, :n_slow], hann[0], hann[1], real, imag)
    for k in range(power.shape[0]):
        power[k] = (real[k] * real[k] + imag[k] * imag[k]) * recipe.scale
    fast = work[2, : recipe.n_fast], work[3, : recipe.n_fast]
    _through_hann(work[0, n_slow:], work[1, n_slow:], hann[2], hann[3], fast[0], fast[1])
    memory.measures[m.FAST_UV2, channel] = _fast_power(recipe, memory, channel, hop)


@_compiled
def _pairs(samples: NDArray[np.float64], waves: NDArray[np.float64], first: int, after: int, work: Any) -> None:
    real, imag = work[0, first:after], work[1, first:after]
    real[:] = 0.0
    imag[:] = 0.0
    n, j = samples.shape[0], 0
    while 2 * j < n:
        even0, odd0 = samples[n - 1 - j] + samples[j], samples[n - 1 - j] - samples[j]
        even1, odd1 = samples[n - 2 - j] + samples[j + 1], samples[n - 2 - j] - samples[j + 1]
        cos0, sin0 = waves[0, j, first:after], waves[1, j, first:after]
        cos1, sin1 = waves[0, j + 1, first:after], waves[1, j + 1, first:after]
        for k in range(real.shape[0]):
            real[k] = real[k] + even0 * cos0[k] + even1 * cos1[k]
            imag[k] = imag[k] + odd0 * sin0[k] + odd1 * sin1[k]
        j += 2


@_compiled
def _turned(block: NDArray[np.float64], turn: NDArray[np.float64], so_far: NDArray[np.float64]) -> None:
    real, imag, cos, sin, x, y = block[0], block[1], turn[0], turn[1], so_far[0], so_far[1]
    for k in range(cos.shape[0]):
        x[k] += real[k] * cos[k] - imag[k] * sin[k]
        y[k] += real[k] * sin[k] + imag[k] * cos[k]


@_compiled
def _window(so_far: Any, whole: Any, past: Any, window: Any) -> None:
    for k in range(window.shape[0]):
        now = so_far[k]
        window[k] = now + (whole[k] - past[k])
        past[k] = now


@_compiled
def _through_hann(real: Any, imag: Any, cos: float, sin: float, x: Any, y: Any) -> None:
    for k in range(x.shape[0]):
        x[k] = 0.5 * real[k + 1] - 0.25 * ((real[k] + real[k + 2]) * cos + (imag[k] - imag[k + 2]) * sin)
        y[k] = 0.5 * imag[k + 1] - 0.25 * ((imag[k] + imag[k + 2]) * cos + (real[k + 2] - real[k]) * sin)


@_compiled
def _fast_power(recipe: Recipe, memory: Memory, channel: int, hop: int) -> float:
    ones, offset, power = recipe.ones[hop], 0.0, 0.0
    for i in range(hop + 1 - FAST_HOPS, hop + 1):
        offset += memory.tallies[channel, i % HOPS, m.QUIET]
    for k in range(ones.shape[1]):
        x, y = memory.work[2, k] - offset * ones[0, k], memory.work[3, k] - offset * ones[1, k]
        power += (x * x + y * y) * recipe.keep[k]
    return power


@_compiled
def _measure(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    n, measures, power = recipe.edges[HOPS], memory.measures, memory.power[channel]
    for i in range(recipe.ranges.shape[0]):
        total = 0.0
        for k in range(recipe.ranges[i, 0] + 1, recipe.ranges[i, 1] + 1):
            total += power[k]
        memory.ranges[channel, i] = total
    tallies, totals = memory.tallies[channel], memory.tally[channel]
    low, high = tallies[0, m.LOW], tallies[0, m.HIGH]
    for i in range(HOPS):
        for j in range(m.N_TALLIES):
            totals[j] += tallies[i, j]
        low, high = max(low, tallies[i, m.LOW]), max(high, tallies[i, m.HIGH])
    measures[m.SPAN_UV, channel] = low + high
    low, high = tallies[hop, m.LOW], tallies[hop, m.HIGH]
    for i in range(hop + 1 - FAST_HOPS, hop):
        low, high = max(low, tallies[i % HOPS, m.LOW]), max(high, tallies[i % HOPS, m.HIGH])
    measures[m.JOLT_UV, channel] = low + high
    measures[m.LOST_SHARE, channel] = totals[m.LOST] / n
    measures[m.RAILED_SHARE, channel] = totals[m.RAILED] / n
    measures[m.TORN_SHARE, channel] = totals[m.TORN] / n
    measures[m.LINE_UV, channel] = np.sqrt(totals[m.LINE2] / n)
    _hjorth(recipe, memory, channel, hop, totals)
    for j in range(m.N_TALLIES):
        totals[j] = 0.0
    first, after = recipe.entropy
    measures[m.ENTROPY, channel] = _entropy(power[first:after], memory.work)


@_compiled
def _hjorth(recipe: Recipe, memory: Memory, channel: int, hop: int, totals: NDArray[np.float64]) -> None:
    n, oldest = recipe.edges[HOPS], memory.tallies[channel, (hop + 1) % HOPS]
    clean = memory.clean[channel, recipe.edges[hop + 1] : recipe.edges[hop + 1] + n]
    bend = ((clean[n - 1] - clean[n - 2]) - (clean[1] - clean[0])) / (n - 2)
    mean, trend = totals[m.UV] / n, (clean[n - 1] - clean[0]) / (n - 1)
    activity = max(totals[m.UV2] / n - mean * mean, m.TINY_UV2)
    slope = max((totals[m.SLOPE2] - oldest[m.SLOPE2_EDGE]) / (n - 1) - trend * trend, m.TINY_UV2)
    curve = max((totals[m.CURVE2] - oldest[m.CURVE2_EDGE]) / (n - 2) - bend * bend, m.TINY_UV2)
    memory.measures[m.ACTIVITY, channel] = activity
    memory.measures[m.MOBILITY, channel] = np.sqrt(slope / activity)
    memory.measures[m.COMPLEXITY, channel] = np.sqrt(curve / slope * (activity / slope))


@_compiled
def _entropy(power: NDArray[np.float64], work: NDArray[np.float64]) -> float:
    n = power.shape[0]
    shifted, logs = work[0, :n], work[1, :n]
    for k in range(n):
        shifted[k] = power[k] + m.TINY_UV2
    _log(shifted, logs)
    whole = dot = 0.0
    for k in range(n):
        whole += shifted[k]
        dot += shifted[k] * logs[k]
    return float((np.log(whole) - dot / whole) / np.log(n))


@_compiled
def _log(x: NDArray[np.float64], logs: NDArray[np.float64]) -> None:
    """Natural logarithms of positive normal numbers, within 1e-15, four at a time, which the C library's are not.

    x is 2**e times a number near 1; of that the series of the inverse hyperbolic tangent.
    """
    bits, near = x.view(np.int64), logs.view(np.int64)
    for k in range(x.shape[0]):
        near[k] = (bits[k] & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000
    for k in range(x.shape[0]):
        below = logs[k] < _SQRT_HALF
        m1 = (logs[k] + logs[k] if below else logs[k]) - 1.0
        e = float((bits[k] >> 52) - (1023 if below else 1022))
        t = m1 / (m1 + 2.0)
        u = t * t
        tail = 2 / 9 + u * (2 / 11 + u * (2 / 13 + u * (2 / 15 + u * (2 / 17))))
        logs[k] = e * _LN2 + t * (2.0 + u * (2 / 3 + u * (2 / 5 + u * (2 / 7 + u * tail))))


_step = _kept(crc32(b"".join(Path(__file__).with_name(name).read_bytes() for name in ("memory.py", "recipe.py"))))
