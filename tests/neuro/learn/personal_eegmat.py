"""What an own model is worth on EEGMAT: `python -m tests.neuro.learn.personal_eegmat FOLDER`; prints JSON.

The first half of somebody's recordings, after the minute of rest that is the baseline, is learned from, as two
lessons; the second half is judged. The base is one of six models that were taught by other people alone. Rest and
task are two recordings, and both halves have some of each: what tells the recordings apart is learned, too, and no
mind need be in it. So the gain is the most that there can be.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from neuro.learn.config import Config
from neuro.learn.data import Person, eegmat, pairs
from neuro.learn.evaluate import Model, judged, only
from neuro.learn.export import to_onnx
from neuro.learn.folds import k_fold
from neuro.learn.lessons import Lesson
from neuro.learn.metrics import auc
from neuro.learn.personal import personal
from neuro.learn.running import Running
from neuro.learn.study import BAND
from neuro.learn.train import fit
from neuro.scorer import Scorer
from neuro.tokens import STEPS

SEED = 1
WAYS = ("base, no baseline of one's own", "base, own baseline", "own model")


def quarters(person: Person) -> list[NDArray[np.bool_]]:
    """Which windows (m,) are in each of four parts of rest and task by time; none reaches from one into the next."""
    found = []
    for number in range(4):
        chosen = np.zeros(len(person.ends), bool)
        for label in (0.0, 1.0):
            own = np.flatnonzero(person.engaged == label)
            edge = person.ends[own].min() + np.arange(5) * (np.ptp(person.ends[own]) + 1) / 4
            at = person.ends[own]
            chosen[own] = (at >= edge[number] + (STEPS - 1) * (number > 0)) & (at < edge[number + 1])
        found.append(chosen)
    return found


def aucs(people: Sequence[Person], there: Sequence[Person]) -> Iterator[tuple[int, list[float]]]:
    """Everybody's number, and AUC on the second half, by `WAYS`; people teach with all sensors, judged is `there`."""
    for fold in k_fold(len(people), np.random.default_rng(SEED)):
        base = to_onnx(fit([people[i] for i in fold.train], Config(), SEED), {})
        centre = np.median([there[i].centre for i in fold.train], axis=0)
        for i in fold.test:
            first, second, third, fourth = quarters(there[i])
            parts = [only(there[i], part) for part in (first, second)]
            own = personal(base, [Lesson(part, np.ones(len(part.ends))) for part in parts], SEED)
            models = [Running(Scorer(model)) for model in (base, own)]
            later = only(there[i], third | fourth)
            bare = replace(later, centre=centre, rest_s=0.0)
            yield i, [well(models[0], bare), well(models[0], later), well(models[1], later)]


def well(model: Model, person: Person) -> float:
    """AUC of one person."""
    return auc(judged(model, 0, model.windows(person)))


def known(of_people: NDArray[np.float64]) -> list[float]:
    """The mean, and its 95 % interval over people."""
    mean, reach = of_people.mean(), student.ppf(0.975, len(of_people) - 1) * of_people.std(ddof=1)
    return [float(each) for each in mean + np.array([0, -1, 1]) * reach / np.sqrt(len(of_people))]


def main() -> None:
    found = pairs(Path(sys.argv[1]))
    rows = dict(aucs(list(eegmat(found)), list(eegmat(found, BAND))))
    table = np.array([rows[i] for i in sorted(rows)])
    table = table[np.isfinite(table).all(axis=1)]
    told = {way: known(column) for way, column in zip(WAYS, table.T, strict=True)}
    gains = {f"own model against: {way}": known(table[:, 2] - table[:, i]) for i, way in enumerate(WAYS[:2])}
    worse = int((table[:, 2] < table[:, 1] - 0.01).sum())
    json.dump({"people": len(table), "auc": told, "gain": gains, "worse by .01": worse}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
