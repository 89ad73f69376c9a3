"""Cuts raw EEG into the segments of 2 s, two a second, that every feature rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.features.stretches import Stretches
from neuro.types import Chunk, Headset

SEGMENT_S = 2.0
STEP_S = 0.5  # 75 % overlap, as in neuro.bands
TOP_HZ = 45.0
LOUDEST_UV = 150.0
"""Peak to peak of a clean segment without its linear trend (own choice): 99.7 % of EEGMAT at rest have less."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The last 2 s.

    t_s:     its newest sample, host monotonic seconds
    uv:      (n_channels, n_samples) microvolts without their linear trend; NaN where a packet was lost
    density: (n_channels, n_bins) microvolts squared per Hz, one-sided; NaN where the channel lost a packet
    clean:   (n_channels,) nothing lost, not flat, and no more than LOUDEST_UV from peak to peak
    begins:  whether it is the first since the start or a gap
    """

    t_s: float
    uv: NDArray[np.float64]
    density: NDArray[np.float64]
    clean: NDArray[np.bool_]
    begins: bool


class Segments:
    """Overlapping Hann segments of one headset, each the end of what has been seen.

    No filter comes before: a Hann window without trend holds offset, drift and mains away from 2-45 Hz, and a
    filter would bend the edges of the aperiodic fit. What was lost is never filled in.
    Source: Welch 1967, IEEE Trans Audio Electroacoust 15:70 (a mean of them is his estimate).
    """

    def __init__(self, headset: Headset) -> None:
        self._rate_hz = headset.rate_hz
        self._n = round(SEGMENT_S * headset.rate_hz)
        self._window = np.hanning(self._n + 1)[:-1]
        hz = np.arange(1, self._n // 2 + 1) * headset.rate_hz / self._n
        self.hz = hz[hz <= TOP_HZ]
        """(n_bins,) from 0.5 Hz on, in steps of 0.5 Hz."""
        ramp = np.linspace(-1.0, 1.0, self._n)
        self._ramp = ramp / np.sqrt(ramp @ ramp)
        self._stretches = Stretches()
        self._restart(len(headset.channels))

    def __call__(self, chunk: Chunk) -> Iterator[Segment]:
        """Every segment that the chunk completes, oldest first."""
        for begins, stretch in self._stretches(chunk):
            if begins:
                self._restart(len(chunk.uv))
            yield from self._contiguous(stretch.uv.astype(float), stretch.t_s)

    def _restart(self, n_channels: int) -> None:
        self._held = np.empty((n_channels, 0))
        self._seen = 0
        self._cut = 0

    def _contiguous(self, uv: NDArray[np.float64], t_s: NDArray[np.float64]) -> Iterator[Segment]:
        samples = np.concatenate([self._held, uv], axis=1)
        first = self._seen - self._held.shape[1]  # which sample since the gap is the first of these
        self._seen += len(t_s)
        while (end := self._n + round(self._cut * STEP_S * self._rate_hz)) <= self._seen:
            self._cut += 1
            newest_s = float(t_s[end - self._seen - 1])
            yield self._segment(newest_s, samples[:, end - first - self._n : end - first])
        self._held = samples[:, max(0, samples.shape[1] - self._n) :].copy()

    def _segment(self, t_s: float, samples: NDArray[np.float64]) -> Segment:
        level = samples - samples.mean(axis=1, keepdims=True)
        level -= (level @ self._ramp)[:, None] * self._ramp
        bins = np.fft.rfft(level * self._window, axis=1)[:, 1 : len(self.hz) + 1]
        density = (bins.real**2 + bins.imag**2) * (2 / (self._rate_hz * (self._window @ self._window)))
        height = np.ptp(level, axis=1)  # NaN where a packet was lost, and NaN is no more than nothing
        return Segment(t_s, level, density, (height > 0) & (height <= LOUDEST_UV), self._cut == 1)


def mean_density(density: NDArray[np.float64], clean: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Welch's average over the clean ones (n, n_channels) of segments (n, n_channels, n_bins); NaN where none is."""
    kept = clean.sum(axis=0)
    total = np.where(clean[:, :, None], density, 0.0).sum(axis=0)
    return np.asarray(np.where(kept[:, None] > 0, total / np.maximum(kept, 1)[:, None], np.nan))
