"""What the net reads of the brain: for each channel, every half-second, the spectrum that ends there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.spectrum import HZ

STEP_HOPS = 5
"""A token every half-second, of the 2 s that end there: Hann, 75 % overlapped."""

STEPS = 5
"""Tokens that a window of 4 s is made of, as in Welch's average of segments of 2 s."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The last 4 s of a headset, oldest step first.

    power: (n_channels, STEPS, n_hz) microvolts squared
    clean: (n_channels, STEPS) whether those 2 s hold no blink, no jolt and no loss
    """

    power: NDArray[np.float64]
    clean: NDArray[np.bool_]

    @property
    def newest(self) -> NDArray[np.float64]:
        """(n_channels, n_hz) the spectrum of the last 2 s."""
        return self.power[:, -1]

    @property
    def kept(self) -> NDArray[np.float64]:
        """(n_channels,) the share of the 4 s that may be used, 0..1."""
        return np.asarray(self.clean.mean(axis=1))


class Spectra:
    """Keeps the spectra of the last 4 s, so that a hop costs one transform.

    Source: Welch 1967, IEEE Trans Audio Electroacoust 15:70.
    """

    def __init__(self, n_channels: int) -> None:
        length = (STEPS - 1) * STEP_HOPS + 1
        self._length = length
        self._power = np.zeros((n_channels, length, len(HZ)))
        self._clean = np.zeros((n_channels, length), bool)
        self._steps = (np.arange(length)[:, None] - STEP_HOPS * np.arange(STEPS)[::-1]) % length
        self._hops = 0

    @property
    def full(self) -> bool:
        """Whether 4 s have been seen."""
        return self._hops >= self._length

    def __call__(self, power: NDArray[np.float64], clean: NDArray[np.bool_]) -> Tokens:
        """Take the newest segment's power (n_channels, n_hz), and which channels were clean."""
        now = self._hops % self._length
        self._power[:, now], self._clean[:, now] = power, clean
        self._hops += 1
        steps = self._steps[now]
        return Tokens(self._power.take(steps, axis=1), self._clean.take(steps, axis=1))

    def reset(self) -> None:
        """Forget the past after a gap."""
        self._hops = 0
        self._clean[:] = False
