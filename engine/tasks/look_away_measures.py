"""What first movements away from a light, and towards it, say."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from engine.tasks.measures import reactions, share
from engine.tasks.task import Trial, counted


@dataclass(frozen=True, slots=True)
class LookAwayMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    error_rate:     wrong first answers, of trials that asked to look away and were answered in time
    mended_rate:    of those errors, how many were put right
    latency_mean_s: of right answers away; latency_sd_s needs two
    towards_error_rate, towards_latency_mean_s: the same of trials that asked to look at the light
    early, missed:  answers too soon to be ones, and none at all
    """

    trials: int
    success_rate: float | None
    error_rate: float | None
    mended_rate: float | None
    latency_mean_s: float | None
    latency_sd_s: float | None
    towards_error_rate: float | None
    towards_latency_mean_s: float | None
    early: int
    missed: int


def measures(trials: Iterable[Trial]) -> LookAwayMeasures:
    """Outcome measures of antisaccades from the trials that count.

    An error is a first movement of more than 2 degrees to the wrong side, 80 to 600 ms after the light.
    """
    valid = counted(trials)
    away = [trial for trial in valid if trial.kind == "anti"]
    towards = [trial for trial in valid if trial.kind == "pro"]
    wrong = [trial for trial in away if trial.outcome == "wrong"]
    times = reactions(_latencies_s(away))
    towards_s = _latencies_s(towards)
    return LookAwayMeasures(
        trials=len(valid),
        success_rate=share(sum(trial.success for trial in valid), len(valid)),
        error_rate=_errors(away),
        mended_rate=share(sum(trial.detail["mended"] > 0 for trial in wrong), len(wrong)),
        latency_mean_s=times.mean_s,
        latency_sd_s=times.sd_s,
        towards_error_rate=_errors(towards),
        towards_latency_mean_s=fmean(towards_s) if towards_s else None,
        early=sum(trial.outcome == "early" for trial in valid),
        missed=sum(trial.outcome == "miss" for trial in valid),
    )


def _errors(trials: list[Trial]) -> float | None:
    wrong = sum(trial.outcome == "wrong" for trial in trials)
    return share(wrong, wrong + sum(trial.outcome == "hit" for trial in trials))


def _latencies_s(trials: list[Trial]) -> list[float]:
    return [trial.reaction_s for trial in trials if trial.outcome == "hit" and trial.reaction_s is not None]
