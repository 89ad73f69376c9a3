"""Cuts gaze into saccades, their oscillations, blinks and losses; what is left is fixation or pursuit."""

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled
from neuro.eyes.look import BLINK, GAP_S, LOST, PSO, SACCADE

BACK_S = 0.04
"""How long before a sample above the threshold a saccade can have begun: labels are held back so long."""

ISLAND_S = 0.03
"""Good samples between two losses that last no longer are too few to be believed."""

_LONGEST_S, _SHORTEST_S = 0.2, 0.01
_LEAST_S, _QUIET_DEG_PER_S = 0.0225, 20.0  # a saccade goes so long at the threshold's speed, less this, at least
_PSO_S = 0.06  # post-saccadic oscillations last 10 to 60 ms
_PSO_AFTER_S = 0.015
_FAINTER_DEG_PER_S = 10.0  # than a saccade's flank a wobble may be
_PSO_SHARE = 0.4  # of the saccade's amplitude; a larger movement is another saccade
_BACK_AND_FORTH = 0.8  # of the way it goes, at most, is where a wobble ends: what goes straight on is pursuit
_DIP = 0.35  # of the peak: a minimum below it ends a saccade, though its speed is not low yet (overshoot of the lens)
_BLINK_S = 0.05, 0.9
_FLANK_S = 0.06  # of a blink: the lids move the pupil before they hide it

# what a sample is, before anybody looks at its speed
GOOD, GONE, SHUT, OFF = range(4)
"""OFF: lost for a reason other than the lids."""


@compiled
def cut(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    speed: NDArray[np.float64],
    fast: NDArray[np.float64],
    edge: NDArray[np.float64],
    sd_deg: NDArray[np.float64],
    seen: NDArray[np.int8],
    end: int,
    over: bool,
    state: NDArray[np.int64],
    kind: NDArray[np.int8],
) -> int:
    """Label samples as far as they can be decided before sample `end`; -> the first that is not final yet.

    over:  nothing will follow, so that everything can be decided
    state: (3,) where to go on; the sample after the newest saccade or loss; whether a loss too long for a blink is on
    """
    i = state[0]
    while i < end:
        state[0] = i
        if seen[i] != GOOD or state[2]:
            stop = loss_end(t_s, seen, i, end, over)
            if stop < 0:
                return lose(t_s, seen, i, end, state, kind)
            what = LOST if state[2] else loss(t_s, seen, i, stop)
            tail = stop
            if what == BLINK:
                tail = _flank(t_s, speed, edge, stop, end, 1)
                if tail == end and not over:
                    return _held(t_s, i, state)
                head = _flank(t_s, speed, edge, i - 1, state[1] - 1, -1)
                kind[head + 1 : tail] = BLINK
            else:
                kind[i:stop] = what
            state[2] = 0
            i, state[1] = tail, tail
        elif speed[i] > fast[i]:
            first = _take_off(t_s, speed, edge, i, state[1])
            last, tail = _leap(t_s, place, speed, fast, edge, sd_deg, seen, i, first, end, over)
            if last < 0:
                return _held(t_s, first, state)
            if tail >= 0:
                kind[first : last + 1] = SACCADE
                kind[last + 1 : tail + 1] = PSO
                last, state[1] = tail, tail + 1
            i = last + 1
        else:
            i += 1
    state[0] = end
    return end if over else _held(t_s, end, state)


@compiled
def _leap(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    speed: NDArray[np.float64],
    fast: NDArray[np.float64],
    edge: NDArray[np.float64],
    sd_deg: NDArray[np.float64],
    seen: NDArray[np.int8],
    i: int,
    first: int,
    end: int,
    over: bool,
) -> tuple[int, int]:
    """The last sample of what is fast at i, -1 while not known; that of its wobble, -1 where it is no saccade."""
    last = _landing(t_s, speed, edge, i, end)
    lids = _into_lids(t_s, seen, last + 1, end, over)
    if (last == end - 1 and not over) or lids < 0:
        return -1, -1
    if lids or not _is_saccade(t_s, place, speed, fast, sd_deg, first, last):
        return last, -1
    tail = _oscillation(t_s, place, speed, edge, first, last, end, over)
    return (last, tail) if tail >= 0 else (-1, -1)


@compiled
def _held(t_s: NDArray[np.float64], i: int, state: NDArray[np.int64]) -> int:
    """What comes at sample i may still claim samples a little before it, but nothing that was claimed already."""
    known = i
    while known > state[1] and t_s[min(i, t_s.size - 1)] - t_s[known - 1] <= max(BACK_S, _FLANK_S):
        known -= 1
    return known


@compiled
def lose(
    t_s: NDArray[np.float64],
    seen: NDArray[np.int8],
    i: int,
    end: int,
    state: NDArray[np.int64],
    kind: NDArray[np.int8],
) -> int:
    """A loss whose end is not known: once too long for a blink, all of it is lost. -> the first not final."""
    stop = end
    while stop > i and seen[stop - 1] == GOOD:
        stop -= 1
    if stop == i or (state[2] == 0 and t_s[stop - 1] - t_s[i] <= _BLINK_S[1]):
        return _held(t_s, i, state)
    state[2] = 1
    stop = i
    while stop < end and seen[stop] != GOOD:
        stop += 1
    kind[i:stop] = LOST
    state[0], state[1] = stop, stop
    return stop


@compiled
def _into_lids(t_s: NDArray[np.float64], seen: NDArray[np.int8], i: int, end: int, over: bool) -> int:
    """1 where a blink begins at sample i, 0 where none does, -1 while that is not known."""
    if i >= end or seen[i] == GOOD:
        return 0
    stop = loss_end(t_s, seen, i, end, over)
    if stop < 0:
        return -1 if t_s[end - 1] - t_s[i] <= _BLINK_S[1] + ISLAND_S else 0
    return 1 if loss(t_s, seen, i, stop) == BLINK else 0


@compiled
def loss_end(t_s: NDArray[np.float64], seen: NDArray[np.int8], i: int, end: int, over: bool) -> int:
    """The first sample after the loss at i; -1 while that is not known."""
    stop = i
    while stop < end:
        while stop < end and seen[stop] != GOOD:
            stop += 1
        back = stop
        while back < end and seen[back] == GOOD:
            if t_s[back] - t_s[stop] >= ISLAND_S:
                return stop
            back += 1
        if back == end:
            return stop if over else -1
        stop = back
    return stop if over else -1


@compiled
def loss(t_s: NDArray[np.float64], seen: NDArray[np.int8], first: int, stop: int) -> int:
    """Lids that were seen to shut are a blink; so is a loss as long as one, unless something else explains it."""
    shut, off = False, False
    for k in range(first, stop):
        shut |= seen[k] == SHUT
        off |= seen[k] == OFF
    duration_s = t_s[min(stop, t_s.size - 1)] - t_s[first]
    if off or duration_s > _BLINK_S[1]:
        return LOST
    return BLINK if shut or duration_s >= _BLINK_S[0] else LOST


@compiled
def _flank(
    t_s: NDArray[np.float64], speed: NDArray[np.float64], edge: NDArray[np.float64], i: int, stop: int, step: int
) -> int:
    """From sample i on, the first that is slow; no further than FLANK_S, a gap, or stop."""
    k, before_s = i, t_s[min(max(i, 0), t_s.size - 1)]
    while k != stop and 0 <= k < t_s.size:
        slow = np.isfinite(speed[k]) and speed[k] < edge[k]
        if slow or abs(t_s[k] - t_s[i]) > _FLANK_S or abs(t_s[k] - before_s) >= GAP_S:
            return k
        before_s = t_s[k]
        k += step
    return k


@compiled
def _take_off(
    t_s: NDArray[np.float64], speed: NDArray[np.float64], edge: NDArray[np.float64], i: int, least: int
) -> int:
    first = i
    while first > least and t_s[i] - t_s[first - 1] < BACK_S and t_s[first] - t_s[first - 1] < GAP_S:
        if not speed[first - 1] > edge[first - 1]:
            break
        first -= 1
    return first


@compiled
def _landing(
    t_s: NDArray[np.float64], speed: NDArray[np.float64], edge: NDArray[np.float64], i: int, end: int
) -> int:
    """The last sample of the saccade at i."""
    last, peak = i, speed[i]
    while last + 1 < end and t_s[last + 1] - t_s[last] < GAP_S and speed[last + 1] > edge[last + 1]:
        if t_s[last] - t_s[i] > _LONGEST_S:
            break
        if speed[last] < _DIP * peak and speed[last + 1] > speed[last]:
            break
        last += 1
        peak = max(peak, speed[last])
    return last


@compiled
def _is_saccade(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    speed: NDArray[np.float64],
    fast: NDArray[np.float64],
    sd_deg: NDArray[np.float64],
    first: int,
    last: int,
) -> bool:
    """Long enough, short enough, further than noise, and not much faster than eyes go as far as that.

    Source: the main sequence, peak = 550 (1 - exp(-amplitude / 13)) deg/s (training-science 7.3); three times that,
    and the threshold for noise, is the limit (own choice).
    """
    n = last - first + 1
    before, after = max(first - 1, 0), min(last + 1, t_s.size - 1)
    duration_s = (t_s[after] - t_s[before]) * n / (after - before)
    x, y = place[0, after] - place[0, before], place[1, after] - place[1, before]
    amplitude = np.sqrt(x * x + y * y)
    peak = 0.0
    for k in range(first, last + 1):
        peak = max(peak, speed[k])
    least = max(2 * sd_deg[last], _LEAST_S * (fast[first] - _QUIET_DEG_PER_S))
    limit = 3 * 550 * (1 - np.exp(-amplitude / 13)) + fast[first]
    return bool(_SHORTEST_S * 0.999 <= duration_s <= _LONGEST_S and amplitude > least and peak < limit)


@compiled
def _oscillation(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    speed: NDArray[np.float64],
    edge: NDArray[np.float64],
    first: int,
    last: int,
    end: int,
    over: bool,
) -> int:
    """The last sample of the wobble of lens and eye after a saccade, `last` where none is, -1 while not known."""
    amplitude = np.hypot(place[0, last] - place[0, first], place[1, last] - place[1, first])
    tail, k, path, way = last, last + 1, 0.0, 0.0
    while k < end and t_s[k] - t_s[k - 1] < GAP_S and t_s[k] - t_s[last] <= _PSO_S:
        path += np.hypot(place[0, k] - place[0, k - 1], place[1, k] - place[1, k - 1])
        if speed[k] > edge[k] - _FAINTER_DEG_PER_S:
            if np.hypot(place[0, k] - place[0, last], place[1, k] - place[1, last]) > _PSO_SHARE * amplitude:
                return last
            tail, way = k, path
        elif t_s[k] - t_s[tail] > _PSO_AFTER_S:
            break
        k += 1
    if k == end and not over:
        return -1
    net = np.hypot(place[0, tail] - place[0, last], place[1, tail] - place[1, last])
    return tail if net < _BACK_AND_FORTH * way else last
