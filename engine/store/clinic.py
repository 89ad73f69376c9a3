"""What the portal asks: clients at a glance, one of them, a sitting, children, people; all of it the asker's own.

Whoever asks names a person and a role, and finds the players whom that person looks after in that role, or is; all
others are not there. A therapist finds a player's data only while the player shares them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from engine.errors import NotFound
from engine.store.audit import Audit, Entry
from engine.store.connection import Tables
from engine.store.glances import Glance, glance
from engine.store.rows import Person, Role

RECENT_S = 120 * 86_400.0
"""So far back a glance looks (own choice): a plan of twelve weeks, and some."""

POINTS = 300
"""Of a timeline, at most: a screen has about a thousand pixels."""

_TOLD = (
    "stage_started",
    "block_done",
    "threshold_set",
    "supervisor_acted",
    "difficulty_changed",
    "unwell",
    "device_life",
)

_FOUND = (
    "(SELECT cares.player_id AS id FROM people JOIN cares ON cares.person_id = people.id "
    "WHERE people.id = ?1 AND role = ?2 AND role IN ('parent', 'therapist') "
    "UNION ALL SELECT player_id FROM people WHERE id = ?1 AND role = ?2 AND role = 'player')"
)
_SHARES = (
    "(?2 <> 'therapist' OR coalesce((SELECT given FROM consents WHERE player_id = players.id AND purpose = 'share' "
    "ORDER BY id DESC LIMIT 1), 0))"
)
_PLAYER = "players.id, pseudonym, name, birth_year, picture"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as which of their roles."""

    person_id: int
    role: Role

    @property
    def word(self) -> str:
        """As it stands in the audit log."""
        return f"{self.role} {self.person_id}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sitting came to, as the table `outcomes`, and how it felt; None where it cannot be said."""

    session_id: int
    ending: str
    began_unix_s: float
    seconds: float
    blocks: int
    trials: int
    success_rate: float | None
    reaction_s: float | None
    score: float | None
    good_share: float | None
    reward_share: float | None
    threshold_z: float | None
    difficulty: float | None
    stars: int
    complaints: int
    mood: int | None
    tired: int | None
    fun: int | None
    effort: int | None
    headache: int | None
    eyes: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """A stretch of a sitting. trust, score: means; good: share of estimates with a good signal."""

    t_s: float
    score: float
    trust: float
    good: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """One sitting from its begin to its end; events: (tick, kind, JSON) of what its loops and its player did."""

    outcome: Outcome
    points: tuple[Point, ...]
    events: tuple[tuple[int, str, str], ...]
    blocks: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a sitting's signals were measured against, and what its eyes did: means; None where nobody looked.

    centre, spread: of the scores of its own warm-up; bcea_deg2: area in which gaze lay while it held still
    """

    session_id: int
    began_unix_s: float
    centre: float | None
    spread: float | None
    on_screen_share: float | None
    on_target_share: float | None
    fixation_share: float | None
    saccades_per_s: float | None
    blinks_per_min: float | None
    bcea_deg2: float | None


class Answer(NamedTuple):
    """A trial that counts, as far as trends need it; `engine.ability.Tried` is met by it."""

    task: str
    difficulty: float
    success: bool
    reaction_s: float | None
    valid: bool = True
    practice: bool = False


class Clinic:
    """Reads only, but for the log of who read what."""

    def __init__(self, tables: Tables, audit: Audit) -> None:
        self._tables = tables
        self._audit = audit

    def glance(self, asker: Asker, now: datetime, player_id: int | None = None) -> tuple[Glance, ...]:
        """Every player whom the asker looks after, or one, by name: a therapist's clients, a parent's children.

        now: local time
        """
        of_asker = _FOUND if player_id is None else f"(SELECT id FROM {_FOUND} WHERE id = {player_id:d})"
        players = self._tables.rows(
            f"SELECT {_PLAYER}, {_SHARES} AS shared FROM {of_asker} AS found JOIN players ON players.id = found.id "
            "JOIN people ON people.player_id = players.id ORDER BY name",
            asker.person_id,
            asker.role,
        )
        recent = self._by_player(
            "SELECT found.id AS of, began_unix_s, seconds, good_share, success_rate, mood FROM "
            f"{of_asker} AS found CROSS JOIN outcomes ON outcomes.player_id = found.id AND kind = 'play' "
            "AND began_unix_s > ?3 LEFT JOIN checkins USING (session_id) ORDER BY found.id, began_unix_s",
            asker,
            now.timestamp() - RECENT_S,
        )
        counts = self._by_player(
            "SELECT found.id AS of, (SELECT count(*) FROM outcomes WHERE player_id = found.id AND kind = 'play') "
            "AS sittings, (SELECT max(began_unix_s) FROM outcomes WHERE player_id = found.id AND kind = 'play') "
            f"AS last FROM {of_asker} AS found ORDER BY of",
            asker,
        )
        plans = self._by_player(
            f"SELECT found.id AS of, plan_toml, since, until FROM {of_asker} AS found "
            "CROSS JOIN plans ON plans.player_id = found.id AND withdrawn_utc IS NULL ORDER BY of, since",
            asker,
        )
        open_complaints = self._by_player(
            "SELECT players.id AS of, count(*) AS n FROM complaints CROSS JOIN sessions ON sessions.id = session_id "
            "CROSS JOIN players ON players.id = sessions.player_id WHERE reviewed_by IS NULL AND kind = 'play' "
            f"AND players.id IN {of_asker} GROUP BY of ORDER BY of".replace("AND kind =", "AND sessions.kind ="),
            asker,
        )
        return tuple(
            glance(
                player,
                recent.get(player["id"], ()),
                counts[player["id"]][0],
                plans.get(player["id"], ()),
                sum(row["n"] for row in open_complaints.get(player["id"], ())),
                now,
            )
            for player in players
        )

    def sittings(self, asker: Asker, player_id: int, limit: int = 1000) -> tuple[Outcome, ...]:
        """A player's, the newest first. Raises: NotFound: it is not the asker's to see."""
        self._seen(asker, player_id)
        rows = self._tables.rows(
            f"SELECT {_OUTCOME} FROM outcomes LEFT JOIN checkins USING (session_id) "
            "WHERE player_id = ? AND kind = 'play' ORDER BY began_unix_s DESC LIMIT ?",
            player_id,
            limit,
        )
        return tuple(Outcome(**row) for row in rows)

    def looks(self, asker: Asker, player_id: int, limit: int) -> tuple[Look, ...]:
        """Of a player's last sittings, the oldest first. Raises: NotFound: it is not the asker's to see."""
        self._seen(asker, player_id)
        means = ", ".join(
            f"avg(json_extract(data_json, '$.{field.name}')) AS {field.name}" for field in fields(Look)[2:]
        )
        rows = self._tables.rows(
            f"SELECT of.session_id, of.began_unix_s, {means} FROM (SELECT session_id, began_unix_s FROM outcomes "
            "WHERE player_id = ? AND kind = 'play' ORDER BY began_unix_s DESC LIMIT ?) AS of "
            "LEFT JOIN events ON events.session_id = of.session_id AND events.kind IN ('eyes', 'threshold_set') "
            "GROUP BY of.session_id ORDER BY of.began_unix_s",
            player_id,
            limit,
        )
        return tuple(Look(**row) for row in rows)

    def answers(self, asker: Asker, player_id: int, limit: int, without: Sequence[str]) -> dict[int, list[Answer]]:
        """Of a player's last sittings, by their numbers: trials that count, but for those of the levels in `without`.

        Raises: NotFound: it is not the asker's to see.
        """
        self._seen(asker, player_id)
        rows = self._tables.rows(
            "SELECT of.session_id, task, difficulty, success, reaction_s FROM (SELECT session_id FROM outcomes "
            "WHERE player_id = ?1 AND kind = 'play' ORDER BY began_unix_s DESC LIMIT ?2) AS of "
            "CROSS JOIN trials ON trials.session_id = of.session_id AND valid AND NOT practice AND strand = 'first' "
            "AND block NOT IN (SELECT block FROM blocks WHERE session_id = of.session_id "
            "AND level IN (SELECT value FROM json_each(?3))) ORDER BY of.session_id, seq",
            player_id,
            limit,
            json.dumps(without),
        )
        found: dict[int, list[Answer]] = {}
        for row in rows:
            one = Answer(row["task"], row["difficulty"], bool(row["success"]), row["reaction_s"])
            found.setdefault(row["session_id"], []).append(one)
        return found

    def timeline(self, asker: Asker, session_id: int) -> Timeline:
        """Raises: NotFound: there is none, or it is not the asker's to see."""
        row = self._tables.row(
            f"SELECT player_id, {_OUTCOME} FROM outcomes LEFT JOIN checkins USING (session_id) WHERE session_id = ?",
            session_id,
        )
        if row is None:
            raise _none_here()
        self._seen(asker, row.pop("player_id"))
        span = self._tables.row(
            "SELECT min(t_s) AS first_s, (max(t_s) - min(t_s)) / ? AS step_s FROM estimates WHERE session_id = ?",
            POINTS,
            session_id,
        )
        points = self._tables.rows(
            "SELECT min(t_s) AS t_s, avg(score) AS score, avg(trust) AS trust, avg(state = 'good') AS good "
            "FROM estimates WHERE session_id = ? GROUP BY cast((t_s - ?) / ? AS INTEGER) ORDER BY t_s",
            session_id,
            span["first_s"] if span else 0.0,
            (span and span["step_s"]) or 1.0,
        )
        told = ", ".join("?" * len(_TOLD))
        events = self._tables.rows(
            f"SELECT tick, kind, data_json FROM events WHERE session_id = ? AND kind IN ({told}) ORDER BY seq",
            session_id,
            *_TOLD,
        )
        blocks = self._tables.rows("SELECT * FROM blocks WHERE session_id = ? ORDER BY seq", session_id)
        return Timeline(
            Outcome(**row),
            tuple(Point(**point) for point in points),
            tuple((event["tick"], event["kind"], event["data_json"]) for event in events),
            tuple(blocks),
        )

    def may_see(self, asker: Asker, player_id: int) -> bool:
        """Whether the asker looks after this player, or is it, and the player shares with them."""
        return bool(
            self._tables.rows(
                f"SELECT 1 FROM players WHERE id = ?3 AND id IN {_FOUND} AND {_SHARES}",
                asker.person_id,
                asker.role,
                player_id,
            )
        )

    def people(self, asker: Asker, after: str = "", limit: int = 100, begins: str = "") -> tuple[Person, ...]:
        """Those whose names begin so, by name, from the one at `after` on.

        Raises: NotFound: the asker is no administrator.
        """
        self._keeps(asker)
        rows = self._tables.rows(
            "SELECT id, name, role, player_id FROM people WHERE name >= ? AND substr(name, 1, ?) = ? "
            "ORDER BY name, role LIMIT ?",
            after,
            len(begins),
            begins,
            limit,
        )
        return tuple(Person(**row) for row in rows)

    def audit(self, asker: Asker, before: int | None = None, limit: int = 50) -> tuple[Entry, ...]:
        """A page of the log, the newest line first. Raises: NotFound: the asker is no administrator."""
        self._keeps(asker)
        return self._audit.page(before, limit)

    def _seen(self, asker: Asker, player_id: int) -> None:
        if not self.may_see(asker, player_id):
            raise _none_here()

    def _keeps(self, asker: Asker) -> None:
        if asker.role != "administrator" or not self._tables.rows(
            "SELECT 1 FROM people WHERE id = ? AND role = 'administrator'", asker.person_id
        ):
            raise _none_here()

    def _by_player(self, sql: str, asker: Asker, *more: object) -> dict[int, tuple[dict[str, Any], ...]]:
        """Rows by the number of the player that they are of, which they lose."""
        rows = self._tables.rows(sql, asker.person_id, asker.role, *more)
        return {player: tuple(some) for player, some in groupby(rows, key=lambda row: int(row.pop("of")))}


_OUTCOME = (
    "session_id, ending, began_unix_s, seconds, blocks, trials, success_rate, reaction_s, score, good_share, "
    "reward_share, threshold_z, difficulty, stars, complaints, mood, tired, fun, effort, headache, eyes"
)


def _none_here() -> NotFound:
    return NotFound("There is nothing here by that number: look at your own list.")
