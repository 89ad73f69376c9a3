"""Checks two devices' clocks against each other by what both see: blinks."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LONGEST_S = 300.0
"""The check looks at the last five minutes."""

MOST_LAG_S = 0.3
"""It finds lags up to this, either way."""

LEAST_BLINKS = 10
"""Fewer say nothing (own choice); people blink 10 to 20 times a minute."""

_STEP_S = 0.01
_BLINK_SD_S = 0.06  # a blink's deflection in frontal EEG is about 0.2 s wide
_SLOW_S = 1.0  # what changes more slowly than this is an electrode, not a lid
_REACH = 24  # steps, four SD of a blink
_FAR_SD = 8.0  # an electrode that pops must not outweigh all blinks


class BlinkLag(NamedTuple):
    """lag_s: how much later EEG shows blinks than the eye tracker; agreement: correlation there, 0..1.

    Below 0.3 the agreement is chance and the lag means nothing.
    """

    lag_s: float
    agreement: float


def blink_lag(
    eeg_t_s: NDArray[np.float64], eeg_uv: NDArray[np.float32], blink_t_s: NDArray[np.float64]
) -> BlinkLag | None:
    """How far frontal EEG and the eye tracker are apart; None where there are fewer than ten blinks.

    Cross-correlation of EEG between about 0.5 and 3 Hz with a bump at each blink; the sign of the deflection,
    which hangs on the reference electrode, does not matter.

    Args: eeg_t_s: (n,) host monotonic seconds; eeg_uv: (n,) one frontal channel, or the mean of some, NaN where lost;
          blink_t_s: (m,) when the lids were closest.
    """
    if not eeg_t_s.size:
        return None
    first_s = max(eeg_t_s[0], eeg_t_s[-1] - LONGEST_S)
    seen = blink_t_s[(blink_t_s > first_s + MOST_LAG_S) & (blink_t_s < eeg_t_s[-1] - MOST_LAG_S)]
    if seen.size < LEAST_BLINKS:
        return None
    grid_s = np.arange(first_s, eeg_t_s[-1], _STEP_S)
    uv = _standard(_deflections(grid_s, eeg_t_s, eeg_uv))
    bumps = np.zeros(grid_s.size)
    np.add.at(bumps, np.rint((seen - first_s) / _STEP_S).astype(int), 1.0)
    bumps = _standard(_band(bumps))
    most = round(MOST_LAG_S / _STEP_S)
    overlap = grid_s.size - most
    r = [
        abs(float(bumps[max(0, -k) :][:overlap] @ uv[max(0, k) :][:overlap])) / overlap
        for k in range(-most, most + 1)
    ]
    return _peak(np.array(r))


def _deflections(
    grid_s: NDArray[np.float64], t_s: NDArray[np.float64], uv: NDArray[np.float32]
) -> NDArray[np.float64]:
    """EEG on an even grid, in the band of blinks; what is far out is cut off."""
    known = np.isfinite(uv)
    bumps = _band(np.interp(grid_s, t_s[known], uv[known])) if known.any() else np.zeros(grid_s.size)
    most = _FAR_SD * 1.4826 * np.median(np.abs(bumps))  # median to SD of a normal distribution
    return np.clip(bumps, -most, most)


def _band(x: NDArray[np.float64]) -> NDArray[np.float64]:
    smooth = _averaged(x, np.exp(-0.5 * (np.arange(-_REACH, _REACH + 1) * _STEP_S / _BLINK_SD_S) ** 2))
    return smooth - _averaged(smooth, np.ones(round(_SLOW_S / _STEP_S)))


def _averaged(x: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weighted mean around each of x, which is mirrored at its ends; symmetric weights."""
    before = len(weights) // 2
    mirrored = np.pad(x, (before, len(weights) - 1 - before), mode="symmetric")
    return np.convolve(mirrored, weights / weights.sum(), "valid")


def _standard(x: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = x.std()
    return (x - x.mean()) / spread if spread > 0 else np.zeros_like(x)


def _peak(r: NDArray[np.float64]) -> BlinkLag:
    """The highest point of a parabola through the highest correlation and its neighbours; lag 0 is in the middle."""
    top = int(r.argmax())
    between = 0.0
    if 0 < top < r.size - 1:
        left, mid, right = r[top - 1 : top + 2]
        bend = left - 2 * mid + right
        between = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return BlinkLag(float(top - r.size // 2 + between) * _STEP_S, min(1.0, float(r[top])))
