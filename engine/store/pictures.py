"""Small pictures of what was to be seen in a sitting: painted once, kept in the file, and gone with their sitting."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.store.connection import Tables


@dataclass(frozen=True, slots=True)
class Picture:
    """at_s: seconds of the game; jpeg: the whole file."""

    at_s: float
    jpeg: bytes


class Pictures:
    """A sitting's, in order. They are made again from its ticks by anybody, so they travel in no bundle."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, session_id: int) -> tuple[Picture, ...]:
        """None before they were made."""
        rows = self._tables.rows("SELECT at_s, jpeg FROM pictures WHERE session_id = ? ORDER BY at_s", session_id)
        return tuple(Picture(**row) for row in rows)

    def possible(self, session_id: int) -> bool:
        """Whether there are ticks that they could be painted from."""
        return self._tables.row("SELECT 1 FROM ticks WHERE session_id = ? LIMIT 1", session_id) is not None

    def keep(self, session_id: int, pictures: Sequence[Picture]) -> None:
        """In place of what there was; nothing of a sitting that was erased meanwhile."""
        with self._tables.atomic():
            self._tables.change("DELETE FROM pictures WHERE session_id = ?", session_id)
            for one in pictures:
                self._tables.change(
                    "INSERT INTO pictures (session_id, at_s, jpeg) SELECT id, ?, ? FROM sessions WHERE id = ?",
                    one.at_s,
                    one.jpeg,
                    session_id,
                )
