"""Where gaze is once its noise is smoothed, and how fast it goes from sample to sample."""

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled
from neuro.eyes.look import GAP_S
from neuro.eyes.saccades import GOOD

JITTER = 1.04
"""A stretch of so many samples may be longer by this: stamps of cameras are a little off."""

_PARABOLA = 4  # points at least, for a parabola to smooth anything


@compiled
def places(
    t_s: NDArray[np.float64],
    deg: NDArray[np.float64],
    there: NDArray[np.int8],
    begin: int,
    end: int,
    half_s: float,
    bent: bool,
    place: NDArray[np.float64],
) -> None:
    """Where gaze is at each sample from begin to end: the mean of what is within half_s, or a parabola through it.

    What is lost, or beyond a gap, is not looked at. At a steady rate the parabola is Savitzky's and Golay's filter
    of order 2 or 3.
    """
    within_s = half_s * JITTER
    for i in range(begin, end):
        place[0, i], place[1, i] = deg[0, i], deg[1, i]
        if there[i] != GOOD:
            continue
        first, last = i, i
        while first > 0 and _goes_on(t_s, there, first - 1) and t_s[i] - t_s[first - 1] <= within_s:
            first -= 1
        while last + 1 < t_s.size and _goes_on(t_s, there, last) and t_s[last + 1] - t_s[i] <= within_s:
            last += 1
        if bent and last - first + 1 < _PARABOLA:
            continue
        a, b, c = _weights(t_s, first, last, i, bent)
        x, y = 0.0, 0.0
        for k in range(first, last + 1):
            off_s = t_s[k] - t_s[i]
            weight = a + off_s * (b + off_s * c)
            x += weight * (deg[0, k] - deg[0, i])
            y += weight * (deg[1, k] - deg[1, i])
        place[0, i] += x
        place[1, i] += y


@compiled
def _goes_on(t_s: NDArray[np.float64], there: NDArray[np.int8], k: int) -> bool:
    """Whether sample k + 1 follows sample k, and there is gaze at both."""
    return bool(there[k] == GOOD and there[k + 1] == GOOD and t_s[k + 1] - t_s[k] < GAP_S)


@compiled
def _weights(t_s: NDArray[np.float64], first: int, last: int, i: int, bent: bool) -> tuple[float, float, float]:
    """What each sample weighs in the value at sample i, as a parabola of its distance in time: least squares."""
    n = float(last - first + 1)
    if not bent:
        return 1 / n, 0.0, 0.0
    s1, s2, s3, s4 = 0.0, 0.0, 0.0, 0.0
    for k in range(first, last + 1):
        off_s = t_s[k] - t_s[i]
        s1 += off_s
        s2 += off_s**2
        s3 += off_s**3
        s4 += off_s**4
    a, b, c = s2 * s4 - s3 * s3, s2 * s3 - s1 * s4, s1 * s3 - s2 * s2
    all_of_it = n * a + s1 * b + s2 * c
    return a / all_of_it, b / all_of_it, c / all_of_it


@compiled
def steps(
    t_s: NDArray[np.float64],
    place: NDArray[np.float64],
    head: NDArray[np.float64],
    there: NDArray[np.int8],
    begin: int,
    end: int,
    speed: NDArray[np.float64],
) -> None:
    """Speed from each sample from begin to end to the next, less that of the head (2, n); before a gap, the last."""
    for i in range(begin, end):
        k = i
        if k + 1 == t_s.size or not _goes_on(t_s, there, k):
            k = i - 1
        speed[i] = 0.0
        if k >= 0 and _goes_on(t_s, there, k):
            step_s = t_s[k + 1] - t_s[k]
            x = (place[0, k + 1] - place[0, k]) / step_s - head[0, k]
            y = (place[1, k + 1] - place[1, k]) / step_s - head[1, k]
            speed[i] = np.sqrt(x * x + y * y)


@compiled
def busy(
    t_s: NDArray[np.float64], head: NDArray[np.float64], begin: int, end: int, half_s: float, out: NDArray[np.float64]
) -> None:
    """Root mean square of the head's speed within half_s of each sample from begin to end."""
    within_s = half_s * JITTER
    for i in range(begin, end):
        first, last, total = i, i, 0.0
        while first > 0 and t_s[i] - t_s[first - 1] <= within_s:
            first -= 1
        while last + 1 < t_s.size and t_s[last + 1] - t_s[i] <= within_s:
            last += 1
        for k in range(first, last + 1):
            total += head[0, k] * head[0, k] + head[1, k] * head[1, k]
        out[i] = np.sqrt(total / (last - first + 1))
