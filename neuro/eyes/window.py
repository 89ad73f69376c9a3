"""A few seconds of gaze in one pass: fixations and saccades by speed, spread, blinks, pupil. What a score can ask."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.compiled import compiled

SACCADE_S, FIXATION_S, BLINK_S = 0.01, 0.04, (0.05, 0.9)
"""Shorter saccades, fixations and blinks are not counted, nor longer blinks."""

_HALF_S = 0.01  # speed is the way from this long before to this long after
_ELLIPSE = -2 * np.log(1 - 0.6827) * np.pi


class Window(NamedTuple):
    """n_saccades, n_fixations, n_blinks: how many; fixation_s: all of them together
    peak_deg_per_s: the highest speed, 0 where there is none
    bcea_deg2, pupil_mm, pupil_sd_mm: NaN without two samples
    """

    n_saccades: float
    n_fixations: float
    n_blinks: float
    fixation_s: float
    peak_deg_per_s: float
    bcea_deg2: float
    pupil_mm: float
    pupil_sd_mm: float


def window(
    deg: NDArray[np.float64],
    pupil_mm: NDArray[np.float64],
    seen: NDArray[np.bool_],
    rate_hz: float,
    fast_deg_per_s: float = 45.0,
) -> Window:
    """I-VT at a fixed threshold over (2, n) degrees at a steady rate; seen: (n,) where there is gaze.

    Pupils are counted where gaze is seen and their size is a number. The same in one compiled pass and in `plain`,
    within 1e-6.
    """
    return Window(*_whole(deg, pupil_mm, seen, rate_hz, fast_deg_per_s))


@compiled
def _whole(
    deg: NDArray[np.float64], pupil_mm: NDArray[np.float64], seen: NDArray[np.bool_], rate_hz: float, fast: float
) -> tuple[float, float, float, float, float, float, float, float]:
    """One call into what is compiled costs a third of the work itself; so it is one."""
    saccades, fixations, blinks, fixation_s, peak = _count(deg, seen, rate_hz, fast)
    area, pupil, pupil_sd = _spread(deg, pupil_mm, seen)
    return saccades, fixations, blinks, fixation_s, peak, area, pupil, pupil_sd


@compiled
def _spread(
    deg: NDArray[np.float64], pupil_mm: NDArray[np.float64], seen: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """Ellipse and pupil; sums are taken from the first value on, so that nothing large is subtracted."""
    n, sx, sy, sxx, syy, sxy, x0, y0 = 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    pupils, sp, spp, p0 = 0, 0.0, 0.0, 0.0
    for i in range(seen.size):
        if not seen[i]:
            continue
        if n == 0:
            x0, y0 = deg[0, i], deg[1, i]
        x, y, p = deg[0, i] - x0, deg[1, i] - y0, pupil_mm[i]
        n, sx, sy = n + 1, sx + x, sy + y
        sxx, syy, sxy = sxx + x * x, syy + y * y, sxy + x * y
        if not np.isnan(p):
            if pupils == 0:
                p0 = p
            pupils, sp, spp = pupils + 1, sp + (p - p0), spp + (p - p0) * (p - p0)
    area, mean, sd = np.nan, np.nan, np.nan
    if n > 1:
        xx, yy, xy = sxx - sx * sx / n, syy - sy * sy / n, sxy - sx * sy / n
        area = _ELLIPSE * np.sqrt(max(xx * yy - xy * xy, 0.0)) / (n - 1)
    if pupils > 1:
        mean = p0 + sp / pupils
        sd = np.sqrt(max(spp - sp * sp / pupils, 0.0) / (pupils - 1))
    return area, mean, sd


@compiled
def _count(
    deg: NDArray[np.float64], seen: NDArray[np.bool_], rate_hz: float, fast: float
) -> tuple[float, float, float, float, float]:
    """Saccades, fixations, blinks, how long the fixations are together, and the highest speed."""
    n, half = seen.size, max(int(_HALF_S * rate_hz + 0.5), 1)
    least, top = (fast * 2 * half / rate_hz) ** 2, 0.0
    saccades, fixations, blinks, fixation_s = 0.0, 0.0, 0.0, 0.0
    now, since = -1, 0
    for i in range(n + 1):
        what = -1
        if i < n:
            what = 1 if seen[i] else 0
            if seen[i] and half <= i < n - half and seen[i - half] and seen[i + half]:
                x, y = deg[0, i + half] - deg[0, i - half], deg[1, i + half] - deg[1, i - half]
                way = x * x + y * y
                top = max(top, way)
                what = 2 if way > least else 1
        if what != now:
            length_s = (i - since) / rate_hz
            if now == 2 and length_s >= SACCADE_S:
                saccades += 1
            elif now == 1 and length_s >= FIXATION_S:
                fixations += 1
                fixation_s += length_s
            elif now == 0 and BLINK_S[0] <= length_s <= BLINK_S[1]:
                blinks += 1
            now, since = what, i
    return saccades, fixations, blinks, fixation_s, np.sqrt(top) * rate_hz / (2 * half)


def plain(
    deg: NDArray[np.float64],
    pupil_mm: NDArray[np.float64],
    seen: NDArray[np.bool_],
    rate_hz: float,
    fast_deg_per_s: float = 45.0,
) -> Window:
    """What `window` is held against, in NumPy; also quicker where nothing is compiled."""
    half = max(int(_HALF_S * rate_hz + 0.5), 1)
    speed = np.zeros(seen.size)
    way = np.hypot(*(deg[:, 2 * half :] - deg[:, : -2 * half]))
    known = seen[half:-half] & seen[2 * half :] & seen[: -2 * half]
    speed[half:-half] = np.where(known, way, 0.0) * rate_hz / (2 * half)
    what = np.where(seen, np.where(speed > fast_deg_per_s, 2, 1), 0)
    edges = np.flatnonzero(np.diff(what, prepend=-1, append=-1))
    kind, length_s = what[edges[:-1]], np.diff(edges) / rate_hz
    fixations = length_s[(kind == 1) & (length_s >= FIXATION_S)]
    blinks = (kind == 0) & (length_s >= BLINK_S[0]) & (length_s <= BLINK_S[1])
    area = np.nan
    if seen.sum() > 1:
        (xx, xy), (_, yy) = np.cov(deg[:, seen])
        area = float(_ELLIPSE * np.sqrt(max(xx * yy - xy * xy, 0.0)))
    pupils = pupil_mm[seen & ~np.isnan(pupil_mm)]
    mean, sd = (pupils.mean(), pupils.std(ddof=1)) if pupils.size > 1 else (np.nan, np.nan)
    return Window(
        float(((kind == 2) & (length_s >= SACCADE_S)).sum()),
        float(fixations.size),
        float(blinks.sum()),
        float(fixations.sum()),
        float(speed.max(initial=0.0)),
        area,
        float(mean),
        float(sd),
    )
