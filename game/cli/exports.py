"""`heron export` and `heron import`: sittings as files for other programs, and the other way."""

import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import NotFound
from engine.store import Store
from game.cli.options import Database, Json, database
from game.errors import GameError
from game.exporting.choices import Audience, Format

Out = Annotated[Path, typer.Option(help="Folder to write to.")]


def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="SESSION|PLAYER", help="Number of a sitting, or a player's name.")],
    out: Out,
    form: Annotated[
        Format,
        typer.Option("--format", help="bids: a dataset; edf: EDF+; csv, parquet: tables; pupil: as Pupil Cloud."),
    ] = Format.bids,
    audience: Annotated[
        Audience, typer.Option("--for", help="Who gets it; the player has to have agreed, but for the player.")
    ] = Audience.therapist,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Write sittings as files for other programs, under a pseudonym."""
    from game.exporting.export import export as write  # noqa: PLC0415 -- `heron --help` needs no rooms

    own = audience is Audience.player
    written = []
    with Store.open(database(context, db), read_only=own) as store:
        for session in sittings(store, what):
            path = write(store, session, form, audience, out.expanduser())
            written.append(path)
            if not own:
                store.audit.note("command line", "exported", f"{path.name} as {form} for {audience}")
    if as_json:
        print(json.dumps({"format": form.value, "for": audience.value, "written": [str(path) for path in written]}))
    else:
        print("\n".join(map(str, written)))


def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="EDF, BDF, XDF or CSV file, folder of a BIDS session, or folder of a Neon recording."),
    ],
    player: Annotated[str, typer.Option(help="Whose recording it is.")],
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Keep another program's recording, with its marks, as a sitting that does not count as play."""
    from game import importing  # noqa: PLC0415 -- `heron --help` needs no rooms

    found = importing.find(file.expanduser())
    changed_unix_s = file.expanduser().stat().st_mtime
    with Store.open(database(context, db)) as store:
        kept = importing.keep(store, found, player, version("heron-focus"), changed_unix_s)
        if kept.is_new:
            store.audit.note("command line", "imported", f"sitting {kept.session}")
    if as_json:
        print(json.dumps(asdict(kept)))
        return
    print(f"Kept as sitting {kept.session}." if kept.is_new else f"It is here already, as sitting {kept.session}.")
    held = f"{kept.channels} channels of EEG, {kept.gaze_samples} samples of gaze, {kept.marks} marks"
    print(f"{kept.seconds:g} s in {kept.stretches} stretches: {held}.")
    if not kept.dated:
        print("The file does not say when it was recorded: it is dated by when it was last changed.")
    print("\n".join(kept.notes), end="\n" * bool(kept.notes))


def sittings(store: Store, what: str) -> list[int]:
    """The sitting of that number, or all finished ones of the player of that name or pseudonym, oldest first.

    Raises: NotFound; GameError: none is finished.
    """
    if what.isdecimal():
        session = store.sessions.get(int(what))
        if session.ending is None:
            raise GameError(
                f"Sitting {what} is still being played, or was cut off: start heron play once, then export."
            )
        return [session.id]
    player = next((each for each in store.players.all() if each.pseudonym == what), None) or store.players.known(what)
    ended = [session.id for session in store.sessions.recent(player.id, limit=-1) if session.ending is not None]
    if not ended:
        raise NotFound(f"{what} has no finished sitting: play first, or give the number of a sitting.")
    return ended[::-1]
