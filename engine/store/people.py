"""Who plays."""

from unicodedata import normalize

from engine.errors import StoreError
from engine.store.connection import Tables
from engine.store.rows import Player


class Players:
    """People who play, one a name."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def named(self, name: str) -> Player:
        """The player of that name, who is new where there was none.

        Raises: StoreError: the name is empty.
        """
        name = normalize("NFC", name).strip()  # so that é typed on two keyboards is one letter
        if not name:
            raise StoreError("A player needs a name: give one with --player.")
        find = "SELECT * FROM players WHERE name = ?"
        if self._tables.row(find, name) is None:
            self._tables.change("INSERT OR IGNORE INTO players (name) VALUES (?)", name)
        return Player(**self._tables.rows(find, name)[0])
