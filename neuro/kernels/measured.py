"""What the compiled path says of a segment once it is transformed."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.kernels import memory as m
from neuro.kernels.lanes import alike, compiled, fused, larger, load, put
from neuro.kernels.memory import Memory
from neuro.kernels.recipe import FAST_HOPS, HOPS, LANES, Recipe

_LN2, _SQRT_HALF = float(np.log(2)), float(np.sqrt(0.5))


@compiled
def measure(recipe: Recipe, memory: Memory, channel: int, hop: int) -> None:
    """Of one channel: ranges and measures."""
    n, measures, power = recipe.edges[HOPS], memory.measures, memory.power[channel]
    for i in range(recipe.ranges.shape[0]):
        total = 0.0
        for k in range(recipe.ranges[i, 0] + 1, recipe.ranges[i, 1] + 1):
            total += power[k]
        memory.ranges[channel, i] = total
    totals, peaks, jolts = memory.work[0, : m.N_TALLIES], memory.work[1, :LANES], memory.work[1, LANES : 2 * LANES]
    _total(memory.tallies[channel], hop, totals, peaks, jolts)
    measures[m.SPAN_UV, channel] = peaks[m.LOW] + peaks[m.HIGH]
    measures[m.JOLT_UV, channel] = jolts[m.LOW] + jolts[m.HIGH]
    measures[m.LOST_SHARE, channel] = totals[m.LOST] / n
    measures[m.RAILED_SHARE, channel] = totals[m.RAILED] / n
    measures[m.TORN_SHARE, channel] = totals[m.TORN] / n
    measures[m.LINE_UV, channel] = np.sqrt(totals[m.LINE2] / n)
    _hjorth(recipe, memory, channel, hop, totals)
    first, after = recipe.entropy
    measures[m.ENTROPY, channel] = _entropy(power[first:after], memory.work)


@compiled
def _total(tallies: NDArray[np.float64], hop: int, totals: Any, peaks: Any, jolts: Any) -> None:
    """Sums of a segment's tallies; the largest of the first columns, of the segment and of its last quarter."""
    first, second, peak = alike(0.0), alike(0.0), load(tallies[hop], 0)
    for i in range(HOPS):
        now = load(tallies[i], 0)
        peak = larger(peak, now)
        first, second = fused(alike(1.0), now, first), fused(alike(1.0), load(tallies[i], LANES), second)
    put(totals, 0, first)
    put(totals, LANES, second)
    put(peaks, 0, peak)
    peak = load(tallies[hop], 0)
    for i in range(hop + 1 - FAST_HOPS, hop):
        peak = larger(peak, load(tallies[i % HOPS], 0))
    put(jolts, 0, peak)


@compiled
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


@compiled
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


@compiled
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
