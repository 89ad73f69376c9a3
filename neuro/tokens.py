"""What the net reads of the brain: for each channel, every half-second, the transform of what ends there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from neuro.spectrum import HZ

STEP_HOPS = 5
"""A token every half-second, of the 2 s that end there: Hann, 75 % overlapped."""

STEPS = 5
"""Tokens that a window of 4 s is made of, as in Welch's average of segments of 2 s."""

ROWS = 1 + STEPS
"""What a model is shown of a window: the mean spectrum of what is clean in its 4 s first, then each token's."""

OF_ROW = [0] + [1] * STEPS
"""The mean and the tokens scatter each in their own way: which of the two a row is measured by."""

LENGTH = (STEPS - 1) * STEP_HOPS + 1
"""Hops that a window reaches over."""

AT = (np.arange(LENGTH)[:, None] - STEP_HOPS * np.arange(STEPS)[::-1]) % LENGTH
"""(LENGTH, STEPS) where in a ring of the last hops the tokens of a window lie, by where the newest does."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The last 4 s of a headset, oldest step first.

    newest: (n_channels, 2, n_hz) microvolts, real and imaginary part of each bin of the last 2 s
    clean:  (n_channels, STEPS) whether those 2 s hold no blink, no jolt and no loss
    """

    newest: NDArray[np.float64]
    clean: NDArray[np.bool_]

    @property
    def kept(self) -> NDArray[np.float64]:
        """(n_channels,) the share of the 4 s that may be used, 0..1."""
        return np.asarray(self.clean.mean(axis=1))


class Recent:
    """The rows (n_channels, ...) of the last LENGTH hops, or of as many as there were."""

    def __init__(self, n_channels: int, *shape: int, dtype: DTypeLike = float) -> None:
        self._rows = np.zeros((n_channels, LENGTH, *shape), dtype)
        self.hops = 0

    @property
    def steps(self) -> NDArray[Any]:
        """(n_channels, STEPS, ...) those of a window, oldest first."""
        return np.asarray(self._rows.take(AT[(self.hops - 1) % LENGTH], axis=1))

    @property
    def all(self) -> NDArray[Any]:
        """(n_channels, LENGTH, ...) oldest first."""
        return np.roll(self._rows, -self.hops, axis=1)

    def add(self, row: NDArray[Any]) -> None:
        """Take the newest (n_channels, ...)."""
        self._rows[:, self.hops % LENGTH] = row
        self.hops += 1


class Spectra:
    """Keeps the transforms of the last 4 s, so that a hop costs one.

    Source: Welch 1967, IEEE Trans Audio Electroacoust 15:70.

    bins: of the last LENGTH hops, (n_channels, 2, n_hz) each
    """

    def __init__(self, n_channels: int) -> None:
        self._n_channels = n_channels
        self.reset()

    @property
    def full(self) -> bool:
        """Whether 4 s have been seen."""
        return self.bins.hops >= LENGTH

    def __call__(self, bins: NDArray[np.float64], clean: NDArray[np.bool_]) -> Tokens:
        """Take the newest segment's transform (n_channels, 2, n_hz), and which channels were clean (n_channels,)."""
        self.bins.add(bins)
        self._clean.add(clean)
        return Tokens(bins, self._clean.steps)

    def reset(self) -> None:
        """Forget the past after a gap."""
        self.bins = Recent(self._n_channels, 2, len(HZ))
        self._clean = Recent(self._n_channels, dtype=bool)
