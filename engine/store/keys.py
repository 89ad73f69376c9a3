"""The key of a locked database: wrapped by a passphrase and by a recovery key, in a small file beside it.

Whoever unlocks it holds the key for as long as the system keyring does, or where there is none until the end of the
login, in a file that only this user can read. Without either of the two secrets nobody opens the database again.
"""

import json
import os
from base64 import b32encode, b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from platformdirs import user_runtime_path

from engine.errors import Locked, StoreError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

LEAST_PASSPHRASE = 10
"""Letters; a sentence is best (own choice)."""

KEY_BYTES = 32
RECOVERY_BYTES = 20
_SALT_BYTES = 16
_NONCE_BYTES = 12

TIME, MEMORY_KIB, LANES = 3, 65_536, 4
"""Of argon2id: the second choice of RFC 9106, section 4, for machines without 2 GiB to spare."""

_PLAIN = b"SQLite format 3\x00"
MISSING = "Locking needs what is not installed: type pip install 'heron-focus[secure]', and try again."
_SERVICE = "heron"
_ABOUT = b"heron key 1"


class Keys(NamedTuple):
    """What the one key of a database becomes: of the file, and of the raw signals in it; 32 bytes each."""

    database: bytes
    signals: bytes


def key_file(path: Path) -> Path:
    return path.with_name(path.name + ".key")


def is_locked(path: Path) -> bool:
    """Whether there is a key file and the database beside it is not plain."""
    if not key_file(path).exists():
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_PLAIN)) != _PLAIN
    except FileNotFoundError:
        return False


def keys_of(path: Path) -> Keys | None:
    """None for a database that is not locked. Raises: Locked: nobody has unlocked it."""
    if not is_locked(path):
        return None
    held = _held(path)
    if held is None:
        raise Locked(f"{path} is locked: type heron unlock, and try again.")
    return derived(held)


def derived(key: bytes) -> Keys:
    return Keys(_derived(key, b"database"), _derived(key, b"signals"))


def new_key(passphrase: str) -> tuple[bytes, str, str]:
    """A new key, the recovery key in words for people, and the key file's text.

    Raises: StoreError: the passphrase is too short, or the extra is missing.
    """
    if len(passphrase) < LEAST_PASSPHRASE:
        raise StoreError(f"A passphrase has at least {LEAST_PASSPHRASE} letters: choose a longer one, as a sentence.")
    key, salt = os.urandom(KEY_BYTES), os.urandom(_SALT_BYTES)
    letters = b32encode(os.urandom(RECOVERY_BYTES)).decode()
    told = {
        "about": "The key of the Heron database beside this file, wrapped; keep both together.",
        "salt": b64encode(salt).decode(),
        "argon2id": {"time": TIME, "memory_kib": MEMORY_KIB, "lanes": LANES},
        "by_passphrase": _wrapped(_from_passphrase(passphrase, salt, TIME, MEMORY_KIB, LANES), key),
        "by_recovery_key": _wrapped(_derived(letters.encode(), b"recovery", salt), key),
    }
    return key, "-".join(letters[i : i + 4] for i in range(0, len(letters), 4)), json.dumps(told, indent=2)


def opened(path: Path, secret: str) -> bytes:
    """The key, by passphrase or recovery key. Raises: Locked: it is neither; StoreError: the key file is damaged."""
    letters = "".join(letter for letter in secret.upper() if letter.isalnum())
    try:
        told = json.loads(key_file(path).read_text("utf-8"))
        salt, cost = b64decode(told["salt"]), told["argon2id"]
        key = _unwrapped(_derived(letters.encode(), b"recovery", salt), told["by_recovery_key"])
        if key is None:
            wrapping = _from_passphrase(secret, salt, cost["time"], cost["memory_kib"], cost["lanes"])
            key = _unwrapped(wrapping, told["by_passphrase"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{key_file(path)} is damaged: put its copy from a backup in its place.") from error
    if key is None:
        raise Locked("That is neither the passphrase nor the recovery key: type it again.")
    return key


def hold(path: Path, key: bytes) -> None:
    """From now on the database opens. Raises: StoreError: the key cannot be put anywhere."""
    ring = _ring()
    if ring is not None:
        ring.set_password(_SERVICE, _entry(path), key.hex())
        return
    file = _runtime_file(path)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(key.hex())
    except OSError as error:
        raise StoreError(f"{file} cannot be written: allow it, and try again.") from error


def forget(path: Path) -> None:
    """From now on the database asks for a secret again."""
    _runtime_file(path).unlink(missing_ok=True)
    ring = _ring()
    if ring is not None and ring.get_password(_SERVICE, _entry(path)) is not None:
        ring.delete_password(_SERVICE, _entry(path))


def _held(path: Path) -> bytes | None:
    ring = _ring()
    told = None if ring is None else ring.get_password(_SERVICE, _entry(path))
    if told is None:
        try:
            told = _runtime_file(path).read_text("utf-8")
        except OSError:
            return None
    return bytes.fromhex(told)


def _ring() -> "KeyringBackend | None":
    """The system's keyring; None where there is none, as on a computer without a desktop."""
    try:
        import keyring  # noqa: PLC0415 -- of the extra `secure`, as all that follows
        from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415
    except ImportError:
        return None
    ring = keyring.get_keyring()
    return None if isinstance(ring, NoKeyring) else ring


def _entry(path: Path) -> str:
    return sha256(str(path.resolve()).encode()).hexdigest()


def _runtime_file(path: Path) -> Path:
    return user_runtime_path("heron", appauthor=False) / f"{_entry(path)[:32]}.key"


def _from_passphrase(passphrase: str, salt: bytes, time: int, memory_kib: int, lanes: int) -> bytes:
    try:
        from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415
    except ImportError as error:
        raise StoreError(MISSING) from error
    secret = normalize("NFC", passphrase).strip().encode()
    return hash_secret_raw(secret, salt, time, memory_kib, lanes, KEY_BYTES, Type.ID)


def _derived(secret: bytes, use: bytes, salt: bytes | None = None) -> bytes:
    try:
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415
    except ImportError as error:
        raise StoreError(MISSING) from error
    return HKDF(SHA256(), KEY_BYTES, salt, b"heron " + use).derive(secret)


def _wrapped(wrapping: bytes, key: bytes) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = os.urandom(_NONCE_BYTES)
    return b64encode(nonce + AESGCM(wrapping).encrypt(nonce, key, _ABOUT)).decode()


def _unwrapped(wrapping: bytes, told: str) -> bytes | None:
    """None where the secret is another."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    sealed = b64decode(told)
    try:
        return AESGCM(wrapping).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _ABOUT)
    except InvalidTag:
        return None
