"""What Two Ponds measures: the costs of switching rules and of doing two things at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from engine.tasks.measures import detection, reactions, share
from engine.tasks.task import Trial, counted

FEWEST = 6
"""Of trials on either side of a cost, own choice: with fewer it is chance."""


@dataclass(frozen=True, slots=True)
class TwoPondsMeasures:
    """What the valid, scored trials say; None where there was nothing to say it by, or too little.

    trials, success_rate, early: of creatures, sorted or tapped
    reaction_*:      of right answers, seconds; sd needs two
    switch_cost_s:   how much longer a right answer takes when the rule has changed than when it has not
    mixing_cost_s:   how much longer it takes where the rule may change but has not than where there is but one
    d_prime, criterion: of tapping
    tap_dual_cost:   share of the success in tapping alone that is lost while steering
    bends:           rounds steered; bend_success_rate of them were successes
    lane_rms:        how far the boat was from the middle of the current, root mean square, screens
    steer_dual_cost: share of the time in the current while steering alone that is lost while tapping
    """

    trials: int
    success_rate: float | None
    early: int
    reaction_mean_s: float | None
    reaction_sd_s: float | None
    reaction_cv: float | None
    switch_cost_s: float | None
    mixing_cost_s: float | None
    d_prime: float | None
    criterion: float | None
    tap_dual_cost: float | None
    bends: int
    bend_success_rate: float | None
    lane_rms: float | None
    steer_dual_cost: float | None


def measures(trials: Iterable[Trial]) -> TwoPondsMeasures:
    """Outcome measures of switching and of dividing attention, from the trials that count.

    switch cost = RT(changed) - RT(the same), mixing cost = RT(the same, where it may change) - RT(one rule);
    dual cost = (S_alone - S_both) / S_alone, S the share of creatures rightly tapped or let be, or of time in
    the current.
    """
    valid = counted(trials)
    bends = [trial for trial in valid if trial.kind == "bend"]
    met = [trial for trial in valid if trial.kind != "bend"]
    right = [trial for trial in met if trial.outcome == "hit"]
    taps = [trial for trial in met if trial.kind in ("tap", "leave")]
    outcomes = [trial.outcome for trial in taps]
    told = detection(*(outcomes.count(outcome) for outcome in ("hit", "miss", "false_alarm", "held")))
    times = reactions([trial.reaction_s for trial in right if trial.reaction_s is not None])
    same = [trial for trial in right if trial.detail.get("switched") == 0]
    return TwoPondsMeasures(
        trials=len(met),
        success_rate=share(sum(trial.success for trial in met), len(met)),
        early=sum(trial.outcome == "early" for trial in met),
        reaction_mean_s=times.mean_s,
        reaction_sd_s=times.sd_s,
        reaction_cv=times.cv,
        switch_cost_s=_longer_s([trial for trial in right if trial.detail.get("switched") == 1], same),
        mixing_cost_s=_longer_s(same, [trial for trial in right if not trial.detail["mixed"]]),
        d_prime=told.d_prime,
        criterion=told.criterion,
        tap_dual_cost=_cost(taps, [float(trial.success) for trial in taps]),
        bends=len(bends),
        bend_success_rate=share(sum(trial.success for trial in bends), len(bends)),
        lane_rms=fmean(trial.detail["off"] ** 2 for trial in bends) ** 0.5 if bends else None,
        steer_dual_cost=_cost(bends, [trial.detail["inside"] for trial in bends]),
    )


def _longer_s(some: Sequence[Trial], than: Sequence[Trial]) -> float | None:
    one, other = ([trial.reaction_s for trial in ts if trial.reaction_s is not None] for ts in (some, than))
    return fmean(one) - fmean(other) if min(len(one), len(other)) >= FEWEST else None


def _cost(trials: Sequence[Trial], successes: Sequence[float]) -> float | None:
    """What is lost by doing two things, as a share of what is done alone."""
    alone, both = (
        [success for trial, success in zip(trials, successes, strict=True) if trial.detail["dual"] == dual]
        for dual in (0, 1)
    )
    if min(len(alone), len(both)) < FEWEST or not any(alone):
        return None
    return (fmean(alone) - fmean(both)) / fmean(alone)
