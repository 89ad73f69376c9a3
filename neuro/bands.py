"""Relative band powers of the last 2 and 4 seconds, ten times a second."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BANDS: dict[str, tuple[float, float]] = {"theta": (4.0, 8.0), "alpha": (8.0, 13.0), "beta": (13.0, 20.0)}
"""What may pay, in Hz. It ends at 20 Hz because muscle outweighs the brain above about 25 Hz on a headband."""

TOTAL_HZ = (2.0, 20.0)
"""What a band is a share of: a clenched jaw above 20 Hz changes neither part of the share."""

SEGMENT_S = 2.0
_LAGS = (0, 5, 10, 15, 20)  # hops: five Hann segments of 2 s, 75 % overlapped, make 4 s


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


class Spectrum:
    """Power of one Hann segment of 2 s in (n_channels, n_bins) bins of 0.5 Hz, mean removed."""

    def __init__(self, rate_hz: float) -> None:
        self.n_samples = round(SEGMENT_S * rate_hz)
        self._window = np.hanning(self.n_samples + 1)[:-1]
        self.hz = np.fft.rfftfreq(self.n_samples, 1 / rate_hz)
        # only the bins that somebody asks for are kept
        self._n_bins = int(np.searchsorted(self.hz, 45.0, "right"))
        self.hz = self.hz[: self._n_bins]

    def __call__(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        """Samples (n_channels, n_samples) in microvolts to power (n_channels, n_bins), arbitrary scale."""
        centred = samples - samples.mean(axis=1, keepdims=True)
        bins = np.fft.rfft(centred * self._window, axis=1)[:, : self._n_bins]
        return np.asarray(bins.real**2 + bins.imag**2)


class BandPowers:
    """Welch's average over the last 4 s, built from the segments of the hops before.

    A 4 s average needs one transform a hop: the other four segments are those of 0.5, 1, 1.5 and 2 s ago.
    Source: Welch 1967, IEEE Trans Audio Electroacoust 15:70.
    """

    def __init__(self, n_channels: int, hz: NDArray[np.float64]) -> None:
        edges = [*BANDS.values(), TOTAL_HZ]
        self._pick = np.stack([(hz >= low) & (hz < high) for low, high in edges], axis=1).astype(float)
        self._history = np.ones((_LAGS[-1] + 1, n_channels, len(edges)))
        self._clean = np.zeros((_LAGS[-1] + 1, n_channels))
        self._hops = 0

    @property
    def full(self) -> bool:
        """Whether 4 s have been seen."""
        return self._hops > _LAGS[-1]

    def __call__(self, power: NDArray[np.float64], clean: NDArray[np.bool_]) -> Powers:
        """Take the newest segment's power (n_channels, n_bins) and whether it was clean (n_channels,)."""
        newest = power @ self._pick + 1e-12
        now = self._hops % len(self._history)
        self._history[now] = newest
        self._clean[now] = clean
        self._hops += 1
        at = [(now - lag) % len(self._history) for lag in _LAGS]
        weight = self._clean[at]
        kept = weight.mean(axis=0)
        # where nothing was clean the plain mean stands in; `kept` says that it must not be believed
        weight = np.where(kept > 0, weight, 1.0)
        mean = np.einsum("lc,lcb->cb", weight, self._history[at])
        return Powers(fast=_relative(newest), steady=_relative(mean), kept=kept)

    def reset(self) -> None:
        """Forget the past after a gap."""
        self._hops = 0
        self._clean[:] = 0


def _relative(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.log(power[:, :-1] / power[:, -1:]))
