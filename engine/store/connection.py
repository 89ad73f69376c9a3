"""One SQLite file: opened as Heron wants it, and its failures in plain words."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from sqlite_utils import Database

from engine.errors import InUse, NotFound, ReadOnly, StoreError
from engine.store.keys import MISSING, Keys, keys_of

sqlcipher: ModuleType | None
try:  # of the extra `secure`: the same library for locked databases, with an error tree of its own
    from sqlcipher3 import dbapi2

    sqlcipher = dbapi2
except ImportError:
    sqlcipher = None

FAILURES: tuple[type[Exception], ...] = (sqlite3.DatabaseError, *([sqlcipher.DatabaseError] if sqlcipher else ()))
"""What either library raises."""

UNREADABLE: tuple[type[Exception], ...] = (
    sqlite3.OperationalError,
    *([sqlcipher.OperationalError] if sqlcipher else ()),
)

Mode = Literal["create", "write", "read"]

BUSY_S = 1.0
"""How long to wait for another program that is writing."""

_SENTENCES = {
    sqlite3.SQLITE_READONLY: (ReadOnly, "{} cannot be written: allow writing, or name another file with --db."),
    sqlite3.SQLITE_PERM: (ReadOnly, "{} cannot be written: allow writing, or name another file with --db."),
    sqlite3.SQLITE_CANTOPEN: (ReadOnly, "{} cannot be opened for writing: allow it, or name another file with --db."),
    sqlite3.SQLITE_BUSY: (InUse, "{} is in use by another program: close that program and try again."),
    sqlite3.SQLITE_LOCKED: (InUse, "{} is in use by another program: close that program and try again."),
    sqlite3.SQLITE_FULL: (StoreError, "The disk that holds {} is full: free some space and try again."),
    sqlite3.SQLITE_IOERR: (StoreError, "The disk does not take or give {}: look whether it is full or failing."),
    sqlite3.SQLITE_NOTADB: (
        StoreError,
        "{} is not a database, or it is locked and its .key file is gone: put that back, or name another with --db.",
    ),
    sqlite3.SQLITE_CORRUPT: (StoreError, "{} is damaged: put a backup in its place, or name another file with --db."),
}


def connect(path: Path, mode: Mode, wait_s: float = BUSY_S) -> sqlite3.Connection:
    """A connection with foreign keys on that waits for other programs; WAL where it may write.

    A file in a place where nothing can be written, as on a read-only disk, is read as it lies there.
    """
    if mode == "read":
        unmerged = path.with_name(path.name + "-wal").exists()
        try:
            return _connect(path, "mode=ro", wait_s)
        except UNREADABLE:
            if unmerged:
                raise
            return _connect(path, "immutable=1", wait_s)
    connection = _connect(path, "mode=rwc" if mode == "create" else "mode=rw", wait_s)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _connect(path: Path, query: str, wait_s: float) -> sqlite3.Connection:
    keys = keys_of(path)
    address = f"{path.absolute().as_uri()}?{query}"
    connection = encrypted(address, keys, wait_s) if keys else sqlite3.connect(address, timeout=wait_s, uri=True)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("SELECT count(*) FROM sqlite_schema")  # only now is the file looked at
    except FAILURES:
        connection.close()
        raise
    return connection


def encrypted(address: str, keys: Keys, wait_s: float = BUSY_S) -> sqlite3.Connection:
    """A connection to a locked database, which is used like any other. Raises: StoreError: the extra is missing."""
    if sqlcipher is None:
        raise StoreError(MISSING)
    connection: sqlite3.Connection = sqlcipher.connect(address, timeout=wait_s, uri=True)
    connection.execute(f"PRAGMA key = \"x'{keys.database.hex()}'\"")
    return connection


def alone(path: Path) -> None:
    """The WAL is taken in, and the database is one file. Raises: StoreError: somebody else has it open, or damage."""
    with in_plain_words(path), closing(connect(path, "write")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def spoken(error: Exception, path: Path) -> StoreError | None:
    """The failure as people can meet it; None for one that only a mistake in this program can cause."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # the low byte is the primary code
    if code not in _SENTENCES:
        return None
    kind, sentence = _SENTENCES[code]
    return kind(sentence.format(path))


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Raises: StoreError: in place of any failure that people can meet."""
    try:
        yield
    except FAILURES as error:
        said = spoken(error, path)
        if said is None:
            raise
        raise said from error
    except OverflowError as error:  # a number longer than any that a row can have
        raise NotFound("There is nothing here by that number: look at the list.") from error
    except zlib.error as error:  # a blob that is not what was written
        kind, sentence = _SENTENCES[sqlite3.SQLITE_CORRUPT]
        raise kind(sentence.format(path)) from error


class Tables:
    """The open file's tables; every failure is one plain sentence."""

    def __init__(self, db: Database, path: Path) -> None:
        self.path = path
        self._db = db

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with in_plain_words(self.path):
            return list(self._db.query(sql, values))

    def row(self, sql: str, *values: object) -> dict[str, Any] | None:
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def each(self, sql: str, *values: object) -> Iterator[dict[str, Any]]:
        """As `rows`, one at a time, for what may not fit into memory."""
        with in_plain_words(self.path):
            yield from self._db.query(sql, values)

    def bare(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """As `each`, without the names, for what there are thousands of."""
        with in_plain_words(self.path):
            yield from self._db.conn.execute(sql, values)

    def change(self, sql: str, *values: object) -> int:
        """How many rows were changed."""
        with in_plain_words(self.path):
            return self._db.execute(sql, values).rowcount

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All of it or nothing; no other program writes in between."""
        with in_plain_words(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()
