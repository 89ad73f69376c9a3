"""Sittings of one player as lessons: windows whose labels come from what the player did, believed as far as that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import rankdata

from neuro.learn.data import JUDGED_EVERY, STEP_S, Person, Stretch, Windows, at_windows, person
from neuro.tokens import STEP_HOPS, STEPS

IN_S, OUT_S = 30.0, 12.0
"""How long attention stays and strays, on average; own choice, and 20 or 40 s in the zone tell hardly less."""

FASTEST, SLOWEST = 0.7, -2.3
"""Log odds for the zone by the quickest and the slowest answer of a sitting (own measurement, docs/personal.md)."""

HELD, PRESSED = 0.2, -0.8
"""Log odds by what was to be let be: that it was, or that it was answered (as above)."""

NEAR_S = 8.0  # so far from a moment LEAST_TRIALS of them must lie, or nothing is known of it; own choice
LEAST_TRIALS = 2
LEAST_TRUST = 0.25  # a moment that is believed less teaches nothing; own choice
MOST_SAID = 4.0  # log odds: no window by itself is surer; own choice


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sitting, as the model sees it.

    weight: (m,) how far the label of each window of the person is to be believed, 0..1
    done:   (n,) what trials say of each token of the person, log odds for the zone, NaN outside play; None where
            there was no play, and the labels are known from elsewhere
    """

    person: Person
    weight: NDArray[np.float64]
    done: NDArray[np.float64] | None = None


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
    done: Sequence[NDArray[np.float64]],
    baseline_s: float,
) -> Lesson:
    """A sitting whose first stretch begins with so much rest; of all windows, what is known by what was done.

    trust: for each stretch (n,) how far its labels are believed, 0..1, where nothing was done
    done:  for each stretch (n,) as `of_trials`, at the moments of which tokens are made; NaN outside play

    Raises: BadRecording: too little of the rest is clean.
    """
    someone = person(name, channels, stretches, baseline_s)
    believed, said = (np.concatenate([each[::STEP_HOPS] for each in some]) for some in (trust, done))
    return heard(Lesson(someone, believed[someone.ends], said))


def of_trials(t_s: NDArray[np.float64], trials: Sequence[Trial]) -> NDArray[np.float64]:
    """(n,) log odds for the zone by the trials about each of the moments t_s (n,), rising.

    An answer says the less for it the later it came, by the fourth power of its rank among all of the sitting; none
    at all is the latest. What was let be says little for it, and what should have been more against it.

    Source: ranks after the variance time course of Esterman et al. 2013; the numbers are our own measurement on
    simulated players (docs/personal.md).
    """
    due = [trial for trial in trials if trial.go]
    if all(trial.reaction_s is None for trial in due):  # nothing was to be answered at all, or nobody plays
        due = []
    late = [np.inf if trial.reaction_s is None else trial.reaction_s for trial in due]
    rank = (rankdata(late) - 0.5) / max(len(late), 1)
    others = [trial for trial in trials if not trial.go]
    said = [
        *(FASTEST + (SLOWEST - FASTEST) * rank**4),
        *(HELD if one.reaction_s is None else PRESSED for one in others),
    ]
    at_s = [trial.t_s for trial in [*due, *others]]
    edges = np.append(t_s - STEP_S / 2, t_s[-1:] + STEP_S / 2)
    return np.histogram(at_s, edges, weights=said)[0] if len(t_s) else np.empty(0)


def heard(one: Lesson, odds: NDArray[np.float64] | None = None) -> Lesson:
    """The sitting with the labels that what was done gives its windows; the others stay as they are.

    Above the usual chance of being in the zone is engaged, 1, below is not, 0; believed by how far from it.

    odds: (m,) what a model says of the windows, which counts like what was done; NaN where it was not asked. The
          windows that it was asked about must not share a token.
    """
    if one.done is None:
        return one
    done = np.nan_to_num(one.done)
    said = done if odds is None else done + _by_token(one.person, odds)
    share = np.convolve(zone(said), np.ones(STEPS) / STEPS)[: len(said)][one.person.ends]
    middle = one.person.ends - STEPS // 2
    reach = round(NEAR_S / STEP_S)
    near = np.convolve(done != 0, np.ones(2 * reach + 1), "same")
    known = (near >= LEAST_TRIALS)[middle] & ~np.isnan(one.done[middle])
    if not known.any():
        return one
    usual = share[known].mean()
    most = np.where(share > usual, 1 - usual, usual)
    trust = np.abs(share - usual) / most
    trust = np.where(trust >= LEAST_TRUST, trust, 0.0)
    engaged = np.where(known, share > usual, one.person.engaged).astype(float)
    return replace(one, person=replace(one.person, engaged=engaged), weight=np.where(known, trust, one.weight))


def _by_token(someone: Person, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) what is said of windows, at the token in the middle of each."""
    asked = ~np.isnan(odds)
    found = np.zeros(len(someone.power))
    found[someone.ends[asked] - STEPS // 2] = np.clip(odds[asked], -MOST_SAID, MOST_SAID)
    return found


def zone(said: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) the chance of being in the zone at each token, by what is said (n,) of all of them, in log odds.

    A chain of two states that stay for IN_S and OUT_S; looked at backwards it is the same chain.

    Source: Rabiner 1989, Proc IEEE 77:257 (forward and backward).
    """
    usual = log(IN_S / OUT_S)
    return np.asarray(expit(_before(said) + said + _before(said[::-1])[::-1] - usual))


def _before(said: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) log odds for the zone at each token by those before it."""
    leaves, comes = STEP_S / IN_S, STEP_S / OUT_S
    found, odds = [], IN_S / OUT_S
    for each in said.tolist():
        found.append(log(odds))
        chance = odds * exp(each) / (1 + odds * exp(each))
        chance = chance * (1 - leaves) + (1 - chance) * comes
        odds = chance / (1 - chance)
    return np.array(found)


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
