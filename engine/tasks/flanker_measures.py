"""What trials of School of Fish say of a player: the cost of conflict, accuracy and reaction times."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from engine.tasks.measures import reactions, share
from engine.tasks.task import Trial, counted


@dataclass(frozen=True, slots=True)
class FlankerMeasures:
    """What the valid, scored trials say; None where there were too few to say it. Reactions are of hits, in seconds.

    accuracy:     hits, of hits, wrong answers and misses
    congruent_s, incongruent_s, neutral_s: mean reactions, by what the neighbours did
    conflict_s:   incongruent_s - congruent_s; it repeats too poorly to judge one person by (Ishigami & Klein)
    conflict_accuracy: accuracy with congruent neighbours less that with incongruent ones
    efficiency_s: inverse efficiency, mean reaction / accuracy
    reaction_*:   of all kinds; sd needs two
    """

    trials: int
    hits: int
    wrong: int
    misses: int
    early: int
    accuracy: float | None
    congruent_s: float | None
    incongruent_s: float | None
    neutral_s: float | None
    conflict_s: float | None
    conflict_accuracy: float | None
    efficiency_s: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None


def measures(trials: Iterable[Trial]) -> FlankerMeasures:
    """Presses before the school could be told count in no accuracy and no reaction time."""
    valid = counted(trials)
    outcomes = [trial.outcome for trial in valid]
    hits = [trial for trial in valid if trial.outcome == "hit"]
    times = reactions([trial.reaction_s for trial in hits if trial.reaction_s is not None])
    accuracy = _accuracy(valid)
    congruent_s, incongruent_s = _mean_s(hits, "congruent"), _mean_s(hits, "incongruent")
    return FlankerMeasures(
        trials=len(valid),
        hits=len(hits),
        wrong=outcomes.count("wrong"),
        misses=outcomes.count("miss"),
        early=outcomes.count("early"),
        accuracy=accuracy,
        congruent_s=congruent_s,
        incongruent_s=incongruent_s,
        neutral_s=_mean_s(hits, "neutral"),
        conflict_s=_less(incongruent_s, congruent_s),
        conflict_accuracy=_less(_accuracy(valid, "congruent"), _accuracy(valid, "incongruent")),
        efficiency_s=times.mean_s / accuracy if times.mean_s is not None and accuracy else None,
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
    )


def _mean_s(hits: list[Trial], kind: str) -> float | None:
    found = [trial.reaction_s for trial in hits if trial.kind == kind and trial.reaction_s is not None]
    return fmean(found) if found else None


def _accuracy(valid: list[Trial], kind: str | None = None) -> float | None:
    answers = [trial.outcome for trial in valid if kind in (None, trial.kind) and trial.outcome != "early"]
    return share(answers.count("hit"), len(answers))


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other
