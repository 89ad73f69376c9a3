"""One study of one recipe: every split, montage, baseline and control."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance

from neuro.learn import evaluate, metrics
from neuro.learn.data import BASELINE_S, Person, eegmat
from neuro.learn.evaluate import Done, M, Model, Teach, across, figures, taught
from neuro.learn.folds import FOLDS, Fold, hold_out, k_fold, leave_one_out
from neuro.learn.metrics import Judged

BAND = ("Fp1", "Fp2", "T5", "T6")
"""The montage of a headband, on which most is judged."""

MONTAGES: Mapping[str, tuple[str, ...] | None] = {
    "2: Fp1 Fp2": ("Fp1", "Fp2"),
    "4: Fp1 Fp2 T5 T6": BAND,
    "8: Fp1 Fp2 C3 C4 T5 T6 O1 O2": ("Fp1", "Fp2", "C3", "C4", "T5", "T6", "O1", "O2"),
    "19: all": None,
}
EXCHANGED = "half a minute of the task as the baseline"
USUAL = "4: Fp1 Fp2 T5 T6"
TEACHING = "19: all"
BASELINES_S = (30.0, 60.0, 120.0)
FLIPS = 2
EXCHANGED_S = 30.0

Numbers = dict[str, Any]
Pairs = Sequence[tuple[Path, Path]]


@dataclass(frozen=True, slots=True)
class Cohort:
    """The same people, in the same order, with several montages, and with several baselines of the usual one.

    exchanged: with the usual montage, against the first EXCHANGED_S of the task
    """

    montages: Mapping[str, Sequence[Person]]
    baselines: Mapping[float, Sequence[Person]]
    exchanged: Sequence[Person]

    @property
    def teaching(self) -> Sequence[Person]:
        """As the recipe takes them: all sensors; it draws montages itself."""
        return self.montages[TEACHING]

    @property
    def judged(self) -> Sequence[Person]:
        return self.montages[USUAL]


def cohort(pairs: Pairs, read: Callable[[], None]) -> Cohort:
    """Everybody, read for each montage and each baseline; `read` is told of each reading of everybody."""
    montages = {}
    for name, channels in MONTAGES.items():
        montages[name] = list(eegmat(list(pairs), channels))
        read()
    baselines = {}
    for seconds in BASELINES_S:
        same = seconds == BASELINE_S
        baselines[seconds] = montages[USUAL] if same else list(eegmat(list(pairs), BAND, seconds))
        read()
    exchanged = list(eegmat(list(pairs), BAND, EXCHANGED_S, exchanged=True))
    read()
    return Cohort(montages, baselines, exchanged)


READINGS = len(MONTAGES) + len(BASELINES_S) + 1


def models_to_make(people: int) -> int:
    """How often `study` teaches."""
    return people + FOLDS + 1 + FOLDS + FLIPS * FOLDS + FOLDS


def study(found: Cohort, teach: Teach[M], rng: Generator, done: Done) -> tuple[Numbers, list[M]]:
    """Figures of everything but harm, as plain numbers, and the models of leaving one out."""
    people = found.teaching
    folds = leave_one_out(len(people))
    models = taught(people, folds, teach, done)
    usual = across(models, folds, found.judged)
    numbers: Numbers = {
        "people": len(people),
        "channels": list(found.judged[0].channels),
        "resamples": metrics.RESAMPLES,
        "schemes": _schemes(found, usual, teach, rng, done),
        "montages": {
            name: figures(across(models, folds, read), rng).to_json() for name, read in found.montages.items()
        },
        "ungated": {
            name: figures(across(models, folds, [evaluate.ungated(one) for one in read]), rng).to_json()
            for name, read in found.montages.items()
        },
        "baselines": _baselines(found, models, folds, rng),
        "controls": _controls(found, teach, rng, done)
        | {EXCHANGED: figures(across(models, folds, found.exchanged), rng).to_json()},
        "reliability": [asdict(one) for one in metrics.reliability(evaluate.calibrated(usual))],
        "risk_coverage": metrics.risk_coverage(usual),
    }
    return numbers, models


def _schemes(found: Cohort, usual: Judged, teach: Teach[M], rng: Generator, done: Done) -> Numbers:
    n = len(found.teaching)
    six, quarter = k_fold(n, rng), hold_out(n, rng)
    return {
        "leave one out": figures(usual, rng).to_json(),
        "six groups": figures(across(taught(found.teaching, six, teach, done), six, found.judged), rng).to_json(),
        "held out": figures(
            across(taught(found.teaching, quarter, teach, done), quarter, found.judged), rng
        ).to_json(),
        "leaky: windows of the same people on both sides": figures(
            evaluate.leaky_split(found.teaching, found.judged, rng, teach, done), rng
        ).to_json(),
    }


def _baselines(found: Cohort, models: Sequence[Model], folds: Sequence[Fold], rng: Generator) -> Numbers:
    longest = found.baselines[max(BASELINES_S)]
    first = [int(one.ends[one.engaged == 0].min()) for one in longest]
    told: Numbers = {"none": _late(_without_baseline(found.judged), first)}
    told |= {f"{seconds:g} s": _late(found.baselines[seconds], first) for seconds in BASELINES_S}
    return {name: figures(across(models, folds, people), rng).to_json() for name, people in told.items()}


def _late(people: Sequence[Person], first: Sequence[int]) -> list[Person]:
    """Only the windows of rest from so many tokens on, so that every baseline judges the same ones."""
    return [
        evaluate.only(one, (one.engaged == 1) | (one.ends >= begin)) for one, begin in zip(people, first, strict=True)
    ]


def _without_baseline(people: Sequence[Person]) -> list[Person]:
    """What is usual for the others stands in for the own rest."""
    centres = np.stack([one.centre for one in people])
    return [
        replace(one, centre=np.median(np.delete(centres, i, axis=0), axis=0), rest_s=0.0)
        for i, one in enumerate(people)
    ]


def _controls(found: Cohort, teach: Teach[M], rng: Generator, done: Done) -> Numbers:
    n = len(found.teaching)
    folds = k_fold(n, rng)
    mirrors = [evaluate.sign_control(found.teaching, found.judged, folds, rng, teach, done) for _ in range(FLIPS)]
    bare = [evaluate.no_brain(one) for one in found.teaching]
    models = taught(bare, folds, teach, done)
    no_brain = across(models, folds, [evaluate.no_brain(one) for one in found.judged])
    return {
        f"signs flipped at random, turn {turn + 1}": figures(one, rng).to_json() for turn, one in enumerate(mirrors)
    } | {"only 1-3 and 31-45 Hz: blinks, movement, muscle": figures(no_brain, rng).to_json()}
