"""Sittings as a BIDS dataset: EEG as BDF+, gaze by the rules for eye tracking, all that happened, and the papers."""

import gzip
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from game.exporting import tables
from game.exporting.about import PRIVACY, about
from game.exporting.edf import write as write_eeg
from game.exporting.even import Even
from game.exporting.marks import as_events
from game.exporting.sitting import Sitting
from game.exporting.table import Column, Table, text

BIDS_VERSION = "1.10.1"
TASK = "heron"
DO = "Play a game that trains attention: rest with open eyes for a while, warm up, then play blocks with breaks."


def subject(sitting: Sitting) -> str:
    """As BIDS wants labels: letters and digits."""
    return "sub-" + "".join(filter(str.isalnum, sitting.pseudonym))


def session(sitting: Sitting) -> str:
    return f"ses-{sitting.stamp}"


def write(sitting: Sitting, folder: Path) -> None:
    """Everything that lies in the folder of one session."""
    datatype = "eeg" if sitting.eeg else "beh"
    home = folder / datatype
    home.mkdir(parents=True)
    stem = f"{subject(sitting)}_{session(sitting)}_task-{TASK}"
    laid = None
    if sitting.eeg:
        laid = write_eeg(sitting, home / f"{stem}_eeg.bdf")
        _json(home / f"{stem}_eeg.json", _eeg(sitting, laid))
        _tsv(home / f"{stem}_channels.tsv", _channels(sitting, laid))
    happened = as_events(sitting, laid)
    _tsv(home / f"{stem}_events.tsv", happened)
    papers = ({} if laid else _task()) | _presented(sitting) | _heron(sitting, laid)
    _json(home / f"{stem}_events.json", _described(happened, papers))
    if sitting.gaze:
        _continuous(home / f"{stem}_recording-eye1_physio", _gaze(sitting), _tracker(sitting))
    if sitting.estimates:
        _continuous(home / f"{stem}_recording-attention_physio", tables.estimates(sitting), {"PhysioType": "generic"})
    scans = Table(
        "scans",
        "",
        (
            Column("filename", [f"{datatype}/{stem}_{'eeg.bdf' if sitting.eeg else 'events.tsv'}"], ""),
            Column("acq_time", [_utc(sitting)], ""),
        ),
    )
    _tsv(folder / f"{subject(sitting)}_{session(sitting)}_scans.tsv", scans)


def enter(sitting: Sitting, root: Path) -> None:
    """The papers of the dataset, and the sitting's lines in its lists."""
    if not (root / "dataset_description.json").exists():
        _papers(root)
    age = None if sitting.age is None else min(sitting.age, 89)
    _line(root / "participants", "participant_id", {"participant_id": subject(sitting), "age": age}, _PARTICIPANTS)
    kept, model = sitting.session, sitting.model
    line = {
        "session_id": session(sitting),
        "acq_time": _utc(sitting),
        "level": kept.level_id,
        "kind": kept.kind,
        "ending": kept.ending,
        "heron_version": kept.version,
        "mode": sitting.mode,
        "model_sha256": model.sha256 if model else None,
        "model_version": model.metadata.get("version") if model else None,
    }
    _line(root / subject(sitting) / f"{subject(sitting)}_sessions", "session_id", line, _SESSIONS)


_PARTICIPANTS = {
    "participant_id": "Pseudonym of the player",
    "age": "Years at the first sitting in this dataset, by the year of birth; 89 stands for all above",
}
_SESSIONS = {
    "session_id": "When the sitting began, by the clock of UTC",
    "acq_time": "The same to the microsecond",
    "level": "Which level was played",
    "kind": "play: by a person; demo: by a simulated player; imported: read from another program's file",
    "ending": "done, left, interrupted or failed",
    "heron_version": "Of Heron, and so of the rules by which it adapts",
    "mode": "Who decided about rewards; sealed in a study",
    "model_sha256": "SHA-256 of the model that scored attention",
    "model_version": "Its version",
}


def _papers(root: Path) -> None:
    description = {
        "Name": "Sittings with Heron",
        "BIDSVersion": BIDS_VERSION,
        "DatasetType": "raw",
        "GeneratedBy": [{"Name": "Heron", "Version": version("heron-focus")}],
    }
    _json(root / "dataset_description.json", description)
    (root / "README.md").write_text(_README, "utf-8")


_README = f"""# Sittings with Heron

Heron is a game that trains attention, played with a headset and an eye tracker.

- `*_eeg.bdf`: EEG in microvolts as the headset sent it, not filtered. What was lost holds the value before it and is
  marked BAD_lost. The rate is as it was, not as the headset's maker names it.
- `*_events.tsv`: every trial, every stage, and each act of the loops that adapt the game, with its reason.
- `*_recording-eye1_physio.tsv.gz`: gaze and pupils. `*_recording-attention_physio.tsv.gz`: the score of attention.
- One timeline: second 0 is the first sample of EEG (of gaze, where there is none). `Heron` in `*_events.json` says
  by how much each device's clock is likely to be wrong, and which model and which rules were at work.

{PRIVACY}
"""


def _eeg(sitting: Sitting, laid: Even) -> dict[str, Any]:
    assert sitting.headset
    return _task() | {
        "EEGReference": "n/a",
        "SamplingFrequency": laid.rate_hz,
        "PowerLineFrequency": "n/a",
        "SoftwareFilters": "n/a",
        "ManufacturersModelName": sitting.headset.name,
        "EEGChannelCount": len(sitting.headset.channels),
        "RecordingDuration": laid.uv.shape[1] / laid.rate_hz,
        "RecordingType": "continuous",
        "EEGPlacementScheme": "10-20 names as the headset gives them; positions were not measured",
    }


def _task() -> dict[str, Any]:
    return {"TaskName": TASK, "TaskDescription": "Games of attention that adapt to the player", "Instructions": DO}


def rows(table: Table) -> list[dict[str, Any]]:
    """The table as JSON has it, without what is absent."""
    return [
        {name: value for name, value in zip(table.names, row, strict=True) if value is not None}
        for row in zip(*(column.values for column in table.columns), strict=True)
    ]


def _channels(sitting: Sitting, laid: Even) -> Table:
    names = sitting.headset.channels if sitting.headset else ()
    n = len(names)
    return Table(
        "channels",
        "",
        (
            Column("name", names, ""),
            Column("type", ["EEG"] * n, ""),
            Column("units", ["uV"] * n, ""),
            Column("sampling_frequency", [laid.rate_hz] * n, ""),
        ),
    )


def _presented(sitting: Sitting) -> dict[str, Any]:
    software = {"SoftwareName": "Heron", "SoftwareVersion": sitting.session.version}
    return {"StimulusPresentation": software | {"ScreenOrigin": ["top", "left"]}}


def _heron(sitting: Sitting, laid: Even | None) -> dict[str, Any]:
    """What BIDS has no words for: versions, the timeline, the clocks, and how far EEG lies from its stamps."""
    said = about(sitting) | {"devices": rows(tables.devices(sitting))}
    return {"Heron": said | ({"eeg_furthest_from_its_stamp_s": laid.off_s} if laid else {})}


def _gaze(sitting: Sitting) -> Table:
    """As BIDS has it: stamp, x and y first; in screens where the tracker knows one, else in pixels."""
    table = tables.gaze(sitting)
    assert table
    by_name = {column.name: column for column in table.columns}
    x, y = ("x", "y") if "x" in by_name else ("scene_x_px", "scene_y_px")
    first = [
        _renamed(by_name.pop("device_time_s", by_name["t_s"]), "timestamp"),
        _renamed(by_name.pop(x), "x_coordinate"),
        _renamed(by_name.pop(y), "y_coordinate"),
    ]
    if "pupil_mm" in by_name:
        first.append(_renamed(by_name.pop("pupil_mm"), "pupil_size"))
    return Table(table.name, table.what, (*first, *by_name.values()))


def _renamed(column: Column, name: str) -> Column:
    return Column(name, column.values, column.what, column.unit)


def _tracker(sitting: Sitting) -> dict[str, Any]:
    return {
        "PhysioType": "eyetrack",
        "RecordedEye": "cyclopean",
        "SampleCoordinateSystem": "custom",
        "SampleCoordinateSystemDescription": "Parts of the game's picture from its top left corner, or pixels of the "
        "scene camera's picture; how large and how far the screen was, is not known",
        "ManufacturersModelName": sitting.session.gaze,
    }


def _continuous(stem: Path, table: Table, papers: dict[str, Any]) -> None:
    """Rows without a header in a .tsv.gz, and the papers beside it."""
    at = np.asarray(next(column.values for column in table.columns if column.name == tables.T_S))
    rate_hz = (len(at) - 1) / float(at[-1] - at[0]) if len(at) > 1 else 0.0
    papers = papers | {"SamplingFrequency": rate_hz, "StartTime": float(at[0]), "Columns": list(table.names)}
    _json(stem.with_suffix(".json"), _described(table, papers))
    lines = text(table, "\t", "n/a", header=False).encode()
    stem.with_suffix(".tsv.gz").write_bytes(gzip.compress(lines, 6, mtime=0))


def _described(table: Table, papers: dict[str, Any]) -> dict[str, Any]:
    words = {
        column.name: {"Description": column.what} | ({"Units": column.unit} if column.unit else {})
        for column in table.columns
    }
    return papers | words


def _line(stem: Path, key: str, line: dict[str, Any], words: dict[str, str]) -> None:
    """One line more in a list, unless its key is there."""
    path = stem.with_suffix(".tsv")
    there = path.read_text("utf-8").splitlines() if path.exists() else ["\t".join(line)]
    if not any(row.split("\t")[0] == line[key] for row in there[1:]):
        there.append("\t".join("n/a" if value is None else str(value) for value in line.values()))
    path.write_text("\n".join([there[0], *sorted(there[1:])]) + "\n", "utf-8")
    _json(stem.with_suffix(".json"), {name: {"Description": what} for name, what in words.items() if name in line})


def _utc(sitting: Sitting) -> str:
    return sitting.began.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _tsv(path: Path, table: Table) -> None:
    path.write_text(text(table, "\t", "n/a"), "utf-8")


def _json(path: Path, what: dict[str, Any]) -> None:
    path.write_text(json.dumps(what, indent=2, ensure_ascii=False) + "\n", "utf-8")
