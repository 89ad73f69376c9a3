"""The slope of the EEG spectrum under its rhythms: 1 / f**exponent."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FIT_HZ = (2.0, 30.0)
ALPHA_HZ = (6.0, 14.0)  # left out: no rhythm is larger; from 6 Hz, for children's is slower
_TUKEY = 4.685  # 95 % efficient on normal residuals
_ROUNDS = 20


class Aperiodic(NamedTuple):
    """density = 10**offset / hz**exponent; offset in log10 microvolts squared per Hz at 1 Hz; both (...,)."""

    exponent: NDArray[np.float64]
    offset: NDArray[np.float64]

    def density(self, hz: NDArray[np.float64]) -> NDArray[np.float64]:
        """Microvolts squared per Hz (..., n_bins) at these frequencies above 0."""
        return np.asarray(10 ** (self.offset[..., None] - self.exponent[..., None] * np.log10(hz)))


def aperiodic(hz: NDArray[np.float64], density: NDArray[np.float64]) -> Aperiodic:
    """A straight line through the spectra (..., n_bins) on logarithmic axes, 2-30 Hz without 6-14 Hz.

    Least squares, reweighted by Tukey's biweight: bins that stand out, as theta and beta rhythms do, count little.
    NaN where a spectrum is NaN or zero.
    Source: the model without a knee of Donoghue et al. 2020, Nat Neurosci 23:1655; the robust fit is our own choice,
    compared with theirs in docs/features.md. Beaton and Tukey 1974, Technometrics 16:147 (the biweight).
    """
    fitted = (hz >= FIT_HZ[0]) & (hz <= FIT_HZ[1]) & ~((hz >= ALPHA_HZ[0]) & (hz <= ALPHA_HZ[1]))
    power = density[..., fitted]
    x, y = np.log10(hz[fitted]), np.log10(np.where(power > 0, power, np.nan))
    weight = np.ones_like(y)
    for _ in range(_ROUNDS):
        exponent, offset = _line(x, y, weight)
        off = y - offset[..., None] + exponent[..., None] * x
        spread = 1.4826 * np.median(np.abs(off), axis=-1, keepdims=True) + 1e-12
        weight = np.maximum(0.0, 1 - (off / (_TUKEY * spread)) ** 2) ** 2
    return Aperiodic(exponent, offset)


def _line(x: NDArray[np.float64], y: NDArray[np.float64], weight: NDArray[np.float64]) -> Aperiodic:
    """Weighted least squares."""
    total = weight.sum(axis=-1)
    mean_x, mean_y = (weight * x).sum(axis=-1) / total, (weight * y).sum(axis=-1) / total
    far = x - mean_x[..., None]
    slope = (weight * far * (y - mean_y[..., None])).sum(axis=-1) / (weight * far**2).sum(axis=-1)
    return Aperiodic(-slope, mean_y - slope * mean_x)
