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
from typing import Any

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
    step:    the newest step of the shape of the database that it was taken from
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
    """Raises: BadBundle: a part is missing, or is not what the list says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            manifest = file.read("manifest.json")
            said = json.loads(manifest)
            parts = {name: file.read(name) for name in said["parts"]}
        wrong = [name for name, part in parts.items() if sha256(part).hexdigest() != said["parts"][name]]
        if wrong:
            raise BadBundle(f"Its part {wrong[0]} is not what was packed: ask the sender to write it again.")
        lines = {name.removesuffix(".jsonl"): list(_read(part)) for name, part in parts.items()}
        (player,), (session,), model = lines["player"], lines["session"], lines["model"]
        found = {table: lines[table] for table in TABLES}
        if said["sitting"] != sitting_of(player["pseudonym"], session):
            raise ValueError("it is another sitting")
        if model and sha256(model[0]["onnx"]).hexdigest() != session["model_sha"]:
            raise ValueError("it is another model")
    except (zipfile.BadZipFile, zlib.error, LookupError, TypeError, ValueError) as error:
        raise BadBundle("What is in it makes no sense: ask the sender to write it again.") from error
    digest = sha256(manifest).hexdigest()
    return Contents(digest, said["sitting"], said["step"], player, session, model[0] if model else None, found)


def _written(lines: list[Line]) -> bytes:
    """The names of the columns, then a line a row; what is no text is in base 64."""
    rows = [list(lines[0]), *(list(map(_cell, line.values())) for line in lines)] if lines else []
    return b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)


def _cell(value: object) -> object:
    return {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value


def _read(part: bytes) -> Iterator[Line]:
    columns: list[str] = []
    for line in part.splitlines():
        row = json.loads(line)
        if columns:
            yield {name: _value(value) for name, value in zip(columns, row, strict=True)}
        columns = columns or row


def _value(cell: object) -> object:
    return b64decode(cell["base64"], validate=True) if isinstance(cell, dict) else cell


def _zipped(parts: dict[str, bytes]) -> bytes:
    """Without dates: the same parts are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
