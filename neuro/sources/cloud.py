"""Reads gaze as Pupil Cloud exports it: gaze.csv of a recording or of a surface, and the pupils beside it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.sources.looks import WANTED, beside, columns_of
from neuro.sources.recording import file_bytes
from neuro.sources.tables import table_of
from neuro.sources.timeline import repaired
from neuro.types import Gaze

_CAMERA = ("gaze x [px]", "gaze y [px]")
_SURFACE = ("gaze position on surface x [normalized]", "gaze position on surface y [normalized]")
_PUPILS = ("pupil diameter left [mm]", "pupil diameter right [mm]")


def read(folder: Path) -> Gaze:
    """Stamps from 0, those of the file beside them; in screens where the surface was a screen.

    Raises: BadRecording: there is no gaze in it.
    """
    table = table_of(folder / "gaze.csv", file_bytes(folder / "gaze.csv"), WANTED)
    if "timestamp [ns]" not in table.header:
        raise BadRecording(f"gaze.csv in {folder} has no timestamp [ns]: export it again from Pupil Cloud.")
    column = columns_of(table, "timestamp [ns]", *_CAMERA, *_SURFACE, "worn")
    ns = column["timestamp [ns]"]
    camera, surface = _pair(column, *_CAMERA), _pair(column, *_SURFACE)
    if (camera is None and surface is None) or ns.size < 2:
        raise BadRecording(f"gaze.csv in {folder} holds no gaze: export it again from Pupil Cloud.")
    pupils = beside(folder / "3d_eye_states.csv", ns, *_PUPILS)
    mm = np.mean(pupils, axis=0) if pupils else np.full(ns.size, np.nan)
    nowhere = np.full((2, ns.size), np.nan, np.float32)
    return Gaze(
        repaired((ns - ns[0]) / 1e9),
        nowhere if surface is None else surface,
        mm.astype(np.float32),
        column.get("worn", np.ones(ns.size)).astype(np.float32),
        device_s=ns / 1e9,
        scene_px=camera,
    )


def _pair(column: dict[str, NDArray[np.float64]], x: str, y: str) -> NDArray[np.float32] | None:
    return np.stack([column[x], column[y]]).astype(np.float32) if {x, y} <= set(column) else None
