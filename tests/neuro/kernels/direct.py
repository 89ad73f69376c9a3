"""The hot path the long way: every segment filtered, cut and transformed by itself, with SciPy and NumPy only."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt, sosfilt_zi

from neuro.filters import band_pass, mains_notch

Samples = NDArray[np.float64]


class Filtered(NamedTuple):
    """(n_channels, n) each."""

    whole: Samples
    quiet: Samples
    clean: Samples


def filtered(uv: Samples, rate_hz: float) -> Filtered:
    """All of a signal (n_channels, n) without losses, from its settled beginning."""
    quiet = _settled(mains_notch(rate_hz).sos, uv)
    return Filtered(uv, quiet, _settled(band_pass(rate_hz).sos, quiet))


def power(segment: Samples) -> Samples:
    """Bins of a segment (n_channels, n) through a Hann window; their sum is the mean square."""
    n = segment.shape[1]
    window = np.hanning(n + 1)[:-1]
    found: Samples = np.abs(np.fft.rfft(segment * window)) ** 2 * 2 / (n * (window**2).sum())
    return found


def fast_power(quiet: Samples, rate_hz: float) -> Samples:
    """Mean power of the bins of 30 to 112 Hz, away from the mains, of 0.5 s; an even number of samples a quarter."""
    newest = quiet[:, -round(rate_hz / 2) :]
    hz = np.arange(newest.shape[1] // 2 + 1) * 2.0
    away = np.min([np.abs(hz - mains) for mains in (50, 60, 100, 120)], axis=0) >= 4
    bins = power(newest - newest.mean(axis=1, keepdims=True))
    return np.asarray(bins[:, (hz >= 30) & (hz <= min(112, 0.45 * rate_hz)) & away].mean(axis=1))


def entropy(bins: Samples) -> Samples:
    """Of (n_channels, n_bins), over that of a flat spectrum."""
    share = bins / bins.sum(axis=1, keepdims=True)
    return np.asarray(-(share * np.log(share)).sum(axis=1) / np.log(bins.shape[1]))


def hjorth(segment: Samples) -> tuple[Samples, Samples, Samples]:
    """Activity, mobility and complexity. Source: Hjorth 1970, EEG Clin Neurophysiol 29:306."""
    activity, slope, curve = (np.diff(segment, order).var(axis=1) for order in range(3))
    return activity, np.sqrt(slope / activity), np.sqrt(curve / slope) / np.sqrt(slope / activity)


def _settled(sos: Samples, uv: Samples) -> Samples:
    return np.asarray(sosfilt(sos, uv, zi=sosfilt_zi(sos)[:, None, :] * uv[None, :, :1])[0])
