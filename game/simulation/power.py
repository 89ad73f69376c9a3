"""How often a change is told, and how often one that is none: simulated courses by the thousand, to be resumed."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import asdict, dataclass, fields, replace
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean
from typing import get_args

import numpy as np

from engine.changes import FEWEST, Change, Norm, course, foreseen, norm
from engine.norms import ALIKE, simulated
from engine.traits import (
    BETTER,
    LEADING,
    SIGNS,
    WHOLE,
    Alike,
    Measure,
    Occasion,
    Sign,
    Trait,
    by_trait,
    judged,
    points,
)
from game.simulation.changes import SITTINGS, Job, Way, measured
from game.simulation.changes import course as played

Courses = Sequence[Sequence[Occasion]]
Done = Callable[[int], None]

TRAITS: tuple[Trait, ...] = ("speed", "evenness", "telling_apart", "restraint")
MEASURES: tuple[Measure, ...] = (*TRAITS, WHOLE)
TRIED_PEOPLE = 30
_NORMS, _TRIED = 1_000_000, 2_000_000
"""Numbers from which on people are neither in the study nor one another."""

STEP = 0.4
"""By how far, in the twin's unit, a trait is moved to learn how far that moves its sign."""


WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of people, each with their number.

    alarmed: nothing changed, and a change of anything is told
    by_measure: nothing changed, and that of this one is told
    told:    by what changed (the whole: all four traits, one way) and way: it changed, and a change that way is told
    any_told: the same, whatever was told to have changed
    moved:   by how far the sign of the check-up moved in truth, SD between people, in those who changed
    """

    people: int
    changed: int
    alarmed: float
    by_measure: Mapping[str, float]
    told: Mapping[str, Mapping[str, float]]
    any_told: Mapping[str, Mapping[str, float]]
    moved: Mapping[str, float]


def in_all(people: int, changed: int) -> int:
    """How many a study plays."""
    return people + 2 * len(MEASURES) * TRIED_PEOPLE + len(MEASURES) * len(WAYS) * changed


def run(jobs: Iterable[Job], pool: Executor, kept: Path | None, done: Done) -> list[tuple[Occasion, ...]]:
    """All of them in order; `kept` is a file of those that are finished, to which the others are added."""
    wanted = list(jobs)
    known = _known(kept)
    waiting = {pool.submit(played, job): job for job in wanted if _key(job) not in known}
    done(len(wanted) - len(waiting))
    for future in as_completed(waiting):
        known[_key(waiting[future])] = future.result()
        if kept:
            with kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps([_key(waiting[future]), _plain(future.result())]) + "\n")
        done(1)
    return [known[_key(job)] for job in wanted]


def _key(job: Job) -> str:
    return json.dumps(asdict(job), sort_keys=True)


def _known(kept: Path | None) -> dict[str, tuple[Occasion, ...]]:
    if kept is None or not kept.is_file():
        return {}
    told = (json.loads(line) for line in kept.read_text("utf-8").splitlines() if line.endswith("]]"))
    return {key: tuple(_occasion(*one) for one in course) for key, course in told}


def _plain(course: Sequence[Occasion]) -> list[tuple[int, int, list[float | None]]]:
    return [(one.before, one.trained, [one.values.get(sign) for sign in SIGNS]) for one in course]


def _occasion(before: int, trained: int, values: Sequence[float | None]) -> Occasion:
    return Occasion(
        before, trained, {sign: value for sign, value in zip(SIGNS, values, strict=True) if value is not None}
    )


def norms(courses: Courses) -> tuple[dict[Sign, Norm], Alike]:
    """How each sign is spread in people who did nothing but practise, and how alike signs and traits err.

    Traits that seem to err against one another are taken to err apart, which tells less.
    """
    told = {sign: [points(one, sign) for one in courses] for sign in SIGNS}
    found = {sign: norm([some for some in told[sign] if len(some) >= FEWEST]) for sign in SIGNS}
    signs: dict[Trait, float] = {}
    for trait in TRAITS:
        mine = [sign for sign in SIGNS if sign.trait == trait]
        lines = [
            [course(some, found[sign], SITTINGS, found[sign].between).change for some in told[sign]] for sign in mine
        ]
        if len(lines) > 1:
            signs[trait] = correlation(*lines)
    whole = [by_trait(one, found, signs) for one in courses]
    ups = {trait: [BETTER[trait] * some[trait].change for some in whole] for trait in TRAITS}
    traits = {pair: max(0.0, correlation(*(ups[trait] for trait in pair))) for pair in combinations(TRAITS, 2)}
    return found, Alike(signs, traits)


def learned(base: Job, people: int, pool: Executor, kept: Path | None, done: Done) -> tuple[dict[Sign, Norm], Alike]:
    """The norms of simulated people of this kind who were measured as `base` says."""
    jobs = [replace(base, number=_NORMS + number) for number in range(people)]
    return norms(run(jobs, pool, kept, done))


@dataclass(frozen=True, slots=True)
class Asked:
    """people: in whom nothing changes; changed: for each trait and way, half of them either way

    size: of their change, in the SD between people of the check-up's sign
    aimed: each change is of what was named beforehand; in whom nothing changes each trait is named in turn
    """

    people: int
    changed: int
    size: float = 1.0
    aimed: bool = False


def study(base: Job, asked: Asked, pool: Executor, kept: Path | None, done: Done) -> Found:
    """Of people like `base`, whose number it is all one."""
    known, alike = simulated(base.child), ALIKE[base.child]
    same = run((replace(base, number=number) for number in range(asked.people)), pool, kept, done)
    named = [TRAITS[number % len(TRAITS)] if asked.aimed else None for number in range(asked.people)]
    verdicts = [judged(one, known, alike, aim=aim) for one, aim in zip(same, named, strict=True)]
    far = {trait: asked.size * known[LEADING[trait]].between for trait in TRAITS}
    by = {trait: far[trait] / _moves(base, trait, pool, kept, done) for trait in TRAITS}
    doses = dict.fromkeys(TRAITS, by) | {WHOLE: _at_once(base, by, far, pool, kept, done)}
    told: dict[str, dict[str, float]] = {}
    any_told: dict[str, dict[str, float]] = {}
    moved: dict[str, float] = {}
    for what in MEASURES:
        told[what], any_told[what] = {}, {}
        for way in WAYS:
            jobs = [replace(base, number=n, way=way, moves=_all(what, doses[what], n)) for n in range(asked.changed)]
            courses = run(jobs, pool, kept, done)
            aim = what if asked.aimed and what != WHOLE else None
            found = [judged(one, known, alike, aim=aim) for one in courses]
            told[what][way] = _told([one[what] for one in found])
            any_told[what][way] = float(np.mean([_is_alarm(one) for one in found]))
        ways = {what: 1} if what != WHOLE else BETTER
        moved[what] = fmean(
            up * _moved(courses, same[: asked.changed], LEADING[trait]) / known[LEADING[trait]].between
            for trait, up in ways.items()
        )
    return Found(
        asked.people,
        asked.changed,
        float(np.mean([_is_alarm(verdict) for verdict in verdicts])),
        {what: float(np.mean([verdict[what].answer == "yes" for verdict in verdicts])) for what in MEASURES},
        told,
        any_told,
        moved,
    )


def _all(what: Measure, by: Mapping[Trait, float], number: int) -> tuple[tuple[str, float], ...]:
    """What moves in somebody, and by how far: one trait, or all of them for better or for worse."""
    if what == WHOLE:
        return tuple((trait, BETTER[trait] * far * _sign(number)) for trait, far in by.items())
    return ((what, by[what] * _sign(number)),)


def _is_alarm(verdict: Mapping[Measure, Change]) -> bool:
    return any(one.answer == "yes" for one in verdict.values())


def _sign(number: int) -> int:
    """Of the change: children with and without ADHD go either way alike."""
    return 1 if number % 4 < 2 else -1


def expected(base: Job, aimed: bool = False) -> dict[Measure, Change]:
    """What such a course could tell of somebody who wavers as others do, by the norms alone."""
    days, known, alike = measured(base), simulated(base.child), ALIKE[base.child]
    aims = {what: what if aimed and what != WHOLE else None for what in MEASURES}
    return {what: judged(days, known, alike, foreseen, aim)[what] for what, aim in aims.items()}


def _told(changes: Sequence[Change]) -> float:
    """Of how many a change is told, and the way it went."""
    right = [one.answer == "yes" and one.change * _sign(number) > 0 for number, one in enumerate(changes)]
    return float(np.mean(right))


def _moves(base: Job, trait: Trait, pool: Executor, kept: Path | None, done: Done) -> float:
    """How far the check-up's sign of the trait moves for one of the twin's unit, by the same people twice."""
    jobs = [replace(base, number=_TRIED + number) for number in range(TRIED_PEOPLE)]
    pushed = [replace(job, moves=((trait, STEP * _sign(job.number)),)) for job in jobs]
    return _moved(run(pushed, pool, kept, done), run(jobs, pool, kept, done), LEADING[trait]) / STEP


def _at_once(
    base: Job, by: Mapping[Trait, float], far: Mapping[Trait, float], pool: Executor, kept: Path | None, done: Done
) -> dict[Trait, float]:
    """How far each trait must move for its sign to move that far where all move: they get into one another's way."""
    jobs = [replace(base, number=_TRIED + number) for number in range(TRIED_PEOPLE)]
    pushed = [replace(job, moves=_all(WHOLE, by, job.number)) for job in jobs]
    courses, same = run(pushed, pool, kept, done), run(jobs, pool, kept, done)
    found = {trait: BETTER[trait] * _moved(courses, same, LEADING[trait]) for trait in TRAITS}
    return {trait: by[trait] * far[trait] / found[trait] for trait in TRAITS}


def _moved(courses: Courses, same: Courses, sign: Sign) -> float:
    """By how far a sign was moved by the course's end, the way it was pushed, on average."""
    ends = [
        (some[-1].values[sign] - other[-1].values[sign]) * _sign(number)
        for number, (some, other) in enumerate(zip(courses, same, strict=True))
    ]
    return float(np.mean(ends))


def as_python(found: Mapping[Sign, Norm], alike: Alike) -> Iterator[str]:
    """As engine/norms.py has them."""
    for sign, known in found.items():
        told = ", ".join(f"{getattr(known, field.name):.4g}" for field in fields(Norm))
        yield f'Sign("{sign.trait}", "{sign.source}"): Norm({told}),'
    yield ", ".join(f'"{trait}": {correlation:.2f}' for trait, correlation in alike.signs.items())
    yield from (f'("{one}", "{other}"): {correlation:.2f},' for (one, other), correlation in alike.traits.items())


def as_text(found: Found) -> Iterator[str]:
    """For people."""
    yield f"Nothing changed in {found.people}: a change is told of {found.alarmed:.1%}."
    for what in MEASURES:
        told = ", ".join(
            f"{way} {share:.0%} (of anything {found.any_told[what][way]:.0%})"
            for way, share in found.told[what].items()
        )
        yield (
            f"{what}: moved by {found.moved[what]:.2f} SD in {found.changed}, told of {told}; "
            f"told though nothing changed {found.by_measure[what]:.1%}."
        )


def as_forecast(found: Mapping[Measure, Change]) -> Iterator[str]:
    """For people."""
    for trait, one in found.items():
        yield f"{trait}: least that could be told {one.detectable:.2f} SD; 1 SD is told in {one.power:.0%}."
