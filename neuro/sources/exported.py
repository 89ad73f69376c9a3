"""Reads the folder of CSV tables that Heron itself exports: EEG, gaze and events on one timeline."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from neuro.errors import BadRecording
from neuro.sources import tables
from neuro.sources.packets import increasing
from neuro.sources.recorded import Mark, Recording
from neuro.sources.recording import file_bytes
from neuro.types import Gaze

PAPERS, _EVENTS = "about.json", "events.csv"
_GAZE = ("t_s", "x", "y", "pupil_mm", "confidence", "scene_x_px", "scene_y_px", "device_time_s")


def read(folder: Path) -> tuple[Recording | None, Gaze | None, tuple[Mark, ...]]:
    """Stamps are in seconds of the sitting, which are those since the first sample.

    Raises: BadRecording: a table cannot be read.
    """
    try:
        papers = json.loads((folder / PAPERS).read_text("utf-8"))
        began_unix_s = float(papers["timeline"]["zero_unix_s"])
        marks = _marks(folder / _EVENTS)
    except (OSError, ValueError, LookupError, TypeError, csv.Error) as error:
        raise BadRecording(f"{PAPERS} or {_EVENTS} in {folder} cannot be read: export the sitting again.") from error
    path = folder / "eeg.csv"
    eeg = tables.read(path, file_bytes(path), None, None) if path.is_file() else None
    path = folder / "gaze.csv"
    gaze = _gaze(path) if path.is_file() else None
    return (replace(eeg, marks=marks, began_unix_s=began_unix_s) if eeg else None), gaze, marks


def _marks(path: Path) -> tuple[Mark, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        return tuple(Mark(float(line["t_s"]), None, f"{line['kind']} {line['data_json']}") for line in lines)


def _gaze(path: Path) -> Gaze:
    """Raises: BadRecording: it is no table of gaze."""
    table = tables.table_of(path, file_bytes(path), "gaze, as Heron exports it")
    there = [name for name in _GAZE if name in table.header]
    data = dict(zip(there, tables.cells(table, [table.header.index(name) for name in there]).T, strict=True))
    if not {"t_s", "x", "y"} <= set(data):
        raise BadRecording(f"{path} is no table of gaze: export the sitting again.")
    nothing = np.full(data["t_s"].size, np.nan)
    scene = [data[name] for name in ("scene_x_px", "scene_y_px") if name in data]
    return Gaze(
        increasing(data["t_s"], -np.inf),
        np.stack([data["x"], data["y"]]).astype(np.float32),
        data.get("pupil_mm", nothing).astype(np.float32),
        data.get("confidence", nothing).astype(np.float32),
        device_s=data.get("device_time_s"),
        scene_px=np.stack(scene).astype(np.float32) if len(scene) == 2 else None,
    )
