"""People whose minds are known, as tokens: one rhythm falls under the task by as much as we chose."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from neuro.baseline import own_power, usual_at_rest
from neuro.learn.data import Person, Windows, usual_spread, windows
from neuro.scalp import places
from neuro.scorer import N_EYES
from neuro.spectrum import BINS_HZ, HZ, USUAL_ALPHA_HZ, own_bins
from neuro.tokens import STEPS
from neuro.unmix import covariance_at_rest

CHANNELS = ("Fp1", "Fp2")
RHYTHM = 4
"""The bin that falls, 9-11 Hz."""

REST, TASK, BASELINE = 240, 120, 110
"""Tokens: two minutes of rest, one of the task, and how many of the rest are the baseline."""


def person(rng: np.random.Generator, number: int, effect: float, jump: float = 0.0) -> Person:
    """Somebody whose rhythm falls by so many spreads; jump: how much else differs in the other recording."""
    n = REST + TASK
    log = 0.3 * rng.standard_normal((n, len(CHANNELS), len(BINS_HZ)))
    log[REST:, :, RHYTHM] -= 0.3 * effect
    log[REST:] += 0.3 * jump * rng.standard_normal(len(BINS_HZ))
    bins, clean = _bins(rng, log), np.ones((n, len(CHANNELS)), bool)
    covariance = covariance_at_rest(bins[:BASELINE], clean[:BASELINE], places(CHANNELS), BASELINE / 2)
    power = (own_power(bins, covariance, clean) @ own_bins(USUAL_ALPHA_HZ)).astype(np.float32)
    centre, spread = usual_at_rest(power[:BASELINE].astype(float), clean[:BASELINE], 1)
    ends = np.r_[np.arange(BASELINE + 8, REST), np.arange(REST + STEPS - 1, n)]
    return Person(
        name=f"Subject{number:02}",
        channels=CHANNELS,
        bins=bins,
        good=clean,
        alpha_hz=USUAL_ALPHA_HZ,
        covariance=covariance,
        power=power,
        clean=clean,
        centre=centre,
        spread=spread,
        rest_s=BASELINE / 2,
        ends=ends,
        engaged=(ends >= REST).astype(float),
        payable=np.ones(len(ends), bool),
        eyes=np.full((n, N_EYES), np.nan, np.float32),
    )


def _bins(rng: np.random.Generator, log: NDArray[np.float64]) -> NDArray[np.float32]:
    """(n, C, 2, n_hz) transforms of such power (n, C, n_bins), each bin with a phase of its own."""
    of_bin = np.clip((HZ - BINS_HZ[0][0]) // 2, 0, len(BINS_HZ) - 1).astype(int)
    phase = rng.uniform(0, 2 * np.pi, (*log.shape[:2], len(HZ)))
    unit = np.stack([np.cos(phase), np.sin(phase)], axis=2)
    return (unit * np.exp(log[:, :, None, of_bin] / 2)).astype(np.float32)


def people(n: int, effect: float, seed: int = 1, jump: float = 0.0) -> list[Person]:
    rng = np.random.default_rng(seed)
    return [person(rng, i, effect, jump) for i in range(n)]


class Linear:
    """Fisher's discriminant with a ridge on the mean spectrum: enough to be a model, and taught in no time."""

    def __init__(self, taught_by: Sequence[Person]) -> None:
        self._usual = usual_spread(taught_by)
        parts = [self.windows(one) for one in taught_by]
        spectra = np.concatenate([_spectra(part) for part in parts])
        engaged = np.concatenate([part.engaged for part in parts])
        rest, task = spectra[engaged == 0], spectra[engaged == 1]
        within = np.cov(rest, rowvar=False) + np.cov(task, rowvar=False) + 0.1 * np.eye(spectra.shape[1])
        self._weight = 2 * np.linalg.solve(within, task.mean(axis=0) - rest.mean(axis=0))
        self._middle = (task.mean(axis=0) + rest.mean(axis=0)) / 2

    def windows(self, someone: Person) -> Windows:
        return windows(someone, self._usual)

    def predict(self, some: Windows) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        odds = (_spectra(some) - self._middle) @ self._weight
        return odds, -np.abs(odds)


def _spectra(some: Windows) -> NDArray[np.float64]:
    return np.asarray(some.z[:, :, 0].mean(axis=1), float)
