"""Plans that were assigned, and what of them was walked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from engine.path import Day, Walked
from engine.plan import PLANS, Assigned, Plan
from engine.store.connection import Tables


@dataclass(frozen=True, slots=True)
class Assignment:
    """A plan as it was given to a player; plan_toml: its text then, so that a later edit cannot change the past.

    until: the last day it holds, None where no other has taken its place
    """

    id: int
    player_id: int
    plan_toml: str
    since: date
    until: date | None
    by: str
    assigned_utc: str

    @property
    def plan(self) -> Plan:
        """Raises: BadPlan."""
        return PLANS.parse(self.plan_toml, f"plan {self.id}")

    @property
    def assigned(self) -> Assigned:
        """Raises: BadPlan."""
        return Assigned(self.plan, self.since)


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
            self._tables.change("DELETE FROM plans WHERE player_id = ? AND since >= ?", player_id, since.isoformat())
            self._tables.change(
                "UPDATE plans SET until = ? WHERE player_id = ? AND (until IS NULL OR until >= ?)",
                (since - timedelta(days=1)).isoformat(),
                player_id,
                since.isoformat(),
            )
            self._tables.change(
                "INSERT INTO plans (player_id, plan_toml, since, by) VALUES (?, ?, ?, ?)",
                player_id,
                plan_toml,
                since.isoformat(),
                by,
            )
        return self.all(player_id)[-1]

    def end(self, player_id: int, day: date) -> None:
        """The plan that holds on `day` does so for the last time."""
        self._tables.change(
            "UPDATE plans SET until = ? WHERE player_id = ? AND since <= ? AND (until IS NULL OR until >= ?)",
            day.isoformat(),
            player_id,
            day.isoformat(),
            day.isoformat(),
        )

    def current(self, player_id: int, day: date) -> Assignment | None:
        """What holds on a day, or will; None where nothing does."""
        return next((one for one in self.all(player_id) if one.until is None or one.until >= day), None)

    def all(self, player_id: int) -> tuple[Assignment, ...]:
        """The oldest first."""
        rows = self._tables.rows("SELECT * FROM plans WHERE player_id = ? ORDER BY since", player_id)
        return tuple(
            Assignment(
                since=date.fromisoformat(row.pop("since")),
                until=date.fromisoformat(until) if (until := row.pop("until")) else None,
                **row,
            )
            for row in rows
        )

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
