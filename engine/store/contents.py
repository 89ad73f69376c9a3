"""What is in a bundle: one sitting and what it refers to, as lines of text in a zip, with a list of hashes."""

import io
import json
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import IO, Any

from engine.errors import BadBundle
from engine.store.connection import Tables
from engine.store.sealing import Cipher

TABLES = {
    "blocks": "seq",
    "trials": "seq",
    "estimates": "seq",
    "calibrations": "seq",
    "device_segments": "seq",
    "ticks": "first_tick",
    "raw_chunks": "stream, seq",
    "events": "seq",
}
"""What the journal writes of a sitting, and its order; all else comes of it by triggers when it is written again."""

LARGEST, LONGEST, MOST, PARTS = 2**28, 2**23, 500_000, 32
"""Of a bundle unpacked, at most: bytes, bytes of a line, lines, parts. A seal says who sent it, not what is in it."""

_IDENTITY = ("level_toml", "setup_json", "seed", "anchor_mono_s", "anchor_unix_s", "headset_json", "gaze", "version")
"""What is said of a sitting when it begins and never changes."""

_SIGNALS = ("t_s", "data", "device_s")

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can have: the same content is the same bytes

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """A sitting apart from its database.

    sha256:  of the list of hashes, and so of everything
    sitting: SHA-256 of what is said of the sitting when it begins: the same however often it is packed
    step:    the newest step of the shape of the database that it was taken from; a later one that changes what these
             rows mean has to do so here as well
    """

    sha256: str
    sitting: str
    step: str
    player: Line
    session: Line
    model: Line | None
    tables: dict[str, list[Line]]


def pack(tables: Tables, cipher: Cipher | None, session_id: int, step: str) -> bytes:
    """A zip, the same bytes for the same sitting; nobody's name is in it, and signals are not sealed any more."""
    session = tables.rows("SELECT * FROM sessions WHERE id = ?", session_id)[0]
    player = tables.rows("SELECT pseudonym, birth_year, hand FROM players WHERE id = ?", session["player_id"])[0]
    model = tables.rows("SELECT sha256, name, metadata_json, onnx FROM models WHERE sha256 = ?", session["model_sha"])
    parts = {"player": [player], "session": [session], "model": model}
    for table, order in TABLES.items():
        parts[table] = tables.rows(f"SELECT * FROM {table} WHERE session_id = ? ORDER BY {order}", session_id)
    if cipher:
        parts["raw_chunks"] = [with_signals(line, partial(cipher.opened, session_id)) for line in parts["raw_chunks"]]
    written = {f"{name}.jsonl": _written(lines) for name, lines in parts.items()}
    hashes = {name: sha256(content).hexdigest() for name, content in written.items()}
    said = {"sitting": sitting_of(player["pseudonym"], session), "step": step, "parts": hashes}
    return _zipped({"manifest.json": json.dumps(said, indent=1).encode()} | written)


def with_signals(line: Line, change: Callable[[bytes], bytes]) -> Line:
    """A line of raw_chunks with its signals and stamps sealed, or opened."""
    return line | {name: change(line[name]) for name in _SIGNALS if line[name] is not None}


def sitting_of(pseudonym: str, session: Line) -> str:
    """By what a sitting is known in every database."""
    return sha256(json.dumps([pseudonym, *(session[key] for key in _IDENTITY)]).encode()).hexdigest()


def unpack(content: bytes) -> Contents:
    """Raises: BadBundle: a part is missing, is not what the list says, or is larger than any sitting."""
    try:
        manifest, lines = _unpacked(content)
        said = json.loads(manifest)
        (player,), (session,), model = lines["player"], lines["session"], lines["model"]
        found = {table: lines[table] for table in TABLES}
        if said["sitting"] != sitting_of(player["pseudonym"], session):
            raise ValueError("it is another sitting")
        if model and sha256(model[0]["onnx"]).hexdigest() != session["model_sha"]:
            raise ValueError("it is another model")
    except _NONSENSE as error:
        raise BadBundle("What is in it makes no sense: ask the sender to write it again.") from error
    digest = sha256(manifest).hexdigest()
    return Contents(digest, said["sitting"], said["step"], player, session, model[0] if model else None, found)


_NONSENSE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a bad zip, bad JSON, or a place that is not there raises; RuntimeError: of a password, or of deep nesting."""


def _unpacked(content: bytes) -> tuple[bytes, dict[str, list[Line]]]:
    """The list of hashes, and the lines of each part. Raises: BadBundle, or any of _NONSENSE."""
    if content.count(b"PK\1\2") > PARTS:  # the mark of an entry; a directory alone can be larger than the memory
        raise ValueError("it has too many parts")
    room = _Room()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        manifest = room.short(file, "manifest.json")
        hashes = dict(json.loads(manifest)["parts"])
        lines = {name.removesuffix(".jsonl"): _read(room.lines(file, name, hashes[name])) for name in hashes}
    return manifest, lines


class _Room:
    """Counts what really comes out of a zip: a few bytes can become any number, whatever they say of themselves."""

    def __init__(self) -> None:
        self._bytes, self._lines = LARGEST, MOST

    def short(self, file: zipfile.ZipFile, name: str) -> bytes:
        """A part that is no longer than a line may be. Raises: ValueError."""
        with self._opened(file, name) as part:
            return self._counted(part.read(LONGEST + 1))

    def lines(self, file: zipfile.ZipFile, name: str, expected: str) -> Iterator[bytes]:
        """One after the other. Raises: BadBundle: their SHA-256 is not the expected one; ValueError: too much."""
        digest = sha256()
        with self._opened(file, name) as part:
            while line := part.readline(LONGEST + 1):
                digest.update(line)
                yield self._counted(line)
        if digest.hexdigest() != expected:
            raise BadBundle(f"Its part {name} is not what was packed: ask the sender to write it again.")

    def _opened(self, file: zipfile.ZipFile, name: str) -> IO[bytes]:
        if file.getinfo(name).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("it is packed in a way that swells at once")
        return file.open(name)

    def _counted(self, line: bytes) -> bytes:
        self._bytes -= len(line)
        self._lines -= 1
        if len(line) > LONGEST or self._bytes < 0 or self._lines < 0:
            raise ValueError("it is too large")
        return line


def _written(lines: list[Line]) -> bytes:
    """The names of the columns, then a line a row; what is no text is in base 64."""
    rows = [list(lines[0]), *(list(map(_cell, line.values())) for line in lines)] if lines else []
    return b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)


def _cell(value: object) -> object:
    return {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value


def _read(lines: Iterator[bytes]) -> list[Line]:
    rows = map(json.loads, lines)
    columns: list[str] = next(rows, [])
    return [{name: _value(value) for name, value in zip(columns, row, strict=True)} for row in rows]


def _value(cell: object) -> object:
    return b64decode(cell["base64"], validate=True) if isinstance(cell, dict) else cell


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Without dates: the same parts are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
