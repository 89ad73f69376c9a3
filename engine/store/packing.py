"""A second of ticks or of samples as small blobs, and back to the last bit."""

import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.store.coding import CODED, packed, planes_back, stamps, stamps_back, unpacked
from engine.store.rows import PollRow, Stream, TickRow

DIGEST_BYTES = 8

JOINED = b"\x02"
"""Leads blobs of one second after another, each with its length before it."""

_LOOKS = struct.Struct("<I")
_PARTS = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class TickBlob:
    """Consecutive ticks. inputs_jsonl: zlib of one line a tick; digests: 8 bytes a tick."""

    first_tick: int
    n: int
    inputs_jsonl: bytes
    digests: bytes


@dataclass(frozen=True, slots=True)
class PollBlob:
    """Consecutive polls of one stream, all of k rows.

    polls:    when each was, as t_s, then zlib of JSON [[n, phase], ...], empty polls too; once zlib of
              [[now_s, n, phase], ...]
    t_s:      (n,) float64 stamps as in `engine.store.coding`
    data:     (k, n) float32 likewise; once zlib of them, by byte plane
    device_s: as t_s; None where nobody stamped
    """

    stream: Stream
    n: int
    k: int
    polls: bytes
    t_s: bytes
    data: bytes
    device_s: bytes | None


def pack_ticks(ticks: Sequence[TickRow]) -> list[TickBlob]:
    """One blob a run of consecutive ticks."""
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(ticks), 1) if b.tick != a.tick + 1), len(ticks)]
    runs = [ticks[a:b] for a, b in pairwise(cuts) if a < b]
    return [
        TickBlob(
            run[0].tick,
            len(run),
            zlib.compress("\n".join(tick.inputs_json for tick in run).encode()),
            b"".join(tick.digest for tick in run),
        )
        for run in runs
    ]


def unpack_ticks(blob: TickBlob) -> Iterator[TickRow]:
    lines = zlib.decompress(blob.inputs_jsonl).decode().split("\n")
    for i, line in enumerate(lines):
        yield TickRow(blob.first_tick + i, line, blob.digests[i * DIGEST_BYTES : (i + 1) * DIGEST_BYTES])


def pack_polls(polls: Sequence[PollRow]) -> list[PollBlob]:
    """One blob a run of polls of one stream with the same rows, stamped or not; each stream keeps its order.

    A poll that brought nothing fits every run.
    """
    return [
        _poll_blob(run)
        for stream in sorted({poll.stream for poll in polls})
        for run in _runs([poll for poll in polls if poll.stream == stream])
    ]


def unpack_polls(blob: PollBlob) -> Iterator[PollRow]:
    t_s = stamps_back(blob.t_s, blob.n)
    device_s = None if blob.device_s is None else stamps_back(blob.device_s, blob.n)
    data = _data_back(blob)
    start = 0
    for now_s, n, phase in _looks_back(blob.polls):
        part = slice(start, start + n)
        stamped = None if device_s is None else device_s[part]
        yield PollRow(blob.stream, now_s, phase, t_s[part], np.ascontiguousarray(data[:, part]), stamped)
        start += n


def _runs(polls: Sequence[PollRow]) -> Iterator[list[PollRow]]:
    run: list[PollRow] = []
    shape: tuple[int, bool] | None = None
    for poll in polls:
        own = (len(poll.data), poll.device_s is None) if len(poll.t_s) else shape
        if shape not in (None, own):
            yield run
            run = []
        run.append(poll)
        shape = own
    if run:
        yield run


def _poll_blob(run: Sequence[PollRow]) -> PollBlob:
    full = [poll for poll in run if len(poll.t_s)] or run[:1]
    t_s = np.concatenate([poll.t_s for poll in full])
    data = np.concatenate([poll.data for poll in full], axis=1)
    stamped = [poll.device_s for poll in full if poll.device_s is not None]
    return PollBlob(
        run[0].stream,
        len(t_s),
        len(data),
        _looks(run),
        stamps(t_s),
        CODED + packed(data),
        stamps(np.concatenate(stamped)) if stamped else None,
    )


def _data_back(blob: PollBlob) -> NDArray[np.float32]:
    if blob.data.startswith(CODED):
        return unpacked(blob.data[len(CODED) :], blob.k, blob.n)
    return planes_back(blob.data, np.dtype(np.float32)).reshape(blob.k, blob.n)


def _looks(run: Sequence[PollRow]) -> bytes:
    when = stamps(np.array([poll.now_s for poll in run], np.float64))
    rest = json.dumps([[len(poll.t_s), poll.phase] for poll in run], separators=(",", ":"))
    return CODED + _LOOKS.pack(len(when)) + when + zlib.compress(rest.encode())


def _looks_back(polls: bytes) -> Iterator[tuple[float, int, str]]:
    if not polls.startswith(CODED):
        yield from json.loads(zlib.decompress(polls))
        return
    at = len(CODED) + _LOOKS.size
    (length,) = _LOOKS.unpack_from(polls, len(CODED))
    rest = json.loads(zlib.decompress(polls[at + length :]))
    when = stamps_back(polls[at : at + length], len(rest)).tolist()
    for now_s, (n, phase) in zip(when, rest, strict=True):
        yield now_s, n, phase
