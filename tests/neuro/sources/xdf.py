"""Writes XDF as LabRecorder does (XDF 1.0): chunks of a length, a tag and a content."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stream:
    """values: (n, k) numbers, or one text a stamp; clock: pairs of the sender's time and what to add to it."""

    name: str
    kind: str
    rate_hz: float
    t_s: NDArray[np.float64]
    values: NDArray[np.float32] | Sequence[str]
    channels: tuple[tuple[str, str, str], ...] = ()
    clock: tuple[tuple[float, float], ...] = ()
    at_once: int = field(default=50)


def write(path: Path, *streams: Stream) -> None:
    chunks = [_chunk(1, b"<?xml version='1.0'?><info><version>1.0</version></info>")]
    chunks += [_chunk(2, struct.pack("<I", k) + _header(each).encode()) for k, each in enumerate(streams, 1)]
    for k, each in enumerate(streams, 1):
        chunks += [_chunk(4, struct.pack("<Idd", k, at_s, offset_s)) for at_s, offset_s in each.clock]
        for first in range(0, len(each.t_s), each.at_once):
            some = slice(first, first + each.at_once)
            samples = b"".join(map(_sample, each.t_s[some], each.values[some]))
            count = b"\x04" + struct.pack("<I", len(each.t_s[some]))
            chunks.append(_chunk(3, struct.pack("<I", k) + count + samples))
    path.write_bytes(b"XDF:" + b"".join(chunks))


def _sample(stamp: float, value: "NDArray[np.float32] | str") -> bytes:
    stamped = b"\x08" + struct.pack("<d", stamp)
    if isinstance(value, str):
        text = value.encode()
        return stamped + b"\x04" + struct.pack("<I", len(text)) + text
    return stamped + value.astype("<f4").tobytes()


def _header(stream: Stream) -> str:
    texts = not isinstance(stream.values, np.ndarray)
    n = 1 if texts else np.asarray(stream.values).shape[1]
    channels = "".join(
        f"<channel><label>{escape(label)}</label><type>{kind}</type><unit>{unit}</unit></channel>"
        for label, kind, unit in stream.channels
    )
    return (
        f"<?xml version='1.0'?><info><name>{stream.name}</name><type>{stream.kind}</type>"
        f"<channel_count>{n}</channel_count><nominal_srate>{stream.rate_hz}</nominal_srate>"
        f"<channel_format>{'string' if texts else 'float32'}</channel_format>"
        f"<desc><channels>{channels}</channels></desc></info>"
    )


def _chunk(tag: int, content: bytes) -> bytes:
    return b"\x04" + struct.pack("<IH", len(content) + 2, tag) + content
