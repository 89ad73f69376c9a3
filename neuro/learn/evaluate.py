"""How well models tell a task from rest in people whom they have never seen."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol, TypeVar

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray
from scipy.special import expit, logit

from neuro.learn import metrics
from neuro.learn.data import Person, Windows, with_channels
from neuro.learn.folds import Fold, leaky
from neuro.learn.metrics import SURE, Judged, balanced, joined
from neuro.spectrum import HZ

NO_BRAIN_HZ = (3.0, 31.0)
"""Below are blinks and movement, above is muscle; what lies between is taken from a model that may know no brain."""

PER_WINDOW = ("z", "t_s", "clean", "eyes", "engaged", "weight")
"""What of `Windows` has a row a window."""

OF_MINUTES = ("auc", "accuracy", "brier", "calibration_error")

Floats = NDArray[np.float64]


class Model(Protocol):
    """What was taught. `predict` has the log odds (n,) of a task, and the logarithm of the variance (n,)."""

    def windows(self, person: Person) -> Windows: ...
    def predict(self, some: Windows) -> tuple[Floats, Floats]: ...


M = TypeVar("M", bound=Model)

Teach = Callable[[Sequence[Person]], M]
"""Makes a model of people; which is the whole recipe with its seed."""

Done = Callable[[], None]
"""Is told that one more model has been made."""


def judged(model: Model, number: int, some: Windows) -> Judged:
    """What the model says of somebody's windows; nothing where rest or task have none."""
    if not 0 < some.engaged.sum() < len(some.engaged):
        some = replace(some, **{name: getattr(some, name)[:0] for name in PER_WINDOW})
    odds, log_variance = model.predict(some)
    whose = np.full(len(odds), number)
    return Judged(whose, some.t_s, some.engaged, expit(odds), np.exp(log_variance), some.weight)


def taught(people: Sequence[Person], folds: Sequence[Fold], teach: Teach[M], done: Done) -> list[M]:
    """One model a fold, of those who teach in it."""
    models = []
    for fold in folds:
        models.append(teach([people[number] for number in fold.train]))
        done()
    return models


def across(models: Sequence[Model], folds: Sequence[Fold], people: Sequence[Person | None]) -> Judged:
    """Everybody judged by the model of the others; who is None is left out.

    people: those of the folds, perhaps with other sensors
    """
    return joined(
        judged(model, number, model.windows(person))
        for model, fold in zip(models, folds, strict=True)
        for number in fold.test
        if (person := people[number]) is not None
    )


def leaky_split(
    people: Sequence[Person], there: Sequence[Person], rng: Generator, teach: Teach[M], done: Done
) -> Judged:
    """The leaky split: windows of the same people on both sides. A warning, never a result.

    there: the same people with the sensors that are judged
    """
    parts = []
    for fold in leaky([len(person.ends) for person in people], rng):
        model = teach([only(person, ~tested) for person, tested in zip(people, fold, strict=True)])
        done()
        parts += [judged(model, i, model.windows(only(person, fold[i]))) for i, person in enumerate(there)]
    whole = joined(parts)
    return replace(whole, weight=balanced(whole.person, whole.task))


def mirrored(person: Person) -> Person:
    """The same person with every deviation from rest the other way round: what rose, falls."""
    return replace(person, sign=-person.sign)


def flipped(people: Sequence[Person], signs: Floats) -> list[Person]:
    """People with the deviations of those whose sign is negative mirrored."""
    return [mirrored(person) if sign < 0 else person for person, sign in zip(people, signs, strict=True)]


def sign_control(
    people: Sequence[Person],
    there: Sequence[Person],
    folds: Sequence[Fold],
    rng: Generator,
    teach: Teach[M],
    done: Done,
) -> Judged:
    """Everybody's deviations flipped at random, in teaching and judging: what is left is "another recording".

    Each flip is a throw of its own: signs dealt out evenly would leave those who teach leaning the other way.
    """
    signs = rng.choice([-1.0, 1.0], size=len(people))
    models = taught(flipped(people, signs), folds, teach, done)
    return across(models, folds, flipped(there, signs))


def no_brain(person: Person) -> Person:
    """The same person without 3-31 Hz: blinks, movement and muscle are left, measured against the same rest."""
    brain = (NO_BRAIN_HZ[0] <= HZ) & (NO_BRAIN_HZ[1] > HZ)
    bins = np.where(brain, np.float32(1.0), person.bins)
    return with_channels(replace(person, bins=bins), range(len(person.channels)))


def calibrated(found: Judged, by: Judged | None = None) -> Judged:
    """Everybody's log odds, by the temperature and the shift that suit the windows of all others best.

    by: where the windows of the others are, if they are not those that are calibrated
    """
    known = by or found
    odds_known = logit(np.clip(known.score, SURE, 1 - SURE))
    odds = logit(np.clip(found.score, SURE, 1 - SURE))
    score = np.empty_like(odds)
    for person in np.unique(found.person):
        own = found.person == person
        others = known.person != person
        of_others = metrics.calibration(odds_known[others], known.task[others], known.weight[others])
        score[own] = expit(of_others(odds[own]))
    return replace(found, score=score)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of windows, and of whole minutes."""

    windows: dict[str, metrics.Known]
    minutes: dict[str, metrics.Known]
    n_windows: int
    n_minutes: int

    def to_json(self) -> dict[str, object]:
        """Plain numbers."""
        return asdict(self)


def figures(found: Judged, rng: Generator) -> Figures:
    """All that a table shows, calibrated on others, with intervals from drawing people."""
    found = calibrated(found)
    whole = metrics.minutes(found)
    return Figures(
        metrics.known(found, metrics.FIGURES, rng),
        metrics.known(whole, OF_MINUTES, rng),
        len(found.score),
        len(whole.score),
    )


def ungated(person: Person) -> Person:
    """The same person with every window, whatever the live gates would have said."""
    return replace(person, payable=np.ones_like(person.payable))


def only(person: Person, chosen: NDArray[np.bool_]) -> Person:
    """The same person with these of the windows (m,), as in `Person.ends`."""
    return replace(person, ends=person.ends[chosen], engaged=person.engaged[chosen], payable=person.payable[chosen])
