"""Models of attention, kept whole: a sitting can always be scored again by the model that scored it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256

from engine.errors import NotFound
from engine.store.connection import Tables
from engine.store.rows import Model, OwnModel, OwnRole

_MODEL = ", ".join("metadata_json" if field.name == "metadata" else field.name for field in fields(Model))
_OWN = ", ".join("verdict_json" if field.name == "verdict" else field.name for field in fields(OwnModel))
COMMON, OWN = "attention", "own"
"""Names of everybody's model, and of one that was fitted to a player: wherever it goes, it stays that player's."""

_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


@dataclass(frozen=True, slots=True)
class Listed:
    """A model without its bytes. of: pseudonym of whose own it is, None for everybody's"""

    sha256: str
    name: str
    size: int
    added_utc: str
    of: str | None
    withdrawn_utc: str | None
    withdrawn_why: str | None


class Models:
    """ONNX files, one a content."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(
        self,
        onnx: bytes,
        name: str,
        metadata: Mapping[str, object],
        player_id: int | None = None,
        parent_sha: str | None = None,
        learned_from: Iterable[int] = (),
    ) -> str:
        """The SHA-256 of the file, by which it is found again; adding it twice changes nothing.

        player_id: whose own it is; parent_sha: from which it was fine-tuned; learned_from: players, by number
        """
        sha = sha256(onnx).hexdigest()
        with self._tables.atomic():
            self._tables.change(
                "INSERT OR IGNORE INTO models (sha256, name, metadata_json, onnx, player_id, parent_sha) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                sha,
                name,
                json.dumps(dict(metadata), ensure_ascii=False, allow_nan=False),
                onnx,
                player_id,
                parent_sha,
            )
            for teacher in learned_from:
                self._tables.change(
                    "INSERT OR IGNORE INTO lessons (model_sha, player_id) VALUES (?, ?)", sha, teacher
                )
        return sha

    def get(self, sha: str) -> Model:
        """One that was withdrawn too: old sittings can be scored again, new ones must not. Raises: NotFound."""
        row = self._tables.row(f"SELECT {_MODEL} FROM models WHERE sha256 = ?", sha)
        if row is None:
            raise NotFound(f"There is no model {sha[:12]} in {self._tables.path}: add it, or choose another.")
        return Model(metadata=json.loads(row.pop("metadata_json")), **row)

    def all(self) -> tuple[Listed, ...]:
        """The newest first, those that were withdrawn too."""
        rows = self._tables.rows(
            "SELECT sha256, name, length(onnx) AS size, added_utc, pseudonym AS of, withdrawn_utc, withdrawn_why "
            "FROM models LEFT JOIN players ON players.id = player_id ORDER BY added_utc DESC, sha256"
        )
        return tuple(Listed(**row) for row in rows)

    def taught_by(self, player_id: int) -> tuple[str, ...]:
        """Models in use that learned from this player, or from a model that did, by SHA-256."""
        rows = self._tables.rows(
            "WITH RECURSIVE taught (sha) AS ("
            "SELECT model_sha FROM lessons WHERE player_id = ? "
            "UNION SELECT sha256 FROM models JOIN taught ON parent_sha = sha) "
            "SELECT sha256 FROM taught JOIN models ON sha256 = sha WHERE withdrawn_utc IS NULL ORDER BY sha256",
            player_id,
        )
        return tuple(row["sha256"] for row in rows)

    def judged(self, sha: str, role: OwnRole, verdict: Mapping[str, object]) -> None:
        """What a player's own model is from now on, and why; the champion before it retires.

        Raises: NotFound: it is nobody's own, or not there.
        """
        with self._tables.atomic():
            if role in ("challenger", "champion"):
                self._tables.change(
                    f"UPDATE models SET role = 'retired', role_utc = {_NOW} WHERE role = ? "
                    "AND player_id = (SELECT player_id FROM models WHERE sha256 = ?) AND sha256 <> ?",
                    role,
                    sha,
                    sha,
                )
            if not self._tables.change(
                f"UPDATE models SET role = ?, role_utc = {_NOW}, verdict_json = ? "
                "WHERE sha256 = ? AND player_id IS NOT NULL",
                role,
                json.dumps(dict(verdict), ensure_ascii=False, allow_nan=False),
                sha,
            ):
                raise NotFound(f"{sha[:12]} is no player's own model: make one with heron finetune.")

    def own(self, player_id: int) -> tuple[OwnModel, ...]:
        """The history of a player's own models, the newest first."""
        rows = self._tables.rows(
            f"SELECT {_OWN} FROM models WHERE player_id = ? AND role IS NOT NULL ORDER BY added_utc DESC, rowid DESC",
            player_id,
        )
        return tuple(OwnModel(verdict=json.loads(row.pop("verdict_json")), **row) for row in rows)

    def at_work(self, player_id: int, role: OwnRole, parent_sha: str) -> OwnModel | None:
        """The player's own model in that role, if it was made from this common one and may be used."""
        for one in self.own(player_id):
            if (one.role, one.parent_sha, one.withdrawn_utc) == (role, parent_sha, None):
                return one
        return None

    def send_back(self, player_id: int) -> bool:
        """The common model again, and whether that is a change; models that wait are given up with the champion."""
        return bool(
            self._tables.change(
                f"UPDATE models SET role = 'sent_back', role_utc = {_NOW} "
                "WHERE player_id = ? AND role IN ('challenger', 'champion')",
                player_id,
            )
        )

    def withdraw(self, sha: str, why: str) -> None:
        """It may be used no more; the first reason stays."""
        self._tables.change(
            f"UPDATE models SET withdrawn_utc = {_NOW}, withdrawn_why = ? WHERE sha256 = ? AND withdrawn_utc IS NULL",
            why,
            sha,
        )

    def check(self) -> tuple[str, ...]:
        """Models whose bytes are not those that were added, by SHA-256."""
        rows = self._tables.each("SELECT sha256, onnx FROM models ORDER BY sha256")
        return tuple(row["sha256"] for row in rows if sha256(row["onnx"]).hexdigest() != row["sha256"])
