"""Reads where the eyes point from files: Neon native, Neon Cloud, Pupil Core, and plain CSV in degrees."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.eyes.classifier import DEG_PER_FRAME
from neuro.eyes.look import GAP_S, Look
from neuro.sources.neon import native
from neuro.sources.recording import file_bytes
from neuro.sources.tables import Table, cells, table_of

WANTED = (
    "gaze: give a CSV file with t_s,x_deg,y_deg, an export of Pupil Core or Pupil Cloud, or the folder of a Neon"
    " recording"
)

_CORE_DEG = 90.0, 52.0  # what the frame of Pupil Core's scene camera spans, roughly; used only without 3d gaze
_STEADY = 0.1  # a rate that differs by more, for a second or longer, is another rate


@dataclass(frozen=True, slots=True)
class Looked:
    """Gaze from a file.

    rows_s: (n_rows,) the stamp of every sample in the file; used: (n_rows,) bool, those that are in `look`, the
            others stand where time went backwards
    pupils: the gaze is that of an eye camera that nobody calibrated; its degrees are rough
    notes:  one sentence for each thing that is wrong with the file
    """

    look: Look
    rows_s: NDArray[np.float64]
    used: NDArray[np.bool_]
    pupils: bool = False
    notes: tuple[str, ...] = ()

    @property
    def rate_hz(self) -> float:
        """Samples a second, by the usual step."""
        return float(1 / np.median(np.diff(self.look.t_s)))

    @staticmethod
    def of(name: str, look: Look, *, pupils: bool = False, notes: tuple[str, ...] = ()) -> "Looked":
        """Samples as a file has them, in any order of time.

        Raises: BadRecording: there are no two of them.
        """
        if look.t_s.size < 2:
            raise BadRecording(f"{name} holds too few samples of gaze: choose a longer recording.")
        used = look.t_s > np.concatenate([[-np.inf], np.maximum.accumulate(look.t_s)[:-1]])
        if used.sum() < 2:
            raise BadRecording(f"The time of {name} does not rise: give a file whose stamps do.")
        kept = look.part(np.flatnonzero(used))
        return Looked(kept, look.t_s, used, pupils, (*notes, *_faults(name, kept, int((~used).sum()))))


def load_look(path: str | Path) -> Looked:
    """Where the eyes pointed.

    Raises: BadRecording: the file is missing, damaged, or none of the four.
    """
    path = Path(path)
    if (path / "info.json").is_file() and not (path / "gaze.csv").is_file():  # Pupil Cloud has both
        return Looked.of(path.name, native.look(path))
    if path.is_dir():
        path = next((path / name for name in ("gaze.csv", "gaze_positions.csv") if (path / name).is_file()), path)
        if path.is_dir():
            raise BadRecording(f"{path} holds no gaze: give a folder with info.json, gaze.csv or gaze_positions.csv.")
    table = table_of(path, file_bytes(path), WANTED)
    names = set(table.header)
    if {"t_s", "x_deg", "y_deg"} <= names:
        return _plain(table)
    if {"timestamp [ns]", "azimuth [deg]", "elevation [deg]"} <= names:
        return _cloud(table, path.parent)
    if {"gaze_timestamp", "norm_pos_x", "norm_pos_y", "confidence"} <= names:
        return _core(table)
    if {"pupil_timestamp", "eye_id", "norm_pos_x", "norm_pos_y", "confidence"} <= names:
        return _eye_camera(table)
    raise BadRecording(f"{path.name} is no table of {WANTED}.")


def _plain(table: Table) -> Looked:
    column = columns_of(table, "t_s", "x_deg", "y_deg", "confidence", "pupil_mm", "aperture_mm")
    deg = np.stack([column["x_deg"], column["y_deg"]])
    sure = np.nan_to_num(column.get("confidence", np.ones(deg.shape[1])))
    nowhere = np.full(deg.shape[1], np.nan)
    look = Look(column["t_s"], deg, sure, column.get("pupil_mm", nowhere), column.get("aperture_mm"))
    return Looked.of(table.name, look, notes=tuple(table.notes))


def _cloud(table: Table, folder: Path) -> Looked:
    """Pupil Cloud's gaze.csv, with the lids, pupils and head of the tables beside it."""
    column = columns_of(table, "timestamp [ns]", "azimuth [deg]", "elevation [deg]", "worn")
    deg = np.stack([column["azimuth [deg]"], -column["elevation [deg]"]])
    ns = column["timestamp [ns]"]
    worn = column.get("worn", np.ones(ns.size))
    eyes = beside(
        folder / "3d_eye_states.csv",
        ns,
        "pupil diameter left [mm]",
        "pupil diameter right [mm]",
        "eyelid aperture left [mm]",
        "eyelid aperture right [mm]",
    )
    gyro = beside(folder / "imu.csv", ns, "gyro x [deg/s]", "gyro y [deg/s]", "gyro z [deg/s]")
    pupil_mm = np.mean(eyes[:2], axis=0) if len(eyes) >= 2 else np.full(ns.size, np.nan)
    aperture_mm = np.max(eyes[2:], axis=0) if len(eyes) == 4 else None
    head = native.turning(np.stack(gyro)) if len(gyro) == 3 else None
    look = Look((ns - ns[0]) / 1e9 if ns.size else ns, deg, worn, pupil_mm, aperture_mm, head)
    return Looked.of(table.name, look, notes=tuple(table.notes))


def _core(table: Table) -> Looked:
    """Pupil Core's gaze_positions.csv: by 3d gaze where it has any, else by the place in the scene camera's frame."""
    point = [f"gaze_point_3d_{axis}" for axis in "xyz"]
    column = columns_of(table, "gaze_timestamp", "norm_pos_x", "norm_pos_y", "confidence", *point)
    notes = list(table.notes)
    x, y, z = (column.get(name, np.array([np.nan])) for name in point)
    if np.isfinite(x).any():
        deg = np.degrees(np.stack([np.arctan2(x, z), np.arctan2(y, z)]))
    else:
        deg = np.stack([column["norm_pos_x"] * _CORE_DEG[0], (1 - column["norm_pos_y"]) * _CORE_DEG[1]])
        notes.append(
            f"{table.name} has no 3d gaze: degrees are rough, as if its camera saw {_CORE_DEG[0]:.0f} across."
        )
    none = np.full(deg.shape[1], np.nan)
    look = Look(column["gaze_timestamp"], deg, np.nan_to_num(column["confidence"]), none)
    return Looked.of(table.name, look, notes=tuple(notes))


def _eye_camera(table: Table) -> Looked:
    """Pupil Core's pupil_positions.csv: the eye that was seen better; one sample a stamp."""
    column = columns_of(table, "pupil_timestamp", "eye_id", "confidence", "norm_pos_x", "norm_pos_y", "diameter_3d")
    sure = np.nan_to_num(column["confidence"])
    eyes = np.unique(column["eye_id"][np.isfinite(column["eye_id"])])
    if not eyes.size:
        raise BadRecording(f"{table.name} holds no eye: export it again from Pupil Player.")
    best = max(eyes, key=lambda eye: sure[column["eye_id"] == eye].mean())
    rows = np.flatnonzero(column["eye_id"] == best)
    again = np.diff(column["pupil_timestamp"][rows], prepend=-np.inf) == 0  # the same picture by the other method
    rows = rows[~again]
    degrees = DEG_PER_FRAME * np.stack([column["norm_pos_x"][rows], 1 - column["norm_pos_y"][rows]])
    mm = column.get("diameter_3d", np.full(sure.size, np.nan))[rows]
    look = Look(column["pupil_timestamp"][rows], degrees, sure[rows], np.where(mm > 0, mm, np.nan))
    note = f"{table.name} is not calibrated: degrees are rough, {DEG_PER_FRAME:.0f} to the eye camera's frame."
    return Looked.of(table.name, look, pupils=True, notes=(*table.notes, note))


def columns_of(table: Table, *wanted: str) -> dict[str, NDArray[np.float64]]:
    """Those of the columns that are there, (n_rows,) each; rows without a stamp, the first of them, are left out."""
    there = [name for name in wanted if name in table.header]
    data = cells(table, [table.header.index(name) for name in there])
    stamped = np.isfinite(data[:, 0])
    if not stamped.all():
        table.notes.append(f"{int((~stamped).sum())} lines of {table.name} have no stamp and were left out.")
    return dict(zip(there, data[stamped].T.copy(), strict=True))


def beside(path: Path, ns: NDArray[np.float64], *wanted: str) -> list[NDArray[np.float64]]:
    """Columns of another table at the stamps ns (n,); NaN further than GAP_S from any; none without the table."""
    if not path.is_file():
        return []
    column = columns_of(table_of(path, file_bytes(path), WANTED), "timestamp [ns]", *wanted)
    at = column.pop("timestamp [ns]", np.empty(0))
    return [near(ns, at, values) for values in column.values()] if at.size else []


def near(ns: NDArray[np.float64], at: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values (k,) measured at rising stamps (k,), between them by a line; NaN where none is within GAP_S."""
    before = np.clip(np.searchsorted(at, ns) - 1, 0, at.size - 1)
    after = np.minimum(before + 1, at.size - 1)
    off = np.minimum(np.abs(ns - at[before]), np.abs(ns - at[after]))
    return np.where(off <= GAP_S * 1e9, np.interp(ns, at, values), np.nan)


def _faults(name: str, look: Look, n_back: int) -> list[str]:
    """A sentence for whatever is wrong with the stamps and the gaze."""
    notes = []
    if n_back:
        notes.append(f"{n_back} samples of {name} do not come after the one before: they count as lost.")
    steps = np.diff(look.t_s)
    gaps = steps[steps > GAP_S]
    if gaps.size:
        notes.append(f"{name} has {gaps.size} gaps of up to {gaps.max():.2f} s: nothing is measured across them.")
    zero, nan = (look.deg == 0).all(axis=0), ~np.isfinite(look.deg).all(axis=0)
    if zero.sum() > 1:
        notes.append(f"{int(zero.sum())} samples of {name} are 0, 0: they count as lost.")
    if nan.any():
        notes.append(f"{int(nan.sum())} samples of {name} hold no gaze.")
    rates = _rates(look.t_s)
    if rates.size and rates.max() > rates.min() * (1 + 2 * _STEADY):
        notes.append(f"The rate of {name} changes between {rates.min():.0f} and {rates.max():.0f} samples a second.")
    return notes


def _rates(t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Samples a second of each whole second, by the usual step."""
    if t_s[-1] - t_s[0] < 2:
        return np.empty(0)
    edges = np.searchsorted(t_s, np.arange(t_s[0], t_s[-1], 1.0))
    parts = [t_s[first:last] for first, last in pairwise(edges) if last - first > 10]
    return np.array([1 / np.median(np.diff(part)) for part in parts])
