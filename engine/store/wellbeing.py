"""How players are: answers before the first sitting, complaints, check-ins, and what a family allows."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from engine.errors import NotFound, StoreError
from engine.events import CheckedIn, Complaint
from engine.safety import (
    AMONG_SITTINGS,
    WORTHWHILE_S,
    Limits,
    Override,
    Screening,
    Standing,
    age,
    may_override,
    newest,
    played,
)
from engine.store.connection import Tables


@dataclass(frozen=True, slots=True)
class Complained:
    """Somebody was unwell in a sitting; tick: when in it. Nobody has looked at it while `reviewed_by` is None."""

    id: int
    session_id: int
    tick: int
    kind: Complaint
    reviewed_by: str | None
    reviewed_utc: str | None
    note: str | None


class Wellbeing:
    """What happened in sittings came here with their events (migration m006); people add the rest."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def standing(self, player_id: int, today: date, zone: tzinfo | None = None) -> Standing:
        """All that `safety.may_play` asks for; demonstrations say nothing. zone: None for this computer's."""
        born = self._tables.row("SELECT birth_year FROM players WHERE id = ?", player_id)
        if born is None:
            raise NotFound("There is no such player: look how the name is written.")
        sittings = self._tables.rows(
            "SELECT id FROM sessions WHERE player_id = ? AND kind = 'play' ORDER BY id DESC LIMIT ?",
            player_id,
            AMONG_SITTINGS,
        )
        return Standing(
            age=age(born["birth_year"], today),
            limits=self.limits(player_id),
            played=played(self._seconds(player_id, zone), today),
            screening=self.screening(player_id),
            complaints=[one.session_id for one in self.complaints(player_id) if one.reviewed_by is None],
            newest=[row["id"] for row in sittings],
            agrees=self.agrees(player_id),
        )

    def agrees(self, player_id: int) -> bool:
        """Whether the player has not taken back the consent to play."""
        said = self._tables.row(
            "SELECT given FROM consents WHERE player_id = ? AND purpose = 'play' ORDER BY id DESC LIMIT 1", player_id
        )
        return said is None or bool(said["given"])

    def _seconds(self, player_id: int, zone: tzinfo | None) -> list[tuple[date, float]]:
        rows = self._tables.rows(
            "SELECT anchor_unix_s, sum(seconds) AS seconds FROM sessions JOIN blocks ON session_id = id "
            "WHERE player_id = ? AND kind = 'play' GROUP BY id",
            player_id,
        )
        return [(datetime.fromtimestamp(row["anchor_unix_s"], zone).date(), row["seconds"]) for row in rows]

    def screen(self, player_id: int, answers: Screening) -> None:
        """What somebody answered outside a sitting; an override in it is not heeded."""
        self._tables.change(
            "INSERT INTO screenings (player_id, seizure, migraine, eyes) VALUES (?, ?, ?, ?)",
            player_id,
            answers.seizure,
            answers.migraine,
            answers.eyes,
        )

    def screening(self, player_id: int) -> Screening | None:
        """The newest answers, None before the first."""
        rows = self._tables.rows("SELECT * FROM screenings WHERE player_id = ? ORDER BY at_utc, id", player_id)
        return newest([_screening(row) for row in rows])

    def override(self, player_id: int, override: Override, years: int | None) -> None:
        """Somebody answers for it that a worrying answer does not stand in the way.

        Raises: StoreError: there is no such answer, or nobody who may, or no name and reason.
        """
        answers = self.screening(player_id)
        if answers is None or not answers.worries:
            raise StoreError("No answer of this player stands in the way: there is nothing to open.")
        if not override.by.strip() or not override.why.strip():
            raise StoreError("Whoever opens Heron for a player leaves a name and a reason: give both.")
        if not may_override(answers, override.role, years):
            raise StoreError("This answer needs somebody else: a therapist for seizures, else also a parent.")
        self._tables.change(
            "UPDATE screenings SET override_by = ?, override_role = ?, override_why = ?, "
            "override_utc = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') "
            "WHERE id = (SELECT id FROM screenings WHERE player_id = ? ORDER BY at_utc DESC, id DESC LIMIT 1)",
            override.by,
            override.role,
            override.why,
            player_id,
        )

    def complaints(self, player_id: int) -> tuple[Complained, ...]:
        """Of real sittings, the oldest first."""
        rows = self._tables.rows(
            "SELECT complaints.* FROM complaints JOIN sessions ON sessions.id = session_id "
            "WHERE player_id = ? AND sessions.kind = 'play' ORDER BY complaints.id",
            player_id,
        )
        return tuple(Complained(**row) for row in rows)

    def review(self, complaint_id: int, by: str, note: str) -> None:
        """A therapist has looked at it; the first review stays.

        Raises: StoreError: no name or note; NotFound: no such complaint is open.
        """
        if not by.strip() or not note.strip():
            raise StoreError("A review has a name and a note: give both.")
        if not self._tables.change(
            "UPDATE complaints SET reviewed_by = ?, note = ?, "
            "reviewed_utc = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ? AND reviewed_by IS NULL",
            by,
            note,
            complaint_id,
        ):
            raise NotFound("There is no such complaint to look at, or somebody has done so already.")

    def check_ins(self, player_id: int) -> dict[int, CheckedIn]:
        """By the number of the sitting, the oldest first."""
        rows = self._tables.rows(
            "SELECT checkins.* FROM checkins JOIN sessions ON sessions.id = session_id "
            "WHERE player_id = ? AND sessions.kind = 'play' ORDER BY session_id",
            player_id,
        )
        flags = ("headache", "eyes")  # SQLite knows no booleans
        return {
            row.pop("session_id"): CheckedIn(
                **row | {flag: None if row[flag] is None else bool(row[flag]) for flag in flags}
            )
            for row in rows
        }

    def limit(self, player_id: int, limits: Limits, by: str) -> None:
        """In place of those before. Raises: StoreError: a limit is none."""
        seconds = [limit for limit in (limits.sitting_s, limits.day_s) if limit is not None]
        if any(limit < WORTHWHILE_S for limit in seconds) or limits.days not in (None, 1, 2, 3, 4, 5, 6, 7):
            raise StoreError("A limit is a number of minutes, 3 or more, or of days, 1 to 7: correct it.")
        bedtime = limits.bedtime.isoformat("minutes") if limits.bedtime else None
        self._tables.change(
            "INSERT OR REPLACE INTO limits (player_id, bedtime, sitting_s, day_s, days, by) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            player_id,
            bedtime,
            limits.sitting_s,
            limits.day_s,
            limits.days,
            by,
        )

    def limits(self, player_id: int) -> Limits:
        """Without any where nobody has set one."""
        row = self._tables.row("SELECT bedtime, sitting_s, day_s, days FROM limits WHERE player_id = ?", player_id)
        if row is None:
            return Limits()
        bedtime = row.pop("bedtime")
        return Limits(bedtime=time.fromisoformat(bedtime) if bedtime else None, **row)


def _screening(row: dict[str, Any]) -> Screening:
    by, role, why = (row[f"override_{name}"] for name in ("by", "role", "why"))
    return Screening(row["seizure"], row["migraine"], row["eyes"], Override(by, role, why) if by else None)
