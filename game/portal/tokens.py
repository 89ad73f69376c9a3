"""Tokens for programs, which have no browser: one to read the metrics, one to send bundles."""

import secrets
from hashlib import sha256
from typing import Literal

from engine.store import Store

Purpose = Literal["metrics", "bundles"]

PURPOSES: tuple[Purpose, ...] = ("metrics", "bundles")


def made(store: Store, purpose: Purpose) -> str:
    """A new token, shown once: only its hash is kept. The one before opens nothing any more."""
    token = secrets.token_urlsafe(32)
    store.settings.put(_setting(purpose), _sha(token))
    return token


def fits(store: Store, purpose: Purpose, authorization: str) -> bool:
    """Whether the header `authorization` holds the token for this."""
    kept = store.settings.get(_setting(purpose))
    scheme, _, token = authorization.partition(" ")
    return isinstance(kept, str) and scheme.lower() == "bearer" and secrets.compare_digest(kept, _sha(token.strip()))


def is_made(store: Store, purpose: Purpose) -> bool:
    return store.settings.get(_setting(purpose)) is not None


def _setting(purpose: Purpose) -> str:
    return f"portal_token_{purpose}"


def _sha(token: str) -> str:
    return sha256(token.encode()).hexdigest()
