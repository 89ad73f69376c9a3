"""Reads one recording of a BIDS dataset: EEG in EDF or BDF, its events, and eye tracking beside it."""

import csv
import gzip
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.sources import edf
from neuro.sources.packets import increasing
from neuro.sources.recorded import Mark, Recording
from neuro.sources.recording import file_bytes
from neuro.types import Gaze

Papers = dict[str, Any]

_AGAIN = "copy the dataset again from where it came"


def read(folder: Path) -> tuple[Recording | None, Gaze | None, tuple[Mark, ...]]:
    """The only recording below a folder; gaze and events have seconds since its first sample.

    Raises: BadRecording: there is none, or more than one, or it cannot be read.
    """
    eeg = sorted(path for end in ("edf", "bdf") for path in folder.rglob(f"sub-*_eeg.{end}"))
    found = eeg or sorted(folder.rglob("sub-*_events.tsv"))
    if len(found) != 1:
        what = f"{len(found)} recordings" if found else "no BIDS recording of EEG"
        raise BadRecording(f"{folder} holds {what}: give the folder of one session.")
    stem = found[0].parent / found[0].name.rpartition("_")[0]
    try:
        gaze = _gaze(stem)
        marks = _events(stem.with_name(f"{stem.name}_events.tsv"))
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError) as error:
        raise BadRecording(f"What lies beside {found[0].name} cannot be read: {_AGAIN}.") from error
    recording = edf.read(found[0], file_bytes(found[0])) if eeg else None
    return (replace(recording, marks=marks or recording.marks) if recording else None), gaze, marks


def _events(path: Path) -> tuple[Mark, ...]:
    """One mark a line; all that stands in it beside its time."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        marks = map(_mark, csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return tuple(mark for mark in marks if mark.text != edf.LOST)  # the samples say so too


def _mark(line: dict[str, str]) -> Mark:
    known = {name: value for name, value in line.items() if value not in ("n/a", "", None)}
    onset_s, duration_s = float(known.pop("onset")), float(known.pop("duration", 0))
    kind = known.pop("trial_type", "event")
    return Mark(onset_s, duration_s or None, f"{kind} {json.dumps(known, ensure_ascii=False)}" if known else kind)


def _gaze(stem: Path) -> Gaze | None:
    """Of several eyes the first."""
    for path in sorted(stem.parent.glob(f"{stem.name}_recording-*_physio.json")):
        papers: Papers = json.loads(path.read_text("utf-8"))
        if papers.get("PhysioType") == "eyetrack":
            lines = gzip.decompress(path.with_suffix(".tsv.gz").read_bytes()).decode()
            return _seen(papers, lines.splitlines(), _screen(stem))
    return None


def _screen(stem: Path) -> tuple[float, float] | None:
    """Pixels across and down, where the papers say."""
    path = stem.with_name(f"{stem.name}_events.json")
    papers: Papers = json.loads(path.read_text("utf-8")) if path.exists() else {}
    size = papers.get("StimulusPresentation", {}).get("ScreenResolution")
    return (float(size[0]), float(size[1])) if isinstance(size, list) else None


def _seen(papers: Papers, lines: list[str], screen: tuple[float, float] | None) -> Gaze:
    """In screens where the papers say how; else as pixels of a camera, for nobody knows where the screen is."""
    columns = papers["Columns"]
    table = np.array([list(map(_number, line.split("\t"))) for line in lines], np.float64).reshape(-1, len(columns)).T
    by_name: dict[str, NDArray[np.float64]] = dict(zip(columns, table, strict=True))
    n = table.shape[1]
    even_s = float(papers["StartTime"]) + np.arange(n) / float(papers["SamplingFrequency"])
    nothing = np.full(n, np.nan)
    at = np.stack([by_name["x_coordinate"], by_name["y_coordinate"]]).astype(np.float32)
    unit = str(papers.get("x_coordinate", {}).get("Units", "")).lower()
    nowhere = np.full_like(at, np.nan)
    if unit == "screens" or screen:
        xy = at if unit == "screens" else at / np.array(screen, np.float32)[:, None]
        camera = [by_name.get(name, nothing) for name in ("scene_x_px", "scene_y_px")]
        scene = None if np.isnan(camera).all() else np.stack(camera).astype(np.float32)
    else:
        xy, scene = nowhere, at
    is_mm = str(papers.get("pupil_size", {}).get("Units", "")).lower() == "mm"
    return Gaze(
        increasing(by_name.get("t_s", even_s), -np.inf),
        xy,
        (by_name.get("pupil_size", nothing) if is_mm else nothing).astype(np.float32),
        by_name.get("confidence", np.isfinite(at[0])).astype(np.float32),
        scene_px=scene,
    )


def _number(cell: str) -> float:
    return float("nan") if cell == "n/a" else float(cell)
