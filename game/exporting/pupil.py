"""Gaze as Pupil Cloud exports that of a Neon: gaze.csv, 3d_eye_states.csv, events.csv and info.json."""

import json
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import numpy as np
from numpy.typing import NDArray

from game.errors import GameError
from game.exporting.about import about
from game.exporting.marks import marks
from game.exporting.sitting import Samples, Sitting
from game.exporting.table import Column, Table, text
from neuro.screen import NEON_PINHOLE

SURE = 0.6
"""From this confidence on glasses count as worn; Neon's own are 0 or 1."""


def write(sitting: Sitting, folder: Path) -> None:
    """Every stamp is in nanoseconds since 1970, by this computer's clock.

    Raises: GameError: there is no gaze in it.
    """
    gaze = sitting.gaze
    if gaze is None:
        raise GameError(f"Sitting {sitting.session.id} has no gaze that is kept: export it with --format bids.")
    recording = str(uuid5(NAMESPACE_URL, f"heron:{sitting.label}"))
    n, ns = len(gaze.t_s), _ns(sitting, gaze.t_s)
    stamped = (Column("recording id", [recording] * n, ""), Column("timestamp [ns]", ns, ""))
    section = Column("section id", [recording] * n, "")
    has_camera = not np.isnan(gaze.data[4:]).all()
    where = _camera(gaze) if has_camera else _surface(gaze)
    _csv(folder / "gaze.csv", (section, *stamped, *where))
    pupils = ("pupil diameter left [mm]", "pupil diameter right [mm]")
    _csv(folder / "3d_eye_states.csv", (section, *stamped, *(Column(name, gaze.data[2], "") for name in pupils)))
    found = marks(sitting)
    at = _ns(sitting, sitting.zero_s + np.array([mark.onset_s for mark in found]))
    events = (
        Column("recording id", [recording] * len(found), ""),
        Column("timestamp [ns]", at, ""),
        Column("name", [mark.text for mark in found], ""),
        Column("type", ["recording"] * len(found), ""),
    )
    _csv(folder / "events.csv", events)
    remarks = ["Both pupils have the mean of the two: Heron keeps no more."]
    if has_camera:
        remarks.append("Directions are by a Neon's usual camera without its lens, not by this one's own calibration.")
    else:
        remarks.append("The surface is the game's picture: 0, 0 is its top left corner and 1, 1 the bottom right.")
    info = {"recording_id": recording, "wearer_name": sitting.pseudonym, "remarks": remarks, "heron": about(sitting)}
    (folder / "info.json").write_text(json.dumps(info, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _camera(gaze: Samples) -> tuple[Column, ...]:
    """Where in the scene camera's picture, and in which direction from it: to the right and up."""
    x, y = gaze.data[4:]
    azimuth, down = np.degrees(np.arctan(NEON_PINHOLE.rays(gaze.data[4:])))
    return (
        Column("gaze x [px]", x, ""),
        Column("gaze y [px]", y, ""),
        Column("worn", _worn(gaze), ""),
        Column("azimuth [deg]", np.round(azimuth, 6), ""),
        Column("elevation [deg]", np.round(-down, 6), ""),
    )


def _surface(gaze: Samples) -> tuple[Column, ...]:
    """As the Marker Mapper has it: the surface is the game's picture."""
    x, y = gaze.data[:2]
    inside = (x >= 0) & (x <= 1) & (y >= 0) & (y <= 1)
    return (
        Column("gaze detected on surface", ["True" if on else "False" for on in inside.tolist()], ""),
        Column("gaze position on surface x [normalized]", x, ""),
        Column("gaze position on surface y [normalized]", y, ""),
        Column("worn", _worn(gaze), ""),
    )


def _worn(gaze: Samples) -> list[bool]:
    return list((np.nan_to_num(gaze.data[3]) >= SURE).tolist())


def _ns(sitting: Sitting, t_s: NDArray[np.float64]) -> list[int]:
    """Exact to the microsecond: a float64 of seconds since 1970 holds no more."""
    zero_us = round(sitting.began.timestamp() * 1e6)
    return [1000 * (zero_us + round(since * 1e6)) for since in sitting.seconds(t_s).tolist()]


def _csv(path: Path, columns: tuple[Column, ...]) -> None:
    path.write_text(text(Table(path.stem, "", columns), ",", ""), "utf-8")
