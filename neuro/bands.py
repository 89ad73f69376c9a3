"""Relative band powers of the last 2 and 4 seconds, ten times a second."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BANDS: dict[str, tuple[float, float]] = {"theta": (4.0, 8.0), "alpha": (8.0, 13.0), "beta": (13.0, 20.0)}
"""What may pay, in Hz. It ends at 20 Hz because muscle outweighs the brain above about 25 Hz: docs/why/0003."""

TOTAL_HZ = (2.0, 20.0)
"""What a band is a share of: a clenched jaw above 20 Hz changes neither part of the share."""

SHARED_HZ = (*BANDS.values(), TOTAL_HZ)

STEADY_HOPS = (0, 5, 10, 15, 20)
"""How many hops ago each of the five segments of 2 s ended that make 4 s: Hann, 75 % overlapped."""


@dataclass(frozen=True, slots=True)
class Powers:
    """Natural logarithms of relative band powers at one moment.

    fast:   (n_channels, n_bands) over the last 2 s
    steady: (n_channels, n_bands) over the last 4 s, segments with a blink or a jolt left out
    kept:   (n_channels,) the share of the 4 s that was used, 0..1
    """

    fast: NDArray[np.float64]
    steady: NDArray[np.float64]
    kept: NDArray[np.float64]


class BandPowers:
    """Welch's average over the last 4 s, built from the segments of the hops before.

    A 4 s average needs one transform a hop: the other four segments are those of 0.5, 1, 1.5 and 2 s ago.
    Source: Welch 1967, IEEE Trans Audio Electroacoust 15:70.
    """

    def __init__(self, n_channels: int) -> None:
        length = STEADY_HOPS[-1] + 1
        self._power = np.ones((length, n_channels, len(SHARED_HZ)))
        self._clean = np.zeros((length, n_channels))
        self._rows = (np.arange(length)[:, None] - STEADY_HOPS) % length
        self._hops = 0

    @property
    def full(self) -> bool:
        """Whether 4 s have been seen."""
        return self._hops >= len(self._power)

    def __call__(self, power: NDArray[np.float64], clean: NDArray[np.bool_]) -> Powers:
        """Take the newest segment's power in SHARED_HZ (n_channels, n_ranges), and which channels were clean."""
        now = self._hops % len(self._power)
        self._power[now] = newest = power + 1e-12
        self._clean[now] = clean
        self._hops += 1
        weight = self._clean[self._rows[now]]
        kept = weight.sum(axis=0) / len(weight)
        if not kept.all():  # where nothing was clean the plain mean stands in; `kept` says not to believe it
            weight = np.where(kept > 0, weight, 1.0)
        steady = np.einsum("lc,lcb->cb", weight, self._power[self._rows[now]])
        return Powers(fast=_relative(newest), steady=_relative(steady), kept=kept)

    def reset(self) -> None:
        """Forget the past after a gap."""
        self._hops = 0
        self._clean[:] = 0


def _relative(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.log(power[:, :-1] / power[:, -1:])
