"""Who did what to whom: a log in which every line is tied to all before it, and which only grows."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from engine.errors import BrokenSeal
from engine.store.connection import Tables


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    who:  role and number, as "therapist 3", or a pseudonym: never a name, for the line outlives the person's data
    what: to what it was done, by pseudonym or number
    link: SHA-256 of the line and of the link before it
    """

    seq: int
    at_utc: str
    who: str
    action: str
    what: str
    link: str


class Audit:
    """The log. The file refuses to change or delete a line; whoever gets around that breaks the chain."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def note(self, who: str, action: str, what: str) -> Entry:
        """One more line, in a transaction of its own."""
        with self._tables.atomic():
            return self.noted(who, action, what)

    def noted(self, who: str, action: str, what: str) -> Entry:
        """As `note`, in the transaction that is open."""
        last = self._tables.row("SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1")
        seq, before = (1, "") if last is None else (last["seq"] + 1, last["link"])
        (now,) = self._tables.rows("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now') AS utc")
        entry = Entry(seq, now["utc"], who, action, what, _link(before, seq, now["utc"], who, action, what))
        self._tables.change(
            "INSERT INTO audit (seq, at_utc, who, action, what, link) VALUES (?, ?, ?, ?, ?, ?)",
            entry.seq,
            entry.at_utc,
            entry.who,
            entry.action,
            entry.what,
            entry.link,
        )
        return entry

    def page(self, before: int | None = None, limit: int = 50) -> tuple[Entry, ...]:
        """The newest lines first, of those numbered below `before`."""
        rows = self._tables.rows(
            "SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?", 2**62 if before is None else before, limit
        )
        return tuple(Entry(**row) for row in rows)

    def check(self) -> int:
        """How many lines there are, all of them whole. Raises: BrokenSeal: one was changed, taken out or put in."""
        before, n = "", 0
        for n, entry in enumerate(self._all(), 1):
            link = _link(before, entry.seq, entry.at_utc, entry.who, entry.action, entry.what)
            if entry.seq != n or entry.link != link:
                raise BrokenSeal(
                    f"Line {n} of the audit log does not follow from those before it: keep the file as it is, "
                    "and compare it with a backup."
                )
            before = entry.link
        return n

    def _all(self) -> Iterator[Entry]:
        for row in self._tables.each("SELECT * FROM audit ORDER BY seq"):
            yield Entry(**row)


def _link(before: str, seq: int, at_utc: str, who: str, action: str, what: str) -> str:
    return sha256(repr((before, seq, at_utc, who, action, what)).encode()).hexdigest()
