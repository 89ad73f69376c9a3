"""Raw signals sealed by AES-GCM, each to its own sitting: a blob that was moved to another one does not open."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import StoreError
from engine.store.keys import keys_of
from engine.store.packing import PollBlob

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEALED = b"\xae"
"""Leads a sealed blob; none that is not begins with it."""

_NONCE = 12


class Cipher:
    """Seals and opens blobs. key: 32 bytes."""

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 -- of the extra `secure`

        self._aes: AESGCM = AESGCM(key)

    def sealed(self, session_id: int, blob: bytes) -> bytes:
        """With a nonce of its own; the number of the sitting is authenticated with it."""
        nonce = os.urandom(_NONCE)
        return SEALED + nonce + self._aes.encrypt(nonce, blob, _label(session_id))

    def opened(self, session_id: int, blob: bytes) -> bytes:
        """A blob that was never sealed, as it is. Raises: StoreError: it was changed, or is of another sitting."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415

        if not blob.startswith(SEALED):
            return blob
        nonce, sealed = blob[len(SEALED) : len(SEALED) + _NONCE], blob[len(SEALED) + _NONCE :]
        try:
            return self._aes.decrypt(nonce, sealed, _label(session_id))
        except InvalidTag as error:
            raise StoreError(
                f"Signals of sitting {session_id} are not what was kept: put a backup in the database's place."
            ) from error


def cipher_of(path: Path) -> Cipher | None:
    """None for a database that is not locked. Raises: Locked: nobody has unlocked it."""
    keys = keys_of(path)
    return Cipher(keys.signals) if keys else None


def sealed_blob(cipher: Cipher | None, session_id: int, blob: PollBlob) -> PollBlob:
    """With its signals and their stamps sealed; as it is without a cipher."""
    if cipher is None:
        return blob
    stamped = None if blob.device_s is None else cipher.sealed(session_id, blob.device_s)
    t_s, data = cipher.sealed(session_id, blob.t_s), cipher.sealed(session_id, blob.data)
    return replace(blob, t_s=t_s, data=data, device_s=stamped)


def opened_blob(cipher: Cipher | None, session_id: int, blob: PollBlob) -> PollBlob:
    """The other way. Raises: StoreError."""
    if cipher is None:
        return blob
    stamped = None if blob.device_s is None else cipher.opened(session_id, blob.device_s)
    t_s, data = cipher.opened(session_id, blob.t_s), cipher.opened(session_id, blob.data)
    return replace(blob, t_s=t_s, data=data, device_s=stamped)


def _label(session_id: int) -> bytes:
    return f"session {session_id}".encode()
