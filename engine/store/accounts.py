"""Who may sign in to the portal: accounts, invitations, the browsers that are signed in, and who knocks in vain."""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from engine.errors import NotFound, StoreError
from engine.store.connection import Tables
from engine.store.rows import Role

IDLE_S, LONGEST_S = 30 * 60.0, 12 * 3600.0
"""A browser that nobody uses is signed out after half an hour, and every one after half a day."""

INVITED_S = 7 * 86_400.0
"""So long a code invites."""

KNOCKS, KNOCKS_S = 8, 15 * 60.0
"""So many wrong passwords within so many seconds close an account's door, or an address's, until they are over."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    password: its argon2id hash; totp: the secret of an authenticator, None without one
    player_id: of players alone
    """

    person_id: int
    name: str
    role: Role
    login: str
    password: str
    totp: str | None
    language: str | None
    player_id: int | None


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who has a code and no account yet."""

    person_id: int
    name: str
    role: Role


_ACCOUNT = (
    "SELECT accounts.person_id, name, role, login, password, totp, language, people.player_id FROM accounts "
    "JOIN people ON people.id = accounts.person_id "
)


class Accounts:
    """Times are seconds since 1970, told by whoever asks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def any(self) -> bool:
        """Whether anybody may sign in; before that the first person makes the first account."""
        return self._tables.row("SELECT 1 FROM accounts LIMIT 1") is not None

    def open(self, person_id: int, login: str, password_hash: str) -> None:
        """Raises: StoreError: the login is empty or somebody else's."""
        login = login.strip()
        if not login:
            raise StoreError("An account needs a name to sign in with: write one.")
        taken = self._tables.row("SELECT 1 FROM accounts WHERE login = ? AND person_id <> ?", login, person_id)
        if taken:
            raise StoreError(f"Somebody signs in as {login!r} already: choose another name.")
        self._tables.change(
            "INSERT INTO accounts (person_id, login, password) VALUES (?, ?, ?) ON CONFLICT (person_id) DO UPDATE "
            "SET login = excluded.login, password = excluded.password, closed_utc = NULL",
            person_id,
            login,
            password_hash,
        )

    def by_login(self, login: str) -> Account | None:
        """None for a login that nobody has, or that is closed."""
        row = self._tables.row(_ACCOUNT + "WHERE login = ? AND closed_utc IS NULL", login.strip())
        return None if row is None else Account(**row)

    def get(self, person_id: int) -> Account:
        """Raises: NotFound."""
        row = self._tables.row(_ACCOUNT + "WHERE accounts.person_id = ? AND closed_utc IS NULL", person_id)
        if row is None:
            raise NotFound("This person has no account: invite them first.")
        return Account(**row)

    def rehash(self, person_id: int, password_hash: str) -> None:
        """Another hash of the same password, or of a new one; every other browser is signed out by `leave_all`."""
        self._tables.change("UPDATE accounts SET password = ? WHERE person_id = ?", password_hash, person_id)

    def authenticator(self, person_id: int, secret: str | None) -> None:
        """None takes it away."""
        self._tables.change("UPDATE accounts SET totp = ? WHERE person_id = ?", secret, person_id)

    def speaks(self, person_id: int, language: str) -> None:
        self._tables.change("UPDATE accounts SET language = ? WHERE person_id = ?", language, person_id)

    def close(self, person_id: int) -> None:
        """Nobody signs in with it any more, and whoever is signed in is out."""
        self._tables.change(
            "UPDATE accounts SET closed_utc = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE person_id = ?", person_id
        )
        self.leave_all(person_id)

    def invite(self, person_id: int, now_s: float) -> str:
        """A code that opens an account for this person once, within a week; an earlier one no longer does."""
        code = "-".join(secrets.token_hex(2) for _ in range(4))
        with self._tables.atomic():
            self._tables.change("DELETE FROM invitations WHERE person_id = ? OR until_unix_s < ?", person_id, now_s)
            self._tables.change(
                "INSERT INTO invitations (code_sha, person_id, until_unix_s) VALUES (?, ?, ?)",
                _sha(code),
                person_id,
                now_s + INVITED_S,
            )
        return code

    def invited(self, code: str, now_s: float) -> Invited:
        """Raises: NotFound: the code is wrong, used or too old."""
        row = self._tables.row(
            "SELECT people.id AS person_id, name, role FROM invitations JOIN people ON people.id = person_id "
            "WHERE code_sha = ? AND until_unix_s >= ?",
            _sha(code.strip().lower()),
            now_s,
        )
        if row is None:
            raise NotFound("This code opens nothing: it is mistyped, used or older than a week; ask for a new one.")
        return Invited(**row)

    def used(self, person_id: int) -> None:
        """The person's invitation is spent."""
        self._tables.change("DELETE FROM invitations WHERE person_id = ?", person_id)

    def enter(self, person_id: int, now_s: float) -> str:
        """A new token for a browser; whatever it brought along is never taken over."""
        token = secrets.token_urlsafe(32)
        self._tables.change("DELETE FROM visits WHERE began_unix_s < ? OR seen_unix_s < ?", *_oldest(now_s))
        self._tables.change(
            "INSERT INTO visits (token_sha, person_id, began_unix_s, seen_unix_s) VALUES (?, ?, ?, ?)",
            _sha(token),
            person_id,
            now_s,
            now_s,
        )
        return token

    def visitor(self, token: str, now_s: float) -> Account | None:
        """Whose browser it is; None where it is nobody's, or no longer. Being asked keeps it awake."""
        row = self._tables.row(
            _ACCOUNT + "JOIN visits ON visits.person_id = accounts.person_id "
            "WHERE token_sha = ? AND closed_utc IS NULL AND began_unix_s >= ? AND seen_unix_s >= ?",
            _sha(token),
            *_oldest(now_s),
        )
        if row is None:
            return None
        self._tables.change(
            "UPDATE visits SET seen_unix_s = ? WHERE token_sha = ? AND seen_unix_s < ?",
            now_s,
            _sha(token),
            now_s - 60,
        )
        return Account(**row)

    def leave(self, token: str) -> None:
        self._tables.change("DELETE FROM visits WHERE token_sha = ?", _sha(token))

    def leave_all(self, person_id: int) -> None:
        """Every browser of the person is signed out."""
        self._tables.change("DELETE FROM visits WHERE person_id = ?", person_id)

    def knocked(self, door: str, now_s: float) -> None:
        """A wrong password at this door: an account's, or an address's."""
        self._tables.change("DELETE FROM knocks WHERE at_unix_s < ?", now_s - KNOCKS_S)
        self._tables.change("INSERT INTO knocks (door, at_unix_s) VALUES (?, ?)", door, now_s)

    def shut_s(self, door: str, now_s: float) -> float:
        """Seconds that the door stays shut; 0 where it is open."""
        row = self._tables.row(
            "SELECT at_unix_s FROM knocks WHERE door = ? AND at_unix_s >= ? ORDER BY at_unix_s DESC LIMIT 1 OFFSET ?",
            door,
            now_s - KNOCKS_S,
            KNOCKS - 1,
        )
        return 0.0 if row is None else max(0.0, row["at_unix_s"] + KNOCKS_S - now_s)

    def opened(self, door: str) -> None:
        """The right password: what was knocked before is forgotten."""
        self._tables.change("DELETE FROM knocks WHERE door = ?", door)


def _oldest(now_s: float) -> tuple[float, float]:
    return now_s - LONGEST_S, now_s - IDLE_S


def _sha(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
