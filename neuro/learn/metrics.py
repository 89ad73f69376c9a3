"""How right a model was: figures of windows whose truth is known, and how surely they are known."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import rankdata

BINS = 10
COVERAGES = np.linspace(0.1, 1.0, 19)
MINUTE_S = 60.0
LEAST = 5  # windows in a minute; fewer are no minute of evidence
RESAMPLES = 1000
SURE = 1e-6  # a probability nearer to 0 or 1 counts as this, so that one window cannot outweigh a minute

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model said of windows, and what was true; every array is (n,).

    person:   whose the window is, 0, 1, 2 ...
    t_s:      its last moment, in seconds of its recording
    task:     1 under the task, 0 at rest
    score:    0..1, the probability of the task
    variance: of the log odds, as the model has it
    weight:   a person's rest and task weigh the same, and every person the same
    """

    person: NDArray[np.intp]
    t_s: Floats
    task: Floats
    score: Floats
    variance: Floats
    weight: Floats

    @property
    def people(self) -> int:
        return len(np.unique(self.person))


class Calibration(NamedTuple):
    """How log odds become those to be said: divided by the temperature, and then shifted."""

    temperature: float
    shift: float

    def __call__(self, odds: Floats) -> Floats:
        return odds / self.temperature + self.shift


AS_IT_IS = Calibration(1.0, 0.0)


def calibration(odds: Floats, task: Floats, weight: Floats) -> Calibration:
    """What makes log odds (n,) cost the least cross-entropy; log odds as they are where there are none.

    Source: Platt 1999, Advances in Large Margin Classifiers (a scale and a shift); the scale is kept positive, so
    that the order of scores never changes.
    """
    if not odds.size:
        return AS_IT_IS

    def loss(of: Floats) -> float:
        said = odds * np.exp(of[0]) + of[1]
        return float((weight * (np.logaddexp(0, said) - task * said)).sum() / weight.sum())

    log_scale, shift = minimize(loss, np.zeros(2), bounds=((-3.0, 2.0), (-5.0, 5.0))).x
    return Calibration(float(np.exp(-log_scale)), float(shift))


@dataclass(frozen=True, slots=True)
class Known:
    """A figure with its 95 % interval over people."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Windows of about the same score: what was said on average, what share was task, what they weigh together."""

    said: float
    was: float
    weight: float


NOBODY = Judged(np.empty(0, np.intp), *(np.empty(0) for _ in range(5)))


def balanced(person: NDArray[np.intp], task: Floats) -> Floats:
    """(n,) weights: a person's rest and task come to a half each."""
    group = 2 * person + task.astype(np.intp)
    return np.asarray(0.5 / np.bincount(group)[group])


def joined(parts: Iterable[Judged]) -> Judged:
    """One after the other; the people are those of the parts."""
    several = [NOBODY, *parts]
    columns = zip(*((p.person, p.t_s, p.task, p.score, p.variance, p.weight) for p in several), strict=True)
    person, t_s, task, score, variance, weight = (np.concatenate(column) for column in columns)
    return Judged(person, t_s, task, score, variance, weight)


def minutes(judged: Judged) -> Judged:
    """Each full minute of a recording as one window: the mean of the log odds of those within it."""
    certain = logit(np.clip(judged.score, SURE, 1 - SURE))
    rows = []
    for person in np.unique(judged.person):
        for task in (0.0, 1.0):
            own = np.flatnonzero((judged.person == person) & (judged.task == task))
            number = ((judged.t_s[own] - judged.t_s[own].min(initial=np.inf)) // MINUTE_S).astype(int)
            for minute in np.unique(number):
                within = own[number == minute]
                if len(within) >= LEAST:
                    rows.append(
                        (person, judged.t_s[within[-1]], task, certain[within].mean(), judged.variance[within].mean())
                    )
    columns = np.array(rows).T
    people, task_of = columns[0].astype(np.intp), columns[2]
    return Judged(people, columns[1], task_of, expit(columns[3]), columns[4], balanced(people, task_of))


def auc(judged: Judged) -> float:
    """The chance that a window of the task scores above one of rest; ties count half."""
    level = rankdata(judged.score, method="dense") - 1
    rest = np.bincount(level, judged.weight * (judged.task == 0))
    work = np.bincount(level, judged.weight * (judged.task == 1))
    below = np.cumsum(rest) - rest
    return float((work * (below + rest / 2)).sum() / (rest.sum() * work.sum()))


def auc_within(judged: Judged) -> float:
    """The mean over people of each one's own AUC: what is left where only the person's own order counts."""
    own = [_of_person(judged, person) for person in np.unique(judged.person[judged.weight > 0])]
    weights = [part.weight.sum() for part in own]
    return float(np.average([auc(part) for part in own], weights=weights))


def accuracy(judged: Judged) -> float:
    """Share of the weight on the right side of .5."""
    return _share(judged, (judged.score > 0.5) == (judged.task == 1))


def precision(judged: Judged) -> float:
    """Of what was called task, the share that was; 0 where nothing was called so."""
    called = judged.weight * (judged.score > 0.5)
    return float((called * judged.task).sum() / called.sum()) if called.any() else 0.0


def recall(judged: Judged) -> float:
    """Of the task, the share that was called so."""
    work = judged.weight * judged.task
    return float((work * (judged.score > 0.5)).sum() / work.sum())


def f1(judged: Judged) -> float:
    """The harmonic mean of precision and recall."""
    p, r = precision(judged), recall(judged)
    return 2 * p * r / (p + r) if p + r else 0.0


def brier(judged: Judged) -> float:
    """Mean squared distance of score and truth. Source: Brier 1950, Mon Weather Rev 78:1."""
    return _share(judged, (judged.score - judged.task) ** 2)


def reliability(judged: Judged) -> list[Bin]:
    """The windows in ten bins of score, empty ones left out."""
    number = np.minimum((judged.score * BINS).astype(int), BINS - 1)
    weight = np.bincount(number, judged.weight, BINS)
    said = np.bincount(number, judged.weight * judged.score, BINS)
    was = np.bincount(number, judged.weight * judged.task, BINS)
    return [
        Bin(float(said[k] / weight[k]), float(was[k] / weight[k]), float(weight[k])) for k in np.flatnonzero(weight)
    ]


def calibration_error(judged: Judged) -> float:
    """Expected calibration error: how far, on average, the share of task in a bin is from what was said.

    Source: Naeini 2015, AAAI 29:2901; here of the probability of the task, which is stricter with two classes than
    that of the likelier class.
    """
    bins = reliability(judged)
    return sum(one.weight * abs(one.said - one.was) for one in bins) / sum(one.weight for one in bins)


def risk(judged: Judged, coverage: float) -> float:
    """The share of errors among the surest windows, which together have `coverage` of the weight.

    Windows of the same variance come in or stay out by the share that fits, so their order means nothing.
    """
    level = rankdata(judged.variance, method="dense") - 1
    weight = np.bincount(level, judged.weight)
    wrong = np.bincount(level, judged.weight * ((judged.score > 0.5) != (judged.task == 1)))
    wanted = coverage * weight.sum()
    taken = np.clip(wanted - (np.cumsum(weight) - weight), 0.0, weight)
    return float((wrong * np.divide(taken, weight, where=weight > 0, out=np.zeros_like(taken))).sum() / wanted)


def risk_coverage(judged: Judged) -> list[tuple[float, float]]:
    """(coverage, share of errors): it falls to the left where the variance knows when the model is wrong.

    Source: El-Yaniv and Wiener 2010, J Mach Learn Res 11:1605.
    """
    return [(float(coverage), risk(judged, float(coverage))) for coverage in COVERAGES]


FIGURES: dict[str, Callable[[Judged], float]] = {
    "auc": auc,
    "auc_within": auc_within,
    "accuracy": accuracy,
    "precision": precision,
    "recall": recall,
    "f1": f1,
    "brier": brier,
    "calibration_error": calibration_error,
    "risk_of_surest_half": lambda judged: risk(judged, 0.5),
}


def known(judged: Judged, names: Iterable[str], rng: Generator) -> dict[str, Known]:
    """The named figures, with intervals from drawing people anew, not windows: those of one person are alike."""
    wanted = {name: FIGURES[name] for name in names}
    drawn = {name: np.empty(RESAMPLES) for name in wanted}
    people, whose = np.unique(judged.person, return_inverse=True)
    for k in range(RESAMPLES):
        times = np.bincount(rng.integers(len(people), size=len(people)), minlength=len(people))
        again = replace(judged, weight=judged.weight * times[whose])
        for name, figure in wanted.items():
            drawn[name][k] = figure(again)
    return {name: _known(figure(judged), drawn[name]) for name, figure in wanted.items()}


def _known(value: float, drawn: Floats) -> Known:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Known(value, float(low), float(high))


def _share(judged: Judged, of_each: Floats | NDArray[np.bool_]) -> float:
    return float((judged.weight * of_each).sum() / judged.weight.sum())


def _of_person(judged: Judged, person: int) -> Judged:
    own = judged.person == person
    return Judged(
        judged.person[own],
        judged.t_s[own],
        judged.task[own],
        judged.score[own],
        judged.variance[own],
        judged.weight[own],
    )
