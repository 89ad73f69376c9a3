"""Plans that were assigned, and what of them was walked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any

from engine.errors import NotFound
from engine.path import Day, Walked
from engine.plan import PLANS, Assigned, Plan
from engine.store.connection import Tables


@dataclass(frozen=True, slots=True)
class Assignment:
    """A plan as it was given to a player; plan_toml: its text then, so that a later edit cannot change the past.

    until:     the last day it holds, None where no other has taken its place
    withdrawn_utc: when it was taken back, or gave way on its first day or before it; None where it was not
    """

    id: int
    player_id: int
    plan_toml: str
    since: date
    until: date | None
    by: str
    assigned_utc: str
    withdrawn_utc: str | None = None

    @property
    def plan(self) -> Plan:
        """Raises: BadPlan."""
        return PLANS.parse(self.plan_toml, f"plan {self.id}")

    @property
    def assigned(self) -> Assigned:
        """Raises: BadPlan."""
        return Assigned(self.plan, self.since)


_COLUMNS = "id, player_id, plan_toml, since, until, by, assigned_utc, withdrawn_utc"
_HOLDS = "withdrawn_utc IS NULL"
_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


class Plans:
    """Plans of players, one at a time."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def assign(self, player_id: int, plan_toml: str, since: date, by: str) -> Assignment:
        """From `since` on, in place of what held then and of what was to come.

        Raises: BadPlan: every mistake in it.
        """
        PLANS.parse(plan_toml, "the plan")
        with self._tables.atomic():
            self._tables.change(
                "INSERT INTO plans (player_id, plan_toml, since, by) VALUES (?, ?, ?, ?)",
                player_id,
                plan_toml,
                since.isoformat(),
                by,
            )
            new = self._tables.rows("SELECT last_insert_rowid() AS id")[0]["id"]
            self._give_way(player_id, since, new)
        return self.all(player_id)[-1]

    def _give_way(self, player_id: int, since: date, new: int) -> None:
        """What held on that day holds until the one before; what was to come is taken back."""
        others = f"WHERE player_id = ? AND id <> ? AND {_HOLDS}"
        self._tables.change(
            "UPDATE plans SET replaced_by = ?, was_until = until, until = ? "
            f"{others} AND since < ? AND (until IS NULL OR until >= ?)",
            new,
            (since - timedelta(days=1)).isoformat(),
            player_id,
            new,
            since.isoformat(),
            since.isoformat(),
        )
        self._tables.change(
            f"UPDATE plans SET replaced_by = ?, was_until = until, withdrawn_utc = {_NOW} {others} AND since >= ?",
            new,
            player_id,
            new,
            since.isoformat(),
        )

    def undo(self, player_id: int, today: date) -> Assignment:
        """Takes the plan that was given last back, once, and puts in its place again what it took the place of.

        Raises: NotFound: it was taken back already, or began before today: what has been walked is not undone.
        """
        with self._tables.atomic():
            last = self._tables.row(
                f"SELECT {_COLUMNS} FROM plans WHERE player_id = ? ORDER BY id DESC LIMIT 1", player_id
            )
            if last is None or last["withdrawn_utc"] or last["since"] < today.isoformat():
                raise NotFound("There is no plan to take back that begins today or later: end it, or give another.")
            self._tables.change(f"UPDATE plans SET withdrawn_utc = {_NOW} WHERE id = ?", last["id"])
            self._tables.change(
                "UPDATE plans SET until = was_until, was_until = NULL, withdrawn_utc = NULL, replaced_by = NULL "
                "WHERE replaced_by = ?",
                last["id"],
            )
        return _assignment(last)

    def end(self, player_id: int, day: date) -> None:
        """The plan that holds on `day` does so for the last time."""
        self._tables.change(
            f"UPDATE plans SET until = ? WHERE player_id = ? AND {_HOLDS} AND since <= ? "
            "AND (until IS NULL OR until >= ?)",
            day.isoformat(),
            player_id,
            day.isoformat(),
            day.isoformat(),
        )

    def current(self, player_id: int, day: date) -> Assignment | None:
        """What holds on a day, or will; None where nothing does."""
        return next((one for one in self.all(player_id) if one.until is None or one.until >= day), None)

    def all(self, player_id: int) -> tuple[Assignment, ...]:
        """Those that held, hold or will, the oldest first."""
        rows = self._tables.rows(
            f"SELECT {_COLUMNS} FROM plans WHERE player_id = ? AND {_HOLDS} ORDER BY since", player_id
        )
        return tuple(_assignment(row) for row in rows)

    def versions(self, player_id: int) -> tuple[Assignment, ...]:
        """All that were ever given, also those that were taken back, in the order of giving, the newest first."""
        rows = self._tables.rows(f"SELECT {_COLUMNS} FROM plans WHERE player_id = ? ORDER BY id DESC", player_id)
        return tuple(_assignment(row) for row in rows)

    def days(self, player_id: int, zone: tzinfo | None = None) -> tuple[Day, ...]:
        """What was played on which day, the oldest first; demonstrations are no play. zone: None for this computer's.

        Blocks of one level after another are one game, with the most stars of them.
        """
        rows = self._tables.rows(
            "SELECT sessions.id AS session, anchor_unix_s, level, seconds, stars FROM blocks "
            "JOIN sessions ON sessions.id = session_id "
            "WHERE player_id = ? AND sessions.kind = 'play' AND level IS NOT NULL "
            "ORDER BY anchor_unix_s, session, seq",
            player_id,
        )
        days: dict[date, list[Walked]] = {}
        for (_, unix_s, level), blocks in groupby(
            rows, key=lambda row: (row["session"], row["anchor_unix_s"], row["level"])
        ):
            game = list(blocks)
            walked = Walked(level, sum(block["seconds"] for block in game), max(block["stars"] for block in game))
            days.setdefault(datetime.fromtimestamp(unix_s, zone).date(), []).append(walked)
        return tuple(Day(day, tuple(walked)) for day, walked in days.items())


def _assignment(row: dict[str, Any]) -> Assignment:
    since, until = row["since"], row["until"]
    days = {"since": date.fromisoformat(since), "until": date.fromisoformat(until) if until else None}
    return Assignment(**row | days)
