"""Passwords and the six digits of an authenticator: argon2id, and TOTP after RFC 6238."""

from datetime import UTC, datetime
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 10, 200
"""Letters of a password. Source: NIST SP 800-63B asks for length and forbids rules about kinds of letters."""

_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """What is kept in its place."""
    return _HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Takes as long for a login that nobody has, so that nobody learns which there are."""
    try:
        _HASHER.verify(password_hash or _nobodys(), password[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_old(password_hash: str) -> bool:
    """Whether it was made with fewer rounds than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def trouble(password: str, again: str) -> str | None:
    """What is wrong with a new password, or None."""
    if len(password) < LEAST:
        return "A password has at least 10 letters: a few words in a row are easy to remember."
    if len(password) > MOST:
        return "This password is longer than 200 letters: choose a shorter one."
    return None if password == again else "The two passwords are not the same: write them again."


def new_authenticator() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """What an authenticator app reads the secret from."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Heron")


def fits(secret: str, digits: str, now_s: float) -> bool:
    """The digits of this half minute, or of the one before or after it."""
    moment = datetime.fromtimestamp(now_s, UTC)
    try:
        return pyotp.TOTP(secret).verify(digits.replace(" ", ""), for_time=moment, valid_window=1)
    except ValueError:  # a secret that no app was ever given
        return False


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody's")
