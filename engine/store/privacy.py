"""What people may take back, and what has had its time: withdrawal, erasure, the end of signals and features."""

from dataclasses import dataclass

from engine.errors import NotFound
from engine.store.audit import Audit
from engine.store.connection import Tables
from engine.store.consents import Consents, Giver, Purpose
from engine.store.models import Models
from engine.store.people import Players

DAY_S = 86_400.0
RAW_S = 90 * DAY_S
"""So long raw signals are kept of whom nobody has asked; as long as features with consent, not at all without."""

FEATURES_S = 730 * DAY_S
"""So long is kept what was computed of signals ten times a second, and each tick. Source: own choice; the rule for
children's data asks for an end that is written down (COPPA, 16 CFR 312.10)."""

_FEATURES = ("estimates", "ticks", "calibrations", "device_segments", "pictures")
_FEATURE_EVENTS = "('why', 'eyes', 'drawn', 'pressed')"


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an erasure takes away.

    models:    of the player's own; invalidated: others' that learned from the player, by SHA-256
    parents:   who look after no other player, and go with this one
    """

    pseudonym: str
    sittings: int
    raw_bytes: int
    notes: int
    models: int
    invalidated: tuple[str, ...]
    parents: int


@dataclass(frozen=True, slots=True)
class Tidied:
    """What has had its time: sittings whose raw signals, and whose features, are to go or went."""

    raw: tuple[int, ...]
    features: tuple[int, ...]


class Privacy:
    """All in one transaction, with a line in the audit log; the file is then written anew without what went."""

    def __init__(self, tables: Tables, players: Players, consents: Consents, models: Models, audit: Audit) -> None:
        self._tables = tables
        self._players, self._consents, self._models, self._audit = players, consents, models, audit

    def withdraw(self, player_id: int, purpose: Purpose, who: str, role: Giver) -> None:
        """A no, and what follows from it: raw signals go, the player's models go, pooled ones are invalidated.

        Raises: NotFound; StoreError: nobody says so.
        """
        pseudonym = self._players.get(player_id).pseudonym
        with self._tables.atomic():
            self._consents.say(player_id, purpose, False, who, role)
            if purpose == "keep_raw":
                self._drop_raw(self._tables.rows("SELECT id FROM sessions WHERE player_id = ?", player_id))
            elif purpose == "personalise":
                self._drop_models(player_id)
            elif purpose == "pool":
                self._invalidate(player_id, pseudonym)
            self._audit.noted(f"{role} of {pseudonym}", "withdrew", f"{purpose} of {pseudonym}")
        if purpose in ("keep_raw", "personalise"):
            self._write_anew()

    def forecast(self, player_id: int) -> Forecast:
        """Raises: NotFound."""
        pseudonym = self._players.get(player_id).pseudonym
        own = {row["sha256"] for row in self._own_models(player_id)}
        (n,) = self._tables.rows(
            "SELECT (SELECT count(*) FROM sessions WHERE player_id = ?1) AS sittings, "
            "(SELECT coalesce(sum(length(t_s) + length(data)), 0) FROM raw_chunks "
            "WHERE session_id IN (SELECT id FROM sessions WHERE player_id = ?1)) AS raw_bytes, "
            "(SELECT count(*) FROM notes WHERE player_id = ?1) AS notes",
            player_id,
        )
        invalidated = tuple(sha for sha in self._models.taught_by(player_id) if sha not in own)
        return Forecast(
            pseudonym, models=len(own), invalidated=invalidated, parents=len(self._parents(player_id)), **n
        )

    def erase(self, player_id: int, who: str) -> Forecast:
        """Nothing is left of the player but a line in the audit log: who erased which pseudonym.

        who: role and number, never a name; "command line" where nobody is known
        Raises: NotFound.
        """
        going = self.forecast(player_id)
        with self._tables.atomic():
            self._invalidate(player_id, going.pseudonym)
            for person in self._parents(player_id):
                self._tables.change("DELETE FROM people WHERE id = ?", person)
            self._drop_models(player_id)
            self._tables.change("DELETE FROM players WHERE id = ?", player_id)
            self._audit.noted(who, "erased", going.pseudonym)
        self._write_anew()
        return going

    def discard(self, session_id: int, who: str) -> None:
        """One sitting, as one that was cut off; models that learned from it may be used no more.

        Raises: NotFound.
        """
        with self._tables.atomic():
            for row in self._tables.rows(
                "SELECT sha256 FROM models WHERE player_id = (SELECT player_id FROM sessions WHERE id = ?1) "
                "AND EXISTS (SELECT 1 FROM json_each(verdict_json, '$.learned') WHERE value = ?1)",
                session_id,
            ):
                self._models.withdraw(row["sha256"], f"it learned from sitting {session_id}, which was erased")
            if not self._tables.change("DELETE FROM sessions WHERE id = ?", session_id):
                raise NotFound(f"There is no session {session_id} in {self._tables.path}: look at heron doctor.")
            self._audit.noted(who, "discarded", f"sitting {session_id}")
        self._write_anew()

    def due(self, now_unix_s: float) -> Tidied:
        """What has had its time; a player's word on raw signals goes before the usual time."""
        raw = self._tables.rows(
            "WITH RECURSIVE has (id) AS (SELECT min(session_id) FROM raw_chunks UNION ALL SELECT (SELECT "
            "min(session_id) FROM raw_chunks WHERE session_id > has.id) FROM has WHERE has.id IS NOT NULL) "
            "SELECT s.id FROM sessions AS s WHERE s.id IN (SELECT id FROM has) AND s.ended_unix_s IS NOT NULL AND "
            "s.anchor_unix_s < CASE (SELECT given FROM consents WHERE player_id = s.player_id AND "
            "purpose = 'keep_raw' ORDER BY id DESC LIMIT 1) WHEN 1 THEN ? WHEN 0 THEN ? ELSE ? END ORDER BY s.id",
            now_unix_s - FEATURES_S,
            now_unix_s,
            now_unix_s - RAW_S,
        )
        features = self._tables.rows(
            "SELECT s.id FROM sessions AS s WHERE s.anchor_unix_s < ? AND s.id >= (SELECT min(id) FROM ("
            "SELECT min(session_id) AS id FROM estimates UNION ALL SELECT min(session_id) FROM ticks)) "
            "AND s.ended_unix_s IS NOT NULL AND EXISTS (SELECT 1 FROM estimates WHERE session_id = s.id UNION ALL "
            "SELECT 1 FROM ticks WHERE session_id = s.id) ORDER BY +s.id",  # + : by age, not all by number
            now_unix_s - FEATURES_S,
        )
        return Tidied(tuple(row["id"] for row in raw), tuple(row["id"] for row in features))

    def tidy(self, now_unix_s: float) -> Tidied:
        """Takes away what `due` names. What sittings came to, trials and answers stay until an erasure."""
        due = self.due(now_unix_s)
        if not due.raw and not due.features:
            return due
        with self._tables.atomic():
            self._drop_raw([{"id": number} for number in due.raw])
            for number in due.features:
                for table in _FEATURES:
                    self._tables.change(f"DELETE FROM {table} WHERE session_id = ?", number)
                self._tables.change(f"DELETE FROM events WHERE session_id = ? AND kind IN {_FEATURE_EVENTS}", number)
            self._audit.noted(
                "retention", "tidied", f"raw signals of {len(due.raw)} sittings, features of {len(due.features)}"
            )
        return due

    def _drop_raw(self, sessions: list[dict[str, int]]) -> None:
        for row in sessions:
            self._tables.change("DELETE FROM raw_chunks WHERE session_id = ?", row["id"])

    def _own_models(self, player_id: int) -> list[dict[str, str]]:
        return self._tables.rows("SELECT sha256 FROM models WHERE player_id = ?", player_id)

    def _drop_models(self, player_id: int) -> None:
        """Sittings that were scored by them keep their estimates, and cannot be scored again."""
        for row in self._own_models(player_id):
            self._tables.change("UPDATE sessions SET model_sha = NULL WHERE model_sha = ?", row["sha256"])
            self._tables.change("DELETE FROM models WHERE sha256 = ?", row["sha256"])

    def _invalidate(self, player_id: int, pseudonym: str) -> None:
        for sha in self._models.taught_by(player_id):
            self._models.withdraw(sha, f"it learned from {pseudonym}, whose data may be used no more")

    def _parents(self, player_id: int) -> list[int]:
        rows = self._tables.rows(
            "SELECT people.id FROM people JOIN cares ON person_id = people.id WHERE cares.player_id = ? "
            "AND role = 'parent' AND NOT EXISTS (SELECT 1 FROM cares AS other WHERE other.person_id = people.id "
            "AND other.player_id <> cares.player_id)",
            player_id,
        )
        return [row["id"] for row in rows]

    def _write_anew(self) -> None:
        """SQLite only marks what is deleted as free; now the file is written without it, and the WAL emptied."""
        self._tables.change("VACUUM")
        self._tables.rows("PRAGMA wal_checkpoint(TRUNCATE)")
