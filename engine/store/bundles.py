"""Sittings from home to clinic in sealed files: written, proved, and merged as often as anybody likes."""

import secrets
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from engine.errors import BadBundle, NewerSchema, NotFound, StoreError
from engine.store.connection import Tables
from engine.store.contents import TABLES, Contents, Line, pack, sitting_of, unpack, with_signals
from engine.store.models import OWN
from engine.store.sealing import Cipher
from engine.store.settings import Settings

if TYPE_CHECKING:
    from engine.store.envelope import Keys

INCOMING = "incoming"
"""The folder beside the database in which bundles from elsewhere arrive and wait."""

SETTING = "bundle_seed"
"""Where the own keys come from. They lie beside the data that they protect elsewhere, and in its backups."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle is.

    sender:     fingerprint of whoever wrote it; trusted: whether it was believed before
    session_id: of the sitting in this database; None where it is not, or not any more
    known:      it had been here before
    """

    sha256: str
    pseudonym: str
    started_utc: str
    level_id: str
    sender: str
    trusted: bool
    session_id: int | None
    known: bool


class Bundles:
    """Sealed sittings, out of this database and into it. The same sitting is never here twice."""

    def __init__(self, tables: Tables, cipher: Cipher | None) -> None:
        self._tables = tables
        self._cipher = cipher

    def own(self) -> tuple[str, str]:
        """The address, for whoever writes bundles for here, and its fingerprint.

        The keys are made at first use, which writes to the database. Raises: StoreError: the extra is missing.
        """
        address = self.keys().address
        return address, _envelope().fingerprint(address)

    def write(self, session_id: int, reader: str) -> bytes:
        """A finished sitting, sealed for the reader's address; the same sitting gives the same bytes.

        Raises: NotFound, BadBundle: the reader is no address; StoreError: the sitting still runs.
        """
        ended = self._tables.row("SELECT ending FROM sessions WHERE id = ?", session_id)
        if ended is None:
            raise NotFound(f"There is no session {session_id} in {self._tables.path}: give the number of another.")
        if ended["ending"] is None:
            raise StoreError(
                f"Sitting {session_id} is not over: finish it, or start heron play once, then bundle it."
            )
        with self._tables.atomic():  # one moment of the database
            plain = pack(self._tables, self._cipher, session_id, self._steps()[-1])
        return bytes(_envelope().sealed(plain, self.keys(), reader))

    def verify(self, content: bytes) -> Bundled:
        """Raises: BadBundle: it is not whole, was changed, or is for somebody else."""
        return self._told(_envelope().header(content).sender, self._inside(content))

    def merge(self, content: bytes, trust: str | None = None) -> Bundled:
        """Take the sitting in, all of it or nothing; nothing changes where it is, or ever was, here.

        Args:   trust: the fingerprint of a sender who is believed from now on.
        Raises: BadBundle: as `verify`, or nobody knows the sender; NewerSchema: this Heron is too old for it.
        """
        sender = self._believed(content, trust)
        contents = self._inside(content)
        if contents.step not in self._steps():
            raise NewerSchema("It was written by a newer Heron: update Heron here, then merge it.")
        with self._tables.atomic():
            self._tables.change("INSERT OR IGNORE INTO trusted (sender) VALUES (?)", sender)
            known = self._here(contents)[1]
            if not known:
                self._refuse_a_namesake(contents, sender)
                self._tables.change(
                    "INSERT INTO bundles (sha256, sitting_sha256, session_id, sender) VALUES (?, ?, ?, ?)",
                    contents.sha256,
                    contents.sitting,
                    self._take_in(contents),
                    sender,
                )
        return replace(self._told(sender, contents), known=known)

    def brought(self, session_id: int) -> bool:
        """Whether the sitting came in a bundle, and so without its player's name."""
        return self._tables.row("SELECT 1 FROM bundles WHERE session_id = ?", session_id) is not None

    def waiting(self, pseudonym: str) -> list[Path]:
        """A player's beside the database: those for elsewhere by their names, those that came by what is in them."""
        outgoing = self._tables.path.with_name("bundles").glob(f"*{pseudonym}*")
        came = self._tables.path.with_name(INCOMING).glob("*.waits")
        return [*sorted(outgoing), *sorted(file for file in came if self._is_of(file, pseudonym))]

    def keys(self) -> "Keys":
        """The own ones; whoever has them can read what is sent here, and sign as if from here."""
        kept = Settings(self._tables).get(SETTING)
        if not isinstance(kept, str):
            kept = secrets.token_hex(32)
            Settings(self._tables).put(SETTING, kept)
        made: Keys = _envelope().Keys(bytes.fromhex(kept))
        return made

    def _is_of(self, file: Path, pseudonym: str) -> bool:
        try:
            return self.verify(file.read_bytes()).pseudonym == pseudonym
        except (BadBundle, OSError):  # gone meanwhile, or for somebody else: nothing that could be taken in
            return False

    def _believed(self, content: bytes, trust: str | None) -> str:
        """The sender's address; nothing that a stranger wrote is unpacked. Raises: BadBundle."""
        envelope = _envelope()
        sender = str(envelope.header(content).sender)
        signed_by = envelope.fingerprint(sender)
        if trust != signed_by and not self._trusts(sender):
            raise BadBundle(
                f"It was signed by {signed_by}, whom nobody here knows: ask at home what heron bundle key shows, and "
                "if that is the same fingerprint, give it with --trust."
            )
        return sender

    def _inside(self, content: bytes) -> Contents:
        return unpack(_envelope().opened(content, self.keys()))

    def _refuse_a_namesake(self, contents: Contents, sender: str) -> None:
        """One home cannot add to another's player, by mistake or otherwise. Raises: BadBundle."""
        pseudonym = contents.player["pseudonym"]
        if self._tables.row(
            "SELECT 1 FROM bundles JOIN sessions ON sessions.id = session_id JOIN players ON players.id = player_id "
            "WHERE pseudonym = ? AND sender <> ?",
            pseudonym,
            sender,
        ):
            raise BadBundle(
                f"{pseudonym} came here from another home: merge it on a computer that does not have that player."
            )

    def _told(self, sender: str, contents: Contents) -> Bundled:
        session_id, known = self._here(contents)
        return Bundled(
            sha256=contents.sha256,
            pseudonym=contents.player["pseudonym"],
            started_utc=contents.session["started_utc"],
            level_id=contents.session["level_id"],
            sender=_envelope().fingerprint(sender),
            trusted=self._trusts(sender),
            session_id=session_id,
            known=known,
        )

    def _trusts(self, sender: str) -> bool:
        return self._tables.row("SELECT 1 FROM trusted WHERE sender = ?", sender) is not None

    def _here(self, contents: Contents) -> tuple[int | None, bool]:
        """The sitting's number, and whether it ever was here: merged, or played here."""
        row = self._tables.row("SELECT session_id FROM bundles WHERE sitting_sha256 = ?", contents.sitting)
        if row is not None:
            return row["session_id"], True
        pseudonym, session = contents.player["pseudonym"], contents.session
        own = self._tables.rows(
            "SELECT sessions.* FROM sessions JOIN players ON players.id = player_id "
            "WHERE pseudonym = ? AND anchor_unix_s = ?",
            pseudonym,
            session["anchor_unix_s"],
        )
        same = [row["id"] for row in own if sitting_of(pseudonym, row) == contents.sitting]
        return (same[0], True) if same else (None, False)

    def _take_in(self, contents: Contents) -> int:
        """The number of the new sitting, whose triggers have done their work as when it was played."""
        session = contents.session | {"player_id": self._player(contents.player), "ending": None}
        del session["id"]  # a number of the other database
        if contents.model:
            own = {"player_id": session["player_id"]} if contents.model["name"] == OWN else {}
            self._insert("models", contents.model | own, "OR IGNORE")
        answered = self._tables.rows("SELECT coalesce(max(id), 0) AS id FROM screenings")[0]["id"]
        self._insert("sessions", session)
        session_id = int(self._tables.rows("SELECT last_insert_rowid() AS id")[0]["id"])
        for table in TABLES:
            for line in contents.tables[table]:
                if table == "raw_chunks" and self._cipher:
                    line = with_signals(line, partial(self._cipher.sealed, session_id))  # noqa: PLW2901
                self._insert(table, line | {"session_id": session_id})
        self._tables.change("UPDATE sessions SET ending = ? WHERE id = ?", contents.session["ending"], session_id)
        at_utc = session["started_utc"]  # the answers are as old as the sitting
        self._tables.change("UPDATE screenings SET at_utc = ? WHERE id > ?", at_utc, answered)
        return session_id

    def _player(self, line: Line) -> int:
        """Whoever has the pseudonym; where nobody has, somebody new, whose name it is until there is another."""
        row = self._tables.row("SELECT id FROM players WHERE pseudonym = ?", line["pseudonym"])
        if row is None:
            self._insert("players", line)
            self._tables.change(
                "INSERT INTO people (name, role, player_id) VALUES (?, 'player', last_insert_rowid())",
                line["pseudonym"],
            )
            row = self._tables.rows("SELECT id FROM players WHERE pseudonym = ?", line["pseudonym"])[0]
        return int(row["id"])

    def _insert(self, table: str, line: Line, otherwise: str = "") -> None:
        """Raises: BadBundle: the table has no such column."""
        if not set(line) <= self._columns(table):
            raise BadBundle("It has columns that nobody knows: ask the sender to write it again.")
        names, places = ", ".join(line), ", ".join("?" * len(line))
        self._tables.change(f"INSERT {otherwise} INTO {table} ({names}) VALUES ({places})", *line.values())

    def _columns(self, table: str) -> set[str]:
        return {row["name"] for row in self._tables.rows("SELECT name FROM pragma_table_info(?)", table)}

    def _steps(self) -> list[str]:
        """Of the shape of this database, oldest first."""
        rows = self._tables.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = 'heron' ORDER BY id")
        return [str(row["name"]) for row in rows]


def continued(path: Path, content: bytes) -> None:
    """Write a bundle, or what is missing of one that is there in part.

    Raises: StoreError: there is another file, or it cannot be written.
    """
    try:
        there = path.read_bytes() if path.exists() else b""
        if not content.startswith(there):
            raise StoreError(f"{path} is there and is another bundle: remove it, or name another folder with --out.")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(content[len(there) :])
    except OSError as error:
        raise StoreError(f"{path} cannot be written ({error.strerror}): name another folder with --out.") from error


def _envelope() -> ModuleType:
    """Raises: StoreError: the extra is not installed."""
    try:
        from engine.store import envelope  # noqa: PLC0415 -- needs the extra
    except ImportError as error:
        raise StoreError('Bundles need an extra: python3 -m pip install "heron-focus[secure]".') from error
    return envelope
