"""Sittings: how they begin and end, and all that happened in them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from engine.errors import NotFound, StoreError
from engine.ports import TICK_S
from engine.store.connection import Tables, in_plain_words
from engine.store.packing import TickBlob, unpack_ticks
from engine.store.rows import (
    BlockRow,
    Ending,
    EstimateRow,
    EventRow,
    History,
    Kind,
    NewSession,
    Recovered,
    Session,
    TickRow,
    TrialRow,
)

_SESSION = ", ".join(
    # the player's name is kept with the names alone, and is put back where the setup had it
    "CASE json_type(setup_json, '$.player') WHEN 'null' THEN json_replace(setup_json, '$.player', "
    "(SELECT name FROM people WHERE people.player_id = sessions.player_id)) ELSE setup_json END AS setup_json"
    if field.name == "setup_json"
    else field.name
    for field in fields(Session)
)

SILENT_S = 5.0
"""A sitting whose heart has not beaten for so long runs no more: five times the journal's beat."""


class Sessions:
    """Sittings, newest first."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def begin(self, new: NewSession) -> int:
        """The number of the new session. Raises: StoreError: its model was withdrawn."""
        if new.model_sha and self._tables.rows(
            "SELECT 1 FROM models WHERE sha256 = ? AND withdrawn_utc IS NOT NULL", new.model_sha
        ):
            raise StoreError(f"The model {new.model_sha[:12]} was withdrawn and may score nothing new: update Heron.")
        row = asdict(new) | {
            "started_utc": datetime.fromtimestamp(new.anchor_unix_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "heartbeat_unix_s": new.anchor_unix_s,
        }
        values = ", ".join("json_replace(?, '$.player', NULL)" if name == "setup_json" else "?" for name in row)
        with self._tables.atomic():
            self._tables.change(f"INSERT INTO sessions ({', '.join(row)}) VALUES ({values})", *row.values())
            return int(self._tables.rows("SELECT last_insert_rowid() AS id")[0]["id"])

    def end(self, session_id: int, ending: Ending, unix_s: float) -> None:
        """Raises: NotFound."""
        if not self._tables.change(
            "UPDATE sessions SET ending = ?, ended_unix_s = ? WHERE id = ?", ending, unix_s, session_id
        ):
            raise self._not_found(session_id)

    def get(self, session_id: int) -> Session:
        """Raises: NotFound."""
        row = self._tables.row(f"SELECT {_SESSION} FROM sessions WHERE id = ?", session_id)
        if row is None:
            raise self._not_found(session_id)
        return Session(**row)

    def recent(self, player_id: int, limit: int = 20) -> tuple[Session, ...]:
        rows = self._tables.rows(
            f"SELECT {_SESSION} FROM sessions WHERE player_id = ? ORDER BY id DESC LIMIT ?", player_id, limit
        )
        return tuple(Session(**row) for row in rows)

    def latest(self) -> Session | None:
        row = self._tables.row(f"SELECT {_SESSION} FROM sessions ORDER BY id DESC LIMIT 1")
        return None if row is None else Session(**row)

    def recover(self, now_unix_s: float) -> tuple[Recovered, ...]:
        """Marks the sittings that were cut off as interrupted, and says what of them was kept."""
        with self._tables.atomic():
            rows = self._tables.rows(
                """
                SELECT s.id AS session_id, p.name AS player, s.level_id, s.started_utc,
                    (SELECT count(*) FROM trials WHERE session_id = s.id) AS trials,
                    (SELECT count(*) FROM estimates WHERE session_id = s.id) AS estimates,
                    coalesce((SELECT max(first_tick + n) FROM ticks WHERE session_id = s.id), 0) AS ticks
                FROM sessions AS s JOIN people AS p ON p.player_id = s.player_id
                -- either way, so that a clock that was set back hides nothing
                WHERE s.ended_unix_s IS NULL AND abs(? - s.heartbeat_unix_s) > ?
                ORDER BY +s.id -- by the few that run, not through all
                """,
                now_unix_s,
                SILENT_S,
            )
            for row in rows:
                self._tables.change(
                    "UPDATE sessions SET ending = 'interrupted', ended_unix_s = heartbeat_unix_s WHERE id = ?",
                    row["session_id"],
                )
        return tuple(Recovered(kept_s=row.pop("ticks") * TICK_S, **row) for row in rows)

    def history(self, player_id: int, kind: Kind, model_sha: str | None = None) -> History:
        """What finished sittings of a kind leave to the next one; simulated hands teach no person.

        model_sha: whose scores a calibration must be of, for another model's lie elsewhere; None for any
        """
        finished = self._tables.row(
            "SELECT count(*) AS n FROM sessions WHERE player_id = ? AND kind = ? AND ending = 'done'", player_id, kind
        )
        threshold = self._tables.row(
            """
            SELECT json_extract(data_json, '$.threshold_z') AS threshold_z
            FROM events JOIN sessions ON sessions.id = events.session_id
            WHERE player_id = ? AND sessions.kind = ? AND ending = 'done'
            AND events.kind = 'sitting_done' AND json_extract(data_json, '$.threshold_z') IS NOT NULL
            ORDER BY session_id DESC LIMIT 1
            """,
            player_id,
            kind,
        )
        calibration = self._tables.row(
            """
            SELECT json_extract(data_json, '$.centre') AS centre, json_extract(data_json, '$.spread') AS spread
            FROM events JOIN sessions ON sessions.id = events.session_id
            WHERE player_id = ?1 AND sessions.kind = ?2 AND ending = 'done'
            AND events.kind = 'threshold_set' AND (?3 IS NULL OR model_sha = ?3)
            ORDER BY session_id DESC, tick DESC LIMIT 1
            """,
            player_id,
            kind,
            model_sha,
        )
        return History(
            sittings=finished["n"] if finished else 0,
            last_threshold_z=threshold["threshold_z"] if threshold else None,
            last_calibration=(calibration["centre"], calibration["spread"]) if calibration else None,
        )

    def last_of(self, player_id: int, task: str, kind: Kind) -> Session | None:
        """The newest sitting of a kind in which a task was played for more than practice; one cut off counts, too."""
        row = self._tables.row(
            f"""
            SELECT {_SESSION} FROM sessions
            WHERE player_id = ? AND kind = ? AND ending IN ('done', 'interrupted') AND EXISTS
                (SELECT 1 FROM trials WHERE session_id = sessions.id AND task = ? AND practice = 0)
            ORDER BY id DESC LIMIT 1
            """,
            player_id,
            kind,
            task,
        )
        return None if row is None else Session(**row)

    def imported(self, player_id: int, digest: str) -> int | None:
        """The number of the sitting that was read from a file of that SHA-256, all of it."""
        row = self._tables.row(
            "SELECT id FROM sessions WHERE player_id = ? AND kind = 'imported' AND ending = 'done' "
            "AND json_extract(setup_json, '$.digest') = ?",
            player_id,
            digest,
        )
        return None if row is None else int(row["id"])

    def with_level(self, player_id: int, level: str, kind: Kind) -> tuple[Session, ...]:
        """Those in which a block of a level was finished, the oldest first."""
        rows = self._tables.rows(
            f"SELECT {_SESSION} FROM sessions WHERE player_id = ? AND kind = ? "
            "AND EXISTS (SELECT 1 FROM blocks WHERE session_id = sessions.id AND level = ?) ORDER BY id",
            player_id,
            kind,
            level,
        )
        return tuple(Session(**row) for row in rows)

    def last_gaze_check(self, gaze: str) -> tuple[str, float] | None:
        """When the newest sitting began in which that eye tracker was checked, and by how many degrees it was off."""
        row = self._tables.row(
            """
            SELECT started_utc, json_extract(data_json, '$.error_deg') AS error_deg
            FROM events JOIN sessions ON sessions.id = events.session_id
            WHERE gaze = ? AND events.kind = 'gaze_checked' AND json_extract(data_json, '$.error_deg') IS NOT NULL
            AND json_extract(data_json, '$.purpose') <> 'centre'
            ORDER BY session_id DESC, tick DESC LIMIT 1
            """,
            gaze,
        )
        return None if row is None else (row["started_utc"], row["error_deg"])

    def trials(self, session_id: int) -> tuple[TrialRow, ...]:
        return tuple(map(_trial, self._of("trials", TrialRow, session_id)))

    def sat(self, player_id: int, kind: Kind) -> tuple[tuple[int, str | None], ...]:
        """Numbers of a player's sittings that were played to their end, the oldest first, and what saw their gaze."""
        rows = self._tables.rows(
            "SELECT id, gaze FROM sessions WHERE player_id = ? AND kind = ? AND ending = 'done' "
            "ORDER BY anchor_unix_s, id",
            player_id,
            kind,
        )
        return tuple((row["id"], row["gaze"]) for row in rows)

    def before_blocks(self, player_id: int, task: str, kind: Kind) -> dict[int, tuple[TrialRow, ...]]:
        """Trials of a task before the first block of a player's sittings, by sitting: of warm-up and practice."""
        columns = ", ".join(f"trials.{field.name}" for field in fields(TrialRow))
        rows = self._tables.bare(
            f"SELECT session_id, {columns} FROM sessions CROSS JOIN trials ON session_id = sessions.id "
            "WHERE player_id = ? AND sessions.kind = ? AND block = 0 AND task = ? ORDER BY session_id, seq",
            player_id,
            kind,
            task,
        )
        found: dict[int, list[TrialRow]] = {}
        for number, *row in rows:
            found.setdefault(number, []).append(_trial(row))
        return {session_id: tuple(trials) for session_id, trials in found.items()}

    def blocks(self, session_id: int) -> tuple[BlockRow, ...]:
        return tuple(BlockRow(*row) for row in self._of("blocks", BlockRow, session_id))

    def events(self, session_id: int) -> tuple[EventRow, ...]:
        return tuple(EventRow(*row) for row in self._of("events", EventRow, session_id))

    def estimates(self, session_id: int) -> tuple[EstimateRow, ...]:
        rows = self._tables.bare(
            "SELECT t_s, score, trust, state, channels_json, tick FROM estimates WHERE session_id = ? ORDER BY seq",
            session_id,
        )
        return tuple(
            EstimateRow(t_s, score, trust, state, _channels(said), tick)
            for t_s, score, trust, state, said, tick in rows
        )

    def ticks(self, session_id: int) -> Iterator[TickRow]:
        rows = self._tables.each(
            "SELECT first_tick, n, inputs_jsonl, digests FROM ticks WHERE session_id = ? ORDER BY first_tick",
            session_id,
        )
        for row in rows:
            with in_plain_words(self._tables.path):
                second = list(unpack_ticks(TickBlob(**row)))
            yield from second

    def _of(self, table: str, kind: type[BlockRow | TrialRow | EventRow], session_id: int) -> Iterator[Any]:
        """Values in the order of the kind's fields."""
        columns = ", ".join(field.name for field in fields(kind))
        return self._tables.bare(f"SELECT {columns} FROM {table} WHERE session_id = ? ORDER BY seq", session_id)

    def _not_found(self, session_id: int) -> NotFound:
        latest = self.latest()
        hint = "play first" if latest is None else f"the newest is session {latest.id}, ask for that or an older one"
        return NotFound(f"There is no session {session_id} in {self._tables.path}: {hint}.")


_FLAGS = tuple(n for n, field in enumerate(fields(TrialRow)) if field.name in ("success", "valid", "practice"))


def _trial(values: Sequence[Any]) -> TrialRow:
    """SQLite knows no booleans."""
    row = list(values)
    for flag in _FLAGS:
        row[flag] = bool(row[flag])
    return TrialRow(*row)


@lru_cache(maxsize=256)  # a sitting has ten a second, and says the same few over and over
def _channels(channels_json: str) -> tuple[str, ...]:
    """A word for each channel; ["good", 8] is eight of one word."""
    match json.loads(channels_json):
        case [word, int(n)]:
            return (word,) * n
        case words:
            return tuple(words)
