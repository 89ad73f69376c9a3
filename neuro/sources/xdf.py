"""Reads XDF, what LabRecorder writes: EEG, gaze and markers of the Lab Streaming Layer on one clock."""

import gzip
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from neuro.errors import BadRecording
from neuro.sources.lsl.eeg import UV, eeg_names
from neuro.sources.lsl.feed import Described
from neuro.sources.lsl.gaze import GazeColumns
from neuro.sources.packets import increasing
from neuro.sources.recorded import Mark, Recording
from neuro.types import Gaze

Stream = dict[str, Any]


def read(path: Path) -> tuple[Recording, Gaze | None]:
    """The EEG with the markers, and the gaze beside it; stamps are seconds since the first sample of EEG.

    Of several streams of EEG or gaze the first is taken; of a torn file what is whole.

    Raises: BadRecording: it is no XDF file, or has no stream of EEG, or the extra is not installed.
    """
    streams, torn = _streams(path)
    filled = [stream for stream in streams if len(stream["time_stamps"])]
    eeg, gaze, markers = ([each for each in filled if _kind(each) == kind] for kind in ("eeg", "gaze", "markers"))
    if not eeg:
        there = ", ".join(sorted({_kind(each) or "without a type" for each in filled})) or "nothing"
        raise BadRecording(f"{path.name} holds {there} and no EEG: choose another recording.")
    zero_s = float(eeg[0]["time_stamps"][0])
    notes = [f"{path.name} is torn or damaged: what is whole of it is used."] * torn
    notes += [
        f"{path.name} has {len(some)} streams of {_kind(some[0])}: the first is used."
        for some in (eeg, gaze)
        if len(some) > 1
    ]
    recorded = _eeg(path.name, eeg[0])
    marks = sorted(mark for stream in markers for mark in _marks(stream, zero_s))
    seen = _gaze(gaze[0], zero_s) if gaze else None
    return replace(recorded, notes=(*notes, *recorded.notes), marks=tuple(marks)), seen


def _streams(path: Path) -> tuple[list[Stream], bool]:
    """All streams, and whether something was wrong with the file."""
    try:
        import pyxdf  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise BadRecording('XDF needs an extra: python3 -m pip install "heron-focus[lsl]".') from error
    complaints = _Complaints()
    log = logging.getLogger("pyxdf.pyxdf")
    log.addHandler(complaints)
    try:
        with gzip.open(path) if path.suffix.lower() == ".xdfz" else path.open("rb") as file:
            return pyxdf.load_xdf(file)[0], complaints.heard
    except Exception as error:  # whatever its reader stumbles over in a file that is none of its own
        raise BadRecording(f"{path.name} cannot be read as XDF: copy it again from where it came.") from error
    finally:
        log.removeHandler(complaints)


class _Complaints(logging.Handler):
    """Hears whether the reader met something broken: it says so nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        self.heard = True


def _eeg(name: str, stream: Stream) -> Recording:
    said = _described(stream)
    names = eeg_names(said.labels, said.types)
    rows = [row for row, each in enumerate(names) if each]
    to_uv = np.array([UV.get(said.units[row].lower(), 1.0) for row in rows], np.float32)
    uv = (np.asarray(stream["time_series"], np.float32)[:, rows] * to_uv).T
    return Recording.of(name, [each for each in names if each], uv, np.asarray(stream["time_stamps"], np.float64))


def _gaze(stream: Stream, zero_s: float) -> Gaze | None:
    """None where the stream names no x and y."""
    columns = GazeColumns.named(_described(stream))
    if columns is None:
        return None
    stamps = np.asarray(stream["time_stamps"], np.float64)
    gaze = columns.gaze(increasing(stamps - zero_s, -np.inf), np.asarray(stream["time_series"], np.float32))
    return replace(gaze, device_s=stamps)


def _marks(stream: Stream, zero_s: float) -> Iterator[Mark]:
    for stamp, values in zip(stream["time_stamps"], stream["time_series"], strict=True):
        yield Mark(float(stamp) - zero_s, None, " ".join(str(value) for value in values))


def _described(stream: Stream) -> Described:
    """What the stream says of its channels, as a live one would."""
    n = int(stream["info"]["channel_count"][0])
    desc = (stream["info"].get("desc") or [None])[0] or {}
    channels = ((desc.get("channels") or [None])[0] or {}).get("channel") or []
    if len(channels) != n:
        channels = [{}] * n
    words = [
        tuple(((each or {}).get(key) or [""])[0] or "" for each in channels) for key in ("label", "type", "unit")
    ]
    return Described(float(stream["info"]["nominal_srate"][0]), *words)


def _kind(stream: Stream) -> str:
    return str((stream["info"].get("type") or [""])[0] or "").lower()
