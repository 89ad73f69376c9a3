"""How well the model tells mental arithmetic from rest on people whom it has never seen."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray
from scipy.stats import rankdata

from neuro.learn.data import Person, Windows, usual_spread, windows
from neuro.learn.train import fit

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Leave-one-subject-out figures for windows of 4 s against the own minute of rest.

    auc, accuracy:  over all windows, each person's rest and task weighing the same; with 95 % intervals from
                    resampling people, not windows
    auc_within:     mean over people of each one's own AUC
    sign_flip_auc:  the same with every person's deviations multiplied by +1 or -1 at random: what is left of it
                    would come from noticing "another recording"; honest models stay near .5
    """

    people: int
    windows: int
    channels: tuple[str, ...]
    auc: float
    auc_interval: tuple[float, float]
    accuracy: float
    accuracy_interval: tuple[float, float]
    auc_within: float
    sign_flip_auc: float

    def to_json(self) -> dict[str, object]:
        """Plain numbers."""
        return asdict(self)


def leave_one_subject_out(
    people: list[Person], rng: Generator, advance: Callable[[float], None] = lambda _share: None
) -> Evaluation:
    """Train on all but one, judge that one; the spread at rest, too, comes from the others alone.

    advance: is told the share 0..1 that is done

    Raises: ValueError: fewer than three people.
    """
    if len(people) < 3:
        raise ValueError(f"leaving one person out needs at least three people, there are {len(people)}")
    folds = []
    for left_out in range(len(people)):
        folds.append(_fold(people, left_out))
        advance((left_out + 1) / len(people))
    judged = [_judge(train, test) for train, test in folds]
    signs = rng.choice([-1.0, 1.0], size=len(people))
    flipped = [_judge_flipped(train, test, signs, left_out) for left_out, (train, test) in enumerate(folds)]
    samples = [_figures([judged[i] for i in rng.integers(len(people), size=len(people))]) for _ in range(RESAMPLES)]
    low, high = np.quantile(samples, [0.025, 0.975], axis=0)
    auc, accuracy = _figures(judged)
    return Evaluation(
        people=len(people),
        windows=sum(len(logit) for _, logit in judged),
        channels=people[0].channels,
        auc=auc,
        auc_interval=(float(low[0]), float(high[0])),
        accuracy=accuracy,
        accuracy_interval=(float(low[1]), float(high[1])),
        auc_within=float(np.mean([auc_of(part.task, logit, part.weight) for part, logit in judged])),
        sign_flip_auc=_figures(flipped)[0],
    )


Judged = tuple[Windows, NDArray[np.float64]]


def _fold(people: list[Person], left_out: int) -> tuple[list[Windows], Windows]:
    others = [person for i, person in enumerate(people) if i != left_out]
    spread = usual_spread(others)
    return [windows(person, spread) for person in others], windows(people[left_out], spread)


def _judge(train: list[Windows], test: Windows) -> Judged:
    model = fit(train, np.empty(0))
    return test, model.logit(test.z)


def _judge_flipped(train: list[Windows], test: Windows, signs: NDArray[np.float64], left_out: int) -> Judged:
    others = np.delete(signs, left_out)
    flipped = [_flip(part, sign) for part, sign in zip(train, others, strict=True)]
    return _judge(flipped, _flip(test, signs[left_out]))


def _flip(part: Windows, sign: float) -> Windows:
    return Windows(part.z * sign, part.task, part.weight)


def _figures(judged: list[Judged]) -> tuple[float, float]:
    task = np.concatenate([part.task for part, _ in judged])
    weight = np.concatenate([part.weight for part, _ in judged])
    logit = np.concatenate([logit for _, logit in judged])
    right = (logit > 0) == (task == 1)
    return auc_of(task, logit, weight), float((weight * right).sum() / weight.sum())


def auc_of(task: NDArray[np.float64], score: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """The chance that a window of the task scores above one of rest; windows (n,) count by their weight.

    Ties count half: weights are summed below and at each score.
    """
    level = rankdata(score, method="dense") - 1
    rest = np.bincount(level, weight * (task == 0))
    work = np.bincount(level, weight * (task == 1))
    below = np.cumsum(rest) - rest
    return float((work * (below + rest / 2)).sum() / (rest.sum() * work.sum()))
