"""What a sitting comes to in numbers, and what many sittings come to, each with its interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.random import default_rng  # noqa: TID251 - seeded here, so that an interval is always the same
from scipy.stats import rankdata

from engine.reward import MIN_CLEAN
from game.simulation.sitting import Played
from game.simulation.stream import RATE_HZ

SETTLED = 60  # trials, after which success is judged
BAND = (0.45, 0.90)  # of a block's share of rewards
DRAWN = 200  # trials that pictures show


@dataclass(frozen=True, slots=True)
class Figures:
    """One sitting.

    success:    share of valid trials after the first sixty; target: what the skill loop aimed at
    x:          difficulty of the first trials, as presented; successes: whether they succeeded
    shares:     of rewards, a block each, of those with a good signal for long enough to move the threshold
    contrast:   P(above the threshold | in the zone) - P(above | out of it); None without both
    rewarded:   share of good time above the threshold; donor_rewarded: the same in the sitting whose score was
                replayed; rewarded_time: share of all the time
    auc:        of good scores in blocks, against the zone at that moment; None without both
    threshold:  at the end, in scores; spread: what an SD is in scores
    moved_lost: trials with a lost signal that moved difficulty
    """

    number: int
    success: float
    target: float
    longest_failures: int
    x: tuple[float, ...]
    successes: tuple[bool, ...]
    difficulty: float
    shares: tuple[float, ...]
    contrast: float | None
    rewarded: float
    donor_rewarded: float | None
    rewarded_time: float
    dirty_share: float
    rewards_per_min: float
    attended: float
    clenched: float
    auc: float | None
    threshold: float | None
    spread: float | None
    stars: int
    actions: tuple[str, ...]
    returns_s: tuple[float, ...]
    moved_lost: int
    leaves: float


def figures(played: Played, number: int, target: float, donor: Played | None = None) -> Figures:
    """Numbers of one sitting; `number` is the player's first, second, ...; `donor` whose score was replayed in it."""
    valid = [trial for trial in played.trials if trial.valid]
    return Figures(
        number=number,
        success=float(np.mean([trial.success for trial in valid[SETTLED:]])),
        target=target,
        longest_failures=longest_failures([trial.success for trial in valid]),
        x=tuple(round(trial.difficulty, 3) for trial in valid[:DRAWN]),
        successes=tuple(trial.success for trial in valid[:DRAWN]),
        difficulty=played.done.difficulty,
        shares=tuple(
            block.reward_share
            for block in played.blocks
            if block.reward_share is not None and (block.good_share or 0.0) >= MIN_CLEAN
        ),
        contrast=contrast(played),
        rewarded=rewarded(played),
        donor_rewarded=rewarded(donor) if donor else None,
        rewarded_time=(played.attending.above + played.away.above) / (played.seconds * RATE_HZ),
        dirty_share=played.paid_dirty / played.paid if played.paid else 0.0,
        rewards_per_min=60 * played.paid / played.seconds,
        attended=played.attended_s / played.seconds,
        clenched=played.clenched_s / played.seconds,
        auc=auc(played.heard),
        threshold=played.thresholds[-1] if played.thresholds else None,
        spread=played.usual[1] if played.usual else None,
        stars=played.done.stars,
        actions=tuple(f"{action.action} ({action.situation})" for action in played.actions),
        returns_s=played.returns_s,
        moved_lost=sum(lost and trial.valid for trial, lost in zip(played.trials, played.lost, strict=True)),
        leaves=1 - float(np.exp(-played.hazard)),
    )


def auc(heard: Sequence[tuple[float, bool]]) -> float | None:
    """Area under the ROC curve, by ranks; of (score, in the zone)."""
    scores, inside = np.array([score for score, _ in heard]), np.array([is_in for _, is_in in heard], bool)
    n_in, n_out = int(inside.sum()), int((~inside).sum())
    if not n_in or not n_out:
        return None
    ranks = rankdata(scores)
    return float((ranks[inside].sum() - n_in * (n_in + 1) / 2) / (n_in * n_out))


def rewarded(played: Played) -> float:
    """Share of the time with a good signal that was above the threshold."""
    good = played.attending.all + played.away.all
    return (played.attending.above + played.away.above) / good if good else 0.0


def contrast(played: Played) -> float | None:
    """How much likelier a player is above the threshold in the zone than out of it."""
    if not played.attending.all or not played.away.all:
        return None
    return played.attending.above / played.attending.all - played.away.above / played.away.all


def longest_failures(successes: Sequence[bool]) -> int:
    """The longest run of failures."""
    return max((len(list(run)) for success, run in groupby(successes) if not success), default=0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


Course = Sequence[Figures]
"""The sittings of one player, one after another."""


def estimate(courses: Sequence[Course], of: Callable[[Course], Sequence[float]], resamples: int = 400) -> Estimate:
    """The mean of a figure over all sittings (or blocks); its interval by bootstrap, players first, then theirs."""
    players = [values for values in (np.array(of(course), float) for course in courses) if len(values)]
    if not players:
        return Estimate(float("nan"), float("nan"), float("nan"))
    rng = default_rng(0)
    means = []
    for _ in range(resamples):
        picked = (players[k] for k in rng.integers(0, len(players), len(players)))
        means.append(np.concatenate([values[rng.integers(0, len(values), len(values))] for values in picked]).mean())
    low, high = np.quantile(means, [0.025, 0.975])
    return Estimate(float(np.concatenate(players).mean()), float(low), float(high))
