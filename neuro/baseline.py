"""What is usual for this player at rest today; everything is measured against it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.types import HOP_HZ

MIN_SECONDS = 5.0  # of clean rest; less says nothing
TRUSTED_SECONDS = 10.0  # of clean rest; trust grows up to here
PRIOR_SECONDS = 20.0  # the spread of other people counts as much as this much of the player's own rest
FARTHEST = 6.0  # robust standard deviations; further away is a disturbance, not a mind
MUSCLE_SPREADS = 3.0
MUSCLE_DB = 5.0  # the least rise at 30-45 Hz that is called muscle
SUDDEN_Z = np.array([[6.0], [4.0]])  # peak to peak, power above 30 Hz: see docs/signals.md for what they catch
SUDDEN_SPREAD = np.array([[3.0], [1.0]])  # uV and dB, the least: half of what the steadiest of EEGMAT have
SUDDEN_SHARE = 1 / 8  # of the channels, and at least one: chance strikes one of many sooner than one of few
LINGERS_S = 2.0  # band powers look back on 4 s, the power of muscle on 2 s


@dataclass(frozen=True, slots=True)
class Baseline:
    """Medians and robust spreads of clean rest.

    channels: their names, in the order of the rows
    centre:   (n_channels, n_bands) medians of the logarithms of relative band powers
    spread:   (n_channels, n_bands) their median absolute deviation x 1.4826, shrunk to what is usual
    muscle_db, muscle_spread_db: median and spread of the power at 30-45 Hz
    sudden, sudden_spread: (2, n_channels) medians and spreads of what the last 0.5 s hold, as in `Quality`
    seconds:  how much clean rest it rests on
    """

    channels: tuple[str, ...]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    muscle_db: float
    muscle_spread_db: float
    sudden: NDArray[np.float64]
    sudden_spread: NDArray[np.float64]
    seconds: float

    def z(self, steady: NDArray[np.float64], usable: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Log relative powers (n_channels, n_bands) to (n_bands,) deviations from rest.

        The mean over the usable channels: it means the same on 2 channels and on 64, wherever they sit.
        """
        z = np.minimum(np.maximum((steady - self.centre) / self.spread, -FARTHEST), FARTHEST)
        return np.asarray(z[usable].sum(axis=0) / usable.sum())

    def is_muscle(self, muscle_db: float) -> bool:
        """Whether jaw or forehead are tighter than at rest."""
        return muscle_db - self.muscle_db > max(MUSCLE_DB, MUSCLE_SPREADS * self.muscle_spread_db)

    def is_sudden(self, sudden: NDArray[np.float64], good: NDArray[np.bool_]) -> bool:
        """Whether the last 0.5 s (2, n_channels) of the good channels hold a blink, a jolt or a burst of muscle."""
        far = ((sudden - self.sudden) / self.sudden_spread >= SUDDEN_Z).any(axis=0) & good
        return bool(far.any() and far.sum() >= SUDDEN_SHARE * good.sum())

    @property
    def trust(self) -> float:
        """0..1: how far a baseline of so many seconds carries."""
        return min(1.0, self.seconds / TRUSTED_SECONDS)

    def to_json(self) -> dict[str, object]:
        """Plain numbers for the store."""
        return {
            "channels": list(self.channels),
            "centre": self.centre.tolist(),
            "spread": self.spread.tolist(),
            "muscle_db": self.muscle_db,
            "muscle_spread_db": self.muscle_spread_db,
            "sudden": self.sudden.tolist(),
            "sudden_spread": self.sudden_spread.tolist(),
            "seconds": self.seconds,
        }


class Tension:
    """Jaw or forehead are tight, or were within the 4 s that the band powers look back on."""

    def __init__(self) -> None:
        self._until_s = -np.inf

    def __call__(self, t_s: float, is_muscle: bool) -> bool:
        """Take each moment, oldest first, and whether it is muscle by itself."""
        if is_muscle:
            self._until_s = t_s + LINGERS_S
        return t_s < self._until_s + 0.5 / HOP_HZ


class Rest:
    """Collects clean moments of rest, ten a second."""

    def __init__(self, channels: tuple[str, ...], usual_spread: NDArray[np.float64]) -> None:
        """usual_spread: (n_bands,) a typical spread at rest, from the model's training people."""
        self._channels = channels
        self._usual = usual_spread
        self._steady: list[NDArray[np.float64]] = []
        self._muscle: list[float] = []
        self._sudden: list[NDArray[np.float64]] = []

    def add(self, steady: NDArray[np.float64], muscle_db: float, sudden: NDArray[np.float64]) -> None:
        """Take one clean moment: log relative powers (n_channels, n_bands), and the rest as in `Quality`."""
        self._steady.append(steady)
        self._muscle.append(muscle_db)
        self._sudden.append(sudden)

    def baseline(self) -> Baseline | None:
        """What was usual; None after too little clean rest."""
        seconds = len(self._steady) / HOP_HZ
        if seconds < MIN_SECONDS:
            return None
        steady = np.stack(self._steady)
        own = seconds / (seconds + PRIOR_SECONDS)
        centre, spread = _robust(steady)
        muscle, muscle_spread = _robust(np.array(self._muscle))
        sudden, sudden_spread = _robust(np.stack(self._sudden))
        return Baseline(
            channels=self._channels,
            centre=centre,
            spread=own * spread + (1 - own) * self._usual,
            muscle_db=float(muscle),
            muscle_spread_db=float(muscle_spread),
            sudden=sudden,
            sudden_spread=np.maximum(sudden_spread, SUDDEN_SPREAD),
            seconds=seconds,
        )


def _robust(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Median and median absolute deviation x 1.4826 (the standard deviation of a normal) along the first axis."""
    centre = np.median(x, axis=0)
    return np.asarray(centre), np.asarray(1.4826 * np.median(np.abs(x - centre), axis=0))
