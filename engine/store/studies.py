"""Studies: sealed allocations of players to arms, who came to know one, and what people believed at the end."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from engine import control
from engine.control import Answer, Guess, Guesser, Sealed, Unblinding
from engine.copies import replace
from engine.errors import NotFound, StoreError
from engine.store.connection import Tables
from engine.store.rows import Papers, Place, Study


class Studies:
    """Studies, one a name. An arm is told to the rules of a sitting, and to people only by `unblind`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def seal(
        self,
        name: str,
        allocations: Sequence[Sealed],
        sittings: int,
        donors: Sequence[int] = (),
        alone: int | None = None,
    ) -> None:
        """A new study: who comes first has the first allocation, and so on; none can be added later.

        sittings: of a course; donors: sittings whose scores yoked players see, in turn
        alone:    a player; then the allocations are of the player's stretches of so many sittings

        Raises: StoreError: there is a study of that name.
        """
        with self._tables.atomic():
            if self._row(name):
                raise StoreError(f"There is a study {name!r} already: seal the new one under another name.")
            self._tables.change(
                "INSERT INTO studies (name, sittings, donors_json, alone) VALUES (?, ?, ?, ?)",
                name,
                sittings,
                json.dumps(list(donors)),
                alone,
            )
            for number, seal in enumerate(allocations, 1):
                self._tables.change(
                    "INSERT INTO allocations (study, number, commitment, arm, nonce) VALUES (?, ?, ?, ?, ?)",
                    name,
                    number,
                    seal.commitment,
                    seal.arm,
                    seal.nonce,
                )

    def describe(self, name: str, papers: Papers) -> None:
        """What a report by CRED-nf asks for and nothing can be measured of, in place of what was there.

        Raises: NotFound.
        """
        self.get(name)
        said = asdict(papers)
        columns = ", ".join(f"{column} = ?" for column in said)
        self._tables.change(f"UPDATE studies SET {columns} WHERE name = ?", *said.values(), name)

    def papers(self, name: str) -> Papers:
        """Raises: NotFound."""
        self.get(name)
        columns = ", ".join(field.name for field in fields(Papers))
        row = self._tables.row(f"SELECT {columns} FROM studies WHERE name = ?", name)
        return Papers(**row or {})

    def get(self, name: str) -> Study:
        """Raises: NotFound."""
        row = self._row(name)
        if row is None:
            raise NotFound(f"There is no study {name!r}: seal one with heron study seal.")
        return Study(donors=tuple(json.loads(row.pop("donors_json"))), **row)

    def enrolled(self, name: str, player_id: int) -> Place:
        """The player's place, which is the next free one where the player had none.

        Raises: NotFound; StoreError: all places are taken; BrokenSeal: the allocation was changed.
        """
        if self.get(name).alone:
            return self.place(name, player_id)
        with self._tables.atomic():
            if self._place(name, player_id) is None and not self._tables.change(
                "UPDATE allocations SET player_id = ? WHERE study = ? AND number = "
                "(SELECT min(number) FROM allocations WHERE study = ? AND player_id IS NULL)",
                player_id,
                name,
                name,
            ):
                raise StoreError(f"All places of the study {name!r} are taken: seal another one for more people.")
        return self.place(name, player_id)

    def place(self, name: str, player_id: int) -> Place:
        """Raises: NotFound: the player has none; BrokenSeal."""
        self.get(name)
        place = self._place(name, player_id)
        if place is None:
            raise NotFound(f"This player is not in the study {name!r}: play with --study first.")
        return place

    def places(self, name: str) -> tuple[Place, ...]:
        """All of them, also those that nobody has taken. Raises: NotFound, BrokenSeal."""
        study = self.get(name)
        rows = self._tables.rows("SELECT * FROM allocations WHERE study = ? ORDER BY number", name)
        places = tuple(_opened(Place(**row)) for row in rows)
        if study.alone is None:
            return places
        begun = -(-self.finished(name, study.alone) // study.sittings)
        return tuple(replace(one, player_id=study.alone if one.number <= begun else None) for one in places)

    def running(self, player_id: int) -> str | None:
        """The study that is this player's alone, until its last stretch is over; None without one."""
        return next((name for name in self.alone(player_id) if not self.is_over(name)), None)

    def alone(self, player_id: int) -> tuple[str, ...]:
        """The studies that are or were this player's alone, the oldest first."""
        rows = self._tables.rows("SELECT name FROM studies WHERE alone = ? ORDER BY sealed_utc", player_id)
        return tuple(str(row["name"]) for row in rows)

    def is_over(self, name: str) -> bool:
        """Whether a study of one player has been played to its end. Raises: NotFound, BrokenSeal."""
        study, places = self.get(name), self.places(name)
        return study.alone is not None and self.finished(name, study.alone) >= study.sittings * len(places)

    def finished(self, name: str, player_id: int) -> int:
        """How many sittings of the study the player has played to their end."""
        rows = self._tables.rows(
            "SELECT count(*) AS n FROM sessions WHERE study = ? AND player_id = ? AND ending = 'done'",
            name,
            player_id,
        )
        return int(rows[0]["n"])

    def unblind(self, name: str, player_id: int, who: str, why: str, at_unix_s: float) -> Unblinding:
        """Logged before anybody is told; the arm is `place(...).arm`.

        Raises: NotFound; BrokenSeal: the log was bent; StoreError: without a name and a reason.
        """
        if not who.strip() or not why.strip():
            raise StoreError("Whoever opens an allocation leaves a name and a reason: give --who and --why.")
        place = self.place(name, player_id)
        with self._tables.atomic():
            log = control.unblinded(self.unblindings(name), who, why, at_unix_s, place.commitment)
            self._tables.change(
                "INSERT INTO unblindings (study, seq, who, why, at_unix_s, commitment, link) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                name,
                len(log),
                who,
                why,
                at_unix_s,
                place.commitment,
                log[-1].link,
            )
        return log[-1]

    def unblindings(self, name: str) -> tuple[Unblinding, ...]:
        """Oldest first. Raises: BrokenSeal: an entry does not follow from those before it."""
        rows = self._tables.rows(
            "SELECT who, why, at_unix_s, commitment, link FROM unblindings WHERE study = ? ORDER BY seq", name
        )
        log = tuple(Unblinding(**row) for row in rows)
        control.checked(log)
        return log

    def guess(self, name: str, player_id: int, by: Guesser, answer: Answer, at_unix_s: float) -> None:
        """What somebody believes; whoever guesses twice is heard once.

        Raises: NotFound; StoreError: there is one by the same person, or the arm has been opened.
        """
        place = self.place(name, player_id)
        if any(entry.commitment == place.commitment for entry in self.unblindings(name)):
            raise StoreError("This player's arm has been opened: a guess says nothing any more.")
        if not self._tables.change(
            "INSERT OR IGNORE INTO guesses (study, number, guesser, answer, at_unix_s) VALUES (?, ?, ?, ?, ?)",
            name,
            place.number,
            by,
            answer,
            at_unix_s,
        ):
            raise StoreError(f"There is a guess by the {by} already, and the first one counts.")

    def guesses(self, name: str) -> tuple[Guess, ...]:
        rows = self._tables.rows(
            "SELECT guesser, arm, answer FROM guesses JOIN allocations USING (study, number) "
            "WHERE study = ? ORDER BY number, guesser",
            name,
        )
        return tuple(Guess(by=row["guesser"], arm=row["arm"], answer=row["answer"]) for row in rows)

    def has_guessed(self, name: str, player_id: int, by: Guesser) -> bool:
        return bool(
            self._tables.rows(
                "SELECT 1 FROM guesses WHERE study = ? AND number = ? AND guesser = ?",
                name,
                self.place(name, player_id).number,
                by,
            )
        )

    def _row(self, name: str) -> dict[str, Any] | None:
        columns = "name, sittings, donors_json, sealed_utc, alone"
        return self._tables.row(f"SELECT {columns} FROM studies WHERE name = ?", name)

    def _place(self, name: str, player_id: int) -> Place | None:
        study = self.get(name)
        if study.alone is not None:
            stretch = self.finished(name, player_id) // study.sittings + 1
            places = self.places(name) if study.alone == player_id else ()
            return next((replace(one, player_id=player_id) for one in places[:stretch][-1:]), None)
        row = self._tables.row("SELECT * FROM allocations WHERE study = ? AND player_id = ?", name, player_id)
        return None if row is None else _opened(Place(**row))


def _opened(place: Place) -> Place:
    """The same place, once its seal has been proved whole."""
    control.opened(place.commitment, place.arm, place.nonce)
    return place
