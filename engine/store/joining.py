"""Seconds of a running sitting become longer rows: SQLite leaves a third of a page empty behind each small one."""

import sqlite3
from dataclasses import astuple, fields
from typing import get_args

from engine.store.packing import PollBlob, TickBlob, pack_polls, pack_ticks, unpack_polls, unpack_ticks
from engine.store.rows import Stream
from engine.store.sealing import Cipher, opened_blob, sealed_blob

_POLLS = ", ".join(field.name for field in fields(PollBlob))
_TICKS = ", ".join(field.name for field in fields(TickBlob))


class Joiner:
    """Joins what one sitting's journal has written since the last time, in the transaction that is open.

    What a transaction that fails should have joined stays in seconds, which read the same.
    """

    def __init__(self, session_id: int, cipher: Cipher | None) -> None:
        self._session_id = session_id
        self._cipher = cipher
        self._from_seq = dict.fromkeys(get_args(Stream), 0)
        self._from_tick = 0

    def __call__(self, connection: sqlite3.Connection) -> None:
        for stream in self._from_seq:
            self._join_polls(connection, stream)
        self._join_ticks(connection)

    def _join_polls(self, connection: sqlite3.Connection, stream: Stream) -> None:
        where = (self._session_id, stream, self._from_seq[stream])
        rows = connection.execute(
            f"SELECT seq, {_POLLS} FROM raw_chunks WHERE session_id = ? AND stream = ? AND seq >= ? ORDER BY seq",
            where,
        ).fetchall()
        if not rows:
            return
        self._from_seq[stream] = rows[-1][0] + 1
        blobs = pack_polls([poll for _, *blob in rows for poll in unpack_polls(self._opened(PollBlob(*blob)))])
        if len(blobs) == len(rows):  # the rows of data changed each second
            return
        connection.execute("DELETE FROM raw_chunks WHERE session_id = ? AND stream = ? AND seq >= ?", where)
        connection.executemany(
            f"INSERT INTO raw_chunks (session_id, seq, {_POLLS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (self._session_id, seq, *astuple(sealed_blob(self._cipher, self._session_id, blob)))
                for (seq, *_), blob in zip(rows, blobs, strict=False)
            ],
        )

    def _opened(self, blob: PollBlob) -> PollBlob:
        return opened_blob(self._cipher, self._session_id, blob)

    def _join_ticks(self, connection: sqlite3.Connection) -> None:
        where = (self._session_id, self._from_tick)
        rows = connection.execute(
            f"SELECT {_TICKS} FROM ticks WHERE session_id = ? AND first_tick >= ? ORDER BY first_tick", where
        ).fetchall()
        if not rows:
            return
        ticks = [tick for row in rows for tick in unpack_ticks(TickBlob(*row))]
        self._from_tick = ticks[-1].tick + 1
        connection.execute("DELETE FROM ticks WHERE session_id = ? AND first_tick >= ?", where)
        connection.executemany(
            f"INSERT INTO ticks (session_id, {_TICKS}) VALUES (?, ?, ?, ?, ?)",
            [(self._session_id, *astuple(blob)) for blob in pack_ticks(ticks)],
        )
