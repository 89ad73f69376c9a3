"""Signals whose spectrum is known, and features of them."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from neuro.features.segments import Segments, mean_density
from neuro.types import Chunk, Headset

RATE_HZ = 250.0
Samples = NDArray[np.float64]
Rng = np.random.Generator


def headset(channels: int | tuple[str, ...], rate_hz: float = RATE_HZ) -> Headset:
    names = tuple(f"Ch{i}" for i in range(channels)) if isinstance(channels, int) else channels
    return Headset("Simulated", names, rate_hz)


def chunk(uv: Samples, rate_hz: float = RATE_HZ) -> Chunk:
    return Chunk(uv.astype(np.float32), np.arange(uv.shape[1]) / rate_hz)


def power_law(exponent: float, seconds: float, rng: Rng, n_channels: int = 1, uv: float = 9.0) -> Samples:
    """Gaussian noise of density c / f**exponent from 0.5 Hz on, level below; uv: its rms at 1-40 Hz."""
    n = round(seconds * RATE_HZ)
    hz = np.fft.rfftfreq(4 * n, 1 / RATE_HZ)
    height = np.maximum(hz, 0.5) ** (-exponent / 2)
    height *= uv / np.sqrt((height[(hz >= 1) & (hz <= 40)] ** 2).sum())
    bins = rng.standard_normal((n_channels, len(hz), 2)) @ [1, 1j] * height
    return np.asarray(np.fft.irfft(bins, axis=1)[:, :n] * 2 * n)


def rhythm(low_hz: float, high_hz: float, seconds: float, rng: Rng, n_channels: int = 1) -> Samples:
    """Noise of a band, with an rms of 1."""
    sos = butter(2, [low_hz, high_hz], "bandpass", fs=RATE_HZ, output="sos")
    uv = sosfilt(sos, rng.standard_normal((n_channels, round(seconds * RATE_HZ))))
    return np.asarray(uv / uv.std())


def sine(hz: float, uv: float, seconds: float, rate_hz: float = RATE_HZ) -> Samples:
    """(1, n) microvolts; uv: its amplitude."""
    return uv * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)[None]


def spectra(uv: Samples, rate_hz: float = RATE_HZ) -> tuple[Samples, Samples]:
    """Frequencies (n_bins,) and the mean density (n_channels, n_bins) of the clean segments."""
    segments = Segments(headset(len(uv), rate_hz))
    found = list(segments(chunk(uv, rate_hz)))
    density, clean = np.stack([each.density for each in found]), np.stack([each.clean for each in found])
    return segments.hz, mean_density(density, clean)
