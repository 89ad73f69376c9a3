"""One word a channel, from what was measured of 2 s. Compiled where it can be; elsewhere the same lines run."""

from math import log10, sqrt

import numpy as np
from numpy.typing import NDArray

GOOD, FLAT, RAILED, LINE, LOUD, LOST, NOISE = range(7)

FLAT_UV = 1.0  # rms in 2-20 Hz: where EEG must be, and neither mains nor their harmonics are; 99 % of EEGMAT has 2.7
LOUD_UV = 75.0  # rms in 1-45 Hz; 99 % of EEGMAT stays under 21
LINE_UV = 100.0  # rms of the mains before the notch
LINE_RATIO = 10.0  # rms of the mains against what is left without it
RAILED_SHARE = 0.05  # of 2 s within 5 % of full scale
LOST_SHARE = 0.10  # of 2 s without packets
HEAD_DB = 4.0  # power at 2-7 Hz over power at 20-40 Hz, a channel's: white noise 0 +- 1, EEGMAT 12 (1 %: 3.3)
TILT_MEMORY = 0.97  # a hop: the tilt is judged over about 3 s, one segment of 2 s alone is too short to tell noise
BLINK_UV = 100.0  # peak to peak, 1-45 Hz: a blink has 100-200 at the forehead; 99 % of clean EEGMAT stays under it


def judge(
    lost_share: NDArray[np.float64],
    railed_share: NDArray[np.float64],
    torn_share: NDArray[np.float64],
    mains_uv: NDArray[np.float64],
    span_uv: NDArray[np.float64],
    jolt_uv: NDArray[np.float64],
    fast_uv2: NDArray[np.float64],
    ranges: NDArray[np.float64],
    n_bins: NDArray[np.float64],
    tilts_db: NDArray[np.float64],
    work: NDArray[np.float64],
    words: NDArray[np.int8],
    good: NDArray[np.bool_],
    clean: NDArray[np.bool_],
    sudden: NDArray[np.float64],
) -> tuple[bool, float]:
    """Fill in the last four, as `neuro.quality.Quality` has them.

    lost_share ... fast_uv2: (n_channels,) as `Measures` has them, mains_uv as its line_uv
    ranges:   (n_channels, 5) as `Hops` has those of `neuro.quality.JUDGED_HZ`
    n_bins:   (3,) how many bins the first three ranges have
    tilts_db: (n_channels,) over about 3 s, carried on; NaN before the first
    work:     (n_channels,) of no meaning between calls
    Returns:  whether it is jolted, and the power of muscle in dB
    """
    n, n_carry, n_loud, most_uv = len(words), 0, 0, 0.0
    for i in range(n):
        slow, fast, muscle = ranges[i, 0] / n_bins[0], ranges[i, 1] / n_bins[1], ranges[i, 2] / n_bins[2]
        tilt_db = 10 * log10((slow + 1e-12) / (fast + 1e-12))
        if not np.isnan(tilts_db[i]):
            tilt_db = TILT_MEMORY * tilts_db[i] + (1 - TILT_MEMORY) * tilt_db
        tilts_db[i] = tilt_db
        rms_uv, line_uv = sqrt(ranges[i, 4]), mains_uv[i]
        if lost_share[i] > LOST_SHARE:
            words[i] = LOST
        elif railed_share[i] > RAILED_SHARE:
            words[i] = RAILED
        elif sqrt(ranges[i, 3]) < FLAT_UV:
            words[i] = FLAT
        elif line_uv > 3 * LINE_UV or line_uv > max(LINE_UV, LINE_RATIO * rms_uv):
            words[i] = LINE
        elif rms_uv > LOUD_UV:
            words[i] = LOUD
        else:
            words[i] = NOISE if tilt_db < HEAD_DB else GOOD
        good[i] = words[i] == GOOD
        clean[i] = span_uv[i] < BLINK_UV and torn_share[i] == 0
        sudden[0, i] = jolt_uv[i]
        sudden[1, i] = 10 * log10(fast_uv2[i] + 1e-6)
        n_loud += words[i] == LOUD
        if good[i]:
            most_uv = max(most_uv, jolt_uv[i])
        if words[i] not in (FLAT, RAILED, LINE):
            k = n_carry  # kept in order, the least first
            muscle_db = 10 * log10(muscle + 1e-12)
            while k > 0 and work[k - 1] > muscle_db:
                work[k] = work[k - 1]
                k -= 1
            work[k] = muscle_db
            n_carry += 1
    middle_db = (work[(n_carry - 1) // 2] + work[n_carry // 2]) / 2 if n_carry else 0.0
    return most_uv >= BLINK_UV or 2 * n_loud > n, middle_db
