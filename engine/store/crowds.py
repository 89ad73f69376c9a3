"""Fills a database of simulated players: sittings get their day, and further ones are drawn from those played."""

from collections.abc import Iterable
from typing import NamedTuple

from engine.store.connection import Tables

_COPIED = "level_id, level_toml, seed, kind, headset_json, gaze, mode, model_sha, version, ending, study"
_OUTCOME = "kind, ending, seconds, blocks, trials, good_share, reward_share, threshold_z, difficulty, stars"
_BLOCK = (
    "block, task, level, by, seconds, trials, success_rate, rewards, reward_share, good_share, threshold_z, "
    "difficulty, distractors, stars"
)


class Draw(NamedTuple):
    """A sitting that is not played: of this player, then, and otherwise like another one.

    better: is added to the share of success; quicker_s: is taken from the mean reaction time
    mood:   of its check-in, 1 to 5; unwell: whether it has a complaint
    """

    player_id: int
    like: int
    began_unix_s: float
    better: float
    quicker_s: float
    mood: int
    unwell: bool


class Crowds:
    """For databases of simulated players alone."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def was_played(self, session_id: int, began_unix_s: float) -> None:
        """A simulated sitting counts as play, and as one of that day."""
        self._tables.change(
            "UPDATE sessions SET kind = 'play', started_utc = strftime('%Y-%m-%dT%H:%M:%SZ', ?1, 'unixepoch'), "
            "ended_unix_s = ?1 + ended_unix_s - anchor_unix_s, anchor_unix_s = ?1, "
            "heartbeat_unix_s = ?1 + heartbeat_unix_s - anchor_unix_s, ending = ending WHERE id = ?2",
            began_unix_s,
            session_id,
        )

    def draw(self, draws: Iterable[Draw]) -> int:
        """How many: each with blocks, outcome and check-in like another's, but without trials, signals and events."""
        with self._tables.atomic():
            before = self._tables.rows("SELECT coalesce(max(id), 0) AS id FROM sessions")[0]["id"]
            self._tables.change(
                "CREATE TEMP TABLE draws (id INTEGER PRIMARY KEY, player_id INTEGER, other INTEGER, began REAL, "
                "better REAL, quicker_s REAL, mood INTEGER, unwell INTEGER) STRICT"
            )
            n = 0
            for n, draw in enumerate(sorted(draws, key=lambda draw: draw.began_unix_s), 1):
                self._tables.change("INSERT INTO draws VALUES (?, ?, ?, ?, ?, ?, ?, ?)", before + n, *draw)
            for sql in _DRAWN:
                self._tables.change(sql)
            self._tables.change("DROP TABLE draws")
        self._tables.change("ANALYZE")
        return n


_DRAWN = (
    f"INSERT INTO sessions (id, player_id, setup_json, started_utc, anchor_mono_s, anchor_unix_s, heartbeat_unix_s, "
    f"ended_unix_s, {_COPIED}) SELECT draws.id, draws.player_id, json_object('drawn_from', other), "
    "strftime('%Y-%m-%dT%H:%M:%SZ', began, 'unixepoch'), 0.0, began, began + ended_unix_s - anchor_unix_s, "
    f"began + ended_unix_s - anchor_unix_s, {_COPIED} FROM draws JOIN sessions ON sessions.id = other",
    f"INSERT INTO blocks (session_id, seq, {_BLOCK}) SELECT draws.id, seq, {_BLOCK} "
    "FROM draws JOIN blocks ON session_id = other",
    "INSERT INTO outcomes (session_id, player_id, began_unix_s, success_rate, reaction_s, score, complaints, "
    f"{_OUTCOME}) SELECT draws.id, draws.player_id, began, min(1.0, max(0.0, success_rate + better)), "
    f"reaction_s - quicker_s, score, unwell, {_OUTCOME} FROM draws JOIN outcomes ON session_id = other",
    "INSERT INTO checkins (session_id, mood, tired, fun, effort) SELECT id, mood, 6 - mood, mood, 3 FROM draws",
    "INSERT INTO complaints (session_id, tick, kind) SELECT id, 0, 'headache' FROM draws WHERE unwell",
)
