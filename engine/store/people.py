"""Who plays, and who looks after them: the only place in the file that holds names."""

import json
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from engine.errors import NotFound, StoreError
from engine.store.connection import Tables
from engine.store.rows import Hand, Person, Player, Role

EARLIEST_BIRTH, LATEST_BIRTH = 1900, 2100

_PLAYER = (
    "SELECT players.id, pseudonym, name, birth_year, created_utc, picture, language, hand "
    "FROM players JOIN people ON people.player_id = players.id WHERE "
)


class Players:
    """People who play, one a name."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def named(self, name: str) -> Player:
        """The player of that name, who is new where there was none.

        Raises: StoreError: the name is empty.
        """
        name = _spelt(name, "A player needs a name: give one with --player.")
        if self._row(name) is None:
            with self._tables.atomic():
                if self._row(name) is None:  # another program may have been quicker
                    self._tables.change("INSERT INTO players (pseudonym) VALUES ('P-' || lower(hex(randomblob(4))))")
                    self._tables.change(
                        "INSERT INTO people (name, role, player_id) VALUES (?, 'player', last_insert_rowid())", name
                    )
        return self.known(name)

    def known(self, name: str) -> Player:
        """Raises: NotFound: nobody of that name has played."""
        row = self._row(normalize("NFC", name).strip())
        if row is None:
            raise NotFound(f"Nobody called {name!r} has played: look how the name is written.")
        return Player(**row)

    def get(self, player_id: int) -> Player:
        """Raises: NotFound."""
        row = self._tables.row(_PLAYER + "players.id = ?", player_id)
        if row is None:
            raise NotFound("There is no such player: look how the name is written.")
        return Player(**row)

    def under(self, pseudonym: str) -> Player | None:
        """The player of that pseudonym; None where there is none."""
        row = self._tables.row(_PLAYER + "pseudonym = ?", pseudonym)
        return None if row is None else Player(**row)

    def all(self) -> tuple[Player, ...]:
        """By name."""
        return tuple(Player(**row) for row in self._tables.rows(_PLAYER + "role = 'player' ORDER BY name"))

    def born(self, player_id: int, year: int | None) -> None:
        """Keeps the year of birth; None forgets it. Raises: StoreError: nobody who lives was born then."""
        if year is not None and not EARLIEST_BIRTH <= year <= LATEST_BIRTH:
            raise StoreError(f"{year} is no year of birth: give one from {EARLIEST_BIRTH} on, as 2015.")
        self._tables.change("UPDATE players SET birth_year = ? WHERE id = ?", year, player_id)

    def choose(self, player_id: int, picture: str | None, language: str | None, hand: Hand | None) -> None:
        """What a player likes to be seen as and spoken to in, and writes with, in place of what was there."""
        self._tables.change(
            "UPDATE players SET picture = ?, language = ?, hand = ? WHERE id = ?", picture, language, hand, player_id
        )

    def manner(self, player_id: int) -> str | None:
        """How the game looks and sounds for this player, as JSON; None before anything was chosen."""
        row = self._tables.row("SELECT manner_json FROM players WHERE id = ?", player_id)
        return None if row is None else row["manner_json"]

    def keep_manner(self, player_id: int, manner_json: str) -> None:
        """Raises: NotFound."""
        if not self._tables.change("UPDATE players SET manner_json = ? WHERE id = ?", manner_json, player_id):
            raise NotFound("There is no such player: look how the name is written.")

    def _row(self, name: str) -> dict[str, Any] | None:
        return self._tables.row(_PLAYER + "role = 'player' AND name = ?", name)


class People:
    """Everybody with a name and a role, and for which players they care."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def named(self, name: str, role: Role) -> Person:
        """The person of that name and role, who is new where there was none; players come by `Players.named`.

        Raises: StoreError: the name is empty.
        """
        name = _spelt(name, "Whoever looks after a player needs a name: give one with --who.")
        self._tables.change(
            "INSERT INTO people (name, role) SELECT ?, ? WHERE ? <> 'player' ON CONFLICT DO NOTHING", name, role, role
        )
        rows = self._people("WHERE role = ? AND name = ?", role, name)
        if not rows:
            raise NotFound(f"Nobody called {name!r} has played: look how the name is written.")
        return rows[0]

    def get(self, person_id: int) -> Person | None:
        """None where there is nobody by that number."""
        return next(iter(self._people("WHERE people.id = ?", person_id)), None)

    def names(self, numbers: Iterable[int | None]) -> dict[int, str]:
        """Of these people; whoever has gone has none."""
        wanted = json.dumps([number for number in set(numbers) if number is not None])
        return {
            one.id: one.name for one in self._people("WHERE people.id IN (SELECT value FROM json_each(?))", wanted)
        }

    def all(self) -> tuple[Person, ...]:
        """By role and name."""
        return self._people("ORDER BY role, name")

    def cares(self, person_id: int, player_id: int) -> None:
        """From now on this parent or therapist looks after that player; saying it twice changes nothing.

        Raises: NotFound: nobody of that role.
        """
        if not self._people("WHERE id = ? AND role IN ('parent', 'therapist')", person_id):
            raise NotFound("Only a parent or a therapist looks after players: add the person first.")
        self._tables.change(
            "INSERT INTO cares (person_id, player_id) VALUES (?, ?) ON CONFLICT DO NOTHING", person_id, player_id
        )

    def cares_no_more(self, person_id: int, player_id: int) -> None:
        self._tables.change("DELETE FROM cares WHERE person_id = ? AND player_id = ?", person_id, player_id)

    def looking_after(self, player_id: int) -> tuple[Person, ...]:
        """A player's parents and therapists, by role and name."""
        return self._people(
            "JOIN cares ON person_id = people.id WHERE cares.player_id = ? ORDER BY role, name", player_id
        )

    def _people(self, which: str, *values: object) -> tuple[Person, ...]:
        rows = self._tables.rows(f"SELECT people.id, name, role, people.player_id FROM people {which}", *values)
        return tuple(Person(**row) for row in rows)


def _spelt(name: str, missing: str) -> str:
    """As it is kept: é typed on two keyboards is one letter. Raises: StoreError: `missing`, where nothing is left."""
    name = normalize("NFC", name).strip()
    if not name:
        raise StoreError(missing)
    return name
