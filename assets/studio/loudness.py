"""How loud a sound is to ears: ITU-R BS.1770's K-weighting, over the loudest 0.4 s."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

MOMENT_S = 0.4

Sound = NDArray[np.float64]
"""(n,) or (n, 2) -1..1"""


def momentary(sound: Sound, rate_hz: int) -> float:
    """LUFS of the loudest MOMENT_S (momentary loudness, EBU Tech 3341); shorter sounds are followed by silence.

    A mono sound counts once. A sine of 997 Hz at full scale is -3.0.
    """
    energy = _energy(sound, rate_hz)
    n = round(MOMENT_S * rate_hz)
    summed = np.concatenate([[0.0], np.cumsum(np.concatenate([energy, np.zeros(max(0, n - len(energy)))]))])
    return _lufs(float((summed[n:] - summed[:-n]).max()) / n)


def lasting(sound: Sound, rate_hz: int) -> float:
    """LUFS of the whole sound, without gates."""
    return _lufs(float(_energy(sound, rate_hz).mean()))


def _energy(sound: Sound, rate_hz: int) -> Sound:
    channels = np.atleast_2d(sound.T)
    return np.asarray(sum(k_weighted(channel, rate_hz) ** 2 for channel in channels))


def _lufs(power: float) -> float:
    return -0.691 + 10 * np.log10(max(power, 1e-12))


def k_weighted(sound: Sound, rate_hz: int) -> Sound:
    """The standard's two filters, from their analogue parameters so that they fit any rate.

    Source: ITU-R BS.1770-4, annex 1, gives them for 48 kHz; the parameters behind them are De Man's (2018).
    """
    head = _shelf(1681.974, 3.99984, 0.707175, rate_hz)
    return np.asarray(lfilter(*_high_pass(38.13547, 0.500327, rate_hz), lfilter(*head, sound)))


def _shelf(hz: float, gain_db: float, q: float, rate_hz: int) -> tuple[list[float], list[float]]:
    k, vh = np.tan(np.pi * hz / rate_hz), 10 ** (gain_db / 20)
    vb = vh**0.499667
    a0 = 1 + k / q + k * k
    b = [(vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0]
    return b, [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]


def _high_pass(hz: float, q: float, rate_hz: int) -> tuple[list[float], list[float]]:
    k = np.tan(np.pi * hz / rate_hz)
    a0 = 1 + k / q + k * k
    return [1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
