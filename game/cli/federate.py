"""`heron federate`: homes improve the common model together, and no signal leaves a home."""

import json
import os
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from game.cli.model import tell
from game.cli.options import Database, Json, database
from game.cli.progress import counted, sitting_bar
from game.errors import GameError

if TYPE_CHECKING:
    from neuro.learn.federate.learning import Recipe
    from neuro.learn.federate.line import Seen
    from neuro.scorer import Scorer

app = typer.Typer(
    help="Homes improve the common model together; signals stay where they are (extra `federated`).",
    no_args_is_help=True,
)

PUBLIC = range(5018, 5030)
"""Numbers of the simulated players who say in which directions to learn; nobody else uses these."""

SITTINGS = range(1, 5)
"""Of a simulated player, that teach."""

Rounds = Annotated[int, typer.Option(help="How often every home is asked; all must say the same.", min=1, max=1000)]
Noise = Annotated[float, typer.Option(help="Of each home, in lengths that a player may have; all the same.", min=0)]
Model = Annotated[Path | None, typer.Option(help="Another common model.")]


@app.command()
def serve(
    homes: Annotated[int, typer.Option(help="How many homes take part.", min=3, max=1000)] = 3,
    host: Annotated[str, typer.Option(help="Name or address by which homes reach this computer.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Where it listens.", min=1, max=65535)] = 9443,
    folder: Annotated[Path, typer.Option(help="For certificates and logs.")] = Path("federation"),
    out: Annotated[Path, typer.Option(help="Where the model goes.")] = Path("together.onnx"),
    model: Model = None,
    rounds: Rounds = 10,
    noise: Noise = 4.0,
    as_json: Json = False,
) -> None:
    """Ask so many homes for rounds of learning, and write the common model that they come to."""
    import assets  # noqa: PLC0415 -- `heron --help` needs no rooms

    _silent()
    from neuro.learn.federate.certificates import make  # noqa: PLC0415
    from neuro.learn.federate.learning import directions  # noqa: PLC0415
    from neuro.learn.federate.line import applied  # noqa: PLC0415
    from neuro.learn.federate.link import serve as ask  # noqa: PLC0415
    from neuro.registry import put  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    scorer, recipe = load(model or assets.model()), _recipe(rounds, noise)
    authority = make(folder, host, datetime.now(UTC))  # noqa: TID251 -- certificates are dated
    basis = directions(_simulated(scorer, PUBLIC), recipe.directions)
    print(f"Homes join with: heron federate join {host}:{port} --authority {authority.name}", file=sys.stderr)
    change = ask(folder, host, port, homes, recipe, basis)
    spent = _spent(recipe)
    papers = {"parent": scorer.sha256, "together": json.dumps({"homes": homes, "rounds": rounds, **spent})}
    made = put(applied(scorer.onnx, change, papers), out)
    tell({"model": str(out), "sha256": made.sha256, "homes": homes, "rounds": rounds, **spent}, as_json)


@app.command()
def join(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="Of the server, as HOST:PORT.")],
    authority: Annotated[Path, typer.Option(help="The certificate that the server's people gave you.", exists=True)],
    db: Database = None,
    simulated: Annotated[int, typer.Option(help="Instead: so many simulated players.", min=0, max=1000)] = 0,
    seed: Annotated[int, typer.Option(help="Number of the first of them.", min=0)] = 0,
    model: Model = None,
    rounds: Rounds = 10,
    noise: Noise = 4.0,
    as_json: Json = False,
) -> None:
    """Learn from this home's players who agreed to `pool`, and send what all of them come to, with noise."""
    import assets  # noqa: PLC0415 -- as above

    _silent()
    from numpy.random import default_rng  # noqa: PLC0415, TID251 -- chance enters here

    from neuro.learn.federate.home import Answers  # noqa: PLC0415
    from neuro.learn.federate.home import join as answer  # noqa: PLC0415
    from neuro.scorer import load  # noqa: PLC0415

    scorer, recipe = load(model or assets.model()), _recipe(rounds, noise)
    if simulated:
        players = _simulated(scorer, range(seed, seed + simulated))
    else:
        players = agreed(scorer, database(context, db), _spent(recipe))
    if not players:
        raise GameError("Nobody here has agreed to `pool` and has sittings to learn from: see heron consent.")
    with sitting_bar(True, "Rounds") as advance:
        answer(address, authority, Answers(players, recipe, default_rng()), advance)
    tell({"players": len(players), "rounds": rounds, **_spent(recipe)}, as_json)


def _silent() -> None:
    """Before Flower is imported. Raises: typer.Exit: it is not installed."""
    from neuro.learn.federate.silence import SILENCE  # noqa: PLC0415 -- as above

    os.environ.update(SILENCE)
    if find_spec("flwr") is None:
        print('A federation needs more packages: python3 -m pip install "heron-focus[federated]".', file=sys.stderr)
        raise typer.Exit(1)


def _recipe(rounds: int, noise: float) -> "Recipe":
    from neuro.learn.federate.learning import Recipe  # noqa: PLC0415 -- as above

    return Recipe(rounds=rounds, noise=noise)


def _spent(recipe: "Recipe") -> dict[str, Any]:
    """What a player's part in it can be told by, at most; epsilon is None without noise."""
    from neuro.learn.federate.privacy import epsilon  # noqa: PLC0415 -- as above

    spent = epsilon(recipe.noise, recipe.rounds, recipe.delta) if recipe.noise else None
    return {"epsilon": spent and round(spent, 2), "delta": recipe.delta, "noise": recipe.noise, "clip": recipe.clip}


def _simulated(scorer: "Scorer", numbers: range) -> "list[Seen]":
    from neuro.learn.config import Config  # noqa: PLC0415 -- as above
    from neuro.learn.federate.line import seen  # noqa: PLC0415
    from neuro.learn.federate.simulated import lessons  # noqa: PLC0415

    people = counted(((number, lessons(number, SITTINGS)) for number in numbers), len(numbers), "Simulating players")
    found = [seen(scorer, some, Config(), number) for number, some in people]
    return [one for one in found if one is not None]


def agreed(scorer: "Scorer", db: Path, spent: dict[str, Any]) -> "list[Seen]":
    """Players who agreed to `pool`, by what their kept sittings teach; the audit log says that it was done."""
    from engine.store import Store  # noqa: PLC0415 -- as above
    from game.personal.lessons import read  # noqa: PLC0415
    from neuro.learn.config import Config  # noqa: PLC0415
    from neuro.learn.federate.line import seen  # noqa: PLC0415

    found = []
    with Store.open(db) as store:
        pooled = [player for player in store.players.all() if store.consents.holds(player.id, "pool")]
        for player in counted(pooled, len(pooled), "Reading sittings"):
            taught = [read(store, session) for session in store.sessions.recent(player.id) if session.ending]
            found.append(seen(scorer, [one.lesson for one in taught if one.lesson], Config(), player.id))
        players = [one for one in found if one is not None]
        store.audit.note("command line", "learned together", f"{len(players)} players, {json.dumps(spent)}")
    return players
