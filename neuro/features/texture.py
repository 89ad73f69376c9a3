"""How rough the waves of the last 2 s are: Hjorth's parameters and spectral entropy, by the live kernel."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.features.stretches import Stretches
from neuro.filters import band_pass, mains_notch
from neuro.kernels import Hops, recipe
from neuro.types import Chunk, Headset

_KEPT_HZ = (1.0, 45.0)


class Texture(NamedTuple):
    """The last 2 s at 1-45 Hz, (n_channels,) each.

    t_s:          the newest sample
    entropy:      0..1, of the spectrum; 1 is flat
    activity_uv2: variance
    mobility_hz:  the frequency of a sine whose slope is as steep for its height
    complexity:   1 for a sine, more for anything else
    Source: Hjorth 1970, Electroencephalogr Clin Neurophysiol 29:306; Inouye et al. 1991, Electroencephalogr Clin
    Neurophysiol 79:204 (entropy).
    """

    t_s: float
    entropy: NDArray[np.float64]
    activity_uv2: NDArray[np.float64]
    mobility_hz: NDArray[np.float64]
    complexity: NDArray[np.float64]


class Textures:
    """The textures of one headset, ten times a second once 2 s have been seen."""

    def __init__(self, headset: Headset) -> None:
        rate_hz = headset.rate_hz
        steps = recipe(rate_hz, mains_notch(rate_hz).sos, band_pass(rate_hz, *_KEPT_HZ).sos, [_KEPT_HZ])
        self._hops = Hops(steps, len(headset.channels))
        self._hz = rate_hz / (2 * np.pi)
        self._stretches = Stretches()

    def __call__(self, chunk: Chunk) -> Iterator[Texture]:
        """Every texture that the chunk completes, oldest first."""
        for begins, stretch in self._stretches(chunk):
            if begins:
                self._hops.restart()
            for used in self._hops.push(stretch.uv):
                if self._hops.full:
                    yield self._texture(float(stretch.t_s[used - 1]))

    def _texture(self, t_s: float) -> Texture:
        now = self._hops.measures
        return Texture(t_s, now.entropy.copy(), now.activity.copy(), now.mobility * self._hz, now.complexity.copy())
