"""Whether the file is sound, which sittings were cut off, and how devices did."""

from dataclasses import dataclass

from engine.store.connection import Tables
from engine.store.sessions import SILENT_S


@dataclass(frozen=True, slots=True)
class Device:
    """How a device did in the newest sitting that had one. loss_per_minute: None for a stretch without length."""

    device: str
    name: str
    started_utc: str
    rate_hz: float | None
    loss_per_minute: float | None
    jitter_ms: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of what. running: sittings whose heart beats; cut_off: that nobody ended"""

    players: int
    accounts: int
    sittings: int
    running: int
    cut_off: int
    complaints: int
    bundles: int
    audit_lines: int


class Health:
    """Reads only."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def damage(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file; nothing in a sound one."""
        found = [row["integrity_check"] for row in self._tables.rows("PRAGMA integrity_check")]
        lost = self._tables.rows("PRAGMA foreign_key_check")
        orphans = [f"a row of {row['table']} belongs to nothing" for row in lost]
        return (*(line for line in found if line != "ok"), *orphans)

    def cut_off(self, now_unix_s: float) -> tuple[tuple[int, str], ...]:
        """Sittings whose heart stopped and that nobody ended: number, and the pseudonym of who played."""
        rows = self._tables.rows(
            "SELECT sessions.id, pseudonym FROM sessions CROSS JOIN players ON players.id = player_id "
            "WHERE ended_unix_s IS NULL AND abs(? - heartbeat_unix_s) > ? ORDER BY +sessions.id",
            now_unix_s,
            SILENT_S,
        )
        return tuple((row["id"], row["pseudonym"]) for row in rows)

    def running(self, now_unix_s: float) -> bool:
        """Whether somebody plays: a sitting's heart beats."""
        return bool(
            self._tables.rows(
                "SELECT 1 FROM sessions WHERE ended_unix_s IS NULL AND abs(? - heartbeat_unix_s) <= ? LIMIT 1",
                now_unix_s,
                SILENT_S,
            )
        )

    def devices(self) -> tuple[Device, ...]:
        """The newest of each kind."""
        rows = self._tables.rows(
            "SELECT device, name, started_utc, rate_hz, jitter_ms, "
            "CASE WHEN until_s > from_s THEN 60.0 * loss / (until_s - from_s) END AS loss_per_minute, "
            "max(session_id) AS newest FROM device_segments JOIN sessions ON sessions.id = session_id "
            "WHERE sessions.id > (SELECT coalesce(max(id), 0) - 50 FROM sessions) GROUP BY device"
        )
        return tuple(Device(**{name: value for name, value in row.items() if name != "newest"}) for row in rows)

    def counts(self, now_unix_s: float) -> Counts:
        """Of everything that one counts; of nobody in particular."""
        beats = "FROM sessions WHERE ended_unix_s IS NULL AND abs(?1 - heartbeat_unix_s)"
        (row,) = self._tables.rows(
            "SELECT (SELECT count(*) FROM players) AS players, "
            "(SELECT count(*) FROM accounts WHERE closed_utc IS NULL) AS accounts, "
            "(SELECT count(*) FROM sessions WHERE kind = 'play') AS sittings, "
            f"(SELECT count(*) {beats} <= ?2) AS running, (SELECT count(*) {beats} > ?2) AS cut_off, "
            "(SELECT count(*) FROM complaints WHERE reviewed_by IS NULL) AS complaints, "
            "(SELECT count(*) FROM bundles) AS bundles, (SELECT coalesce(max(seq), 0) FROM audit) AS audit_lines",
            now_unix_s,
            SILENT_S,
        )
        return Counts(**row)
