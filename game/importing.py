"""Other programs' recordings as sittings of their own kind: kept with their marks, never counted as play."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from engine.ports import TICK_S
from engine.store import Journal, Store
from engine.store.rows import Ending, EventRow, NewSession, PollRow, Row, SegmentRow, Stream
from game.errors import GameError
from game.recorder import measured
from neuro.meter import Meter
from neuro.sources import bids, xdf
from neuro.sources.recorded import Mark, Recording
from neuro.sources.recording import file_bytes, load, load_gaze
from neuro.types import Gaze

NAME = "Imported recording"

AT_ONCE_S = 1.0
"""How much of a recording is one row."""

GAP_S = 1.0
"""A longer time without a sample ends a stretch, as a device that is lost for so long does in a sitting."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a file holds; stamps and marks are in seconds since its first sample."""

    name: str
    digest: str
    eeg: Recording | None
    gaze: Gaze | None
    marks: tuple[Mark, ...]

    @property
    def began_unix_s(self) -> float | None:
        if self.eeg:
            return self.eeg.began_unix_s
        if self.gaze is not None and self.gaze.device_s is not None and self.gaze.device_s[0] > 1e9:
            return float(self.gaze.device_s[0])  # a phone's stamps are seconds since 1970
        return None


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. is_new: it was not here before; dated: whether the file says when it was recorded."""

    session: int
    is_new: bool
    channels: int
    seconds: float
    gaze_samples: int
    marks: int
    stretches: int
    dated: bool
    notes: tuple[str, ...]


def find(path: Path) -> Found:
    """Raises: BadRecording: nobody can read it."""
    if (path / "info.json").is_file() or (path / "gaze.csv").is_file():
        return Found(path.name, _digest(path), None, load_gaze(path), ())
    if path.is_dir():
        eeg, gaze, marks = bids.read(path)
        return Found(path.name, _digest(path), eeg, gaze, marks)
    if path.suffix.lower() in (".xdf", ".xdfz"):
        digest = sha256(file_bytes(path)).hexdigest()
        eeg, gaze = xdf.read(path)
        return Found(path.name, digest, eeg, gaze, eeg.marks)
    eeg = load(path)
    return Found(path.name, sha256(file_bytes(path)).hexdigest(), eeg, None, eeg.marks)


def keep(store: Store, found: Found, player: str, version: str, otherwise_unix_s: float) -> Imported:
    """The recording as a sitting of that player; one that is here already stays as it is.

    Args:   otherwise_unix_s: when it began, where the file does not say.
    Raises: GameError: it holds no sample; StoreError: nobody has no name.
    """
    rows = list(_rows(found))
    if not any(isinstance(row, PollRow) for row in rows):
        raise GameError(f"{found.name} holds neither EEG nor gaze: choose another recording.")
    player_id = store.players.named(player).id
    before = store.sessions.imported(player_id, found.digest)
    session = _written(store, found, player_id, version, otherwise_unix_s, rows) if before is None else before
    return Imported(
        session,
        before is None,
        len(found.eeg.headset.channels) if found.eeg else 0,
        round(max(row.until_s for row in rows if isinstance(row, SegmentRow)), 3),
        found.gaze.t_s.size if found.gaze else 0,
        len(found.marks),
        sum(isinstance(row, SegmentRow) for row in rows),
        found.began_unix_s is not None,
        found.eeg.notes if found.eeg else (),
    )


def _written(
    store: Store, found: Found, player_id: int, version: str, otherwise_unix_s: float, rows: list[Row]
) -> int:
    """The number of the new sitting. Raises: GameError: not all of it could be kept."""
    began_unix_s = otherwise_unix_s if found.began_unix_s is None else found.began_unix_s
    headset = replace(found.eeg.headset, name=NAME) if found.eeg else None  # a file's name may be a person's
    new = NewSession(
        player_id=player_id,
        level_id="imported",
        level_toml="",
        setup_json=to_json({"digest": found.digest}).decode(),
        seed=0,
        kind="imported",
        anchor_mono_s=0.0,
        anchor_unix_s=began_unix_s,
        headset_json=to_json(headset).decode() if headset else None,
        gaze=NAME if found.gaze else None,
        mode="none",
        model_sha=None,
        version=version,
    )
    session = store.sessions.begin(new)
    ending: Ending = "failed"
    try:
        with Journal(store.path, session) as journal:
            for row in rows:
                journal.put(row)
        if journal.dropped:
            raise GameError(
                journal.trouble or f"{journal.dropped} rows of {found.name} could not be kept: try again."
            )
        ending = "done"
    finally:
        until_s = max(row.until_s for row in rows if isinstance(row, SegmentRow))
        store.sessions.end(session, ending, began_unix_s + until_s)
    return session


def _rows(found: Found) -> Iterator[Row]:
    """Samples a second at a time, stretches, and marks."""
    if found.eeg:
        lost = np.asarray(np.isnan(found.eeg.uv).all(axis=0))
        yield from _samples("eeg", found.eeg.t_s, found.eeg.uv, None)
        yield from _stretches("eeg", found.eeg.t_s, lost, Meter(found.eeg.headset.rate_hz))
    if found.gaze:
        yield from _samples("gaze", found.gaze.t_s, measured(found.gaze), found.gaze.device_s)
        yield from _stretches("gaze", found.gaze.t_s, np.zeros(found.gaze.t_s.size, bool), Meter())
    for onset_s, duration_s, text in found.marks:
        said = {"t_s": onset_s, "duration_s": duration_s, "text": text}
        yield EventRow(round(onset_s / TICK_S), "mark", to_json(said).decode())


def _samples(
    stream: Stream, t_s: NDArray[np.float64], data: NDArray[np.float32], device_s: NDArray[np.float64] | None
) -> Iterator[Row]:
    for part in _cut(np.arange(t_s[0], t_s[-1], AT_ONCE_S)[1:], t_s):
        stamped = None if device_s is None else device_s[part]
        at_s, values = t_s[part], np.ascontiguousarray(data[:, part])
        yield PollRow(stream, float(at_s[-1]), "play", at_s, values, stamped)


def _stretches(device: Stream, t_s: NDArray[np.float64], lost: NDArray[np.bool_], meter: Meter) -> Iterator[Row]:
    for part in _cut(t_s[1:][np.diff(t_s) > GAP_S], t_s):
        meter.restart()
        meter.take(t_s[part], lost[part])
        figures = meter.figures()
        if figures:
            said = (figures.from_s, figures.until_s, NAME, figures.rate_hz, figures.lost, figures.jitter_ms)
            yield SegmentRow(device, *said, None, None, None, None)


def _cut(edges_s: NDArray[np.float64], t_s: NDArray[np.float64]) -> Iterator[slice]:
    """Parts of stamps between edges, none of them empty."""
    places = [0, *np.searchsorted(t_s, edges_s).tolist(), t_s.size]
    return (slice(a, b) for a, b in pairwise(places) if a < b)


def _digest(folder: Path) -> str:
    """Of all files in a folder and their names."""
    digest = sha256()
    for path in sorted(filter(Path.is_file, folder.rglob("*"))):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
