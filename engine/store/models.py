"""Models of attention, kept whole: a sitting can always be scored again by the model that scored it."""

import json
from collections.abc import Mapping
from hashlib import sha256

from engine.errors import NotFound
from engine.store.connection import Tables
from engine.store.rows import Model


class Models:
    """ONNX files, one a content."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, onnx: bytes, name: str, metadata: Mapping[str, object]) -> str:
        """The SHA-256 of the file, by which it is found again; adding it twice changes nothing."""
        sha = sha256(onnx).hexdigest()
        self._tables.change(
            "INSERT OR IGNORE INTO models (sha256, name, metadata_json, onnx) VALUES (?, ?, ?, ?)",
            sha,
            name,
            json.dumps(dict(metadata), ensure_ascii=False, allow_nan=False),
            onnx,
        )
        return sha

    def get(self, sha: str) -> Model:
        """Raises: NotFound."""
        row = self._tables.row("SELECT * FROM models WHERE sha256 = ?", sha)
        if row is None:
            raise NotFound(f"There is no model {sha[:12]} in {self._tables.path}: add it, or choose another.")
        return Model(row["sha256"], row["name"], json.loads(row["metadata_json"]), row["onnx"], row["added_utc"])
