"""A whole copy of the database while it is in use, and back again without losing the one that was there."""

import shutil
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from engine.errors import InUse, StoreError
from engine.store.connection import alone, connect, encrypted, in_plain_words
from engine.store.keys import key_file, keys_of
from engine.store.store import Store

_BESIDE = ("", "-wal", "-shm", ".key")


def backup(path: Path, to: Path) -> int:
    """How many bytes the copy has. It is whole, checked, and locked where the database is: its key file goes with it.

    Raises: StoreError: there is a file already, or it cannot be written, or the database is damaged.
    """
    if to.exists():
        raise StoreError(f"There is a file {to} already: name another one.")
    Store.open(path, read_only=True).close()
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {to.parent} cannot be made: name another file.") from error
    try:
        _copied(path, part)
        _check(part, path)
        if key_file(path).exists():
            shutil.copy2(key_file(path), key_file(to))
        part.replace(to)
    except OSError as error:
        raise StoreError(f"{to} cannot be written ({error.strerror}): name another file.") from error
    finally:
        part.unlink(missing_ok=True)
    return to.stat().st_size


def restore(path: Path, source: Path) -> Path | None:
    """Puts a backup in the database's place; where the one before lies now, None where there was none.

    The backup is copied and checked before anything is moved.

    Raises: StoreError: it is no sound database of Heron, or the one to replace is in use; NewerSchema; Locked.
    """
    Store.open(source, read_only=True).close()
    new = path.with_name(path.name + ".restoring")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copied(source, new)
        _check(new, source)
        aside = _set_aside(path) if path.exists() else None
        if key_file(source).exists():
            shutil.copy2(key_file(source), key_file(path))
        new.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}): allow it, and try again.") from error
    finally:
        new.unlink(missing_ok=True)
    return aside


def _copied(source: Path, to: Path) -> None:
    keys = keys_of(source)
    to.unlink(missing_ok=True)
    with in_plain_words(source), closing(connect(source, "read")) as old:
        new = encrypted(to.absolute().as_uri(), keys) if keys else sqlite3.connect(to)
        with in_plain_words(to), closing(new):
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, no -wal beside it


def _check(copy: Path, of: Path) -> None:
    """Raises: StoreError: the copy is not sound, and so neither was what it is a copy of."""
    keys = keys_of(of)
    with (
        in_plain_words(of),
        closing(encrypted(copy.absolute().as_uri(), keys) if keys else sqlite3.connect(copy)) as new,
    ):
        if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise StoreError(f"{of} is damaged: put a backup in its place, or name another file with --db.")


def _set_aside(path: Path) -> Path:
    """The database under another name, with all that belongs to it. Raises: StoreError: somebody uses it."""
    try:
        alone(path)
    except InUse:
        raise
    except StoreError:  # damaged: all the more to be set aside
        pass
    aside = next(
        name for n in count(1) if not (name := path.with_name(f"{path.stem}.before-{n}{path.suffix}")).exists()
    )
    for beside in _BESIDE:
        part = path.with_name(path.name + beside)
        if part.exists():
            part.replace(aside.with_name(aside.name + beside))
    return aside
