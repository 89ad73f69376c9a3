"""The study in numbers: as JSON, and as the tables of docs/simulation.md."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isnan
from typing import Any

import numpy as np

from game.simulation import study
from game.simulation.families import Told
from game.simulation.figures import Estimate, Figures
from game.simulation.study import Courses

Found = Mapping[str, Courses]
Numbers = dict[str, Any]


def of_profile(found: Found, profile: str) -> Numbers:
    """The figures of one kind of player; each has value, low and high (95 %)."""
    courses = found[profile]
    off = [*found[f"{profile}, too easy"], *found[f"{profile}, too hard"]]
    return {
        "sittings": sum(len(course) for course in courses),
        "success_rate": _plain(study.success_rate(courses)),
        "success_by_difficulty_alone": _plain(study.success_rate(off)),
        "blocks_in_band": _plain(study.blocks_in_band(courses)),
        "reward_share": _plain(study.reward_share(courses)),
        "reward_contrast": _plain(study.reward_contrast(courses)),
        "longest_failures": study.failures(courses),
        "recovery_trials": study.recovery(off),
        "recovery_from_too_easy": study.recovery(found[f"{profile}, too easy"]),
        "recovery_from_too_hard": study.recovery(found[f"{profile}, too hard"]),
        "auc": _plain(study.auc(courses)),
        "threshold_rise": _plain(study.threshold_rise(courses)),
        "difficulty": _mean(courses, "difficulty"),
        "attended": _mean(courses, "attended"),
        "stars": _mean(courses, "stars"),
        "actions_per_sitting": float(np.mean([len(f.actions) for f in _all(courses)])),
        "left_for_good": _mean(courses, "leaves"),
    }


def of_comparison(found: Found) -> Numbers:
    """The same of everything that is compared, as far as it makes sense there."""
    return {name: _compared(courses) for name, courses in found.items()}


def of_families(told: Told) -> Numbers:
    return asdict(told)


def _compared(courses: Courses) -> Numbers:
    sittings = _all(courses)
    returns_s = [seconds for f in sittings for seconds in f.returns_s]
    donors = [abs(f.rewarded - f.donor_rewarded) for f in sittings if f.donor_rewarded is not None]
    return {
        "sittings": len(sittings),
        "success_rate": _plain(study.success_rate(courses)),
        "success_sd": float(np.std([f.success for f in sittings])),
        "longest_failures": study.failures(courses),
        "blocks_in_band": _plain(study.blocks_in_band(courses)),
        "reward_share": _plain(study.reward_share(courses)),
        "reward_contrast": _plain(study.reward_contrast(courses)),
        "rewarded_time": _mean(courses, "rewarded_time"),
        "paid_in_clenches": _mean(courses, "dirty_share"),
        "threshold_rise": _plain(study.threshold_rise(courses)),
        "reward_rise": _plain(study.reward_rise(courses)),
        "difficulty": _mean(courses, "difficulty"),
        "stars": _mean(courses, "stars"),
        "moved_while_lost": sum(f.moved_lost for f in sittings),
        "return_s": float(np.mean(returns_s)) if returns_s else None,
        "returned_in_5_s": float(np.mean([seconds <= 5 for seconds in returns_s])) if returns_s else None,
        "off_donor": float(np.mean(donors)) if donors else None,
    }


def as_text(numbers: Numbers) -> Iterator[str]:
    """The tables, in Markdown."""
    yield from _profile_table(numbers["profiles"])
    if "comparison" in numbers:
        yield ""
        yield from _comparison_table(numbers["comparison"])
    if "families" in numbers:
        told = numbers["families"]
        yield ""
        yield (
            f"{told['families']} families with no true change: {told['changed']:.1%} are told of one; by the plain "
            f"rule {told['naive']:.1%}. Of those who change as on medication, {told['noticed']:.1%} are told."
        )


def _profile_table(profiles: Mapping[str, Numbers]) -> Iterator[str]:
    yield (
        "| profile | sittings | success | blocks in .45-.90 | contrast | longest failures: median, most "
        "| recovery: median trials, within 45 | threshold rises by, SD | score AUC |"
    )
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, one in profiles.items():
        runs, back = one["longest_failures"], one["recovery_trials"]
        cells = [
            name,
            one["sittings"],
            _short(one["success_rate"]),
            _short(one["blocks_in_band"]),
            _short(one["reward_contrast"]),
            f"{runs['value']:.0f}, {runs['most']:.0f}",
            f"{back['value']:.0f}, {back['within']:.0%}",
            _short(one["threshold_rise"]),
            f"{one['auc']['value']:.2f}",
        ]
        yield "| " + " | ".join(map(str, cells)) + " |"


def _comparison_table(compared: Mapping[str, Numbers]) -> Iterator[str]:
    yield (
        "| played | sittings | success | SD of success | longest failures: most | contrast | blocks in .45-.90 "
        "| share of all time rewarded | threshold rises by, SD | share of rewards rises by | stars |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for name, one in compared.items():
        cells = [
            name,
            one["sittings"],
            _short(one["success_rate"]),
            f"{one['success_sd']:.3f}",
            f"{one['longest_failures']['most']:.0f}",
            _short(one["reward_contrast"]),
            _short(one["blocks_in_band"]),
            f"{one['rewarded_time']:.3f}",
            _short(one["threshold_rise"]),
            _short(one["reward_rise"]),
            f"{one['stars']:.2f}",
        ]
        yield "| " + " | ".join(map(str, cells)) + " |"


def _short(one: Mapping[str, float | None]) -> str:
    if one["value"] is None:
        return "-"
    return f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


def _plain(found: Estimate) -> Numbers:
    """None where there was nothing to take a mean of."""
    return {name: None if isnan(value) else value for name, value in asdict(found).items()}


def _all(courses: Courses) -> Sequence[Figures]:
    return [figures for course in courses for figures in course]


def _mean(courses: Courses, name: str) -> float:
    return float(np.mean([getattr(figures, name) for figures in _all(courses)]))
