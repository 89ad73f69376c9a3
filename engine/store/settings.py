"""What was chosen once and is to be remembered."""

import json

from engine.store.connection import Tables


class Settings:
    """Plain JSON values, one a key."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, key: str) -> object:
        """The value, None where there is none."""
        row = self._tables.row("SELECT value_json FROM settings WHERE key = ?", key)
        return None if row is None else json.loads(row["value_json"])

    def put(self, key: str, value: object) -> None:
        self._tables.change(
            "INSERT INTO settings (key, value_json) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json",
            key,
            json.dumps(value, ensure_ascii=False, allow_nan=False),
        )
