"""`heron consent`, `heron erase`: what a player agrees to, and takes back."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from engine.store import Store
from engine.store.consents import PURPOSES
from engine.store.privacy import Forecast
from game.cli.options import Database, Json, database
from game.errors import GameError

Name = Annotated[str, typer.Argument(metavar="PLAYER", help="Which player.")]

MEANS = {
    "play": "play, and keep what was played",
    "keep_raw": "keep raw signals for longer than 90 days",
    "personalise": "fit a model to this player's signals",
    "pool": "use signals, without the name, together with others' for research and models",
    "share": "show results to a therapist",
}


class Purpose(StrEnum):
    """What somebody may agree to."""

    play = "play"
    keep_raw = "keep_raw"
    personalise = "personalise"
    pool = "pool"
    share = "share"


class Giver(StrEnum):
    """Who may agree."""

    player = "player"
    parent = "parent"


def consent(
    context: typer.Context,
    player: Name,
    yes: Annotated[list[Purpose] | None, typer.Option("--yes", help="Agree to this; may be given again.")] = None,
    no: Annotated[list[Purpose] | None, typer.Option("--no", help="Withdraw this; may be given again.")] = None,
    who: Annotated[str | None, typer.Option(help="Your name: it is kept.")] = None,
    role: Annotated[Giver, typer.Option(help="Who you are to the player.")] = Giver.player,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """What a player has agreed to, and to agree or withdraw; a withdrawal takes its effect at once."""
    words = [*(yes or []), *(no or [])]
    if words and not who:
        raise GameError("Whoever agrees or withdraws leaves a name: give --who.")
    with Store.open(database(context, db), read_only=not words) as store:
        player_id = store.players.known(player).id
        for purpose in yes or []:
            store.consents.say(player_id, purpose.value, True, who or "", role.value)
        for purpose in no or []:
            store.privacy.withdraw(player_id, purpose.value, who or "", role.value)
        newest = store.consents.newest(player_id)
    if as_json:
        said = {name: asdict(newest[name]) if name in newest else None for name in PURPOSES}
        print(json.dumps(said, ensure_ascii=False))
        return
    for name in PURPOSES:
        one = newest.get(name)
        word = "not asked" if one is None else f"{'yes' if one.given else 'no'}, {one.who} ({one.role}), {one.at_utc}"
        print(f"{name:12} {MEANS[name]}: {word}")


def erase(
    context: typer.Context,
    player: Name,
    sitting: Annotated[int | None, typer.Option(help="Only this sitting, as one that was cut off.", min=1)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Erase a player with everything, or one sitting, for good; says before what will go."""
    path = database(context, db)
    with Store.open(path) as store:
        known = store.players.known(player)
        if sitting is not None:
            _discard(store, known.id, sitting, yes)
            print(json.dumps({"sitting": sitting}) if as_json else f"Sitting {sitting} is erased.")
            return
        going, files = store.privacy.forecast(known.id), store.bundles.waiting(known.pseudonym)
        if not yes:
            print("\n".join(_told(player, going, files)))
            _ask(f"Type {player} to erase all of this for good: ", player)
        for file in files:
            file.unlink(missing_ok=True)
        store.privacy.erase(known.id, "command line")
    if as_json:
        print(json.dumps(asdict(going) | {"files": [str(file) for file in files]}))
    else:
        print(f"{player} is erased. Backups, exports and bundles elsewhere are yours to delete.")


def _discard(store: Store, player_id: int, sitting: int, yes: bool) -> None:
    session = store.sessions.get(sitting)
    if session.player_id != player_id:
        raise GameError(f"Sitting {sitting} is not this player's: look at heron report {sitting}.")
    if not yes:
        _ask(f"Type {sitting} to erase this sitting of {session.started_utc} for good: ", str(sitting))
    store.privacy.discard(sitting, "command line")


def _told(player: str, going: Forecast, files: list[Path]) -> list[str]:
    parents = " and of parents who look after nobody else" if going.parents else ""
    told = [
        f"This goes: the name of {player}{parents}, {going.sittings} sittings with {going.raw_bytes / 1e6:.1f} MB of "
        f"raw signals, answers, plans, consents, {going.notes} notes, {going.models} models of their own, "
        f"{len(files)} bundles beside the database."
    ]
    if going.invalidated:
        told.append(f"{len(going.invalidated)} models that learned from {player} may be used no more.")
    told.append(f"This stays: a line in the audit log that {going.pseudonym} was erased.")
    return told


def _ask(prompt: str, answer: str) -> None:
    if typer.prompt(prompt, prompt_suffix="", default="", show_default=False).strip() != answer:
        raise GameError("Nothing was erased.")
