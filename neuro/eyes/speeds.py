"""How fast the eyes move, sample by sample: the slope of a short straight line, and what is fast for this tracker."""

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled
from neuro.eyes.look import GAP_S

HALF_S = np.array([0.006, 0.010, 0.015, 0.020])
"""Half of the stretch that a line is laid through, shortest first. A quiet tracker needs no more than the first."""

_JITTER = 1.05  # stamps of cameras are up to a twentieth off
REACH_S = HALF_S[-1] * (_JITTER + 0.01)
"""How much must be known after a sample."""

_STEADY_DEG_PER_S = 13.0  # noise of the speed that a longer stretch is taken for (own choice, on made gaze)
_LAG_S = 0.0095
_NOISE_N = 400  # samples that the noise is a median over, about
_FAST = 3.3  # times the median speed: 3.9 sd of the noise on each axis, as a Rayleigh median is 1.18 sd
_NOISE_SD = 4.0
_EDGE, _LOWER_DEG_PER_S = 0.75, 12.0  # of the threshold, and below it at least
_SLOWEST_DEG_PER_S, _BUSY_DEG_PER_S = 30.0, 60.0
_DRIFT_S = 0.1  # time constant of the slow movement that saccades are told from


@compiled
def noise(
    deg: NDArray[np.float64],
    t_s: NDArray[np.float64],
    good: NDArray[np.bool_],
    begin: int,
    state: NDArray[np.float64],
    sd_deg: NDArray[np.float64],
) -> None:
    """A running median of the second difference over twice LAG_S, as sd of the noise on one axis in degrees.

    Trackers smooth: their noise is larger over a hundredth of a second than from sample to sample, and only that
    disturbs a speed.

    state:  (2,) samples seen, and the median so far; carried on
    sd_deg: (n,) filled from begin on
    """
    for i in range(begin, t_s.size):
        middle = _before(t_s, good, i)
        first = _before(t_s, good, middle)
        if first >= 0:
            x = deg[0, i] - 2 * deg[0, middle] + deg[0, first]
            y = deg[1, i] - 2 * deg[1, middle] + deg[1, first]
            _towards(state, max(np.sqrt((x * x + y * y) / 6), 1e-4))
        sd_deg[i] = state[1] / 1.1774


@compiled
def _before(t_s: NDArray[np.float64], good: NDArray[np.bool_], i: int) -> int:
    """The sample LAG_S before sample i, the nearest where they are further apart; -1 where gaze was lost between."""
    k = i
    while k > 0 and good[k] and t_s[i] - t_s[k] < _LAG_S and t_s[k] - t_s[k - 1] < GAP_S:
        k -= 1
    return k if 0 <= k < i and good[k] and t_s[i] - t_s[k] >= _LAG_S else -1


@compiled
def _towards(state: NDArray[np.float64], value: float) -> None:
    """One step of a running median: by a share that shrinks to 1 / _NOISE_N while samples come."""
    state[0] += 1.0
    if state[0] <= 1.0:
        state[1] = value
        return
    step = max(1.0 / state[0], 2.0 / _NOISE_N)
    state[1] *= np.exp(step if value > state[1] else -step)


@compiled
def lines(
    t_s: NDArray[np.float64],
    deg: NDArray[np.float64],
    good: NDArray[np.bool_],
    sd_deg: NDArray[np.float64],
    begin: int,
    end: int,
    place: NDArray[np.float64],
    slope: NDArray[np.float64],
    blur: NDArray[np.float64],
) -> None:
    """Lay a line through the neighbours of each sample from begin to end: where it is in the middle, and its slope.

    The shortest stretch of HALF_S is taken whose slope is not much disturbed by noise; a sample and its two
    neighbours are always in it. What is lost, or beyond a gap, is not. One neighbour at least is needed.

    blur: (n,) sd of the slope on one axis that the tracker's noise makes
    """
    for i in range(begin, end):
        place[0, i], place[1, i] = deg[0, i], deg[1, i]
        slope[0, i], slope[1, i], blur[i] = np.nan, np.nan, 0.0
        if not good[i]:
            continue
        first, last = i, i
        for half_s in HALF_S:
            first, last = _reach(t_s, good, i, half_s, first, last)
            n = last - first + 1
            if n < 2:
                continue
            mean_s, mean_x, mean_y = 0.0, 0.0, 0.0
            for k in range(first, last + 1):
                mean_s += t_s[k] - t_s[i]
                mean_x += deg[0, k]
                mean_y += deg[1, k]
            mean_s, mean_x, mean_y = mean_s / n, mean_x / n, mean_y / n
            across, along_x, along_y = 0.0, 0.0, 0.0
            for k in range(first, last + 1):
                off_s = t_s[k] - t_s[i] - mean_s
                across += off_s * off_s
                along_x += off_s * (deg[0, k] - mean_x)
                along_y += off_s * (deg[1, k] - mean_y)
            slope[0, i], slope[1, i] = along_x / across, along_y / across
            place[0, i] = mean_x - mean_s * slope[0, i]
            place[1, i] = mean_y - mean_s * slope[1, i]
            blur[i] = sd_deg[i] / np.sqrt(across)
            if blur[i] < _STEADY_DEG_PER_S:
                break


@compiled
def _reach(
    t_s: NDArray[np.float64], good: NDArray[np.bool_], i: int, half_s: float, first: int, last: int
) -> tuple[int, int]:
    """The samples within half_s of sample i, or else the nearest on either side."""
    within_s = half_s * _JITTER
    while first > 0 and good[first - 1] and t_s[first] - t_s[first - 1] < GAP_S:
        if t_s[i] - t_s[first - 1] > within_s and first < i:
            break
        first -= 1
    while last + 1 < t_s.size and good[last + 1] and t_s[last + 1] - t_s[last] < GAP_S:
        if t_s[last + 1] - t_s[i] > within_s and last > i:
            break
        last += 1
    return first, last


@compiled
def excess(
    t_s: NDArray[np.float64],
    slope: NDArray[np.float64],
    blur: NDArray[np.float64],
    begin: int,
    end: int,
    state: NDArray[np.float64],
    speed: NDArray[np.float64],
    fast: NDArray[np.float64],
    edge: NDArray[np.float64],
) -> None:
    """Speed beyond the slow movement of the last tenth of a second, and from what speed on it is fast.

    state: (4,) samples seen, median of the excess speed, and the slow movement's two components; carried on
    speed: excess speed of each sample; NaN where there is no line
    fast:  what a saccade exceeds; edge: what its flanks exceed
    """
    for i in range(begin, end):
        if np.isfinite(slope[0, i]):
            x, y = slope[0, i] - state[2], slope[1, i] - state[3]
            speed[i] = np.sqrt(x * x + y * y)
            _towards(state, max(speed[i], 1e-2))
            if speed[i] < _threshold(state[1], blur[i]) and i > 0:
                share = min((t_s[i] - t_s[i - 1]) / _DRIFT_S, 1.0)
                state[2] += share * x
                state[3] += share * y
        else:
            speed[i] = np.nan
            state[2], state[3] = 0.0, 0.0
        fast[i] = _threshold(state[1], blur[i])
        edge[i] = min(_EDGE * fast[i], fast[i] - _LOWER_DEG_PER_S)


@compiled
def _threshold(usual: float, blur: float) -> float:
    """What moves as the eyes do not between saccades, by their usual speed, and is not the tracker's noise."""
    return max(_SLOWEST_DEG_PER_S, _NOISE_SD * blur, min(_FAST * usual, _BUSY_DEG_PER_S))
