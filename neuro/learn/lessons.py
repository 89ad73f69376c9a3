"""Sittings of one player as lessons: windows whose labels come from what the player did, believed as far as that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.learn.data import JUDGED_EVERY, WINDOW_S, Person, Stretch, Windows, at_windows, person
from neuro.tokens import STEP_HOPS

SLOWEST = 0.2
"""Of the answers of a sitting, the share that counts as lapses, with omissions (own choice, after Esterman 2013)."""

NEAR_S = 4.0
"""SD of how far in time a trial speaks for a moment: about nine trials, as in the variance time course (as above)."""

LEAST_TRIALS = 2.0  # so much of a trial's weight must lie near a moment; own choice
LEAST_TRUST = 0.25  # a moment that is believed less teaches nothing; own choice


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sitting, as the model sees it.

    weight: (m,) how far the label of each window of the person is to be believed, 0..1
    """

    person: Person
    weight: NDArray[np.float64]


class Trial(NamedTuple):
    """Something that was to be answered, or let be.

    t_s:        when it could be recognised, on the clock of the moments
    go:         whether it was to be answered
    reaction_s: from then to the answer; None where none came
    """

    t_s: float
    go: bool
    reaction_s: float | None


def lesson(
    name: str,
    channels: tuple[str, ...],
    stretches: Sequence[Stretch],
    trust: Sequence[NDArray[np.float64]],
    baseline_s: float,
) -> Lesson:
    """A sitting whose first stretch begins with so much rest.

    trust: for each stretch (n,) how far what it says of each moment is to be believed, 0..1

    Raises: BadRecording: too little of the rest is clean.
    """
    someone = person(name, channels, stretches, baseline_s)
    of_tokens = np.concatenate([each[::STEP_HOPS] for each in trust])
    return Lesson(someone, of_tokens[someone.ends])


def of_trials(t_s: NDArray[np.float64], trials: Sequence[Trial]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the trials about the windows that end at t_s (n,) say: engaged (n,), and how far to believe it (n,).

    The share of lapses near the middle of a window, against that of the whole sitting: lower is engaged, 1, higher is
    not, 0; NaN where too few trials were near, or it is neither. A lapse is an answer among the slowest fifth or none
    at all; what was to be let be says nothing.

    Source: after the variance time course of Esterman et al. 2013; that lapses are counted and not variance, and the
    width, are our own choice (docs/personal.md).
    """
    due = [trial for trial in trials if trial.go]
    answers = [trial.reaction_s for trial in due if trial.reaction_s is not None]
    if not answers:
        return np.full(len(t_s), np.nan), np.zeros(len(t_s))
    slow_s = float(np.quantile(answers, 1 - SLOWEST))
    lapse = np.array([trial.reaction_s is None or trial.reaction_s > slow_s for trial in due], float)
    at_s = np.array([trial.t_s for trial in due])
    near = np.exp(-0.5 * ((t_s[:, None] - WINDOW_S / 2 - at_s) / NEAR_S) ** 2)  # (n, trials)
    usual, weight = lapse.mean(), near.sum(axis=1)
    share = (near @ lapse + usual) / (weight + 1)  # as if one usual trial more had been near
    trust = np.minimum(np.abs(share - usual) / usual if usual else 0.0 * share, 1.0)
    known = (weight >= LEAST_TRIALS) & (trust >= LEAST_TRUST)
    return np.where(known, (share < usual).astype(float), np.nan), np.where(known, trust, 0.0)


def contrast(one: Lesson) -> NDArray[np.float64]:
    """(m,) what each window weighs: both labels of a sitting as much as the one that has less.

    A sitting with one label alone weighs nothing: what tells days apart must not pass for attention.
    """
    weight = one.weight * one.person.payable
    mass = [weight[one.person.engaged == label].sum() for label in (0.0, 1.0)]
    share = [min(mass) / max(each, 1e-9) for each in mass]
    return np.asarray(np.where(one.person.engaged == 1, share[1], share[0]) * weight)


def judged_windows(one: Lesson, usual_spread: NDArray[np.float64]) -> Windows:
    """One window every 2 s of those that could have paid and say something, weighed by `contrast`."""
    weight = contrast(one)
    chosen = np.flatnonzero((weight > 0) & (one.person.ends % JUDGED_EVERY == 0))
    return at_windows(one.person, chosen, weight[chosen], usual_spread)
