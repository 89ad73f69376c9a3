"""What Still Water measures: sustained attention, by how well, how fast and how evenly it is answered.

Formulas and their sources: docs/tasks.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from engine.ports import TICK_S
from engine.tasks.measures import TAIL_TRIALS, detection, ex_gaussian, reactions, share, slope, variance_course
from engine.tasks.task import Trial, counted


@dataclass(frozen=True, slots=True)
class StillWaterMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    success_rate:    hits and held lotuses, of all
    omission_rate:   buds that were not greeted
    commission_rate: lotuses that were touched
    early, again:    presses too soon to be an answer, and those after an answer
    d_prime:         how well buds and lotuses were told apart
    criterion:       c, below 0 for a ready hand, above 0 for a cautious one
    reaction_*:      of hits, seconds from the middle of the melt; sd needs two
    mu_s, sigma_s, tau_s: of the ex-Gaussian that fits them best, from 40 on; tau is the tail of slow answers
    reaction_slope_s_per_min: how much slower hits became in a minute, from 40 on
    success_slope_per_min: how much the success rate rose in a minute, from 40 trials on
    steady_errors, unsteady_errors: share of errors in the half of the trials in which reaction times varied less than
                     in the other, and in that other (the variance time course, cut at its median), from 40 hits on
    """

    trials: int
    hits: int
    misses: int
    false_alarms: int
    held: int
    early: int
    again: int
    success_rate: float | None
    omission_rate: float | None
    commission_rate: float | None
    d_prime: float | None
    criterion: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None
    mu_s: float | None
    sigma_s: float | None
    tau_s: float | None
    reaction_slope_s_per_min: float | None
    success_slope_per_min: float | None
    steady_errors: float | None
    unsteady_errors: float | None


def measures(trials: Iterable[Trial]) -> StillWaterMeasures:
    """Outcome measures of a continuous performance task (engine.tasks.measures), from the trials that count."""
    valid = counted(trials)
    outcomes = [trial.outcome for trial in valid]
    hits, misses = outcomes.count("hit"), outcomes.count("miss")
    false_alarms, held = outcomes.count("false_alarm"), outcomes.count("held")
    told = detection(hits, misses, false_alarms, held)
    answered = [(_minutes(t), t.reaction_s) for t in valid if t.outcome == "hit" and t.reaction_s is not None]
    times_s = [time_s for _, time_s in answered]
    times, tail = reactions(times_s), ex_gaussian(times_s)
    steady, unsteady = _errors_by_steadiness(valid)
    return StillWaterMeasures(
        trials=len(valid),
        hits=hits,
        misses=misses,
        false_alarms=false_alarms,
        held=held,
        early=sum(int(trial.detail["early"]) for trial in valid),
        again=sum(int(trial.detail["again"]) for trial in valid),
        success_rate=share(hits + held, len(valid)),
        omission_rate=share(misses, hits + misses),
        commission_rate=share(false_alarms, false_alarms + held),
        d_prime=told.d_prime,
        criterion=told.criterion,
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
        mu_s=tail.mu_s if tail else None,
        sigma_s=tail.sigma_s if tail else None,
        tau_s=tail.tau_s if tail else None,
        reaction_slope_s_per_min=_course([minute for minute, _ in answered], times_s),
        success_slope_per_min=_course([_minutes(t) for t in valid], [float(t.success) for t in valid]),
        steady_errors=steady,
        unsteady_errors=unsteady,
    )


def _minutes(trial: Trial) -> float:
    return trial.onset_tick * TICK_S / 60


def _course(minutes: list[float], values: list[float]) -> float | None:
    return slope(minutes, values) if len(values) >= TAIL_TRIALS else None


def _errors_by_steadiness(trials: Sequence[Trial]) -> tuple[float | None, float | None]:
    course = variance_course([trial.reaction_s if trial.outcome == "hit" else None for trial in trials])
    if course is None:
        return None, None
    middle = median(course)
    steady = [not trial.success for trial, spread in zip(trials, course, strict=True) if spread <= middle]
    unsteady = [not trial.success for trial, spread in zip(trials, course, strict=True) if spread > middle]
    return share(sum(steady), len(steady)), share(sum(unsteady), len(unsteady))
