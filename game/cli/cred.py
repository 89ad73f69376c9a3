"""`heron cred`: the CRED-nf sheet of a player, filled from what is kept."""

import json
from dataclasses import asdict

import typer

from engine.store import Store
from engine.store.clinic import Asker
from game.cli.options import Database, Json, database
from game.cli.rights import Name
from game.errors import GameError


def cred(context: typer.Context, player: Name, db: Database = None, as_json: Json = False) -> None:
    """The 24 items of the CRED-nf checklist for reports of neurofeedback, and which of them are missing."""
    from game.portal.cred import items  # noqa: PLC0415 -- `heron --help` needs no rooms

    with Store.open(database(context, db), read_only=True) as store:
        who = store.players.known(player)
        if not store.consents.holds(who.id, "share"):
            raise GameError(
                f"{who.pseudonym} has not agreed to sharing results: ask, and keep the answer with heron consent."
            )
        themselves = next(one.id for one in store.people.all() if one.player_id == who.id)
        found = items(store, who.id, store.clinic.sittings(Asker(themselves, "player"), who.id))
    missing = [one.number for one in found if one.known is None]
    if as_json:
        told = {"player": who.pseudonym, "items": [asdict(one) for one in found], "missing": missing}
        print(json.dumps(told, ensure_ascii=False))
        return
    for one in found:
        print(f"{one.number:3} {one.what}: {one.known or 'MISSING'} ({one.where})")
    print(f"Missing: {', '.join(missing) or 'nothing'}. heron study describe adds what the study has to say.")
