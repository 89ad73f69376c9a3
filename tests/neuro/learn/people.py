"""People whose minds are known: spectra with an effect of the task that we chose."""

import numpy as np
from numpy.typing import NDArray

from neuro.learn.data import Person, Stretch, person
from neuro.pipeline import Moment
from neuro.quality import Quality
from neuro.spectrum import HZ
from neuro.tokens import STEP_HOPS, Spectra
from neuro.types import HOP_HZ

CHANNELS = ("AF7", "AF8")
BASELINE_S = 20.0

_OPEN = np.ones(len(CHANNELS), bool)


def moments(rng: np.random.Generator, seconds: float, shift: float = 0.0, muscle_db: float = 0.0) -> list[Moment]:
    """Ten a second; alpha is lower by `shift` natural logarithms. Drawn anew every half second."""
    spectra, found = Spectra(len(CHANNELS)), []
    usual = 100.0 / np.maximum(HZ, 0.5)
    for hop in range(round(seconds * HOP_HZ)):
        if hop % STEP_HOPS == 0:
            power = usual * rng.gamma(3, 1 / 3, (len(CHANNELS), len(HZ)))
            power[:, (HZ >= 7) & (HZ < 13)] *= np.exp(-shift)
            phase = rng.uniform(0, 2 * np.pi, power.shape)
            bins = np.sqrt(power)[:, None] * np.stack([np.cos(phase), np.sin(phase)], axis=1)
        tokens = spectra(bins, _OPEN)
        if spectra.full:
            found.append(Moment(hop / HOP_HZ, tokens, _quality(rng, muscle_db), _OPEN, True))
    return found


def _quality(rng: np.random.Generator, muscle_db: float) -> Quality:
    sudden = np.array([[30.0, 30.0], [muscle_db, muscle_db]])
    return Quality(("good", "good"), _OPEN, _OPEN, True, False, muscle_db + 0.1 * rng.standard_normal(), sudden)


def stretch(moments: list[Moment], engaged: float, eyes: NDArray[np.float64] | None = None) -> Stretch:
    return Stretch(moments, np.full(len(moments), engaged), eyes)


def somebody(rng: np.random.Generator, number: int, shift: float) -> Person:
    """Whose alpha falls under the task."""
    at_rest, at_task = stretch(moments(rng, 60), 0.0), stretch(moments(rng, 40, shift), 1.0)
    return person(f"Subject{number:02}", CHANNELS, [at_rest, at_task], BASELINE_S)


def people(n: int, shift: float, seed: int = 1) -> list[Person]:
    rng = np.random.default_rng(seed)
    return [somebody(rng, i, shift) for i in range(n)]
