"""`heron finetune`: a model of a player's own, made and judged; and the way back to the common one."""

import json
import sys
import time  # noqa: TID251 -- how long it took
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.store import Store
from engine.store.rows import Player
from game.cli.options import Database, Json, database, settings_of
from game.cli.progress import sitting_bar

if TYPE_CHECKING:
    from game.personal.finetuning import Run
    from neuro.learn.data import Person

WORKERS = 2
"""Processes that read sittings while somebody waits; by itself it is one, which gives way to everything."""

OTHERS = 6
"""People of EEGMAT who judge: of each a second's work, and enough to see that a model speaks of others as before."""

Name = Annotated[str, typer.Argument(metavar="PLAYER", help="Which player.")]


def finetune(
    context: typer.Context,
    player: Name,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back to the common model instead.")] = False,
    quietly: Annotated[bool, typer.Option("--quietly", hidden=True)] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Fit a model to a player's own sittings, and play with it only if it is better on sittings new to it."""
    with Store.open(database(context, db)) as store:
        who = store.players.under(player) or store.players.known(player)
        others = partial(_others, settings_of(context).data / "eegmat")
        told = _rolled_back(store, who) if rollback else _run(store, who, others, quietly)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    for line in _lines(told):
        print(line)


def _rolled_back(store: Store, player: Player) -> dict[str, Any]:
    changed = store.models.send_back(player.id)
    if changed:
        store.audit.note("command line", "sent back", f"model of {player.pseudonym}")
    why = "the common model plays from the next sitting on" if changed else "the common model plays already"
    return {"player": player.pseudonym, "rolled_back": changed, "why": f"{why}."}


def _run(store: Store, player: Player, others: Callable[[], "list[Person]"], quietly: bool) -> dict[str, Any]:
    try:
        from game.personal.finetuning import finetune as learn  # noqa: PLC0415 -- torch takes seconds to import
    except ImportError:
        print('Learning needs more packages: python3 -m pip install "heron-focus[train]".', file=sys.stderr)
        raise typer.Exit(1) from None
    import assets  # noqa: PLC0415
    from game.personal.between import step_back, unless_somebody_plays  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    if quietly:
        step_back()
    began_s = time.perf_counter()
    with sitting_bar(not quietly, "Learning from sittings") as advance:
        watch = unless_somebody_plays(store, time.time) if quietly else advance
        run = learn(store, player, load(assets.model()), watch, others, 1 if quietly else WORKERS)
    return _told(player, run) | {"seconds": round(time.perf_counter() - began_s, 1)}


def _others(folder: Path) -> "list[Person]":
    """Some of those who taught the common model, where their recordings are (HERON_DATA); else nobody."""
    from neuro.errors import BadRecording  # noqa: PLC0415
    from neuro.learn.data import eegmat, pairs  # noqa: PLC0415

    try:
        return list(eegmat(pairs(folder)[:OTHERS]))
    except BadRecording:
        return []


def _told(player: Player, run: "Run") -> dict[str, Any]:
    """Under the names that docs/commands.md lists."""
    judged = asdict(run.verdict) if run.verdict else {}
    figures = {name: judged.get(name) for name in ("base_auc", "candidate_auc", "gain", "interval")}
    sittings = {name: list(judged.get(name, ())) for name in ("learned", "held", "beside")}
    return {
        "player": player.pseudonym,
        "shipped": run.came == "shipped",
        "came": run.came,
        "why": run.why,
        **figures,
        "model": run.model,
        "sittings": run.sittings,
        **sittings,
        "skipped": list(run.skipped),
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield told["why"]
    if told.get("base_auc") is not None:
        n = len(told["held"]) + len(told["beside"])
        within = told["interval"]
        sure = f", most likely between {within[0]:+.3f} and {within[1]:+.3f}" if within else ""
        yield (
            f"In {n} sittings that were new to it: AUC {told['candidate_auc']:.3f}, of the model in use "
            f"{told['base_auc']:.3f}; gain {told['gain']:+.3f}{sure}."
        )
    if told.get("learned"):
        yield f"It learned from {len(told['learned'])} sittings and took {told['seconds']:.0f} s."
    yield from told.get("skipped", ())
