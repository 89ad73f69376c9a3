"""`heron outcomes`: whether a group has changed, from a table, or one player, from the database."""

import csv
import json
from collections import defaultdict
from dataclasses import asdict
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Annotated

import typer

from engine.store import Store
from game.cli.options import Database, Json, database
from game.errors import GameError

Rows = list[tuple[str, float, float]]

POWER = (
    "With {n} people a change of {d_z:.2f} SDs of the differences is found eight times of ten. Without a control "
    "arm nothing here shows what the practice did: for g = 0.20 two arms of {least} people each are needed."
)


def outcomes(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="TABLE|PLAYER", help="CSV with person, sitting and value; or a player's name.")
    ] = "",
    clinic: Annotated[
        bool, typer.Option("--clinic", help="Instead learn from all players, how far measures waver, and keep it.")
    ] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Whether a group has changed, from a table of one row a person and sitting; or one player, from the database."""
    if clinic == bool(what):
        raise typer.BadParameter("name a table or a player, or give --clinic.")
    if clinic:
        _learn(database(context, db), as_json)
        return
    table = Path(what)
    if not table.is_file() and table.suffix == ".csv":
        raise GameError(f"There is no file {table}: check its name and place.")
    if table.is_file():
        found = _told(_rows(table))
        lines = _lines(found)
    else:
        from game.cli import course  # noqa: PLC0415 -- `heron --help` needs no statistics

        with Store.open(database(context, db), read_only=True) as store:
            found = course.figures(store, what)
        lines = list(course.lines(what, found))
    if as_json:
        print(json.dumps(found))
        return
    for line in lines:
        print(line)


def _learn(db: Path, as_json: bool) -> None:
    from engine.changes import FEWEST_PEOPLE  # noqa: PLC0415
    from game.changes import learn  # noqa: PLC0415

    with Store.open(db) as store:
        found = learn(store, datetime.now().date())  # noqa: TID251 -- by this computer's calendar
    if as_json:
        print(json.dumps(found))
        return
    for kind, people in found.items():
        told = (
            f"{people} people told it" if people else f"it takes {FEWEST_PEOPLE} who were checked up twice at first"
        )
        print(f"How far measures waver, {kind}: {told}.")


def _rows(table: Path) -> Rows:
    with table.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"person", "sitting", "value"} - set(reader.fieldnames or ())
        if missing:
            raise GameError(
                f"{table} has no column {', '.join(sorted(missing))}: it needs person, sitting and value."
            )
        rows: Rows = []
        for number, row in enumerate(reader, 2):
            try:
                rows.append((row["person"], float(row["sitting"]), float(row["value"])))
            except (TypeError, ValueError):
                raise GameError(f"Line {number} of {table} is no person, number and number: mend it.") from None
    return rows


def _told(rows: Rows) -> dict[str, object]:
    from engine import outcomes as rules  # noqa: PLC0415 -- `heron --help` needs no statistics

    people: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for person, sitting, value in rows:
        people[person].append((sitting, value))
    courses = [sorted(course) for course in people.values() if len(course) > 1]
    if len(courses) < 5:
        raise GameError("Before and after need at least five people with two sittings or more each.")
    before, after = [course[0][1] for course in courses], [course[-1][1] for course in courses]
    try:
        paired = rules.paired(before, after)
        mixed = rules.mixed([p for p, *_ in rows], [s for _, s, _ in rows], [0] * len(rows), [v for *_, v in rows])
    except ValueError as error:
        raise GameError(str(error)) from error
    return {
        "paired": asdict(paired) | {"test": paired.test, "p": paired.p},
        "mixed": asdict(mixed),
        "detectable_d_z": (rules.needed_per_arm(1.0) / 2 / len(courses)) ** 0.5,
    }


def _lines(found: dict[str, object]) -> list[str]:
    from engine.outcomes import needed_per_arm  # noqa: PLC0415

    paired, mixed = found["paired"], found["mixed"]
    assert isinstance(paired, dict)
    assert isinstance(mixed, dict)
    slope = mixed["effects"]["sitting"]
    course = (
        f"Course: {slope['estimate']:+.3f} a sitting {_between(slope['interval'])}; people differ by "
        f"{mixed['slope_sd']:.3f}."
        if mixed["settled"]
        else "Course: the mixed model did not come to rest, so nothing is told of it."
    )
    return [
        f"{paired['n']} people, last against first sitting: {paired['difference']:+.3f} "
        f"{_between(paired['interval'])}, {paired['test']}: p = {paired['p']:.4f}.",
        f"Hedges' g {paired['g']:+.2f} {_between(paired['g_interval'])}; d_z {paired['d_z']:+.2f}, another thing.",
        course,
        POWER.format(n=paired["n"], d_z=found["detectable_d_z"], least=ceil(needed_per_arm(0.2))),
    ]


def _between(interval: tuple[float, float]) -> str:
    return f"(95 % {interval[0]:+.3f} to {interval[1]:+.3f})"
