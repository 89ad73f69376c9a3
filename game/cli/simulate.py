"""`heron simulate`: the rules of the game against simulated players, by the thousand, without a window."""

import json
import os
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import Json
from game.cli.progress import sitting_bar
from game.errors import GameError

MOST_PLAYED = 600

Players = StrEnum("Players", ["adult", "child", "adhd", "medicated", "tired", "random", "emg_cheat", "novice", "all"])


def simulate(
    profile: Annotated[Players, typer.Option(help="What kind of player; all for each of them.")] = Players.child,
    sessions: Annotated[int, typer.Option(help="Sittings a profile, ten to a player.", min=1, max=100_000)] = 40,
    seed: Annotated[int, typer.Option(help="The same seed gives the same numbers.", min=0, max=2**31)] = 1,
    auc: Annotated[
        float, typer.Option(help="How well the score tells attention: .5 by chance, 1 always.", min=0.5, max=0.99)
    ] = 0.70,
    compare: Annotated[
        int,
        typer.Option(help="Sittings each of control arms, lost signals and rules that must not ship.", min=0),
    ] = 0,
    jobs: Annotated[int | None, typer.Option(help="Processes.", min=1, max=256, show_default="all cores")] = None,
    page: Annotated[Path | None, typer.Option(help="One page of pictures, as SVG.")] = None,
    into: Annotated[Path | None, typer.Option(help="Instead fill this new database with a simulated clinic.")] = None,
    players: Annotated[int, typer.Option(help="Of the clinic.", min=1, max=10_000)] = 6,
    played: Annotated[
        int | None,
        typer.Option(
            help="Sittings of it that are played through the whole real path; the others are drawn from them, "
            "without trials and signals.",
            min=1,
            show_default="all, at most 600",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Of play in those.", min=10, max=1800)] = 60.0,
    as_json: Json = False,
) -> None:
    """Play sittings with simulated players through the real rules, and say where they settle."""
    if into:
        _fill(
            into,
            players,
            sessions,
            seed,
            min(MOST_PLAYED, players * sessions) if played is None else played,
            seconds,
            as_json,
        )
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 -- `heron --help` needs no rooms
    from multiprocessing import get_context  # noqa: PLC0415

    from game.simulation import families, study, summary  # noqa: PLC0415
    from game.simulation import page as pictures  # noqa: PLC0415

    names = [name.value for name in Players if name is not Players.all] if profile is Players.all else [profile.value]
    plan = study.profile_plan(names, sessions, seed, auc)
    more = study.comparison_plan(compare, seed)
    total, done = plan.sittings + more.sittings, 0
    with (
        sitting_bar(True, f"{total} sittings") as advance,
        ProcessPoolExecutor(jobs or os.cpu_count(), get_context("spawn")) as pool,
    ):

        def finished(sittings: int) -> None:
            nonlocal done
            done += sittings
            advance(done / total)

        found = study.run(plan, pool, finished)
        compared = study.run(more, pool, finished)
    numbers: summary.Numbers = {"seed": seed, "profiles": {name: summary.of_profile(found, name) for name in names}}
    if compare:
        numbers["comparison"] = summary.of_comparison(compared)
        numbers["families"] = summary.of_families(families.told(families.FAMILIES, seed))
    if page:
        page.write_text(pictures.svg(found, compared), "utf-8")
    if as_json:
        print(json.dumps(numbers | (numbers["profiles"][names[0]] if len(names) == 1 else {})))
        return
    for line in summary.as_text(numbers):
        print(line)


def _fill(db: Path, players: int, sessions: int, seed: int, played: int, seconds: float, as_json: bool) -> None:
    from game.simulation.into import Crowd, fill  # noqa: PLC0415 -- as above
    from game.wiring import play  # noqa: PLC0415

    if db.exists():
        raise GameError(f"There is a file {db} already: name a new one, for a clinic of simulated players alone.")
    today = datetime.now().date()  # noqa: TID251 -- by this computer's calendar
    crowd = Crowd(players, sessions, seed, played, seconds, today)
    with sitting_bar(not as_json, f"{played} sittings") as advance:
        made = fill(db, crowd, lambda wish: play(wish).session, advance)
    if as_json:
        print(json.dumps(asdict(made)))
    else:
        print(f"{db}: {made.players} simulated players, {made.played} sittings played, {made.drawn} drawn from them.")
