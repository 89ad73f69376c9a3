"""What is no head: signals that a score must never pay for."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

Rng = np.random.Generator
Signal = NDArray[np.float64]
"""(n_channels, n) microvolts."""

Null = Callable[[Rng, int, int, float, float], Signal]
"""Chance, n_channels, n, samples a second, microvolts RMS (about; of what disturbs, not of the amplifier)."""

AMPLIFIER_UV = 0.8  # RMS of a good amplifier's own noise


def white(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 10.0) -> Signal:
    return uv * rng.standard_normal((n_channels, n))


def coloured(rng: Rng, n_channels: int, n: int, rate_hz: float, exponent: float = 1.0, uv: float = 10.0) -> Signal:
    """Independent noise whose power falls as 1 / f**exponent from 0.1 Hz on, of this RMS."""
    hz = np.fft.rfftfreq(n, 1 / rate_hz)
    spectrum = np.fft.rfft(rng.standard_normal((n_channels, n))) / np.maximum(hz, 0.1) ** (exponent / 2)
    signal = np.fft.irfft(spectrum, n)
    return uv * signal / signal.std(axis=1, keepdims=True)


def pink(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 10.0) -> Signal:
    return coloured(rng, n_channels, n, rate_hz, 1.0, uv)


def brown(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 40.0) -> Signal:
    return coloured(rng, n_channels, n, rate_hz, 2.0, uv)


def flat(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 10.0) -> Signal:
    """No signal at all, on whatever offset the electrodes have."""
    return np.full((n_channels, n), 100 * uv)


def hum(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 60.0, line_hz: float = 50.03) -> Signal:
    """The mains and its harmonics, each channel as near to the wires as it happens to be."""
    t_s = np.arange(n) / rate_hz
    waves = [np.sin(2 * np.pi * line_hz * k * t_s + k) / k**2 for k in (1, 2, 3, 5) if line_hz * k < rate_hz / 2]
    near = rng.uniform(0.3, 1.5, (n_channels, 1)) * np.sum(waves, axis=0)
    return np.sqrt(2) * uv * near + white(rng, n_channels, n, rate_hz, AMPLIFIER_UV)


def copied(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 10.0) -> Signal:
    """One signal on every channel, as a bridge of gel or a test tone makes it."""
    return np.repeat(pink(rng, 1, n, rate_hz, uv), n_channels, axis=0) * rng.uniform(0.8, 1.2, (n_channels, 1))


def drift(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 1000.0) -> Signal:
    """Electrodes that dry: all channels alike, some of it slowly up and down, and the amplifier's own noise."""
    t_s = np.arange(n) / rate_hz
    way = t_s / t_s[-1] + 0.2 * np.sin(t_s / 7)
    return uv * way / way.std() + white(rng, n_channels, n, rate_hz, AMPLIFIER_UV)


def desk(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 30.0) -> Signal:
    """A headset on a desk: hum, the amplifier's noise, drift of its own on each channel, and knocks on the table."""
    knocks = np.zeros(n)
    for at in rng.integers(n - int(rate_hz), size=int(n / rate_hz / 8)):
        ring_s = np.arange(int(rate_hz)) / rate_hz
        knocks[at : at + len(ring_s)] += rng.uniform(0.7, 2.7) * np.exp(-ring_s / 0.1) * np.sin(16 * np.pi * ring_s)
    own = coloured(rng, n_channels, n, rate_hz, 2.0, uv)
    return own + uv * knocks + hum(rng, n_channels, n, rate_hz, 0.7 * uv)


def phone(
    rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 30.0, on_s: float = 1.0, off_s: float = 1.0
) -> Signal:
    """A phone that rings beside the headset: its motor spins up to 130-200 Hz, everything rattles at 20-40 Hz.

    The motor comes to every channel at once, as a sigma-delta converter lets it through: its decimation filter, a
    sinc to the third power (as in the ADS1299 of the Cyton), leaves .26 of it at half the rate: that is an alias.
    """
    into_s = np.arange(n) / rate_hz % (on_s + off_s)
    motor_hz = rng.uniform(130, 200) * (1 - np.exp(-into_s / 0.1))
    left = np.abs(np.sinc(motor_hz / rate_hz)) ** 3
    whirr = (into_s < on_s) * left * np.sin(2 * np.pi * np.cumsum(motor_hz) / rate_hz)
    rattle = (into_s < on_s + 0.2) * _between(rng, 1, n, rate_hz, 20.0, 40.0)[0]
    shaken = rng.choice([-1.0, 1.0], (n_channels, 1)) * rng.uniform(0.3, 1.5, (n_channels, 1))
    own = coloured(rng, n_channels, n, rate_hz, 2.0, 10.0) + white(rng, n_channels, n, rate_hz, AMPLIFIER_UV)
    return uv * shaken * (whirr + rattle) + own


def muscle(rng: Rng, n_channels: int, n: int, rate_hz: float, uv: float = 40.0) -> Signal:
    """Tight muscles under every electrode: noise from 20 Hz up, no brain to be seen."""
    return uv * _between(rng, n_channels, n, rate_hz, 20.0, 120.0) + white(rng, n_channels, n, rate_hz, 1.0)


def _between(rng: Rng, n_channels: int, n: int, rate_hz: float, low_hz: float, high_hz: float) -> Signal:
    """Independent noise of RMS 1 that has nothing outside these frequencies."""
    hz = np.fft.rfftfreq(n, 1 / rate_hz)
    spectrum = np.fft.rfft(rng.standard_normal((n_channels, n))) * ((hz > low_hz) & (hz < high_hz))
    signal = np.fft.irfft(spectrum, n)
    return np.asarray(signal / signal.std(axis=1, keepdims=True))


NULLS: dict[str, Null] = {
    "white": white,
    "pink": pink,
    "brown": brown,
    "flat": flat,
    "hum 50": hum,
    "hum 60": partial(hum, line_hz=59.98),
    "copied": copied,
    "drift": drift,
    "desk": desk,
    "phone": phone,
    "phone, short rings": partial(phone, on_s=0.4, off_s=0.2),
    "phone, no pause": partial(phone, on_s=3600.0),
    "muscle": muscle,
}
MICROVOLTS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
RATES_HZ = (125.0, 200.0, 250.0, 256.0, 500.0)
CHANNELS = (2, 4, 8)
