"""How evenly answers come, sitting by sitting, against what is usual for the same player and nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, stdev
from typing import Literal, Protocol

from scipy.stats import t as student

FEWEST_TRIALS = 10
"""Of a task in a sitting; an SD of fewer says little (own choice)."""

FEWEST_USUAL, MOST_USUAL = 5, 12
"""Earlier sittings that say what is usual; more of them would hide that a player has changed (own choice)."""

SURE = 0.95

Verdict = Literal["unknown", "usual", "steadier", "less_steady"]


class Trial(Protocol):
    """As much of a trial as steadiness needs."""

    @property
    def task(self) -> str: ...
    @property
    def success(self) -> bool: ...
    @property
    def valid(self) -> bool: ...
    @property
    def practice(self) -> bool: ...
    @property
    def strand(self) -> str: ...
    @property
    def reaction_s(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Steadiness:
    """variation: SD / mean of each sitting's reaction times, as if it had had the usual tasks; None where unknown

    usual: within which a sitting's variation lies on 95 of 100 usual days; None before enough sittings were played
    """

    variation: Sequence[float | None]
    usual: tuple[float, float] | None
    verdict: Verdict


def steadiness(sittings: Sequence[Sequence[Trial]], recent: int) -> Steadiness:
    """Of sittings, the oldest first; the last `recent` of them are held against those before.

    Usual is a prediction interval: mean +- t sd sqrt(1/m + 1/n) of n earlier sittings, for the mean of m recent ones.
    """
    logs = _without_tasks([_variations(trials) for trials in sittings])
    earlier = [value for value in logs[: len(logs) - recent] if value is not None][-MOST_USUAL:]
    now = [value for value in logs[len(logs) - recent :] if value is not None]
    variation = [None if value is None else exp(value) for value in logs]
    if len(earlier) < FEWEST_USUAL:
        return Steadiness(variation, None, "unknown")
    low, high = _interval(earlier, 1)
    return Steadiness(variation, (exp(low), exp(high)), _verdict(earlier, now))


def _verdict(earlier: Sequence[float], now: Sequence[float]) -> Verdict:
    if not now:
        return "unknown"
    low, high = _interval(earlier, len(now))
    if fmean(now) < low:
        return "steadier"
    return "less_steady" if fmean(now) > high else "usual"


def _interval(earlier: Sequence[float], m: int) -> tuple[float, float]:
    n = len(earlier)
    far = float(student.ppf((1 + SURE) / 2, n - 1)) * stdev(earlier) * sqrt(1 / m + 1 / n)
    return fmean(earlier) - far, fmean(earlier) + far


def _variations(trials: Sequence[Trial]) -> dict[str, float]:
    """Log of SD / mean of the reaction times of right answers, by task."""
    right = [one for one in trials if one.valid and one.success and not one.practice and one.strand == "first"]
    times = {task: [one.reaction_s for one in right if one.task == task and one.reaction_s] for task in _tasks(right)}
    return {task: log(stdev(some) / fmean(some)) for task, some in times.items() if _enough(some)}


def _tasks(trials: Sequence[Trial]) -> dict[str, None]:
    return dict.fromkeys(one.task for one in trials)


def _enough(times: Sequence[float]) -> bool:
    return len(times) >= FEWEST_TRIALS and stdev(times) > 0


def _without_tasks(sittings: Sequence[Mapping[str, float]]) -> list[float | None]:
    """Each sitting's mean, less what its tasks differ by: one with another game is not another player."""
    everything = [value for sitting in sittings for value in sitting.values()]
    tasks = {task for sitting in sittings for task in sitting}
    usual = {task: fmean(sitting[task] for sitting in sittings if task in sitting) for task in tasks}
    return [
        fmean(value - usual[task] for task, value in sitting.items()) + fmean(everything) if sitting else None
        for sitting in sittings
    ]
