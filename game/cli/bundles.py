"""`heron bundle`: sittings from home to clinic, sealed so that only the clinic can read them."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.errors import EngineError, StoreError
from engine.store import Store
from engine.store.bundles import Bundled, continued
from game.cli.exports import sittings
from game.cli.options import Database, Json, database
from game.cli.progress import sitting_bar
from game.exporting.choices import Audience

app = typer.Typer(help="Sealed sittings, from home to clinic.", no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Bundles.")]


@app.command()
def key(context: typer.Context, db: Database = None, as_json: Json = False) -> None:
    """The address for whoever sends bundles to here, and the fingerprint to be compared on the telephone."""
    with Store.open(database(context, db)) as store:
        address, fingerprint = store.bundles.own()
    if as_json:
        print(json.dumps({"address": address, "fingerprint": fingerprint}))
    else:
        print(f"{address}\nFingerprint: {fingerprint}")


@app.command()
def write(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="SESSION|PLAYER", help="Number of a sitting, or a player's name.")],
    to: Annotated[str, typer.Option(help="The clinic's address, or a file with it.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder; what is there in part is continued.", show_default="bundles beside the database"),
    ] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Seal sittings for a clinic; the player has to have agreed to share them with a therapist."""
    from game.exporting.agreed import agreed  # noqa: PLC0415 -- `heron --help` needs no rooms
    from game.exporting.sitting import stamp_of  # noqa: PLC0415

    address, written = _address(to), []
    with Store.open(database(context, db)) as store:
        folder = out.expanduser() if out else store.path.with_name("bundles")
        for number in sittings(store, what):
            agreed(store, number, Audience.therapist)
            session = store.sessions.get(number)
            name = f"{store.players.get(session.player_id).pseudonym}_{stamp_of(session)}.heron"
            continued(folder / name, store.bundles.write(number, address))
            store.audit.note("command line", "bundled", name)
            written.append(str(folder / name))
    print(json.dumps({"written": written}) if as_json else "\n".join(written))


@app.command()
def send(
    file: Annotated[Path, typer.Argument(help="A bundle.")],
    url: Annotated[str, typer.Argument(help="The clinic's portal, as https://clinic.example.")],
    token: Annotated[str, typer.Option(help="The clinic's token for bundles, or a file with it.")],
    as_json: Json = False,
) -> None:
    """Send a bundle to a clinic's portal; run it again after any failure, and it goes on where it stopped."""
    from game.portal import sending  # noqa: PLC0415 -- `heron --help` needs no rooms

    content = _content(file)
    with sitting_bar(not as_json, "The bundle travels") as told:
        parcel = sending.send(content, sending.Clinic(url, _address(token)), told)
    if as_json:
        print(json.dumps(asdict(parcel)))
    elif parcel.state == "here":
        print(f"{file} is in the clinic's database.")
    else:
        print(
            f"{file} is at the clinic, and waits until somebody there has compared the fingerprint {parcel.sender}."
        )


@app.command()
def verify(context: typer.Context, files: Files, db: Database = None, as_json: Json = False) -> None:
    """Prove that bundles are whole, unchanged and for here; nothing is taken in."""
    with Store.open(database(context, db)) as store:
        _each(files, store.bundles.verify, as_json)


@app.command()
def merge(
    context: typer.Context,
    files: Files,
    trust: Annotated[
        str | None, typer.Option(help="Fingerprint of a new sender, as heron bundle key shows it there.")
    ] = None,
    db: Database = None,
    as_json: Json = False,
) -> None:
    """Take sittings in; what is here already changes nothing, so it can be done again after any failure."""

    def taken(content: bytes) -> Bundled:
        bundled = store.bundles.merge(content, trust)
        if not bundled.known:
            store.audit.note("command line", "merged", f"bundle {bundled.sha256}")
        return bundled

    with Store.open(database(context, db)) as store:
        _each(files, taken, as_json)


def _each(files: list[Path], does: Callable[[bytes], Bundled], as_json: bool) -> None:
    """One after the other; a bad file holds up no other, and the exit status is 1 where there was one."""
    told: list[dict[str, Any]] = []
    for path in files:
        try:
            told.append({"file": str(path)} | asdict(does(_content(path))))
        except EngineError as error:
            print(f"{path}: {error}", file=sys.stderr)
    print(json.dumps(told) if as_json else "\n".join(map(_sentence, told)))
    if len(told) < len(files):
        raise typer.Exit(1)


def _sentence(told: dict[str, Any]) -> str:
    where = f"is sitting {told['session_id']} here" if told["session_id"] else "is not here"
    if told["known"] and not told["session_id"]:
        where = "was erased here, and stays away"
    return (
        f"{told['file']} is whole: {told['pseudonym']}, {told['level_id']}, {told['started_utc']}, "
        f"signed by {told['sender']}{'' if told['trusted'] else ' (not trusted yet)'}; it {where}."
    )


def _content(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise StoreError(f"it cannot be read ({error.strerror}): check its name.") from error


def _address(to: str) -> str:
    """The first word of a file, or what was given."""
    path = Path(to).expanduser()
    words = _content(path).decode("utf-8", "replace").split() if path.is_file() else [to]
    return words[0] if words else ""
