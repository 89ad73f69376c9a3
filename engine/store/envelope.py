"""Bytes for one reader only, and surely from one writer: sealed at home, opened at the clinic.

Encrypted for the reader, then signed by the writer; both stand in the signed header. X25519 with a key of its own for
each content, HKDF-SHA256, AES-256-GCM in frames whose numbers are their nonces, and Ed25519. The same content for the
same reader gives the same bytes, so that half a file can be continued; another content has another key.

Source: RFC 7748, RFC 5869, RFC 8032; frames: Hoang et al. 2015, CRYPTO (STREAM).
"""

import json
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import asdict, dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.errors import BadBundle

MAGIC = b"heron-bundle-1\n"
FRAME = 2**20
_TAG, _SIGNATURE, _KEY, _LONGEST_HEAD = 16, 64, 32, 1024
_ADDRESS = "heron-"


@dataclass(frozen=True, slots=True)
class Keys:
    """Whoever has the seed (32 random bytes) can sign and read; the address is for everybody."""

    seed: bytes

    @property
    def address(self) -> str:
        """Both public keys: to check what was signed, and to encrypt for whoever has the seed."""
        public = self.signing.public_key().public_bytes_raw() + self.reading.public_key().public_bytes_raw()
        return _ADDRESS + b32encode(public).decode().rstrip("=")

    @property
    def signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(_derived(self.seed, b"", b"heron bundle: signing"))

    @property
    def reading(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(_derived(self.seed, b"", b"heron bundle: reading"))


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody may see: the addresses of both, a public key for this content, and the size of what follows."""

    sender: str
    reader: str
    once: str
    size: int


def fingerprint(address: str) -> str:
    """Short enough to be read out on the telephone, and too long to be met by trying (96 bits)."""
    digest = sha256(address.encode()).hexdigest()[:24]
    return "-".join(digest[i : i + 4] for i in range(0, 24, 4))


def sealed(plain: bytes, sender: Keys, reader: str) -> bytes:
    """Raises: BadBundle: the reader is no address."""
    reader = reader.strip()
    theirs = X25519PublicKey.from_public_bytes(_public(reader)[_KEY:])
    once = X25519PrivateKey.from_private_bytes(_derived(sender.seed, sha256(plain).digest(), reader.encode()))
    key = _cipher(once.exchange(theirs), once.public_key().public_bytes_raw(), reader)
    frames = [plain[i : i + FRAME] for i in range(0, len(plain), FRAME)]
    size = len(plain) + len(frames) * _TAG + _SIGNATURE
    head = _head(Header(sender.address, reader, once.public_key().public_bytes_raw().hex(), size))
    body = b"".join(key.encrypt(_nonce(i, i == len(frames) - 1), frame, head) for i, frame in enumerate(frames))
    return head + body + sender.signing.sign(sha256(head + body).digest())


def header(content: bytes) -> Header:
    """Who sent it and to whom, proved.

    Raises: BadBundle: it is no bundle, it is not whole, or it was changed.
    """
    said, head = _read_head(content)
    whole = len(head) + said.size
    if len(content) < whole:
        raise BadBundle(
            f"{whole - len(content)} of its {whole} bytes are missing: copy it again, or write it again to the same "
            "place, where it goes on."
        )
    signed, signature = content[: whole - _SIGNATURE], content[whole - _SIGNATURE :]
    try:
        Ed25519PublicKey.from_public_bytes(_public(said.sender)[:_KEY]).verify(signature, sha256(signed).digest())
    except InvalidSignature as error:
        raise BadBundle("It was changed after it was sealed: ask the sender for another copy.") from error
    return said


def opened(content: bytes, reader: Keys) -> bytes:
    """What was sealed. Raises: BadBundle: as `header`, or it is for somebody else."""
    said, head = header(content), _read_head(content)[1]
    if said.reader != reader.address:
        theirs, mine = fingerprint(said.reader), fingerprint(reader.address)
        raise BadBundle(f"It is for {theirs}, and this is {mine}: merge it there, or ask for one that is for here.")
    once = bytes.fromhex(said.once)
    key = _cipher(reader.reading.exchange(X25519PublicKey.from_public_bytes(once)), once, said.reader)
    body = content[len(head) : -_SIGNATURE]
    frames = [body[i : i + FRAME + _TAG] for i in range(0, len(body), FRAME + _TAG)]
    try:
        return b"".join(key.decrypt(_nonce(i, i == len(frames) - 1), part, head) for i, part in enumerate(frames))
    except InvalidTag as error:
        raise BadBundle("It is signed and cannot be opened: ask the sender to write it again.") from error


def _head(said: Header) -> bytes:
    return MAGIC + json.dumps(asdict(said)).encode() + b"\n"


def _read_head(content: bytes) -> tuple[Header, bytes]:
    """What the header says, and its bytes."""
    line, newline, _ = content[len(MAGIC) : len(MAGIC) + _LONGEST_HEAD].partition(b"\n")
    if not content.startswith(MAGIC) or not newline:
        raise BadBundle("It is no bundle of Heron, or only the first bytes of one: ask the sender for another copy.")
    try:
        said = Header(**json.loads(line))
        _public(said.sender)
        if said.size < _SIGNATURE or len(bytes.fromhex(said.once)) != _KEY:
            raise ValueError("neither size nor key")
    except (ValueError, TypeError, AttributeError, BadBundle) as error:
        raise BadBundle("Its first lines are damaged: ask the sender for another copy.") from error
    return said, content[: len(MAGIC) + len(line) + 1]


def _public(address: str) -> bytes:
    """Both public keys. Raises: BadBundle: it is no address."""
    word = address.removeprefix(_ADDRESS)
    try:
        keys = b32decode(word + "=" * (-len(word) % 8))
    except NotBase32:
        keys = b""
    if len(keys) != 2 * _KEY:
        raise BadBundle(f"{address[:20]!r} is no address: give what heron bundle key prints at the clinic.")
    return keys


def _cipher(secret: bytes, once: bytes, reader: str) -> AESGCM:
    return AESGCM(_derived(secret, once + reader.encode(), b"heron bundle: content"))


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt, purpose).derive(secret)


def _nonce(number: int, is_last: bool) -> bytes:
    """Twelve bytes: which frame, and whether it is the last, so that frames can be neither moved nor left out."""
    return number.to_bytes(11, "big") + bytes([is_last])
