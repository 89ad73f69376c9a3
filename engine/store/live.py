"""Sittings that run just now: what the newest beat of their journals holds, and what therapists ask of them."""

import json
from dataclasses import dataclass
from typing import Any

from engine.errors import NotFound, StoreError
from engine.ports import TICK_S, Override
from engine.session import MIN_TRUST
from engine.store.clinic import Asker, Clinic
from engine.store.connection import Tables
from engine.store.sessions import SILENT_S

LAST_TRIALS = 20
"""Of which success is told, as far as there are so many."""

LONGEST_REASON = 300

_SECONDS = 60.0
"""Of scores that a trail goes back."""

_EVERY = 5
"""Every fifth estimate is two a second: what a screen can show of a minute."""


@dataclass(frozen=True, slots=True)
class Running:
    """A sitting whose heart beats."""

    session_id: int
    pseudonym: str
    name: str
    kind: str
    level_id: str
    began_unix_s: float
    beat_unix_s: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a running sitting at its last beat; None for what was not there yet.

    played_s:     of the game's clock, pauses included
    score, trust, state: of the newest estimate
    threshold:    of the reward, as a score
    success:      share of the last LAST_TRIALS trials that counted; trials: how many those are
    difficulty:   logits
    trail:        scores of the last minute: seconds before the newest, score, whether it was one to go by
    """

    beat_unix_s: float
    stage: str | None
    block: int
    played_s: float
    score: float | None
    trust: float | None
    state: str | None
    threshold: float | None
    success: float | None
    trials: int
    difficulty: float | None
    distractors: int | None
    trail: tuple[tuple[float, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that was asked. tick: when the game answered; applied: whether it could; None before its answer."""

    id: int
    what: str
    reason: str
    person_id: int | None
    at_unix_s: float
    tick: int | None
    applied: bool | None


class Live:
    """Everything here is asked for by whoever looks after the player, and is otherwise not there."""

    def __init__(self, tables: Tables, clinic: Clinic) -> None:
        self._tables = tables
        self._clinic = clinic

    def running(self, asker: Asker, now_unix_s: float) -> tuple[Running, ...]:
        """All that run, by name."""
        rows = self._tables.rows(
            f"{_RUNNING} WHERE ended_unix_s IS NULL AND heartbeat_unix_s >= ? ORDER BY name, sessions.id",
            now_unix_s - SILENT_S,
        )
        return tuple(_running(row) for row in rows if self._clinic.may_see(asker, row.pop("player_id")))

    def beating(self, asker: Asker, player_id: int, session_id: int, now_unix_s: float) -> Running | None:
        """The player's sitting, if it runs. Raises: NotFound: there is none, or it is not the asker's to see."""
        row = self._tables.row(f"{_RUNNING} WHERE sessions.id = ? AND sessions.player_id = ?", session_id, player_id)
        if row is None or not self._clinic.may_see(asker, row.pop("player_id")):
            raise NotFound("There is no such sitting: look at the list of those that run.")
        one = _running(row)
        return one if one.beat_unix_s >= now_unix_s - SILENT_S and not row["ended_unix_s"] else None

    def moment(self, session_id: int) -> Moment:
        """Raises: NotFound."""
        beat = self._tables.row("SELECT heartbeat_unix_s FROM sessions WHERE id = ?", session_id)
        if beat is None:
            raise NotFound("There is no such sitting: look at the list of those that run.")
        trail = self._trail(session_id)
        newest = trail[-1] if trail else {}
        stage, threshold = self._newest(session_id, "stage_started"), self._newest(session_id, "threshold_set")
        successes = self._successes(session_id)
        played = self._tables.row(
            "SELECT first_tick + n AS tick FROM ticks WHERE session_id = ? ORDER BY first_tick DESC LIMIT 1",
            session_id,
        )
        return Moment(
            beat_unix_s=beat["heartbeat_unix_s"],
            stage=stage.get("stage"),
            block=stage.get("block", 0),
            played_s=played["tick"] * TICK_S if played else 0.0,
            score=newest.get("score"),
            trust=newest.get("trust"),
            state=newest.get("state"),
            threshold=threshold["centre"] + threshold["threshold_z"] * threshold["spread"] if threshold else None,
            success=sum(successes) / len(successes) if successes else None,
            trials=len(successes),
            difficulty=self._newest(session_id, "difficulty_changed", "first").get("difficulty"),
            distractors=self._newest(session_id, "distractors_changed").get("level", 0) if stage else None,
            trail=tuple(
                (newest["t_s"] - row["t_s"], row["score"], row["state"] == "good" and row["trust"] >= MIN_TRUST)
                for row in trail
            ),
        )

    def ask(
        self, asker: Asker, player_id: int, session_id: int, what: Override, reason: str, now_unix_s: float
    ) -> None:
        """Puts a wish where the game finds it within a second.

        Raises: NotFound: as `beating`; StoreError: no reason, too long a one, or the sitting runs no more.
        """
        if not reason.strip() or len(reason) > LONGEST_REASON:
            raise StoreError(f"Say why, in 1 to {LONGEST_REASON} letters: the reason stays with the sitting.")
        with self._tables.atomic():
            if self.beating(asker, player_id, session_id, now_unix_s) is None:
                raise StoreError("This sitting runs no more: nothing was asked of it.")
            self._tables.change(
                "INSERT INTO overrides (session_id, what, reason, person_id, at_unix_s) VALUES (?, ?, ?, ?, ?)",
                session_id,
                what,
                reason.strip(),
                asker.person_id,
                now_unix_s,
            )

    def wishes(self, session_id: int) -> tuple[Wish, ...]:
        """All that were asked of a sitting, the newest first."""
        rows = self._tables.rows(
            "SELECT id, what, reason, person_id, at_unix_s, tick, json_extract(data_json, '$.applied') AS applied "
            "FROM overrides LEFT JOIN events ON events.session_id = overrides.session_id AND kind = 'overridden' "
            "AND json_extract(data_json, '$.number') = overrides.id WHERE overrides.session_id = ? ORDER BY id DESC",
            session_id,
        )
        return tuple(
            Wish(applied=None if (applied := row.pop("applied")) is None else bool(applied), **row) for row in rows
        )

    def _trail(self, session_id: int) -> list[dict[str, Any]]:
        """Every fifth of the estimates of the last minute, the oldest first; the last is the newest there is."""
        rows = self._tables.rows(
            "SELECT t_s, score, trust, state FROM estimates WHERE session_id = ?1 AND t_s >= (SELECT t_s "
            "FROM estimates WHERE session_id = ?1 ORDER BY seq DESC LIMIT 1) - ?2 ORDER BY seq DESC LIMIT ?3",
            session_id,
            _SECONDS,
            int(_SECONDS) * 10,
        )
        return rows[::_EVERY][::-1]

    def _newest(self, session_id: int, kind: str, strand: str | None = None) -> dict[str, Any]:
        row = self._tables.row(
            "SELECT data_json FROM events WHERE session_id = ? AND kind = ? "
            "AND (? IS NULL OR json_extract(data_json, '$.strand') = ?) ORDER BY seq DESC LIMIT 1",
            session_id,
            kind,
            strand,
            strand,
        )
        return dict(json.loads(row["data_json"])) if row else {}

    def _successes(self, session_id: int) -> list[int]:
        rows = self._tables.rows(
            "SELECT success FROM trials WHERE session_id = ? AND valid AND NOT practice AND block > 0 "
            "ORDER BY seq DESC LIMIT ?",
            session_id,
            LAST_TRIALS,
        )
        return [row["success"] for row in rows]


_RUNNING = (
    "SELECT sessions.id AS session_id, sessions.player_id, pseudonym, name, sessions.kind, level_id, "
    "anchor_unix_s AS began_unix_s, heartbeat_unix_s AS beat_unix_s, ended_unix_s FROM sessions "
    "JOIN players ON players.id = sessions.player_id JOIN people ON people.player_id = players.id"
)


def _running(row: dict[str, Any]) -> Running:
    return Running(**{name: value for name, value in row.items() if name != "ended_unix_s"})
