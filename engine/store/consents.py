"""What a player, or a parent for a child, has agreed to: a row each time somebody said so; the newest counts."""

from dataclasses import dataclass
from typing import Literal, get_args

from engine.errors import StoreError
from engine.store.connection import Tables

Purpose = Literal["play", "keep_raw", "personalise", "pool", "share"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
"""To play, keep raw signals, fit a model to this player, pool data for research, share with a therapist."""

Giver = Literal["player", "parent"]
"""Who may agree: the player, or a parent for a child."""

WORDS = "2026-1"
"""Version of the words in docs/privacy.md that people agree to; another one means that they are asked again."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody said yes or no to one purpose; words: which version of the text they had read."""

    purpose: Purpose
    given: bool
    words: str
    who: str
    role: Giver
    at_utc: str


class Consents:
    """Consents of players; nothing is ever changed, a withdrawal is a row."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def say(self, player_id: int, purpose: Purpose, given: bool, who: str, role: Giver, words: str = WORDS) -> None:
        """Raises: StoreError: nobody says so."""
        if not who.strip():
            raise StoreError("Whoever agrees or withdraws leaves a name: give --who.")
        self._tables.change(
            "INSERT INTO consents (player_id, purpose, given, words, who, role) VALUES (?, ?, ?, ?, ?, ?)",
            player_id,
            purpose,
            int(given),
            words,
            who,
            role,
        )

    def newest(self, player_id: int) -> dict[Purpose, Consent]:
        """What counts now; a purpose that nobody was asked about is missing."""
        return {consent.purpose: consent for consent in self.all(player_id)}

    def holds(self, player_id: int, purpose: Purpose) -> bool:
        """Whether the newest word is a yes."""
        row = self._tables.row(
            "SELECT given FROM consents WHERE player_id = ? AND purpose = ? ORDER BY id DESC LIMIT 1",
            player_id,
            purpose,
        )
        return row is not None and bool(row["given"])

    def all(self, player_id: int) -> tuple[Consent, ...]:
        """Every word, the oldest first."""
        rows = self._tables.rows(
            "SELECT purpose, given, words, who, role, at_utc FROM consents WHERE player_id = ? ORDER BY id", player_id
        )
        return tuple(Consent(**row | {"given": bool(row["given"])}) for row in rows)
