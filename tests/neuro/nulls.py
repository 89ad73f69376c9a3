"""What is no head: signals that a score must never pay for."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Signal = NDArray[np.float64]
"""(n_channels, n) microvolts."""


def white(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 10.0) -> Signal:
    return uv * rng.standard_normal((n_channels, n))


def coloured(rng: Rng, n_channels: int, n: int, rate_hz: float, exponent: float = 1.0, uv: float = 10.0) -> Signal:
    """Independent noise whose power falls as 1 / f**exponent from 0.1 Hz on, of this RMS."""
    hz = np.fft.rfftfreq(n, 1 / rate_hz)
    spectrum = np.fft.rfft(rng.standard_normal((n_channels, n))) / np.maximum(hz, 0.1) ** (exponent / 2)
    signal = np.fft.irfft(spectrum, n)
    return uv * signal / signal.std(axis=1, keepdims=True)


def pink(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    return coloured(rng, n_channels, n, rate_hz, 1.0)


def brown(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    return coloured(rng, n_channels, n, rate_hz, 2.0, 40.0)


def flat(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    return np.full((n_channels, n), 1234.0)


def hum(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 60.0) -> Signal:
    """The mains and its harmonics, each channel as near to the wires as it happens to be."""
    t_s = np.arange(n) / rate_hz
    waves = [np.sin(2 * np.pi * 50.03 * k * t_s + k) / k**2 for k in (1, 2, 3, 5) if 50 * k < rate_hz / 2]
    return uv * rng.uniform(0.3, 1.5, (n_channels, 1)) * np.sum(waves, axis=0)


def copied(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    return np.repeat(pink(rng, 1, n, rate_hz), n_channels, axis=0) * rng.uniform(0.8, 1.2, (n_channels, 1))


def drift(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    """Electrodes that dry: millivolts a minute, all alike, and the amplifier's own noise."""
    return (
        3000 * np.arange(n) / n + 500 * np.sin(np.arange(n) / rate_hz / 7) + white(rng, n_channels, n, rate_hz, 0.8)
    )


def desk(rng: Rng, n_channels: int, n: int, rate_hz: float) -> Signal:
    """A headset on a desk: hum, the amplifier's noise, drift of its own on each channel, and knocks on the table."""
    knocks = np.zeros(n)
    for at in rng.integers(n - int(rate_hz), size=int(n / rate_hz / 8)):
        ring_s = np.arange(int(rate_hz)) / rate_hz
        knocks[at : at + len(ring_s)] += rng.uniform(20, 80) * np.exp(-ring_s / 0.1) * np.sin(2 * np.pi * 8 * ring_s)
    own = coloured(rng, n_channels, n, rate_hz, 2.0, 30.0) + white(rng, n_channels, n, rate_hz, 1.0)
    return own + knocks + hum(rng, n_channels, n, rate_hz, 30.0)


def muscle(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 40.0) -> Signal:
    """Tight muscles under every electrode: noise from 20 Hz up, no brain to be seen."""
    hz = np.fft.rfftfreq(n, 1 / rate_hz)
    spectrum = np.fft.rfft(rng.standard_normal((n_channels, n))) * ((hz > 20) & (hz < 120))
    signal = np.fft.irfft(spectrum, n)
    return uv * signal / signal.std(axis=1, keepdims=True) + white(rng, n_channels, n, rate_hz, 1.0)


NULLS: dict[str, Callable[[Rng, int, int, float], Signal]] = {
    "white": white,
    "pink": pink,
    "brown": brown,
    "flat": flat,
    "hum": hum,
    "copied": copied,
    "drift": drift,
    "desk": desk,
    "muscle": muscle,
}
