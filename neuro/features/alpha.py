"""The frequency of a person's own alpha rhythm, and bands that follow it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.bands import BANDS, TOTAL_HZ
from neuro.features.aperiodic import aperiodic
from neuro.features.powers import Band

SEARCH_HZ = (6.0, 13.5)  # from 6 Hz, for children's alpha is slower than adults'
LEAST_DB = 1.5  # above the aperiodic line; over 60 s of 1/f noise fewer than 1 in 100 peaks stand higher
_AROUND_HZ = 2.0  # of the peak: what the centre of gravity weighs
_USUAL_HZ = 10.0
_SMOOTH = np.array([0.25, 0.5, 0.25])


@dataclass(frozen=True, slots=True)
class Alpha:
    """A person's alpha rhythm.

    centre_hz: centre of gravity of what rises above the aperiodic line, within 2 Hz of the peak
    peak_hz:   where it is highest
    height_db: how far it rises there
    """

    centre_hz: float
    peak_hz: float
    height_db: float

    @property
    def bands(self) -> dict[str, Band]:
        """Heron's bands moved in proportion, so that they are the usual ones at 10 Hz; none reaches above 20 Hz.

        Source: Doppelmayr et al. 1998, Biol Cybern 79:49 (bands as shares of the own alpha frequency); the shares are
        our own choice.
        """
        share = self.centre_hz / _USUAL_HZ
        return {name: (low * share, min(high * share, TOTAL_HZ[1])) for name, (low, high) in BANDS.items()}


def individual_alpha(hz: NDArray[np.float64], density: NDArray[np.float64]) -> Alpha | None:
    """The alpha of spectra (n_channels, n_bins) above 0 in microvolts squared per Hz, at rest; None where no peak is.

    Channels are joined by their geometric mean: none is heard for being loud. Those that are NaN are left out.
    Source: Klimesch 1999, Brain Res Rev 29:169 (centre of gravity beside the peak); Corcoran et al. 2018,
    Psychophysiology 55:e13064 (smooth, then demand a peak that stands out).
    """
    known = density[np.isfinite(density).all(axis=1)]
    if len(known) == 0:
        return None
    joined = np.exp(np.log(known).mean(axis=0))
    line = aperiodic(hz, joined).density(hz)
    above_db = np.convolve(10 * np.log10(joined / line), _SMOOTH, mode="same")
    peak = _highest(hz, above_db)
    if peak is None:
        return None
    near = np.abs(hz - hz[peak]) <= _AROUND_HZ
    rise = np.maximum(joined - line, 0.0)[near]
    centre_hz = float((hz[near] * rise).sum() / rise.sum())
    return Alpha(centre_hz, float(hz[peak] + _between_bins(above_db, peak) * (hz[1] - hz[0])), float(above_db[peak]))


def _highest(hz: NDArray[np.float64], above_db: NDArray[np.float64]) -> int | None:
    """The bin of the highest local maximum in the range of alpha that is high enough."""
    inside = np.flatnonzero((hz >= SEARCH_HZ[0]) & (hz <= SEARCH_HZ[1]))
    tops = [i for i in inside.tolist() if above_db[i - 1] <= above_db[i] >= above_db[i + 1]]
    best = max(tops, key=lambda i: above_db[i], default=None)
    return best if best is not None and above_db[best] >= LEAST_DB else None


def _between_bins(y: NDArray[np.float64], i: int) -> float:
    """Where the parabola through bin i and its neighbours is highest, -0.5..0.5 bins from i."""
    bend = y[i - 1] - 2 * y[i] + y[i + 1]
    return 0.0 if bend == 0 else float(0.5 * (y[i - 1] - y[i + 1]) / bend)
