"""Who plays."""

from typing import Any
from unicodedata import normalize

from engine.errors import NotFound, StoreError
from engine.store.connection import Tables
from engine.store.rows import Player

EARLIEST_BIRTH, LATEST_BIRTH = 1900, 2100


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
        if self._row(name) is None:
            self._tables.change("INSERT OR IGNORE INTO players (name) VALUES (?)", name)
        return self.known(name)

    def known(self, name: str) -> Player:
        """Raises: NotFound: nobody of that name has played."""
        row = self._row(normalize("NFC", name).strip())
        if row is None:
            raise NotFound(f"Nobody called {name!r} has played: look how the name is written.")
        return Player(**row)

    def born(self, player_id: int, year: int | None) -> None:
        """Keeps the year of birth; None forgets it. Raises: StoreError: nobody who lives was born then."""
        if year is not None and not EARLIEST_BIRTH <= year <= LATEST_BIRTH:
            raise StoreError(f"{year} is no year of birth: give one from {EARLIEST_BIRTH} on, as 2015.")
        self._tables.change("UPDATE players SET birth_year = ? WHERE id = ?", year, player_id)

    def _row(self, name: str) -> dict[str, Any] | None:
        return self._tables.row("SELECT * FROM players WHERE name = ?", name)
