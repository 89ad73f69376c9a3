"""Cuts gaze whose speed is known into rests and movements by how long each lasts, and into losses and blinks."""

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled
from neuro.eyes.look import FIXATION, GAP_S, LOST, SACCADE
from neuro.eyes.saccades import GOOD, lose, loss, loss_end

NOTHING, RESTED, MOVED = range(3)
"""What the eyes did up to a sample, as far as it bears on it."""


@compiled
def settle(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    moves: NDArray[np.bool_],
    there: NDArray[np.int8],
    end: int,
    over: bool,
    small_s: float,
    small_deg: float,
    rest_s: float,
    state: NDArray[np.int64],
    kind: NDArray[np.int8],
) -> int:
    """Label samples as far as they can be decided before sample `end`; -> the first that is not final yet.

    moves:     (n,) whether gaze is faster than its threshold
    small_s:   a movement shorter than this and of no more than small_deg is none, and the rest around it goes on
    rest_s:    then, a rest shorter than this is part of the movement around it
    over:      nothing will follow, so that everything can be decided
    state:     (4,) where to go on; the same; whether a loss too long for a blink is on; NOTHING, RESTED or MOVED
    """
    i = int(state[0])
    while i < end:
        state[0], state[1] = i, i
        if there[i] != GOOD or state[2]:
            stop = loss_end(t_s, there, i, end, over)
            state[3] = NOTHING
            if stop < 0:
                return lose(t_s, there, i, end, state, kind)
            kind[i:stop] = LOST if state[2] else loss(t_s, there, i, stop)
            state[2] = 0
            i = stop
            continue
        if i > 0 and t_s[i] - t_s[i - 1] >= GAP_S:
            state[3] = NOTHING
        if moves[i]:
            stop = _movement(t_s, place, moves, there, i, end, over, small_s, small_deg, state[3] == MOVED)
            if stop == i:
                return i
            if stop > 0:
                kind[i:stop] = SACCADE
                state[3] = MOVED
                i = stop
                continue
        stop, is_open = _rest(t_s, place, moves, there, i, end, over, small_s, small_deg)
        if state[3] == RESTED or _span_s(t_s, there, i, stop) >= rest_s:
            kind[i:stop] = FIXATION
            state[3] = RESTED
            if is_open:
                state[0], state[1] = stop, stop
                return stop
        elif is_open:
            return i
        elif state[3] == MOVED or (stop < end and _goes_on(t_s, there, stop)):
            kind[i:stop] = SACCADE
            state[3] = MOVED
        else:
            kind[i:stop] = FIXATION
        i = stop
    state[0], state[1] = end, end
    return end


@compiled
def _movement(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    moves: NDArray[np.bool_],
    there: NDArray[np.int8],
    i: int,
    end: int,
    over: bool,
    small_s: float,
    small_deg: float,
    on: bool,
) -> int:
    """The first sample after the movement at i; i itself while it may be small, -1 where it is.

    on: it began before, and is not small
    """
    stop = i + 1
    while stop < end and moves[stop] and _goes_on(t_s, there, stop):
        stop += 1
    if on or _span_s(t_s, there, i, stop) >= small_s:
        return stop
    if stop == end and not over:
        return i
    last = stop if stop < t_s.size and _goes_on(t_s, there, stop) else stop - 1
    x, y = place[0, last] - place[0, i], place[1, last] - place[1, i]
    return -1 if np.sqrt(x * x + y * y) <= small_deg else stop


@compiled
def _rest(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    moves: NDArray[np.bool_],
    there: NDArray[np.int8],
    i: int,
    end: int,
    over: bool,
    small_s: float,
    small_deg: float,
) -> tuple[int, bool]:
    """The first sample after the rest at i, small movements in it included, and whether it may go on there."""
    stop = i
    while stop < end and (stop == i or _goes_on(t_s, there, stop)):
        if moves[stop]:
            after = _movement(t_s, place, moves, there, stop, end, over, small_s, small_deg, False)
            if after >= 0:
                return stop, after == stop
            while stop < end and moves[stop] and (stop == i or _goes_on(t_s, there, stop)):
                stop += 1
        else:
            stop += 1
    return stop, stop == end and not over


@compiled
def _goes_on(t_s: NDArray[np.float64], there: NDArray[np.int8], k: int) -> bool:
    """Whether gaze at sample k follows that at the sample before."""
    return bool(there[k] == GOOD and t_s[k] - t_s[k - 1] < GAP_S)


@compiled
def _span_s(t_s: NDArray[np.float64], there: NDArray[np.int8], first: int, stop: int) -> float:
    """How long samples first to stop last: up to the next where there is one."""
    last = stop if stop < t_s.size and _goes_on(t_s, there, stop) else stop - 1
    return float(t_s[last] - t_s[first])
