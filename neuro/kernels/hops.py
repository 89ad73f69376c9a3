"""Samples in, a measured segment every hop: the door of the hot path."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.kernels.memory import Memory, Step, memory, settle
from neuro.kernels.ready import fastest
from neuro.kernels.recipe import HOPS, Recipe


class Measures(NamedTuple):
    """Of the newest segment, (n_channels,) each.

    lost_share:   of its samples, those that are no numbers
    railed_share: those beyond the recipe's rail
    torn_share:   those that stand for what was lost more than 50 ms ago
    line_uv:      rms of what the notch took away
    span_uv:      peak to peak
    jolt_uv:      peak to peak of its last 0.5 s
    fast_uv2:     mean power of a bin of 2 Hz from 30 to 112 Hz, the mains left out, of its last 0.5 s
    entropy:      0..1, spectral, of 1-45 Hz over that of a flat spectrum
    activity:     variance, microvolts squared
    mobility:     Hjorth's: the spread of its slope over its own, a sample. Source: Hjorth 1970, EEG Clin
                  Neurophysiol 29:306
    complexity:   Hjorth's: the mobility of its slope over its own
    """

    lost_share: NDArray[np.float64]
    railed_share: NDArray[np.float64]
    torn_share: NDArray[np.float64]
    line_uv: NDArray[np.float64]
    span_uv: NDArray[np.float64]
    jolt_uv: NDArray[np.float64]
    fast_uv2: NDArray[np.float64]
    entropy: NDArray[np.float64]
    activity: NDArray[np.float64]
    mobility: NDArray[np.float64]
    complexity: NDArray[np.float64]


class Hops:
    """One headset's filters, rings and transforms.

    The newest segment is in views that the next push overwrites:
    measures: as `Measures`
    ranges:   (n_channels, n_ranges) power in each of the recipe's ranges, microvolts squared
    power:    (n_channels, n_bins) power of each bin, 0-45 Hz, microvolts squared; Hann window
    """

    def __init__(
        self, recipe: Recipe, n_channels: int, stepper: Callable[[Recipe, Memory], Step] | None = None
    ) -> None:
        """Args: stepper: `plain.stepper` or `compiled.stepper`; None takes the fastest that is ready."""
        self._recipe = recipe
        self._amplitude = float(np.sqrt(recipe.scale))
        self._edges = recipe.edges.tolist()
        self._lengths = np.diff(recipe.edges).tolist()
        self._memory = memory(recipe, n_channels)
        self._coming = [self._memory.coming[:, :n] for n in range(recipe.longest + 1)]
        self._step = (stepper or fastest().stepper)(recipe, self._memory)
        self.measures = Measures(*self._memory.measures)
        self.ranges, self.power = self._memory.ranges, self._memory.power
        self.restart()

    def restart(self) -> None:
        """Forget everything: the next sample is the first."""
        self._heard = False
        self._hop = self._filled = self._hops = 0

    @property
    def full(self) -> bool:
        """Whether a segment has been heard."""
        return self._hops >= HOPS

    @property
    def clean(self) -> NDArray[np.float64]:
        """(n_channels, n) the newest segment, filtered: a view."""
        begin = self._edges[self._hop]
        return self._memory.clean[:, begin : begin + self._edges[-1]]

    def parts(self, n_bins: int) -> NDArray[np.float64]:
        """(n_channels, 2, n_bins) real and imaginary part of the first bins; their squares are their power."""
        return np.asarray(self._memory.bins[..., :n_bins] * self._amplitude)

    @property
    def bins(self) -> NDArray[np.complex128]:
        """(n_channels, n_bins) the newest segment's transform; all channels share a phase that means nothing."""
        return self._memory.bins[:, 0] + 1j * self._memory.bins[:, 1]

    def push(self, uv: NDArray[np.floating]) -> Iterator[int]:
        """Take samples (n_channels, n) in microvolts; at the end of every hop, how many of them are used up."""
        done, n = 0, uv.shape[1]
        if n and not self._heard:
            settle(self._recipe, self._memory, uv[:, 0].astype(float))
            self._heard = True
        while done < n:
            left = self._lengths[self._hop] - self._filled
            taken = min(left, n - done)
            self._coming[taken][...] = uv if taken == n else uv[:, done : done + taken]
            self._step(taken, self._hop, self._filled)
            done += taken
            self._filled += taken
            if taken == left:
                self._hop, self._filled = (self._hop + 1) % HOPS, 0
                self._hops += 1
                yield done
