"""Band powers, and the ratios of bands that people ask for."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from neuro.bands import BANDS, TOTAL_HZ

Band = tuple[float, float]

ALL_BANDS: dict[str, Band] = {"delta": (1.0, 4.0), **BANDS, "high_beta": (20.0, 30.0), "gamma": (30.0, 45.0)}
"""In Hz, the lower edge within and the upper one not. Above 20 Hz muscle outweighs the brain: docs/why/0003."""


def band_power(hz: NDArray[np.float64], density: NDArray[np.float64], band: Band) -> NDArray[np.float64]:
    """Microvolts squared (...,) in a band of spectra (..., n_bins) in microvolts squared per Hz.

    A bin reaches from its frequency to the next, and counts as far as it lies in the band: the same bins as in
    neuro.bands where the edges are on them, and no jumps where a band follows a person.
    """
    low, high = band
    step_hz = hz[1] - hz[0]
    width_hz = np.clip(np.minimum(hz + step_hz, high) - np.maximum(hz, low), 0.0, step_hz)
    return np.asarray(density @ width_hz)


def band_powers(
    hz: NDArray[np.float64], density: NDArray[np.float64], bands: Mapping[str, Band]
) -> dict[str, NDArray[np.float64]]:
    """Microvolts squared (...,) in each band of spectra (..., n_bins)."""
    return {name: band_power(hz, density, band) for name, band in bands.items()}


def band_shares(
    hz: NDArray[np.float64], density: NDArray[np.float64], bands: Mapping[str, Band]
) -> dict[str, NDArray[np.float64]]:
    """What part of the power at 2-20 Hz each band holds: (...,), the same total as in neuro.bands."""
    total = band_power(hz, density, TOTAL_HZ)
    return {name: power / total for name, power in band_powers(hz, density, bands).items()}


def theta_beta(hz: NDArray[np.float64], density: NDArray[np.float64]) -> NDArray[np.float64]:
    """Theta / beta (...,): higher in a part of people with ADHD, no diagnosis, never paid.

    Source: Arns et al. 2013, J Atten Disord 17:374 (what it is, and how little it says). Beta ends at 20 Hz here.
    """
    power = band_powers(hz, density, BANDS)
    return power["theta"] / power["beta"]


def engagement(hz: NDArray[np.float64], density: NDArray[np.float64]) -> NDArray[np.float64]:
    """Beta / (alpha + theta) (...,): rises as a task demands more; over 20-40 s, for 4 s are too noisy.

    Source: Pope et al. 1995, Biol Psychol 40:187. Beta ends at 20 Hz here, against 22 Hz there.
    """
    power = band_powers(hz, density, BANDS)
    return power["beta"] / (power["alpha"] + power["theta"])
