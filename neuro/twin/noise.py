"""Endless coloured noise, and endless rows served in any portions."""

from collections.abc import Callable
from math import exp

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance
from numpy.typing import NDArray

from neuro.sections import band as band_pass
from neuro.sections import gains, paired, through

SETTLE_S = 60.0
"""Noise thrown away before the first sample, so that the start is like any other moment."""


class Noise:
    """Independent rows of Gaussian noise through one filter, without end.

    Args: sos: second-order sections, as `power_law`, `band` and `walk` make them.
    """

    def __init__(self, sos: NDArray[np.float64], n_rows: int, rate_hz: float, rng: Generator) -> None:
        self._sos = sos
        self._n_rows = n_rows
        self._rng = rng
        self._state = np.zeros((len(sos), n_rows, 2))
        self.next(int(SETTLE_S * rate_hz))

    def next(self, n: int) -> NDArray[np.float64]:
        """The next n columns: (n_rows, n)."""
        filtered, self._state = through(self._sos, self._rng.standard_normal((self._n_rows, n)), self._state)
        return filtered


class Blocks:
    """Serves columns from blocks that are always made whole, so that portions never change what comes.

    Args: make: the next block, (n_rows, any) floats.
    """

    def __init__(self, make: Callable[[], NDArray[np.float32]]) -> None:
        self._make = make
        self._left = make()

    def take(self, n: int) -> NDArray[np.float32]:
        """The next n columns: (n_rows, n)."""
        parts = [self._left]
        have = self._left.shape[1]
        while have < n:
            parts.append(self._make())
            have += parts[-1].shape[1]
        whole = np.concatenate(parts, axis=1) if len(parts) > 1 else self._left
        self._left = whole[:, n:]
        return whole[:, :n]


def power_law(exponent: float, rate_hz: float, low_hz: float = 1.0, high_hz: float = 40.0) -> NDArray[np.float64]:
    """Noise whose power falls as 1 / f**exponent from 0.1 to 100 Hz, with an RMS of 1 between low_hz and high_hz.

    Alternating poles and zeros, evenly spaced on a logarithmic axis, stand in for the fractional integrator.
    Source: Oustaloup et al. 2000, IEEE Trans Circuits Syst I 47:25.
    """
    pairs, floor_hz, ceiling_hz = 8, 0.1, min(100.0, 0.4 * rate_hz)
    step = (ceiling_hz / floor_hz) ** (1 / pairs)
    centres_hz = floor_hz * step ** (np.arange(pairs) + 0.5)
    half = step ** (exponent / 4)  # a pole-zero pair falls by its ratio squared in power
    poles, zeros = (np.exp(-2 * np.pi * hz / rate_hz) for hz in (centres_hz / half, centres_hz * half))
    return _unit(paired(zeros, _two_by_two(poles), 1.0), rate_hz, low_hz, high_hz)


def band(low_hz: float, high_hz: float, rate_hz: float) -> NDArray[np.float64]:
    """Noise between low_hz and high_hz (Butterworth, order 2), with an RMS of 1."""
    return _unit(band_pass(2, low_hz, high_hz, rate_hz), rate_hz, 0.0, rate_hz / 2)


def walk(tau_s: float, rate_hz: float) -> NDArray[np.float64]:
    """An Ornstein-Uhlenbeck walk that forgets within tau_s, with an SD of 1."""
    kept = exp(-1 / (tau_s * rate_hz))
    return np.array([[(1 - kept**2) ** 0.5, 0.0, 0.0, 1.0, -kept, 0.0]])


def _unit(sos: NDArray[np.float64], rate_hz: float, low_hz: float, high_hz: float) -> NDArray[np.float64]:
    """The same sections, scaled so that white noise of SD 1 leaves with an RMS of 1 between low_hz and high_hz."""
    gain = gains(sos, np.linspace(low_hz, high_hz, 4096), rate_hz)
    power = np.mean(np.abs(gain) ** 2) * (high_hz - low_hz) * 2 / rate_hz
    scaled = sos.copy()
    scaled[0, :3] /= np.sqrt(power)
    return scaled


def _two_by_two(poles: NDArray[np.float64]) -> list[tuple[complex, complex]]:
    """Real poles, those that forget alike in one section."""
    slowest = np.sort(poles)[::-1].tolist()
    return list(zip(slowest[::2], slowest[1::2], strict=True))
