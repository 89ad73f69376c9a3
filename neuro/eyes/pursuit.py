"""Tells smooth pursuit from fixation: is a line through a fifth of a second of gaze steep?"""

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled
from neuro.eyes.look import FIXATION, GAP_S, PURSUIT

AROUND_S = 0.1
"""How much gaze on either side is looked at: labels are held back so long."""

_LEAST_S = 0.06
_SETTLE_S = 0.015
_ON, _OFF = 0.1, 0.07  # of the speed of a saccade at least, 3 deg/s: eyes that hold still drift at 1 or less
_SURE = 4.0  # standard errors of the slope
_POINTS = 40


@compiled
def follow(
    t_s: NDArray[np.float64],
    deg: NDArray[np.float64],
    fast: NDArray[np.float64],
    begin: int,
    end: int,
    state: NDArray[np.float64],
    kind: NDArray[np.int8],
) -> None:
    """Relabel fixation from begin to end as pursuit where gaze moves on.

    fast:  (n,) deg/s from which a movement is a saccade
    state: (1,) whether the sample before was pursuit
    """
    for i in range(begin, end):
        if kind[i] != FIXATION and kind[i] != PURSUIT:
            state[0] = 0.0
            continue
        first, last = _stretch(t_s, kind, i)
        speed, error = _slope(t_s, deg, first, last)
        limit = (_OFF if state[0] else _ON) * fast[i]
        state[0] = 1.0 if speed > max(limit, _SURE * error) else 0.0
        if state[0]:
            kind[i] = PURSUIT


@compiled
def _stretch(t_s: NDArray[np.float64], kind: NDArray[np.int8], i: int) -> tuple[int, int]:
    """The samples around i in which the eyes neither jumped nor were lost; a little off what did."""
    first, last = i, i
    while first > 0 and t_s[i] - t_s[first - 1] <= AROUND_S and _goes_on(t_s, kind, first - 1, first):
        first -= 1
    while last + 1 < t_s.size and t_s[last + 1] - t_s[i] <= AROUND_S and _goes_on(t_s, kind, last + 1, last):
        last += 1
    if first > 0 and not _goes_on(t_s, kind, first - 1, first):
        from_s = t_s[first] + _SETTLE_S
        first += 1  # at low rates the jump is in its slope
        while first < i and t_s[first] < from_s:
            first += 1
    if last + 1 < t_s.size and t_s[last + 1] - t_s[i] <= AROUND_S and last > i:
        last -= 1
    return first, last


@compiled
def _goes_on(t_s: NDArray[np.float64], kind: NDArray[np.int8], k: int, neighbour: int) -> bool:
    return bool((kind[k] == FIXATION or kind[k] == PURSUIT) and abs(t_s[k] - t_s[neighbour]) < GAP_S)


@compiled
def _slope(t_s: NDArray[np.float64], deg: NDArray[np.float64], first: int, last: int) -> tuple[float, float]:
    """Speed along a straight line through these samples in deg/s, and its standard error; 0, 0 where too few."""
    step = max((last - first + 1) // _POINTS, 1)
    n, mean_s, mean_x, mean_y = 0, 0.0, 0.0, 0.0
    for k in range(first, last + 1, step):
        n += 1
        mean_s += t_s[k] - t_s[first]
        mean_x += deg[0, k]
        mean_y += deg[1, k]
    if n < 4 or t_s[last] - t_s[first] < _LEAST_S:
        return 0.0, 0.0
    mean_s, mean_x, mean_y = mean_s / n, mean_x / n, mean_y / n
    across, along_x, along_y, spread = 0.0, 0.0, 0.0, 0.0
    for k in range(first, last + 1, step):
        s, x, y = t_s[k] - t_s[first] - mean_s, deg[0, k] - mean_x, deg[1, k] - mean_y
        across += s * s
        along_x += s * x
        along_y += s * y
        spread += x * x + y * y
    x, y = along_x / across, along_y / across
    left = max(spread - across * (x * x + y * y), 0.0)
    return np.sqrt(x * x + y * y), np.sqrt(left / (2 * n - 4) / across)
