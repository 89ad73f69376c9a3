"""What Reed Search measures: how much each creature more costs, what is overlooked, and what is looked at twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression
from typing import NamedTuple

from engine.tasks.measures import detection, reactions, share
from engine.tasks.task import Trial, counted

FEWEST_FOUND = 12
"""For a slope, own choice."""


@dataclass(frozen=True, slots=True)
class ReedSearchMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    success_rate: found, or rightly said not to be there, of all
    miss_rate:    not found in time, or said not to be there, of trials with a target
    wrong_rate:   look-alikes taken for the target, of those trials; by gaze and pointer
    slope_s:      what one more creature costs; slope_se_s: its standard error
    intercept_s:  the time to find a target without any others, at the mean difficulty
    reaction_*:   of targets found, seconds; sd needs two
    revisit_rate: visits to one that had been left for another, of all visits; None with keys
    d_prime, criterion: of saying whether it is there; with keys
    """

    trials: int
    hits: int
    misses: int
    wrong: int
    held: int
    false_alarms: int
    early: int
    success_rate: float | None
    miss_rate: float | None
    wrong_rate: float | None
    slope_s: float | None
    slope_se_s: float | None
    intercept_s: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None
    revisit_rate: float | None
    d_prime: float | None
    criterion: float | None


def measures(trials: Iterable[Trial]) -> ReedSearchMeasures:
    """Outcome measures of visual search, from the trials that count.

    RT = a + b N + c x by least squares over targets found, N the set size and x the difficulty, which moves within a
    sitting and takes the look-alikes with it; where it does not move, RT = a + b N. Times longer than the limit are
    not in it, so that a slope near the limit is too small.
    """
    valid = counted(trials)
    outcomes = [trial.outcome for trial in valid]
    with_target = [trial.outcome for trial in valid if trial.kind == "present"]
    hits, misses, wrong = (with_target.count(outcome) for outcome in ("hit", "miss", "wrong"))
    held, false_alarms = outcomes.count("held"), outcomes.count("false_alarm")
    found = [(t.detail["set_size"], t.difficulty, t.reaction_s) for t in valid if t.outcome == "hit" and t.reaction_s]
    line = _line(found)
    told = detection(hits, misses, false_alarms, held)
    times = reactions([reaction_s for _, _, reaction_s in found])
    visits = sum(t.detail["visits"] for t in valid)
    return ReedSearchMeasures(
        trials=len(valid),
        hits=hits,
        misses=misses,
        wrong=wrong,
        held=held,
        false_alarms=false_alarms,
        early=outcomes.count("early"),
        success_rate=share(hits + held, len(valid)),
        miss_rate=share(misses, hits + misses + wrong),
        wrong_rate=share(wrong, hits + misses + wrong),
        slope_s=line.slope_s if line else None,
        slope_se_s=line.slope_se_s if line else None,
        intercept_s=line.intercept_s if line else None,
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
        revisit_rate=sum(t.detail["revisits"] for t in valid) / visits if visits else None,
        d_prime=told.d_prime,
        criterion=told.criterion,
    )


class _Line(NamedTuple):
    slope_s: float
    slope_se_s: float
    intercept_s: float


def _line(found: list[tuple[float, float, float]]) -> _Line | None:
    """Times on set sizes by what the difficulty leaves of both (Frisch and Waugh), as one regression on two would."""
    if len(found) < FEWEST_FOUND:
        return None
    sizes, difficulties, times_s = zip(*found, strict=True)
    moved = len(set(difficulties)) > 1
    n, t_s = _left(sizes, difficulties, moved), _left(times_s, difficulties, moved)
    spread = sum(one * one for one in n)
    if spread < 1e-9:
        return None
    slope_s = sum(a * b for a, b in zip(n, t_s, strict=True)) / spread
    missed = sum((b - slope_s * a) ** 2 for a, b in zip(n, t_s, strict=True)) / (len(found) - 2 - moved)
    return _Line(slope_s, (missed / spread) ** 0.5, fmean(times_s) - slope_s * fmean(sizes))


def _left(values: Sequence[float], by: Sequence[float], moved: bool) -> list[float]:
    """What a line on `by` leaves of the values, or their mean where `by` never moves."""
    if not moved:
        mean = fmean(values)
        return [value - mean for value in values]
    line = linear_regression(by, values)
    return [value - line.intercept - line.slope * x for value, x in zip(values, by, strict=True)]
