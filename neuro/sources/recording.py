"""Recordings as sources: read from a file, then played on any clock as if the device were there."""

import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording, DeviceLost
from neuro.sources.recorded import Recording
from neuro.sources.timeline import repaired
from neuro.types import Chunk, Gaze


def load(path: str | Path, board: str | None = None, channels: tuple[str, ...] | None = None) -> Recording:
    """The EEG of an EDF, BDF, XDF, BrainFlow CSV, Muse CSV, OpenBCI text or plain CSV file.

    Args:   board: which board a BrainFlow CSV came from; guessed from its columns where not given.
            channels: names for the channels of a file that names none itself.
    Raises: BadRecording: the file is missing, damaged or no recording; BadAddress: no such board.
    """
    from neuro.sources import edf, tables, xdf  # noqa: PLC0415  what reads files is loaded when a file is read

    path = Path(path)
    kind = path.suffix.lower()
    if kind not in (".edf", ".bdf", ".xdf", ".xdfz"):
        return tables.read(path, file_bytes(path), board, channels)
    if board or channels:
        raise BadRecording(f"{path.name} names its own channels: leave out board= and channels=.")
    content = file_bytes(path)
    return edf.read(path, content) if kind in (".edf", ".bdf") else xdf.read(path)[0]


def load_gaze(path: str | Path) -> Gaze:
    """The gaze of a Pupil Labs Neon recording, in native format or as Pupil Cloud exports it, stamps from 0.

    scene_px is where in the scene camera's picture the eyes looked, xy is nowhere; the mean of both pupils is in mm,
    and confidence is 1 while the glasses were worn.

    Raises: BadRecording: the folder is missing, damaged or no Neon recording.
    """
    path = Path(path)
    if (path / "gaze.csv").is_file():
        from neuro.sources import cloud  # noqa: PLC0415  it reads tables

        return cloud.read(path)
    if not (path / "info.json").is_file():
        raise BadRecording(f"{path} is no Neon recording: give the folder that holds info.json and the gaze files.")
    from pupil_labs.neon_recording import NeonRecording  # noqa: PLC0415  takes half a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the reader leaves its files to the garbage collector
        try:
            with NeonRecording(path) as neon:
                gaze = neon.gaze
                t_ns, px = np.array(gaze.time), np.array(gaze.point, np.float32).T
                pupil_mm, worn = _pupil_mm(neon, t_ns), _worn(neon, t_ns)
        except (NeonRecording.SensorError, ValueError, LookupError, OSError) as error:
            raise BadRecording(
                f"{path} is a Neon recording without readable gaze: copy it again from the phone or Pupil Cloud."
            ) from error
    nowhere = np.full_like(px, np.nan)
    return Gaze(repaired((t_ns - t_ns[0]) / 1e9), nowhere, pupil_mm, worn, device_s=t_ns / 1e9, scene_px=px)


class RecordingSource:
    """A recording as a headset: samples come when their time has come on the given clock."""

    def __init__(self, recorded: Recording, clock: Callable[[], float]) -> None:
        self.headset = recorded.headset
        self._recording, self._playhead = recorded, _Playhead(recorded.t_s, recorded.headset.name, clock)

    def __enter__(self) -> Self:
        self._playhead.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def read(self) -> Chunk:
        """The samples since the last read. Raises: DeviceLost: all have been read."""
        due, t_s = self._playhead.advance()
        return Chunk(self._recording.uv[:, due], t_s)


class GazeRecordingSource:
    """A recording as an eye tracker: samples come when their time has come on the given clock."""

    def __init__(self, gaze: Gaze, clock: Callable[[], float], name: str = "The gaze recording") -> None:
        self._gaze, self._playhead = gaze, _Playhead(gaze.t_s, name, clock)

    def __enter__(self) -> Self:
        self._playhead.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def read(self) -> Gaze:
        """The samples since the last read. Raises: DeviceLost: all have been read."""
        due, t_s = self._playhead.advance()
        gaze = self._gaze
        return Gaze(
            t_s,
            gaze.xy[:, due],
            gaze.pupil_mm[due],
            gaze.confidence[due],
            device_s=None if gaze.device_s is None else gaze.device_s[due],
            scene_px=None if gaze.scene_px is None else gaze.scene_px[:, due],
        )


class _Playhead:
    """Where a recording is, by a clock that is zero at its first sample."""

    def __init__(self, t_s: NDArray[np.float64], name: str, clock: Callable[[], float]) -> None:
        self._t_s, self._name, self._clock = t_s, name, clock
        self._next = 0
        self._start_s = 0.0

    def start(self) -> None:
        self._start_s, self._next = self._clock(), 0

    def advance(self) -> tuple[slice, NDArray[np.float64]]:
        """Which samples have become due, and their stamps in the clock's seconds."""
        if self._next == self._t_s.size:
            raise DeviceLost(f"{self._name} has ended: start it again, or choose a longer one.")
        end = int(np.searchsorted(self._t_s, self._clock() - self._start_s, side="right"))
        due = slice(self._next, max(end, self._next))
        self._next = due.stop
        return due, self._t_s[due] + self._start_s


def file_bytes(path: Path) -> bytes:
    """All of a file. Raises: BadRecording: there is no such file, or nothing in it, or it may not be read."""
    if path.is_dir():
        raise BadRecording(f"{path} is a folder: give a recording inside it.")
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadRecording(f"There is no file {path}: check its name.") from error
    except OSError as error:
        raise BadRecording(f"{path} cannot be opened ({error.strerror}): check who may read it.") from error
    if not content:
        raise BadRecording(f"{path.name} is empty: copy it again from where it came.")
    return content


def _pupil_mm(neon: Any, t_ns: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n,) mean diameter of both pupils at the gaze samples; NaN where it was not measured."""
    try:
        pupil = neon.pupil
    except neon.SensorError:
        return np.full(t_ns.size, np.nan, np.float32)
    both = (np.array(pupil.diameter_left, np.float64) + np.array(pupil.diameter_right, np.float64)) / 2
    return np.interp(t_ns, np.array(pupil.time), both).astype(np.float32)


def _worn(neon: Any, t_ns: NDArray[np.int64]) -> NDArray[np.float32]:
    """(n,) 1 where the glasses were worn, by the newest word on it; 1 throughout where nothing was said."""
    try:
        worn = neon.worn
    except neon.SensorError:
        return np.ones(t_ns.size, np.float32)
    newest = np.searchsorted(np.array(worn.time), t_ns, side="right") - 1
    return (np.array(worn.worn)[np.maximum(newest, 0)] > 0).astype(np.float32)
