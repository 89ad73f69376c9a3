"""What each channel has of its own: less what it shares with its neighbours, as volume conduction spreads it."""

import numpy as np
from numpy.typing import NDArray

from neuro.spectrum import FLOOR_UV2, HZ

N_BANDS = 15
"""Bands of 3 Hz from 0 to 45 Hz: rhythms are shared in their own ways."""

REACH_RAD = 1.0
"""On a head of radius 1, the angle at which two channels share 1/e. At rest those of EEGMAT correlate by .71 at .45,
.51 at 1.05 and .29 at 1.95 rad (own measurement)."""

PRIOR_S = 60.0
"""What places say counts as much as this much of the own rest: more of the own would fit that minute alone, and any
other recording would then look unlike it (docs/why/0027)."""

LOOSE = 0.1  # of a channel's power is taken for its own; own choice

Floats = NDArray[np.float64]


def covariance_at_rest(
    bins: NDArray[np.floating], clean: NDArray[np.bool_], places: NDArray[np.floating], seconds: float
) -> Floats:
    """(N_BANDS, n_channels, n_channels) square microvolts: what channels share, drawn to what their places say.

    bins:   (n, n_channels, 2, n_hz) of moments at rest, real and imaginary, as `neuro.tokens.Tokens` has them
    clean:  (n, n_channels) what may be looked at; a channel that never was is described by all that there is
    places: (n_channels, N_PLACE)
    """
    kept = np.where(clean.any(axis=0), clean, True)  # (n, n_channels)
    some = np.where(kept[..., None, None], bins, 0.0).reshape(*kept.shape, 2, N_BANDS, -1)
    by_band = np.moveaxis(some, (3, 1), (0, 1)).reshape(N_BANDS, len(places), -1).astype(float)
    shared = by_band @ by_band.swapaxes(1, 2)
    size = np.sqrt(np.maximum(np.einsum("bcc->bc", shared), FLOOR_UV2))
    own = seconds / (seconds + PRIOR_S)
    alike = own * shared / (size[:, :, None] * size[:, None]) + (1 - own) * _by_places(places)
    uv = size / np.sqrt(np.maximum(kept.sum(axis=0), 1) * (len(HZ) // N_BANDS))
    return np.asarray((alike + LOOSE * np.eye(len(places))) * uv[:, :, None] * uv[:, None])


def unmixing(covariance: Floats, good: NDArray[np.bool_]) -> Floats:
    """(N_BANDS, n_channels, n_channels) rows that leave each channel what is its own, with a power near 1 a bin.

    The nearest to the channels themselves of all that make them uncorrelated. What the good (n_channels,) say of a
    channel that is bad stands for it.

    Source: Kessy et al. 2018, Am Stat 72:309 (ZCA-cor); the best linear guess of a bad channel is our own choice.
    """
    uv = np.sqrt(np.einsum("bcc->bc", covariance))  # (N_BANDS, n_channels)
    values, vectors = np.linalg.eigh(covariance / (uv[:, :, None] * uv[:, None]))
    rows = (vectors / np.sqrt(values)[:, None]) @ vectors.swapaxes(1, 2) / uv[:, None]
    if good.all():
        return np.asarray(rows)
    left: Floats = np.zeros_like(rows)
    if good.any():
        guess = np.linalg.solve(covariance[:, good][:, :, good], covariance[:, good][:, :, ~good])
        left[:, :, good] = rows[:, :, good] + rows[:, :, ~good] @ guess.swapaxes(1, 2)
    return left


def unmixed(bins: NDArray[np.floating], rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """(n_channels, ..., n_hz) power of what is each channel's own, of bins (n_channels, ..., 2, n_hz)."""
    n, width = len(bins), len(HZ) // N_BANDS
    by_band = bins.reshape(n, -1, N_BANDS, width).transpose(2, 0, 1, 3).reshape(N_BANDS, n, -1)
    own = (rows @ by_band).reshape(N_BANDS, n, -1, 2, width)
    own *= own
    power = own[:, :, :, 0] + own[:, :, :, 1]  # (N_BANDS, n_channels, ..., width)
    return np.asarray(power.transpose(1, 2, 0, 3).reshape(*bins.shape[:-2], len(HZ)))


def gains(rows: Floats) -> Floats:
    """(n_hz, n_channels, n_channels) how much of each channel's power comes into which, where nothing is shared."""
    return np.repeat(rows**2, len(HZ) // N_BANDS, axis=0)


def _by_places(places: NDArray[np.floating]) -> Floats:
    """(n_channels, n_channels) what channels share by where they sit; nothing where nobody knows where."""
    at = places[:, :3].astype(float)
    known = (places[:, 3] > 0).astype(float)
    alike = np.exp(-np.arccos(np.clip(at @ at.T, -1.0, 1.0)) / REACH_RAD) * np.outer(known, known)
    np.fill_diagonal(alike, 1.0)
    return np.asarray(alike)
