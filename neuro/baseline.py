"""What is usual for this player at rest today; everything is measured against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.scalp import places
from neuro.spectrum import mean_where, own_alpha_hz, own_bins, shape_of
from neuro.tokens import STEP_HOPS, STEPS
from neuro.types import HOP_HZ
from neuro.unmix import covariance_at_rest, unmixed, unmixing

MIN_SECONDS = 5.0  # of clean rest; less says nothing
TRUSTED_SECONDS = 10.0  # of clean rest; trust grows up to here
PRIOR_SECONDS = 20.0  # the spread of other people counts as much as this much of the player's own rest
TRIMMED = 0.1  # of the tokens of rest, at either end
FARTHEST = 6.0  # robust standard deviations; further away is a disturbance, not a mind
MUSCLE_SPREADS = 3.0
MUSCLE_DB = 5.0  # the least rise at 30-45 Hz that is called muscle
SUDDEN_Z = np.array([[6.0], [4.0]])  # peak to peak, power above 30 Hz: see docs/signals.md for what they catch
SUDDEN_SPREAD = np.array([[3.0], [1.0]])  # uV and dB, the least: half of what the steadiest of EEGMAT have
SUDDEN_SHARE = 1 / 8  # of the channels, and at least one: chance strikes one of many sooner than one of few
EYES_SPREAD = np.array([0.1, 0.1, 0.2, 0.05, 0.03, 0.03])
"""The least, as `neuro.eyes.tokens.NAMES`: logs of screens, a share, millimetres. Half of a simulated player's."""

LINGERS_S = 2.0  # tokens look back on 4 s, the power of muscle on 2 s


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual and how far it scatters, of clean rest.

    channels: their names, in the order of the rows
    alpha_hz: where the own alpha is; bins follow it
    covariance: (N_BANDS, n_channels, n_channels) what channels share, as in `neuro.unmix`
    centre:   (n_channels, 2, N_NUMBERS) trimmed means of what the spectra of the channels' own became, as in
              `shape_of`: of the mean of 4 s, and of a token
    spread:   (n_channels, 2, N_NUMBERS) their median absolute deviation x 1.4826, shrunk to what is usual
    muscle_db, muscle_spread_db: median and spread of the power at 30-45 Hz
    sudden, sudden_spread: (2, n_channels) medians and spreads of what the last 0.5 s hold, as in `Quality`
    seconds:  how much clean rest it rests on
    eyes:     (2, 6) medians and spreads of eye tokens at rest; None where too little was seen of the eyes
    """

    channels: tuple[str, ...]
    alpha_hz: float
    covariance: NDArray[np.float64]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    muscle_db: float
    muscle_spread_db: float
    sudden: NDArray[np.float64]
    sudden_spread: NDArray[np.float64]
    seconds: float
    eyes: NDArray[np.float64] | None = None

    def eyes_z(self, tokens: NDArray[np.float64]) -> NDArray[np.float64]:
        """Eye tokens (..., 6) to as many deviations from rest; NaN where they, or the eyes at rest, are not known."""
        if self.eyes is None:
            return tokens * np.nan
        centre, spread = self.eyes
        return np.asarray(np.minimum(np.maximum((tokens - centre) / spread, -FARTHEST), FARTHEST))

    def is_muscle(self, muscle_db: float) -> bool:
        """Whether jaw or forehead are tighter than at rest."""
        return muscle_db - self.muscle_db > max(MUSCLE_DB, MUSCLE_SPREADS * self.muscle_spread_db)

    def is_sudden(self, sudden: NDArray[np.float64], good: NDArray[np.bool_]) -> bool:
        """Whether the last 0.5 s (2, n_channels) of the good channels hold a blink, a jolt or a burst of muscle."""
        peaks, bursts = (sudden - self.sudden) / self.sudden_spread >= SUDDEN_Z
        n_far = np.count_nonzero((peaks | bursts) & good)
        return bool(n_far) and bool(n_far >= SUDDEN_SHARE * np.count_nonzero(good))

    @property
    def trust(self) -> float:
        """0..1: how far a baseline of so many seconds carries."""
        return min(1.0, self.seconds / TRUSTED_SECONDS)

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Baseline":
        """What `to_json` gave. Raises: KeyError, ValueError: it is another Heron's."""
        arrays = ("covariance", "centre", "spread", "sudden", "sudden_spread")
        eyes = stored["eyes"]
        return Baseline(
            channels=tuple(stored["channels"]),
            alpha_hz=stored["alpha_hz"],
            muscle_db=stored["muscle_db"],
            muscle_spread_db=stored["muscle_spread_db"],
            seconds=stored["seconds"],
            eyes=None if eyes is None else np.array(eyes),
            **{name: np.array(stored[name]) for name in arrays},
        )

    def to_json(self) -> dict[str, object]:
        """Plain numbers for the store."""
        return {
            "channels": list(self.channels),
            "alpha_hz": self.alpha_hz,
            "covariance": self.covariance.tolist(),
            "centre": self.centre.tolist(),
            "spread": self.spread.tolist(),
            "muscle_db": self.muscle_db,
            "muscle_spread_db": self.muscle_spread_db,
            "sudden": self.sudden.tolist(),
            "sudden_spread": self.sudden_spread.tolist(),
            "seconds": self.seconds,
            "eyes": None if self.eyes is None else self.eyes.tolist(),
        }


class Tension:
    """Jaw or forehead are tight, or were within the 4 s that the tokens look back on."""

    def __init__(self) -> None:
        self._until_s = -np.inf

    def __call__(self, t_s: float, is_muscle: bool) -> bool:
        """Take each moment, oldest first, and whether it is muscle by itself."""
        if is_muscle:
            self._until_s = t_s + LINGERS_S
        return t_s < self._until_s + 0.5 / HOP_HZ


class Rest:
    """Collects clean moments of rest, ten a second."""

    def __init__(self, channels: tuple[str, ...], usual_spread: NDArray[np.float64] | None) -> None:
        """usual_spread: (2, N_NUMBERS) of the model's training people; None leaves the own spread as it is."""
        self._channels = channels
        self._usual = usual_spread
        self._bins: list[NDArray[np.float32]] = []
        self._clean: list[NDArray[np.bool_]] = []
        self._good: list[NDArray[np.bool_]] = []
        self._muscle: list[float] = []
        self._sudden: list[NDArray[np.float64]] = []
        self._eyes: list[NDArray[np.float64]] = []

    def add(
        self,
        bins: NDArray[np.floating],
        clean: NDArray[np.bool_],
        good: NDArray[np.bool_],
        muscle_db: float,
        sudden: NDArray[np.float64],
        eyes: NDArray[np.float64] | None = None,
    ) -> None:
        """Take one calm moment.

        bins, clean: the newest transform (n_channels, 2, n_hz), and where it is clean (n_channels,)
        good:        (n_channels,) which channels carry a signal at all
        muscle_db, sudden: as in `Quality`; eyes: the newest eye token (6,), NaN where they were not seen
        """
        self._bins.append(bins.astype(np.float32))
        self._clean.append(clean)
        self._good.append(good)
        self._muscle.append(muscle_db)
        self._sudden.append(sudden)
        if eyes is not None and np.isfinite(eyes).all():
            self._eyes.append(eyes)

    def baseline(self) -> Baseline | None:
        """What was usual; None after too little clean rest."""
        seconds = len(self._bins) / HOP_HZ
        if seconds < MIN_SECONDS:
            return None
        bins, clean, good = np.stack(self._bins), np.stack(self._clean), np.stack(self._good)
        alpha_hz = own_alpha_hz(mean_where((bins**2).sum(axis=2).swapaxes(0, 1), clean.T))
        covariance = covariance_at_rest(bins, clean & good, places(self._channels), seconds)
        centre, spread = usual_at_rest(own_power(bins, covariance, good) @ own_bins(alpha_hz), clean, STEP_HOPS)
        muscle, muscle_spread = robust(np.array(self._muscle))
        sudden, sudden_spread = robust(np.stack(self._sudden))
        return Baseline(
            channels=self._channels,
            alpha_hz=alpha_hz,
            covariance=covariance,
            centre=centre,
            spread=spread if self._usual is None else shrunk(spread, self._usual, seconds),
            muscle_db=float(muscle),
            muscle_spread_db=float(muscle_spread),
            sudden=sudden,
            sudden_spread=np.maximum(sudden_spread, SUDDEN_SPREAD),
            seconds=seconds,
            eyes=self._eyes_at_rest(),
        )

    def _eyes_at_rest(self) -> NDArray[np.float64] | None:
        if len(self._eyes) < MIN_SECONDS * HOP_HZ:
            return None
        centre, spread = robust(np.stack(self._eyes))
        return np.stack([centre, np.maximum(spread, EYES_SPREAD)])


def own_power(
    bins: NDArray[np.floating], covariance: NDArray[np.float64], good: NDArray[np.bool_]
) -> NDArray[np.floating]:
    """(n, n_channels, n_hz) of what is each channel's own, of moments (n, n_channels, 2, n_hz); good (n, n_channels)
    then."""
    power = np.empty((*bins.shape[:2], bins.shape[-1]), bins.dtype)
    kinds, kind_of = np.unique(good, axis=0, return_inverse=True)
    kind_of = kind_of.ravel()  # NumPy 2.0 has it as a column
    for number, kind in enumerate(kinds):
        some = kind_of == number
        rows = unmixing(covariance, kind).astype(bins.dtype)
        power[some] = unmixed(bins[some].swapaxes(0, 1), rows).swapaxes(0, 1)
    return power


def away(shape: NDArray[np.float64], centre: NDArray[np.float64], spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spectra as `shape_of` to deviations, each against its centre in spreads."""
    far = shape - centre
    far /= spread
    return np.minimum(np.maximum(far, -FARTHEST, out=far), FARTHEST, out=far)


def usual_at_rest(
    own: NDArray[np.floating], clean: NDArray[np.bool_], every: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Centre and spread, (n_channels, 2, N_NUMBERS) each, of the mean of 4 s, and of a token at rest.

    own, clean: (n, n_channels, n_bins) and (n, n_channels), oldest first; `every` so many a token of a window
    """
    reach = np.arange(STEPS) * every
    rows = np.arange(max(len(own) - reach[-1], 1))[:, None] + np.minimum(reach, len(own) - 1)
    means = mean_where(own[rows].swapaxes(1, 2), clean[rows].swapaxes(1, 2))  # (n, n_channels, n_bins)
    both = (means, clean[rows].any(axis=1)), (own, clean)
    centre, spread = zip(*(robust_where(shape_of(power), seen) for power, seen in both), strict=True)
    return np.stack(centre, axis=1), np.stack(spread, axis=1)


def robust_where(
    shape: NDArray[np.float64], clean: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Trimmed mean and robust spread (n_channels, k) of tokens (n, n_channels, k) where clean (n, n_channels).

    A channel that was never clean is described by all that there is: its quality says not to believe it. Of clean
    tokens a trimmed mean says more than a median, whose error every later deviation would share.
    """
    rows = [shape[clean[:, i], i] if clean[:, i].any() else shape[:, i] for i in range(shape.shape[1])]
    spread = np.stack([robust(row)[1] for row in rows])
    centre = np.stack([trimmed_mean(row) for row in rows])
    return centre, (spread + np.median(spread)) / 2  # a minute says little of one bin; half is what all bins say


def trimmed_mean(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean along the first axis without the tenth that is least and the tenth that is largest."""
    n_off = int(len(x) * TRIMMED)
    return np.asarray(np.sort(x, axis=0)[n_off : len(x) - n_off].mean(axis=0))


def shrunk(spread: NDArray[np.float64], usual_spread: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    """The own spread (n_channels, 2, k), drawn to what is usual (2, k) the more, the shorter the rest was."""
    own = seconds / (seconds + PRIOR_SECONDS)
    return np.asarray(own * spread + (1 - own) * usual_spread)


def robust(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Median and median absolute deviation x 1.4826 (the standard deviation of a normal) along the first axis."""
    centre = np.median(x, axis=0)
    return np.asarray(centre), np.asarray(1.4826 * np.median(np.abs(x - centre), axis=0))
