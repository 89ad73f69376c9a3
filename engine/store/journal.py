"""Writes down a sitting while it is played: once a second, on its own thread, and the game never waits for it."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self

from engine.errors import EngineError, NotFound
from engine.ports import Asked
from engine.store.batch import Numbered, save
from engine.store.connection import FAILURES, connect, spoken
from engine.store.joining import Joiner
from engine.store.rows import EstimateRow, PollRow, Row, TickRow
from engine.store.sealing import cipher_of

BEAT_S = 0.75
"""From one beat's start to the next: with a slow disk's writing, too, no row waits longer than a second."""

JOINED_BEATS = 20
"""So many beats become one row: of what SQLite leaves empty in its pages a twentieth remains (docs/store.md)."""

LIMIT = 65_536
"""Rows to hold while the disk does not take them: nine minutes of play at about 120 a second, under 60 MB."""

LAST_TRIES = 3
"""How often `close` tries to save what is left."""

_DISPENSABLE = (EstimateRow, TickRow, PollRow)
"""What may be dropped when all room is taken; what the player did never is."""


class Journal:
    """The only writer of a running sitting.

    now_unix: seconds since 1970, for the heartbeat by which a sitting that was cut off is known
    """

    def __init__(self, path: Path, session_id: int, now_unix: Callable[[], float] = time.time) -> None:
        self._path = path
        self._session_id = session_id
        self._now_unix = now_unix
        self._connection: sqlite3.Connection | None = None
        self._inode: tuple[int, int] | None = None
        self._pending: list[Numbered] = []
        self._numbers = count()
        self._cipher = cipher_of(path)
        self._joiner, self._beats = Joiner(session_id, self._cipher), 0
        self._dropped = 0
        self._trouble: str | None = None
        self._asked: list[Asked] = []
        self._newest_asked = 0
        self._lock = Lock()
        self._wake, self._closing = Event(), Event()
        self._thread = Thread(target=self._run, name="heron-journal", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Rows that could not be kept."""
        return self._dropped

    @property
    def trouble(self) -> str | None:
        """Why nothing can be saved just now, in one sentence; None while all is well."""
        return self._trouble

    def put(self, row: Row) -> None:
        """Take a row to be written within a second; never waits for the disk and never raises."""
        with self._lock:
            if self._closing.is_set() or (len(self._pending) >= LIMIT and isinstance(row, _DISPENSABLE)):
                self._dropped += 1
                return
            self._pending.append((next(self._numbers), row))
            if len(self._pending) == LIMIT // 2:  # a game faster than real time need not wait for the beat
                self._wake.set()

    def asked(self) -> tuple[Asked, ...]:
        """What therapists have asked for since the last call, as the last beat found it; never waits for the disk."""
        with self._lock:
            asked, self._asked = tuple(self._asked), []
        return asked

    def close(self) -> None:
        """Save what is left and end the thread; what still could not be saved counts as dropped."""
        with self._lock:
            self._closing.set()
        self._wake.set()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        due_s = time.monotonic() + BEAT_S
        while not self._closing.is_set():
            self._wake.wait(max(0.0, due_s - time.monotonic()))
            self._wake.clear()
            due_s = time.monotonic() + BEAT_S
            self._write()
        self._write()
        for _ in range(LAST_TRIES - 1):
            if self._trouble is not None:
                time.sleep(BEAT_S)
                self._write()
        with self._lock:
            self._dropped += len(self._pending)
            self._pending = []
        self._disconnect()

    def _write(self) -> None:
        """Saves all that is pending, or keeps it and says why it could not."""
        with self._lock:
            rows = self._pending.copy()
        self._beats += 1
        try:
            with self._transaction() as connection:
                misfits = save(connection, self._session_id, rows, self._cipher)
                asked = self._listened(connection)
                if self._beats % JOINED_BEATS == 0 or self._closing.is_set():
                    self._joiner(connection)
        except Exception as error:  # whatever it is, the game goes on and the player is told
            self._trouble = self._sentence(error)
            self._disconnect()
        else:
            with self._lock:
                del self._pending[: len(rows)]
                self._dropped += misfits
                self._asked += asked
            self._trouble = None

    def _listened(self, connection: sqlite3.Connection) -> list[Asked]:
        rows = connection.execute(
            "SELECT id, what, reason FROM overrides WHERE session_id = ? AND id > ? ORDER BY id",
            (self._session_id, self._newest_asked),
        ).fetchall()
        self._newest_asked = rows[-1][0] if rows else self._newest_asked
        return [Asked(*row) for row in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connected()
        connection.execute("BEGIN IMMEDIATE")
        try:
            beat = "UPDATE sessions SET heartbeat_unix_s = ? WHERE id = ?"
            if not connection.execute(beat, (self._now_unix(), self._session_id)).rowcount:
                raise NotFound(f"{self._path} does not hold session {self._session_id}: put the right file back.")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _connected(self) -> sqlite3.Connection:
        """Raises: OSError: the file is gone; SQLite itself would go on writing into nowhere."""
        stat = self._path.stat()
        if self._connection is not None and self._inode != (stat.st_dev, stat.st_ino):
            self._disconnect()
        if self._connection is None:
            self._connection = connect(self._path, "write")
            self._connection.isolation_level = None
            self._inode = (stat.st_dev, stat.st_ino)
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, EngineError):
            return str(error)
        if isinstance(error, FileNotFoundError):
            return f"{self._path} is gone: put it back, and what was played since will be saved."
        said = spoken(error, self._path) if isinstance(error, FAILURES) else None
        return str(said or f"{self._path} cannot be written ({error}): free or allow it, or name another with --db.")
