"""Spectra as numbers that compare: bins that follow the own alpha rhythm, their shape, and their height."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.kernels.recipe import SEGMENT_S, TOP_HZ

HZ = np.arange(round(TOP_HZ * SEGMENT_S)) / SEGMENT_S
"""(n_hz,) the bins of a segment, in steps of .5 Hz, that every headset has: at some rates 45 Hz is missing."""

BINS_HZ: tuple[tuple[float, float], ...] = tuple((low, low + 2.0) for low in np.arange(1.0, 45.0, 2.0).tolist())
"""Bins of 2 Hz from 1 to 45 Hz, all that the band-pass lets through, of somebody whose alpha is at 10 Hz."""

N_NUMBERS = len(BINS_HZ) + 1
"""What a spectrum becomes: its shape, bin by bin, and its height."""

FLOOR_UV2 = 1e-6  # far below any amplifier's noise; only keeps the logarithm finite
USUAL_ALPHA_HZ = 10.0

_MEAN = np.full((len(BINS_HZ), 1), 1.0 / len(BINS_HZ))
_SHAPE = np.hstack([np.eye(len(BINS_HZ)) - _MEAN, _MEAN])

_LINE_HZ, _BUT_HZ = (2.0, 30.0), (6.0, 14.0)
_ALPHA_HZ = (7.0, 13.0)
_LEAST = 0.3  # how far alpha must stand out, in natural logarithms; else it is not known
_FOLLOW_HZ, _STAY_HZ = 20.0, 30.0  # bins below the one follow alpha, those above the other stay


def own_alpha_hz(power: NDArray[np.float64]) -> float:
    """The centre of gravity of alpha in the mean power (n_channels, n_hz) at rest; 10 Hz where it does not stand out.

    Channels are joined by their geometric mean. Source: Klimesch 1999, Brain Res Rev 29:169 (centre of gravity); the
    line below it, a straight one in log-log at 2-30 Hz without 6-14 Hz, and the limit are our own choice.
    """
    log = np.log(power + FLOOR_UV2).mean(axis=0)
    fit = (_LINE_HZ[0] <= HZ) & (_LINE_HZ[1] >= HZ) & ~((_BUT_HZ[0] <= HZ) & (_BUT_HZ[1] >= HZ))
    near = (_ALPHA_HZ[0] <= HZ) & (_ALPHA_HZ[1] >= HZ)
    above = log[near] - np.polyval(np.polyfit(np.log(HZ[fit]), log[fit], 1), np.log(HZ[near]))
    rise = np.maximum(np.convolve(above, np.ones(3) / 3, "same"), 0.0)
    if rise.max() < _LEAST:
        return USUAL_ALPHA_HZ
    return float((HZ[near] * rise**2).sum() / (rise**2).sum())


@cache
def own_bins(alpha_hz: float) -> NDArray[np.float64]:
    """(n_hz, n_bins) what each bin of a segment gives to each of BINS_HZ for somebody with this alpha.

    Below 20 Hz bins move in proportion to the own alpha, above 30 Hz they stay, and every bin counts as 2 Hz.
    Source: Doppelmayr et al. 1998, Biol Cybern 79:49 (bands as shares of the own alpha); where it ends is own choice.
    """
    edges = np.array([BINS_HZ[0][0], *(high for _, high in BINS_HZ)])
    stays = np.clip((edges - _FOLLOW_HZ) / (_STAY_HZ - _FOLLOW_HZ), 0, 1)
    own = edges * (stays + (1 - stays) * alpha_hz / USUAL_ALPHA_HZ)
    half = 0.5 / SEGMENT_S
    overlap = np.minimum(HZ[:, None] + half, own[1:]) - np.maximum(HZ[:, None] - half, own[:-1])
    share = np.maximum(overlap, 0.0)
    return np.asarray(share * (2.0 * SEGMENT_S) / share.sum(axis=0))


def mean_where(power: NDArray[np.floating], clean: NDArray[np.bool_]) -> NDArray[Any]:
    """(..., n_bins) the mean of tokens (..., n_steps, n_bins) where clean (..., n_steps); of all where nothing is."""
    if clean.all():
        return np.asarray(power.sum(axis=-2) / power.shape[-2])
    weight = np.where(clean.any(axis=-1, keepdims=True), clean, True)
    return np.asarray((weight[..., None] * power).sum(axis=-2) / weight.sum(axis=-1)[..., None])


def shape_of(power: NDArray[np.floating]) -> NDArray[np.float64]:
    """Power (..., n_bins) to (..., N_NUMBERS): its logarithm without the mean over bins, and that mean."""
    return np.asarray(np.log(power + FLOOR_UV2) @ _SHAPE)
