"""`heron levels`: which levels there are, whether each is good, and what an editor needs to know of one."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from typing import Annotated

import typer

from engine.level import LEVELS, Level
from game.cli.options import Json
from game.cli.progress import counted

app = typer.Typer(help="Levels: which there are, and whether each can be played and won.", no_args_is_help=True)


@app.command("list")
def listed(as_json: Json = False) -> None:
    """The levels that Heron brings, in the order of their places."""
    levels = [LEVELS.find(level_id) for level_id in LEVELS.ids()]
    if as_json:
        print(json.dumps({"levels": [level.model_dump() for level in levels]}, ensure_ascii=False))
        return
    for level in levels:
        print(f"{level.id:16}  {level.place:9} {level.step:2}  {level.title}: {level.trains}")


@app.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(help="Only these.", show_default="all")] = None,
    as_json: Json = False,
) -> None:
    """Prove that every level loads, gets harder, can be won, and finds its pictures and sounds."""
    from game.simulation.levels import proved  # noqa: PLC0415 -- `heron --help` needs no rooms

    asked = tuple(ids) if ids else LEVELS.ids()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        proofs = list(counted(pool.map(proved, asked), len(asked), "Simulated players play each level"))
    if as_json:
        print(json.dumps({"levels": [asdict(proof) for proof in proofs]}))
    else:
        for proof in proofs:
            print(f"{proof.id:16}  {'good' if proof.ok else proof.why}")
    if not all(proof.ok for proof in proofs):
        sys.exit(1)


@app.command()
def schema() -> None:
    """The JSON Schema of a level, for editors that check and complete TOML."""
    print(json.dumps(Level.model_json_schema(), indent=2))
