"""What trials of Strike say of a player: d', bias, reaction times, and how long stopping takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.tasks.measures import detection, reactions, share
from engine.tasks.strike_stopping import stopping
from engine.tasks.task import Trial, counted


@dataclass(frozen=True, slots=True)
class StrikeMeasures:
    """What the valid, scored trials say; None where there were too few to say it.

    success_rate:    hits and held frogs, of all
    omission_rate:   misses, of fish answered in time or not at all
    commission_rate: false alarms, of frogs answered in time or not at all
    d_prime:         how well fish and frogs were told apart
    criterion:       c, below 0 for a ready hand, above 0 for a cautious one
    reaction_*:      of hits, seconds; sd needs two
    stops:           trials with a stop signal, which count in none of the above
    stopped_rate:    those without a press, of them
    ssd_mean_s:      from onset to the signal, of all of them
    ssrt_s:          how long stopping takes (engine.tasks.strike_stopping)
    """

    trials: int
    hits: int
    misses: int
    false_alarms: int
    held: int
    early: int
    success_rate: float | None
    omission_rate: float | None
    commission_rate: float | None
    d_prime: float | None
    criterion: float | None
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None
    stops: int
    stopped_rate: float | None
    ssd_mean_s: float | None
    ssrt_s: float | None


def measures(trials: Iterable[Trial]) -> StrikeMeasures:
    """Outcome measures of go/no-go (engine.tasks.measures), from the trials that count.

    Early presses came before the creature could be told and count in neither H nor F.
    """
    scored = counted(trials)
    valid = [trial for trial in scored if trial.kind != "stop"]
    outcomes = [trial.outcome for trial in valid]
    hits, misses = outcomes.count("hit"), outcomes.count("miss")
    false_alarms, held = outcomes.count("false_alarm"), outcomes.count("held")
    told = detection(hits, misses, false_alarms, held)
    stop = stopping(scored)
    times = reactions([t.reaction_s for t in valid if t.outcome == "hit" and t.reaction_s is not None])
    return StrikeMeasures(
        trials=len(valid),
        hits=hits,
        misses=misses,
        false_alarms=false_alarms,
        held=held,
        early=outcomes.count("early"),
        success_rate=share(hits + held, len(valid)),
        omission_rate=share(misses, hits + misses),
        commission_rate=share(false_alarms, false_alarms + held),
        d_prime=told.d_prime,
        criterion=told.criterion,
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
        stops=stop.stops,
        stopped_rate=stop.stopped_rate,
        ssd_mean_s=stop.ssd_mean_s,
        ssrt_s=stop.ssrt_s,
    )
