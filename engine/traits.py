"""What check-ups and warm-ups say of a player's traits over a course of sittings, and whether any of them changed.

A trait is told by the check-up and, where it can be, by the warm-up of every sitting, which is the same each time.
Only what was answered with keys is judged: nobody knows yet how far the others waver (docs/outcomes.md).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from statistics import fmean, stdev
from typing import Literal, NamedTuple, Protocol

import numpy as np

from engine.changes import FEWEST, Change, Course, Norm, Point, Points, changes, course, together
from engine.checkup import Block, InBlock
from engine.tasks.catalogue import WARMUP, WARMUP_X
from engine.tasks.measures import detection

Trait = Literal["speed", "evenness", "telling_apart", "restraint"]
Whole = Literal["whole"]
Measure = Trait | Whole
Source = Literal["checkup-still-water", "checkup-look-away", "warmup"]

WHOLE: Whole = "whole"
"""All traits as one, each by what its course is worth: the first question where no trait was named beforehand."""

BETTER: Mapping[Trait, int] = {"speed": -1, "evenness": -1, "telling_apart": 1, "restraint": -1}
"""The way that counts as up in the whole: faster, more even, surer, seldom to the wrong side."""

AIMED, WHOLES = 0.8, 0.5
"""Shares of what may be told in error: of the trait that the plan named, else of the whole (own choice)."""


class Sign(NamedTuple):
    """What tells of a trait: a level of the check-up, or the warm-up."""

    trait: Trait
    source: Source


SIGNS = (
    Sign("speed", "checkup-still-water"),
    Sign("speed", "warmup"),
    Sign("evenness", "checkup-still-water"),
    Sign("evenness", "warmup"),
    Sign("telling_apart", "checkup-still-water"),
    Sign("restraint", "checkup-look-away"),
    Sign("restraint", "warmup"),
)

LEADING: Mapping[Trait, Sign] = {sign.trait: sign for sign in SIGNS if sign.source != "warmup"}
"""Of each trait the sign of the check-up, in whose spread between people its changes are told."""

Line = Callable[[Points, Norm, int, float], Course]

FEWEST_TRIALS, FEWEST_TIMES = 15, 8
"""Of a check-up's part or a warm-up, and right answers in it (own choice); a child's warm-up has about thirty."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One sitting. before: how many there had been; trained: those that were more than a check-up alone

    values: by sign, on scales on which they waver evenly. speed: mean of the logs of right answers' times in seconds;
    evenness: log of the SD of those logs; telling_apart: d'; restraint: log odds of answers to the wrong side
    """

    before: int
    trained: int
    values: Mapping[Sign, float]


class Answered(InBlock, Protocol):
    """A trial, and what it was of."""

    @property
    def task(self) -> str: ...


def occasion(before: int, trained: int, trials: Iterable[Answered], blocks: Iterable[Block]) -> Occasion:
    """What a sitting that was played with keys says; what it has no answer to is left out."""
    known: dict[str, list[Answered]] = {"warmup": []}
    levels = {block.block: block.level for block in blocks if block.by == "keys"}
    for trial in trials:
        if _is_warmup(trial):
            known["warmup"].append(trial)
        elif trial.block in levels and not trial.practice:
            known.setdefault(levels[trial.block], []).append(trial)
    told = {sign: _value(sign.trait, known.get(sign.source, ())) for sign in SIGNS}
    return Occasion(before, trained, {sign: value for sign, value in told.items() if value is not None})


def _is_warmup(trial: Answered) -> bool:
    """Practice of the same game has settings of its own."""
    is_first = trial.block == 0 and trial.task == WARMUP.task and trial.difficulty == WARMUP_X
    return is_first and trial.detail["spacing"] == WARMUP.spacing[0]


def _value(trait: Trait, trials: Sequence[Answered]) -> float | None:
    valid = [trial for trial in trials if trial.valid and trial.outcome != "void"]
    times = [log(one.reaction_s) for one in valid if one.outcome == "hit" and one.reaction_s]
    outcomes = Counter(one.outcome for one in valid)
    if len(valid) < FEWEST_TRIALS or (trait in ("speed", "evenness") and len(times) < FEWEST_TIMES):
        return None
    match trait:
        case "speed":
            return fmean(times)
        case "evenness":
            return log(stdev(times)) if len(set(times)) > 1 else None
        case "telling_apart":
            return detection(outcomes["hit"], outcomes["miss"], outcomes["false_alarm"], outcomes["held"]).d_prime
        case "restraint":
            return log((outcomes["wrong"] + 0.5) / (outcomes["hit"] + 0.5))


def points(occasions: Iterable[Occasion], sign: Sign) -> Points:
    """Where the sign could be read."""
    return [Point(one.before, one.trained, one.values[sign]) for one in occasions if sign in one.values]


class Alike(NamedTuple):
    """Correlations of errors. signs: of a trait's two; traits: of courses of two traits, each the way that counts
    as up, by their names in the order of LEADING
    """

    signs: Mapping[Trait, float]
    traits: Mapping[tuple[Trait, Trait], float]


def judged(
    occasions: Sequence[Occasion],
    norms: Mapping[Sign, Norm],
    alike: Alike,
    line: Line = course,
    aim: Trait | None = None,
) -> dict[Measure, Change]:
    """Whether each trait that has a norm changed from the first to the last of these sittings, and all as one.

    Only what at least FEWEST check-ups tell is judged. The whole is judged where two traits are.
    line: `foreseen` tells what such a course could tell, whatever was measured
    aim:  the trait that was named beforehand as what is to change above all
    """
    found = by_trait(occasions, norms, alike.signs, line)
    courses: dict[Measure, Course] = dict(found.items())
    if len(found) > 1:
        courses[WHOLE] = _whole(found, alike.traits)
    return changes(courses, {aim: AIMED} if aim else {WHOLE: WHOLES})


def by_trait(
    occasions: Sequence[Occasion], norms: Mapping[Sign, Norm], signs: Mapping[Trait, float], line: Line = course
) -> dict[Trait, Course]:
    """The course of every trait that `judged` judges; signs: as in Alike."""
    last = max((one.trained for one in occasions), default=0)
    courses: dict[Trait, Course] = {}
    for trait, leading in LEADING.items():
        mine = [sign for sign in SIGNS if sign.trait == trait]
        told = {sign: points(occasions, sign) for sign in mine}
        if leading in norms and _is_course(told[leading]):
            able = [sign for sign in mine if sign in norms and _is_course(told[sign])]
            lines = [line(told[sign], norms[sign], last, _unit(norms[sign], norms[leading])) for sign in able]
            same = np.eye(len(lines)) + signs.get(trait, 0.0) * (1 - np.eye(len(lines)))
            courses[trait] = together(lines, same)
    return courses


def _whole(courses: Mapping[Trait, Course], traits: Mapping[tuple[Trait, Trait], float]) -> Course:
    up = [replace(one, change=BETTER[trait] * one.change) for trait, one in courses.items()]
    alike = np.eye(len(up))
    for (row, one), (column, other) in combinations(enumerate(courses), 2):
        alike[row, column] = alike[column, row] = traits.get((one, other), 0.0)
    return together(up, alike)


def _unit(known: Norm, leading: Norm) -> float:
    """By how much a change moves a sign that moves the check-up's by its SD between people.

    As many SD of what people truly differ by: a warm-up, of which more is chance, moves less for its own spread.
    """
    return leading.between * known.true / leading.true if known.true and leading.true else known.between


def _is_course(told: Points) -> bool:
    """Whether there are enough, and sittings between them."""
    return len(told) >= FEWEST and told[0].trained < told[-1].trained
