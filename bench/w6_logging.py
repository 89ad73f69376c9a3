"""W6: one second of rows into SQLite, by Heron's journal and by sqlite-utils; and what kill -9 leaves."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import numpy as np
from sqlite_utils import Database

from bench import kills
from bench.measure import Contender, Progress, Result, interleaved
from engine.store.batch import save
from engine.store.connection import connect
from engine.store.rows import EstimateRow, PollRow, Row, TickRow

Sync = Literal["FULL", "NORMAL"]

PLAIN_ROWS = 250
SITTING = "a second of a sitting"
KILLED_SHARE = 0.5
"""Of the progress bar; the kills take about as long as the timing."""

NOTES = (
    "Heron's time is that of the journal's beat: its transaction with the heartbeat, by the same `save`. Like "
    "sqlite-utils with synchronous NORMAL it does not wait for the disk. A second of a sitting is 60 ticks, 25 "
    "polls of 8 channels, 25 polls of gaze and 10 estimates; Heron packs and compresses them into blobs, sqlite-"
    "utils stores them as they are.",
)


def run(seconds: float, progress: Progress) -> Result:
    """250 plain rows, and a second of a sitting; then KILLS sittings that are killed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timed = interleaved(
            [
                *_contenders(folder / "plain", plain_rows(), ""),
                *_contenders(folder / "whole", whole_second(), SITTING),
            ],
            seconds,
            lambda share: progress(share * (1 - KILLED_SHARE)),
            warm_hops=10,
        )
        left: list[kills.Left] = []
        for batch in range(kills.KILLS // kills.AT_ONCE):
            left += kills.killed(folder, batch)
            progress(1 - KILLED_SHARE + KILLED_SHARE * len(left) / kills.KILLS)
    facts = {
        "kills": len(left),
        "rows_stored": sum(one.stored for one in left),
        "rows_lost": sum(one.lost for one in left),
        "corrupt": sum(one.corrupt for one in left),
        "longest_unsaved_s": max((one.last_s for one in left), default=0.0),
    }
    return Result("W6", "log one second", timed.rows, timed.rounds, None, facts, NOTES)


def _contenders(folder: Path, rows: Sequence[Row], work: str) -> list[Contender]:
    folder.mkdir()
    ours = _Ours(folder / "ours.sqlite", rows)
    gentle = _SqliteUtils(folder / "normal.sqlite", rows, wal=True, sync="NORMAL")
    in_wal = _SqliteUtils(folder / "wal.sqlite", rows, wal=True)
    plain = _SqliteUtils(folder / "plain.sqlite", rows, wal=False)
    return [
        Contender("Heron", ours, ours.ready, ours=True, work=work),
        Contender("sqlite-utils in WAL, synchronous NORMAL", gentle, gentle.ready, work=work),
        Contender("sqlite-utils in WAL", in_wal, in_wal.ready, work=work, differs="waits for the disk"),
        Contender("sqlite-utils' defaults", plain, plain.ready, work=work, differs="waits for the disk, no WAL"),
    ]


def plain_rows() -> list[Row]:
    """PLAIN_ROWS estimates."""
    return [EstimateRow(k / 250, 0.5, 0.9, "good", ("good",) * 8, k) for k in range(PLAIN_ROWS)]


def whole_second() -> list[Row]:
    """What a second of play leaves with 8 channels at 250 Hz and gaze at 200 Hz."""
    rng = np.random.default_rng(1)
    rows: list[Row] = [TickRow(k, "[[],[640.0,360.0],false,[640.1,358.2],12.3456]", bytes(8)) for k in range(60)]
    for k in range(25):
        for stream, channels, n in (("eeg", 8, 10), ("gaze", 4, 8)):
            t_s = k / 25 + np.arange(n) / (25 * n)
            data = rng.normal(0, 10, (channels, n)).astype(np.float32)
            rows.append(PollRow(stream, k / 25, "play", t_s, data))  # type: ignore[arg-type]
    return rows + plain_rows()[:10]


class _Ours:
    """The journal's beat, in this thread."""

    def __init__(self, path: Path, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._session = kills.begin(path)
        self._connection = connect(path, "write")
        self._connection.isolation_level = None
        self._due: list[tuple[int, Row]] = []

    def ready(self, k: int) -> None:
        """The rows of second k."""
        self._due = list(enumerate((_moved(row, k) for row in self._rows), k * len(self._rows)))

    def __call__(self, _k: int) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        beat = "UPDATE sessions SET heartbeat_unix_s = ? WHERE id = ?"
        self._connection.execute(beat, (time.time(), self._session))
        if save(self._connection, self._session, self._due):
            raise ValueError("the journal refused rows of the bench")
        self._connection.execute("COMMIT")


class _SqliteUtils:
    """insert_all, one table a kind of row."""

    def __init__(self, path: Path, rows: Sequence[Row], wal: bool, sync: Sync = "FULL") -> None:
        self._rows = rows
        self._db = Database(path)
        if wal:
            self._db.enable_wal()
        self._db.execute(f"PRAGMA synchronous = {sync}")
        self._due: dict[str, list[dict[str, Any]]] = {}

    def ready(self, k: int) -> None:
        """The lines of second k."""
        self._due = {}
        for seq, row in enumerate((_moved(row, k) for row in self._rows), k * len(self._rows)):
            self._due.setdefault(type(row).__name__, []).append({"seq": seq, **_line(row)})

    def __call__(self, _k: int) -> None:
        for table, lines in self._due.items():
            self._db.table(table).insert_all(lines)


def _moved(row: Row, k: int) -> Row:
    """The same row in second k: ticks are numbered through."""
    return TickRow(row.tick + 60 * k, row.inputs_json, row.digest) if isinstance(row, TickRow) else row


def _line(row: Row) -> dict[str, Any]:
    return {key: _plain(value) for key, value in asdict(row).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tobytes()
    return ",".join(value) if isinstance(value, tuple) else value
