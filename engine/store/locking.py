"""Locks a database: everything in it goes into an encrypted copy, which then takes its place."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from engine.errors import StoreError
from engine.store.connection import alone, encrypted, in_plain_words, sqlcipher
from engine.store.keys import MISSING, Keys, derived, forget, hold, is_locked, key_file, new_key, opened
from engine.store.packing import PollBlob
from engine.store.sealing import Cipher, sealed_blob


def lock(path: Path, passphrase: str) -> str:
    """The recovery key, for people to print; the database stays open to this user until `put_away`.

    Raises: StoreError: it is locked already, in use, or the extra is missing; the database is then as it was.
    """
    if is_locked(path):
        raise StoreError(f"{path} is locked already: heron unlock opens it.")
    if sqlcipher is None:
        raise StoreError(MISSING)
    key, recovery, told = new_key(passphrase)
    copy = path.with_name(path.name + ".locking")
    copy.unlink(missing_ok=True)
    try:
        with in_plain_words(path):
            alone(path)
            _export(path, copy, derived(key))
            _seal(copy, derived(key))
        _written(key_file(path), told)  # a key file beside a plain database changes nothing
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
    hold(path, key)
    return recovery


def unlock(path: Path, secret: str) -> None:
    """By the passphrase or the recovery key. Raises: Locked: it is neither; StoreError: it is not locked."""
    if not is_locked(path):
        raise StoreError(f"{path} is not locked: there is nothing to unlock.")
    hold(path, opened(path, secret))


def put_away(path: Path) -> None:
    """The key is forgotten here: whoever opens the database next needs the passphrase."""
    forget(path)


def _export(path: Path, copy: Path, keys: Keys) -> None:
    assert sqlcipher is not None
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as plain:
        plain.execute(f"ATTACH ? AS locked KEY \"x'{keys.database.hex()}'\"", (str(copy),))
        plain.execute("SELECT sqlcipher_export('locked')")
        for mark in ("application_id", "user_version"):
            ((value,),) = plain.execute(f"PRAGMA {mark}")
            plain.execute(f"PRAGMA locked.{mark} = {value}")
        tables = [name for (name,) in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            here, there = (
                plain.execute(f"SELECT count(*) FROM {at}.{table}").fetchone() for at in ("main", "locked")
            )
            if here != there:
                raise StoreError(f"{path} could not be locked: free some space and try again.")


def _seal(copy: Path, keys: Keys) -> None:
    """The raw signals that were there before."""
    cipher = Cipher(keys.signals)
    columns = "stream, n, k, polls, t_s, data, device_s"
    with closing(encrypted(copy.absolute().as_uri(), keys)) as connection:
        for (row,) in connection.execute("SELECT rowid FROM raw_chunks").fetchall():
            session_id, *blob = connection.execute(
                f"SELECT session_id, {columns} FROM raw_chunks WHERE rowid = ?", (row,)
            ).fetchone()
            sealed = sealed_blob(cipher, session_id, PollBlob(*blob))
            connection.execute(
                "UPDATE raw_chunks SET t_s = ?, data = ?, device_s = ? WHERE rowid = ?",
                (sealed.t_s, sealed.data, sealed.device_s, row),
            )
        connection.commit()
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the encrypted copy is damaged")


def _written(file: Path, text: str) -> None:
    """On the disk before anything depends on it."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
