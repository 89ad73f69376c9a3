"""How often a change is told, and how often one that is none: simulated courses by the thousand, to be resumed."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from statistics import correlation
from typing import get_args

import numpy as np

from engine.changes import FEWEST, Change, Norm, course, foreseen, norm
from engine.norms import SHARED, simulated
from engine.traits import LEADING, SIGNS, Occasion, Sign, Trait, judged, points
from game.simulation.changes import SITTINGS, Job, Way, measured
from game.simulation.changes import course as played

Courses = Sequence[Sequence[Occasion]]
Done = Callable[[int], None]

TRAITS: tuple[Trait, ...] = ("speed", "evenness", "telling_apart", "restraint")
TRIED_PEOPLE = 30
_NORMS, _TRIED = 1_000_000, 2_000_000
"""Numbers from which on people are neither in the study nor one another."""

STEP = 0.4
"""By how far, in the twin's unit, a trait is moved to learn how far that moves its sign."""


WAYS: tuple[Way, ...] = get_args(Way)


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of people, each with their number.

    alarmed: nothing changed, and a change of any trait is told
    by_trait: nothing changed, and that of this one is told
    told:    by trait and way: it changed, and a change that way is told
    moved:   by how far the sign of the check-up moved in truth, SD between people, in those who changed
    """

    people: int
    changed: int
    alarmed: float
    by_trait: Mapping[str, float]
    told: Mapping[str, Mapping[str, float]]
    moved: Mapping[str, float]


def in_all(people: int, changed: int) -> int:
    """How many a study plays."""
    return people + len(TRAITS) * (2 * TRIED_PEOPLE + len(WAYS) * changed)


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


def norms(courses: Courses) -> tuple[dict[Sign, Norm], dict[Trait, float]]:
    """How each sign is spread in people who did nothing but practise, and how alike a trait's two err."""
    told = {sign: [points(one, sign) for one in courses] for sign in SIGNS}
    found = {sign: norm([some for some in told[sign] if len(some) >= FEWEST]) for sign in SIGNS}
    shared: dict[Trait, float] = {}
    for trait in TRAITS:
        mine = [sign for sign in SIGNS if sign.trait == trait]
        lines = [
            [course(some, found[sign], SITTINGS, found[sign].between).change for some in told[sign]] for sign in mine
        ]
        if len(lines) > 1:
            shared[trait] = correlation(*lines)
    return found, shared


def learned(
    base: Job, people: int, pool: Executor, kept: Path | None, done: Done
) -> tuple[dict[Sign, Norm], dict[Trait, float]]:
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
    known, shared = simulated(base.child), SHARED[base.child]
    same = run((replace(base, number=number) for number in range(asked.people)), pool, kept, done)
    named = [TRAITS[number % len(TRAITS)] if asked.aimed else None for number in range(asked.people)]
    verdicts = [judged(one, known, shared, aim=aim) for one, aim in zip(same, named, strict=True)]
    told: dict[str, dict[str, float]] = {}
    moved: dict[str, float] = {}
    for trait in TRAITS:
        unit = known[LEADING[trait]].between
        by = asked.size * unit / _moves(base, trait, pool, kept, done)
        told[trait] = {}
        for way in WAYS:
            moving = replace(base, trait=trait, way=way)
            jobs = [replace(moving, number=number, by=by * _sign(number)) for number in range(asked.changed)]
            courses = run(jobs, pool, kept, done)
            aim = trait if asked.aimed else None
            told[trait][way] = _told([judged(one, known, shared, aim=aim)[trait] for one in courses])
        moved[trait] = _moved(courses, same[: asked.changed], LEADING[trait]) / unit
    return Found(
        asked.people,
        asked.changed,
        float(np.mean([any(one.answer == "yes" for one in verdict.values()) for verdict in verdicts])),
        {trait: float(np.mean([verdict[trait].answer == "yes" for verdict in verdicts])) for trait in TRAITS},
        told,
        moved,
    )


def _sign(number: int) -> int:
    """Of the change: children with and without ADHD go either way alike."""
    return 1 if number % 4 < 2 else -1


def expected(base: Job, aimed: bool = False) -> dict[Trait, Change]:
    """What such a course could tell of somebody who wavers as others do, by the norms alone."""
    days, known, shared = measured(base), simulated(base.child), SHARED[base.child]
    return {trait: judged(days, known, shared, foreseen, trait if aimed else None)[trait] for trait in TRAITS}


def _told(changes: Sequence[Change]) -> float:
    """Of how many a change is told, and the way it went."""
    right = [one.answer == "yes" and one.change * _sign(number) > 0 for number, one in enumerate(changes)]
    return float(np.mean(right))


def _moves(base: Job, trait: Trait, pool: Executor, kept: Path | None, done: Done) -> float:
    """How far the check-up's sign of the trait moves for one of the twin's unit, by the same people twice."""
    jobs = [replace(base, number=_TRIED + number) for number in range(TRIED_PEOPLE)]
    pushed = [replace(job, trait=trait, by=STEP * _sign(job.number)) for job in jobs]
    return _moved(run(pushed, pool, kept, done), run(jobs, pool, kept, done), LEADING[trait]) / STEP


def _moved(courses: Courses, same: Courses, sign: Sign) -> float:
    """By how far a sign was moved by the course's end, the way it was pushed, on average."""
    ends = [
        (some[-1].values[sign] - other[-1].values[sign]) * _sign(number)
        for number, (some, other) in enumerate(zip(courses, same, strict=True))
    ]
    return float(np.mean(ends))


def as_python(found: Mapping[Sign, Norm], shared: Mapping[Trait, float]) -> Iterator[str]:
    """As engine/norms.py has them."""
    for sign, known in found.items():
        told = ", ".join(f"{getattr(known, field.name):.4g}" for field in fields(Norm))
        yield f'Sign("{sign.trait}", "{sign.source}"): Norm({told}),'
    yield ", ".join(f'"{trait}": {correlation:.2f}' for trait, correlation in shared.items())


def as_text(found: Found) -> Iterator[str]:
    """For people."""
    yield f"Nothing changed in {found.people}: a change is told of {found.alarmed:.1%}."
    for trait in TRAITS:
        told = ", ".join(f"{way} {share:.0%}" for way, share in found.told[trait].items())
        yield (
            f"{trait}: moved by {found.moved[trait]:.2f} SD in {found.changed}, told of {told}; "
            f"told though nothing changed {found.by_trait[trait]:.1%}."
        )


def as_forecast(found: Mapping[Trait, Change]) -> Iterator[str]:
    """For people."""
    for trait, one in found.items():
        yield f"{trait}: least that could be told {one.detectable:.2f} SD; 1 SD is told in {one.power:.0%}."
