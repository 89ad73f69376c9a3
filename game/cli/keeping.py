"""`heron backup`, `restore`, `lock`, `unlock`: the whole database, copied and locked."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from engine.store import Store
from engine.store.backups import backup as copied
from engine.store.backups import restore as put_back
from engine.store.keys import is_locked
from engine.store.locking import lock as locked
from engine.store.locking import put_away
from engine.store.locking import unlock as unlocked
from game.cli.options import Database, database
from game.errors import GameError

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(context: typer.Context, file: File, db: Database = None) -> None:
    """Copy the whole database into FILE, even while somebody plays; the copy is checked."""
    n_bytes = copied(database(context, db), file.expanduser())
    print(f"{file} holds everything: {n_bytes / 1e6:.1f} MB, checked.")


def restore(context: typer.Context, file: File, db: Database = None) -> None:
    """Put a backup in the place of the database, which is set aside and not deleted."""
    path = database(context, db)
    aside = put_back(path, file.expanduser())
    with Store.open(path) as store:
        store.audit.note("command line", "restored", file.name)
    print(f"{path} is what {file} was." + (f" What was there before is {aside}." if aside else ""))


def lock(context: typer.Context, db: Database = None) -> None:
    """Encrypt the database at the first time; later, ask for its passphrase again."""
    path = database(context, db)
    if is_locked(path):
        put_away(path)
        print(f"{path} is locked: heron unlock opens it.")
        return
    Store.open(path).close()
    passphrase = secret("Passphrase, best a sentence: ")
    if secret("Once more: ") != passphrase:
        raise GameError("The two are not the same: try again.")
    recovery = locked(path, passphrase)
    print(f"{path} is encrypted, and open to you until heron lock.")
    print(f"Write this recovery key down, on paper: {recovery}")
    print("Without it and without the passphrase nobody can ever read what is in there.")
    print("Backups and exports from before are as readable as they were.")


def unlock(context: typer.Context, db: Database = None) -> None:
    """Open an encrypted database to this user, by its passphrase or its recovery key."""
    path = database(context, db)
    unlocked(path, secret("Passphrase or recovery key: "))
    print(f"{path} is open to you until heron lock.")


def secret(prompt: str) -> str:
    """What somebody types without being seen; a line of standard input where nobody can type."""
    return getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
