"""A second of rows as lines in their tables."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

from engine.store.connection import sqlcipher
from engine.store.packing import PollBlob, TickBlob, pack_polls, pack_ticks
from engine.store.rows import (
    BlockRow,
    CalibrationRow,
    EstimateRow,
    EventRow,
    PollRow,
    Row,
    SegmentRow,
    TickRow,
    TrialRow,
)
from engine.store.sealing import Cipher, sealed_blob

_MISFIT = (
    *(
        kind
        for library in (sqlite3, sqlcipher)
        if library
        for kind in (library.IntegrityError, library.ProgrammingError)
    ),
    OverflowError,
    ValueError,
)
"""What SQLite and its driver say of a line that can never be saved, as one with a NaN for a score."""

Plain = BlockRow | TrialRow | EventRow | CalibrationRow | SegmentRow
_PLAIN: dict[str, type[Plain]] = {
    "blocks": BlockRow,
    "trials": TrialRow,
    "events": EventRow,
    "calibrations": CalibrationRow,
    "device_segments": SegmentRow,
}
"""Tables whose columns are the fields of their row."""

AT_ONCE = 125
"""Lines a statement, where there are so many: a third quicker than one by one. Source: own measurement."""

Packed = Plain | TickBlob | PollBlob
Numbered = tuple[int, Row]
Line = tuple[object, ...]


def save(
    connection: sqlite3.Connection, session_id: int, rows: Sequence[Numbered], cipher: Cipher | None = None
) -> int:
    """How many lines did not fit; all others are written, in the transaction that is open."""
    return sum(_insert(connection, *table) for table in _tables(session_id, rows, cipher))


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], lines: Sequence[Line]) -> int:
    """How many lines did not fit the table: one that is impossible must not hold up all others."""
    if not lines:
        return 0
    line = f"({', '.join('?' * len(columns))})"
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    many = into + ", ".join([line] * AT_ONCE)
    rest = len(lines) - len(lines) % AT_ONCE
    connection.execute("SAVEPOINT before")  # the commit releases it
    try:
        for first in range(0, rest, AT_ONCE):
            connection.execute(many, list(chain.from_iterable(lines[first : first + AT_ONCE])))
        connection.executemany(into + line, lines[rest:])
    except _MISFIT:
        connection.execute("ROLLBACK TO before")
        return sum(not _fits(connection, into + line, each) for each in lines)
    return 0


def _fits(connection: sqlite3.Connection, sql: str, line: Line) -> bool:
    try:
        connection.execute(sql, line)
    except _MISFIT:
        return False
    return True


def _tables(
    session_id: int, rows: Sequence[Numbered], cipher: Cipher | None
) -> Iterator[tuple[str, Sequence[str], Sequence[Line]]]:
    """Tables, their columns, and the lines that the rows make in them."""
    by_kind: defaultdict[type[Row], list[tuple[int, Any]]] = defaultdict(list)
    for numbered in rows:
        by_kind[type(numbered[1])].append(numbered)
    for table, kind in _PLAIN.items():
        names, values = _COLUMNS[kind]
        yield table, ("session_id", "seq", *names), [(session_id, seq, *values(row)) for seq, row in by_kind[kind]]
    yield (
        "estimates",
        ("session_id", "seq", "t_s", "score", "trust", "state", "channels_json", "tick"),
        [
            (session_id, seq, row.t_s, row.score, row.trust, row.state, _as_json(row.channels), row.tick)
            for seq, row in by_kind[EstimateRow]
        ],
    )
    names, values = _COLUMNS[TickBlob]
    ticks = pack_ticks([row for _, row in by_kind[TickRow]])
    yield "ticks", ("session_id", *names), [(session_id, *values(blob)) for blob in ticks]
    names, values = _COLUMNS[PollBlob]
    polls = [sealed_blob(cipher, session_id, blob) for blob in pack_polls([row for _, row in by_kind[PollRow]])]
    first_seq = rows[0][0] if rows else 0  # there are no more blobs than rows, so the next batch's numbers are free
    lines = [(session_id, seq, *values(blob)) for seq, blob in enumerate(polls, first_seq)]
    yield "raw_chunks", ("session_id", "seq", *names), lines


@lru_cache(maxsize=64)
def _as_json(channels: tuple[str, ...]) -> str:
    """The channels' words, which are the same for seconds: one word stands for all of them where all have it."""
    if len(channels) > 1 and len(set(channels)) == 1:
        return json.dumps([channels[0], len(channels)], separators=(",", ":"))
    return json.dumps(channels, separators=(",", ":"))


def _fields(kind: type[Packed]) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


_COLUMNS = {kind: _fields(kind) for kind in (*_PLAIN.values(), TickBlob, PollBlob)}
