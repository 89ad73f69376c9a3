"""The study: thousands of sittings over a process pool, and what they come to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace

import numpy as np

from game.simulation.course import Job, course
from game.simulation.figures import BAND, Course, Estimate, Figures, estimate
from game.simulation.stream import Quality

COURSE = 10  # sittings of one player
LONG_COURSE = 24  # of one who learns; a plan of eight weeks
WORTHLESS = 0.50  # AUC of a score that tells nothing
NEAR = 0.7  # logits: difficulty has recovered when it is as near as this to where it settles
WITHIN = 45  # trials in which it must have
RECOVERERS = 8  # for so many sittings there is one that starts three logits off, either way

Courses = Sequence[Course]
Done = Callable[[int], None]
"""Is told how many sittings have just been finished."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to play: courses by name.

    sittings: in all
    """

    groups: Mapping[str, tuple[Job, ...]]

    @property
    def sittings(self) -> int:
        return sum(job.sittings for jobs in self.groups.values() for job in jobs)


def profile_plan(profiles: Iterable[str], sittings: int, seed: int, auc: float) -> Plan:
    """Courses of each profile, and single sittings that begin three logits too easy and too hard."""
    groups: dict[str, tuple[Job, ...]] = {}
    for profile in profiles:
        quality = Quality(WORTHLESS if profile == "random" else auc)
        groups[profile] = _courses(Job(profile, seed, 0, quality=quality), sittings)
        one = Job(profile, seed, 0, sittings=1, first=4, quality=quality, kind="knows")
        off = [replace(one, number=number) for number in range(max(2, sittings // RECOVERERS))]
        groups[f"{profile}, too easy"] = tuple(replace(job, start="too_easy") for job in off)
        groups[f"{profile}, too hard"] = tuple(replace(job, start="too_hard") for job in off)
    return Plan(groups)


def comparison_plan(sittings: int, seed: int) -> Plan:
    """Scores of other worth, a headset that is lost, the control arms, and rules that must not ship."""
    child = Job("child", seed, 0)
    adult = Job("adult", seed, 0, quality=Quality(0.80))
    one = {
        **{f"AUC {auc:.2f}": replace(child, quality=Quality(auc)) for auc in (0.50, 0.65, 0.70, 0.80)},
        **{f"adhd, AUC {auc:.2f}": replace(child, profile="adhd", quality=Quality(auc)) for auc in (0.70, 0.80)},
        "a fifth of the signal lost": replace(child, quality=Quality(0.70, lost=0.20)),
        "yoked replay": replace(child, arm="yoked_replay", quality=Quality(0.80)),
        "performance only": replace(child, arm="performance_only", quality=Quality(0.80)),
        "fixed": replace(child, arm="fixed", quality=Quality(0.80)),
        "honest": adult,
        "clenching": replace(adult, profile="emg_cheat"),
        "rival: ungated reward, clenching": replace(adult, profile="emg_cheat", quality=Quality(0.80, gated=False)),
        "rival: difficulty from the score alone": replace(child, rival="difficulty from the score alone"),
        "rival: a threshold that follows": replace(child, rival="a threshold that follows", quality=Quality(0.80)),
    }
    learner = replace(child, profile="novice", quality=Quality(0.80))
    long = {
        "learner": learner,
        "no learner": replace(learner, profile="child"),
        "rival: a threshold that follows, learner": replace(learner, rival="a threshold that follows"),
    }
    if not sittings:
        return Plan({})
    courses = {name: _courses(job, sittings) for name, job in one.items()}
    longer = sittings * LONG_COURSE // COURSE
    return Plan(courses | {name: _courses(job, longer, LONG_COURSE) for name, job in long.items()})


def _courses(job: Job, sittings: int, length: int = COURSE) -> tuple[Job, ...]:
    """As many players as it takes for that many sittings, the last with a shorter course."""
    return tuple(
        replace(job, number=number, sittings=min(length, sittings - number * length))
        for number in range(-(-sittings // length))
    )


def run(plan: Plan, pool: Executor, done: Done) -> dict[str, Courses]:
    """All courses of a plan. Every sitting is seeded by itself: how many work on it changes nothing."""
    waiting = {
        pool.submit(course, job): (name, at) for name, jobs in plan.groups.items() for at, job in enumerate(jobs)
    }
    found: dict[str, list[Course]] = {name: [()] * len(jobs) for name, jobs in plan.groups.items()}
    try:
        for future in as_completed(waiting):
            name, at = waiting[future]
            found[name][at] = future.result()
            done(len(found[name][at]))
    finally:  # whoever leaves early waits for no more than what has begun
        for future in waiting:
            future.cancel()
    return dict(found)


def success_rate(courses: Courses) -> Estimate:
    """After trial 60, where four of five are aimed at: children's first three sittings aim higher."""
    return estimate(courses, lambda c: [f.success for f in _usual(c)])


def blocks_in_band(courses: Courses) -> Estimate:
    """Share of blocks that paid between .45 and .90 of their good time."""
    low, high = BAND
    return estimate(courses, lambda c: [low <= share <= high for f in c for share in f.shares])


def reward_share(courses: Courses) -> Estimate:
    return estimate(courses, lambda c: [f.rewarded for f in c])


def reward_contrast(courses: Courses) -> Estimate:
    """P(above the threshold | in the zone) - P(above the threshold | out of it)."""
    return estimate(courses, lambda c: [f.contrast for f in c if f.contrast is not None])


def auc(courses: Courses) -> Estimate:
    """How well the scores that were made tell in from out of the zone."""
    return estimate(courses, lambda c: [f.auc for f in c if f.auc is not None])


def threshold_rise(courses: Courses) -> Estimate:
    """How far the threshold has risen from a course's first third to its last, in SD of the first calibration."""
    return estimate([c for c in courses if len(c) >= 3], _threshold_rise)


def reward_rise(courses: Courses) -> Estimate:
    """The same for the share of rewards."""
    return estimate([c for c in courses if len(c) >= 3], lambda c: [_rise([f.rewarded for f in c])])


def failures(courses: Courses) -> dict[str, float]:
    """The longest run of failures in a sitting: median, and the longest of all."""
    runs = [f.longest_failures for c in courses for f in c]
    return {
        "value": float(np.median(runs)),
        "low": float(np.quantile(runs, 0.025)),
        "high": float(np.quantile(runs, 0.975)),
        "most": float(max(runs)),
        "over_5": float(np.mean(np.array(runs) > 5)),
    }


def recovery(courses: Courses) -> dict[str, float]:
    """Trials until a difficulty that began three logits off was near where it settles; `within`: share in time."""
    trials = [_recovered(f) for c in courses for f in c]
    return {
        "value": float(np.median(trials)),
        "low": float(np.quantile(trials, 0.025)),
        "high": float(np.quantile(trials, 0.975)),
        "mean": float(np.mean(trials)),
        "within": float(np.mean(np.array(trials) <= WITHIN)),
        "overshoot": float(np.mean([_overshoot(f) for c in courses for f in c])),
    }


def _usual(figures: Course) -> list[Figures]:
    return [f for f in figures if f.target <= 0.80 + 1e-9]


def _threshold_rise(figures: Course) -> list[float]:
    spread = figures[0].spread
    return [_rise([f.threshold for f in figures]) / spread] if spread else []


def _rise(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    third = max(1, len(known) // 3)
    return float(np.mean(known[-third:]) - np.mean(known[:third]))


def _settled(figures: Figures) -> float:
    return float(np.mean(figures.x[len(figures.x) // 2 :]))


def _recovered(figures: Figures) -> int:
    settled = _settled(figures)
    return next((k for k, x in enumerate(figures.x) if abs(x - settled) < NEAR), len(figures.x))


def _overshoot(figures: Figures) -> float:
    """How far, in logits, difficulty went past where it settles in the 30 trials after it had recovered."""
    settled, at = _settled(figures), _recovered(figures)
    way = np.sign(settled - figures.x[0])
    return max(0.0, float(np.max(way * (np.array(figures.x[at : at + 30]) - settled), initial=0.0)))
