"""`heron power`: how often a change would be told of simulated players, and how often one that is none."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import Json
from game.cli.progress import sitting_bar

USUAL = "0,0,0,11,23,24,24,24"
"""As Focus asks for check-ups: alone on the first three days and on the last three, every four weeks between them."""

LEARNS = 0.4
"""People in the middle two thirds learn .67 to 1.5 times as much as usual (own choice: nobody seems to know)."""


def power(
    people: Annotated[
        int,
        typer.Option(
            help="Players in whom nothing changes; with --norms those who are measured.", min=20, max=100_000
        ),
    ] = 500,
    changed: Annotated[
        int, typer.Option(help="Players who change, for each trait, for all at once, and for each way.", min=20)
    ] = 200,
    size: Annotated[float, typer.Option(help="Of their change, in the SD between people.", min=0.1, max=5)] = 1.0,
    checkups: Annotated[
        str,
        typer.Option(
            help="How many of 24 sittings there were before each; a number that comes again is for days without one."
        ),
    ] = USUAL,
    child: Annotated[bool, typer.Option("--child/--grown", help="Who plays.")] = True,
    learns: Annotated[
        float, typer.Option(help="How far people differ in what practice brings: SD of its log.", min=0, max=2)
    ] = LEARNS,
    aimed: Annotated[
        bool, typer.Option("--aimed", help="As where the plan names beforehand what is to change above all.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.", min=0, max=2**31)] = 1,
    jobs: Annotated[int | None, typer.Option(help="Processes.", min=1, max=256, show_default="all cores")] = None,
    keep: Annotated[
        Path | None, typer.Option(help="A file of what is finished: the same command goes on from there.")
    ] = None,
    norms: Annotated[bool, typer.Option("--norms", help="Instead: how measures waver (engine/norms.py).")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Instead: by the norms alone, at once.")] = False,
    as_json: Json = False,
) -> None:
    """Courses of 24 sittings with check-ups, by the real games: what their verdicts come to."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 -- `heron --help` needs no rooms
    from multiprocessing import get_context  # noqa: PLC0415

    from game.simulation import power as rules  # noqa: PLC0415
    from game.simulation.changes import Job  # noqa: PLC0415

    base = Job(0, seed, child, learns=learns, before=_days(checkups))
    if quick:
        found = rules.expected(base, aimed)
        told = {trait: {"detectable": one.detectable, "power": one.power} for trait, one in found.items()}
        print(json.dumps(told) if as_json else "\n".join(rules.as_forecast(found)))
        return
    total, done = people if norms else rules.in_all(people, changed), 0
    with (
        sitting_bar(True, f"{total} courses") as advance,
        ProcessPoolExecutor(jobs or os.cpu_count(), get_context("spawn")) as pool,
    ):

        def finished(courses: int) -> None:
            nonlocal done
            done += courses
            advance(done / total)

        if norms:
            for line in rules.as_python(*rules.learned(base, people, pool, keep, finished)):
                print(line)
            return
        study = rules.study(base, rules.Asked(people, changed, size, aimed), pool, keep, finished)
    if as_json:
        print(json.dumps(asdict(study)))
        return
    for line in rules.as_text(study):
        print(line)


def _days(words: str) -> tuple[int, ...]:
    from game.simulation.changes import SITTINGS  # noqa: PLC0415

    days = tuple(int(word) for word in words.split(",") if word.strip().isdecimal())
    if len(days) != words.count(",") + 1 or list(days) != sorted(days) or len(days) < 3 or days[-1] > SITTINGS:
        raise typer.BadParameter(f"write three numbers or more that never fall, from 0 to {SITTINGS}, as {USUAL}")
    return days
