"""What people write down about a player beside the sittings: notes, and totals of instruments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from types import MappingProxyType
from typing import Literal

from engine.errors import StoreError
from engine.store.connection import Tables

NoteKind = Literal["note", "strategy", "medication"]
"""A note; how the player says to have done it, which CRED-nf asks for (item 3c); or that medication has changed."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire or test that somebody gives elsewhere; Heron keeps its total and holds no item of it.

    lowest, highest: of the total; None where that depends on the edition
    """

    title: str
    licence: str
    lowest: float | None = None
    highest: float | None = None


INSTRUMENTS: Mapping[str, Instrument] = MappingProxyType(
    {
        "snap_iv": Instrument("SNAP-IV, 26 items", "its author's; free to obtain, no licence to embed it"),
        "vanderbilt": Instrument("NICHQ Vanderbilt", "American Academy of Pediatrics and NICHQ, 2002"),
        "asrs": Instrument("ASRS v1.1", "World Health Organization; only with permission"),
        "sdq": Instrument("SDQ, total difficulties", "Youthinmind; no electronic version without leave", 0, 40),
        "adhd_rs": Instrument("ADHD-RS-5", "commercial", 0, 54),
        "conners": Instrument("Conners 3", "commercial"),
        "brief": Instrument("BRIEF-2", "commercial"),
        "tova": Instrument("TOVA", "commercial"),
        "cpt": Instrument("CPT-3", "commercial"),
        "motivation": Instrument(
            "How much the player wants to train, 0 to 10", "Heron's own; not a validated test", 0, 10
        ),
        "expectancy": Instrument(
            "How much the player expects of it, 0 to 10", "Heron's own; not a validated test", 0, 10
        ),
    }
)
"""Source of the licences: what their owners say; assume that none may be embedded. ADHD-RS: 18 items of 0 to 3."""


@dataclass(frozen=True, slots=True)
class Total:
    """What an instrument came to on a day."""

    instrument: str
    total: float
    day: date
    who: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person wrote about a player, or about one sitting."""

    id: int
    session_id: int | None
    person_id: int | None
    kind: NoteKind
    text: str
    at_utc: str


class Records:
    """Notes and totals of players."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def note(
        self, player_id: int, text: str, person_id: int | None, session_id: int | None = None, kind: NoteKind = "note"
    ) -> None:
        """Raises: StoreError: there is nothing in it."""
        if not text.strip():
            raise StoreError("A note without words says nothing: write some.")
        self._tables.change(
            "INSERT INTO notes (player_id, session_id, person_id, kind, text) VALUES (?, ?, ?, ?, ?)",
            player_id,
            session_id,
            person_id,
            kind,
            text,
        )

    def notes(self, player_id: int) -> tuple[Note, ...]:
        """The oldest first."""
        rows = self._tables.rows(
            "SELECT id, session_id, person_id, kind, text, at_utc FROM notes WHERE player_id = ? ORDER BY id",
            player_id,
        )
        return tuple(Note(**row) for row in rows)

    def total(self, player_id: int, total: Total) -> None:
        """Raises: StoreError: there is no such instrument, or its total cannot be that."""
        known = INSTRUMENTS.get(total.instrument)
        if known is None:
            raise StoreError(f"There is no instrument {total.instrument!r}: choose from {', '.join(INSTRUMENTS)}.")
        low = -float("inf") if known.lowest is None else known.lowest
        high = float("inf") if known.highest is None else known.highest
        if not isfinite(total.total) or not low <= total.total <= high:
            raise StoreError(f"{known.title} cannot come to {total.total:g}: look at the sheet again.")
        self._tables.change(
            "INSERT INTO totals (player_id, instrument, total, day, who) VALUES (?, ?, ?, ?, ?)",
            player_id,
            total.instrument,
            float(total.total),
            total.day.isoformat(),
            total.who,
        )

    def totals(self, player_id: int) -> tuple[Total, ...]:
        """By instrument, the oldest first."""
        rows = self._tables.rows(
            "SELECT instrument, total, day, who FROM totals WHERE player_id = ? ORDER BY instrument, day, id",
            player_id,
        )
        return tuple(Total(**row | {"day": date.fromisoformat(row["day"])}) for row in rows)
