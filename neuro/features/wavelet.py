"""Energy in time and frequency by Morlet wavelets."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from neuro.types import HOP_HZ

WAVELET_HZ = tuple(4.0 * 2 ** (k / 3) for k in range(8))
"""4, 5.0, 6.3, 8, 10.1, 12.7, 16, 20.2 Hz: thirds of an octave, as far as anything may pay."""

_CYCLES = 6.0
_LENGTH_S = 1.5  # 3.1 standard deviations of the slowest to each side: its ends have 0.7 % of its height


class Morlet:
    """Complex wavelets of six cycles, all of 1.5 s, so that all frequencies speak of the same moment.

    A frame speaks of 0.75 s before its newest sample. At each frequency a standard deviation is 6 / (2 pi hz) seconds
    and hz / 6 Hz.
    Source: Tallon-Baudry et al. 1997, J Neurosci 17:722 (there seven cycles).
    """

    def __init__(self, rate_hz: float) -> None:
        self._rate_hz = rate_hz
        n = round(_LENGTH_S * rate_hz)
        t_s = (np.arange(n) - (n - 1) / 2)[:, None] / rate_hz
        hz = np.array(WAVELET_HZ)
        bell = np.exp(-((t_s * 2 * np.pi * hz / _CYCLES) ** 2) / 2)
        wave = bell * np.exp(-2j * np.pi * hz * t_s)
        wave -= bell * wave.sum(axis=0) / bell.sum(axis=0)  # an offset has no energy
        self._waves = wave * (np.sqrt(2) / bell.sum(axis=0))

    def __call__(self, uv: NDArray[np.float64]) -> NDArray[np.float64]:
        """Microvolts squared (n_channels, n_hz, n_frames), ten frames a second, of samples (n_channels, n).

        A sine of amplitude a has a**2 / 2 at its own frequency. Frame k begins k / 10 s after the first sample; there
        is none while n is shorter than a wavelet.
        """
        n_steps = round((uv.shape[1] - len(self._waves)) * HOP_HZ / self._rate_hz)
        starts = np.round(np.arange(max(n_steps, 0) + 1) * self._rate_hz / HOP_HZ).astype(int)
        starts = starts[starts + len(self._waves) <= uv.shape[1]]
        if len(starts) == 0:
            return np.empty((len(uv), len(WAVELET_HZ), 0))
        windows = sliding_window_view(uv, len(self._waves), axis=1)[:, starts]
        bins = windows @ self._waves
        return np.asarray(np.swapaxes(bins.real**2 + bins.imag**2, 1, 2))
