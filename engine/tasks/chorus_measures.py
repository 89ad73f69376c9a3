"""What Marsh Chorus measures: how well calls are told apart, how fast, and how many can be kept in mind.

Formulas and their sources: docs/tasks.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.tasks.measures import detection, reactions, share
from engine.tasks.task import Trial, counted

MASTERED_TRIALS, MASTERED_D_PRIME = 20, 1.0  # own choice: an n counts as reached with so many trials, so well told


@dataclass(frozen=True, slots=True)
class ChorusMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    success_rate: calls answered and others let be, of all
    early, again: presses too soon to be an answer, and those after an answer
    d_prime:      how well calls to answer and others were told apart
    criterion:    c, below 0 for a ready hand, above 0 for a cautious one
    lure_rate:    of lures, how many were answered
    reaction_*:   of hits, seconds from the start of the call; sd needs two
    n_reached:    the most calls back at which d' was MASTERED_D_PRIME or more in MASTERED_TRIALS or more; 0 for none,
                  None where no n was asked
    seen_share:   of trials in which the calls could be seen; above 0 this is no measure of listening alone
    """

    trials: int
    hits: int
    misses: int
    false_alarms: int
    held: int
    early: int
    again: int
    success_rate: float | None
    d_prime: float | None
    criterion: float | None
    lure_rate: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None
    n_reached: int | None
    seen_share: float | None


def measures(trials: Iterable[Trial]) -> ChorusMeasures:
    """Outcome measures of oddball and n-back (engine.tasks.measures), from the trials that count."""
    valid = counted(trials)
    hits, misses, false_alarms, held = _tally(valid)
    told = detection(hits, misses, false_alarms, held)
    times = reactions([t.reaction_s for t in valid if t.outcome == "hit" and t.reaction_s is not None])
    lures = [trial for trial in valid if trial.detail["lure"]]
    asked = sorted({int(trial.detail["n"]) for trial in valid} - {0})
    reached = [n for n in asked if _is_mastered([trial for trial in valid if trial.detail["n"] == n])]
    return ChorusMeasures(
        trials=len(valid),
        hits=hits,
        misses=misses,
        false_alarms=false_alarms,
        held=held,
        early=sum(int(trial.detail["early"]) for trial in valid),
        again=sum(int(trial.detail["again"]) for trial in valid),
        success_rate=share(hits + held, len(valid)),
        d_prime=told.d_prime,
        criterion=told.criterion,
        lure_rate=share(_tally(lures)[2], len(lures)),
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
        n_reached=max(reached, default=0) if asked else None,
        seen_share=share(sum(trial.detail["seen"] > 0 for trial in valid), len(valid)),
    )


def _tally(trials: Iterable[Trial]) -> tuple[int, int, int, int]:
    """hits, misses, false alarms, held"""
    outcomes = [trial.outcome for trial in trials]
    return outcomes.count("hit"), outcomes.count("miss"), outcomes.count("false_alarm"), outcomes.count("held")


def _is_mastered(trials: list[Trial]) -> bool:
    d_prime = detection(*_tally(trials)).d_prime
    return len(trials) >= MASTERED_TRIALS and d_prime is not None and d_prime >= MASTERED_D_PRIME
