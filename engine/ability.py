"""Ability with its uncertainty: a Bayesian filter beside the skill loop, for placement and for reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, pi, sqrt
from statistics import fmean
from typing import Protocol

from engine.anchors import clip
from engine.copies import replace
from engine.skill import warm_start

FIRST_MEAN, FIRST_VARIANCE = 0.0, 4.0  # own choice: before the first trial nearly all difficulties are possible
DRIFT_PER_TRIAL = 0.02  # logits squared
DRIFT_PER_DAY = 0.02  # logits squared, own choice: a month away doubts as much as thirty trials
MOST_VARIANCE = FIRST_VARIANCE
Z_95 = 1.96


@dataclass(frozen=True, slots=True)
class Ability:
    """What is known of the difficulty, in logits, at which half of the creatures would be answered right.

    mean, variance: of a normal distribution; logits, logits squared
    """

    mean: float = FIRST_MEAN
    variance: float = FIRST_VARIANCE

    @property
    def interval(self) -> tuple[float, float]:
        """Logits, 95 %."""
        half = Z_95 * sqrt(self.variance)
        return self.mean - half, self.mean + half


class Tried(Protocol):
    """As much of a trial as ability needs; `TrialDone` is one."""

    @property
    def difficulty(self) -> float: ...
    @property
    def success(self) -> bool: ...
    @property
    def valid(self) -> bool: ...
    @property
    def practice(self) -> bool: ...


def after_trial(now: Ability, difficulty: float, success: bool) -> Ability:
    """Assumed-density filter of a Rasch model, P(success) = 1 / (1 + exp(difficulty - ability)).

    V = V + drift; p = P(success) at the mean; K = V / (1 + V p (1 - p)); mean + K (success - p), V = K.
    Source: Fahrmeir 1992, J Am Stat Assoc 87:501 (posterior mode filtering of dynamic generalised linear models).
    """
    variance = now.variance + DRIFT_PER_TRIAL
    expected = chance(now, difficulty)
    gain = variance / (1 + variance * expected * (1 - expected))
    return Ability(now.mean + gain * (success - expected), gain)


def after_days(now: Ability, days: float) -> Ability:
    """The same, less sure: what was known fades with the days since."""
    return replace(now, variance=min(MOST_VARIANCE, now.variance + DRIFT_PER_DAY * days))


def chance(now: Ability, difficulty: float) -> float:
    """P(success) at the mean."""
    return 1 / (1 + exp(difficulty - now.mean))


def placement(now: Ability, target: float) -> float:
    """The difficulty, in logits, at which `target` of all creatures should be answered right, doubt included.

    x = m - logit(target) sqrt(1 + pi V / 8): the probit approximation of a logistic-normal integral.
    Source: MacKay 1992, Neural Comput 4:720.
    """
    return clip(now.mean - log(target / (1 - target)) * sqrt(1 + pi / 8 * now.variance))


def first_difficulty(trials: Sequence[Tried], days: float, target: float) -> float:
    """Where the next sitting begins, in logits: half a logit below the last, and gentler the longer it is ago.

    The last is the mean difficulty of its final third. By as much gentler as doubt has grown: a month is worth .15
    logits, half a year .7.

    trials: of the last sitting, oldest first; none before there is one
    """
    tried = [trial.difficulty for trial in trials if not trial.practice]
    if not tried:
        return warm_start(None)
    known, last_x = of(trials), fmean(tried[len(tried) * 2 // 3 :])
    return clip(warm_start(last_x) - (placement(known, target) - placement(after_days(known, days), target)))


def of(trials: Iterable[Tried], before: Ability | None = None) -> Ability:
    """After all valid trials that were not practice, oldest first."""
    now = before or Ability()
    for trial in trials:
        if trial.valid and not trial.practice:
            now = after_trial(now, trial.difficulty, trial.success)
    return now
