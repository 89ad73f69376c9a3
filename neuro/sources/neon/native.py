"""Gaze in degrees from a Neon recording in native format: with lids, pupils, and how the head turned."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.eyes.look import GAP_S, Look
from neuro.screen.lens import NEON_PINHOLE, Calibration

_TILT = np.radians(12.0)
"""How far the motion sensor leans against the scene camera (measured: 0.16 / 0.75, the shares of its axes in how gaze
that rests moves as the head turns)."""

_UNSURE_N, _PART_NS = 82, 500_000_000
"""For so many samples after a gap as long as this the app says that the glasses are not worn, whatever gaze does
(own finding: 80 to 81 at the start of each of three parts)."""


def look(path: Path) -> Look:
    """A recording folder; stamps from 0.

    Raises: BadRecording: its gaze cannot be read.
    """
    from pupil_labs.neon_recording import NeonRecording  # noqa: PLC0415  takes half a second

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the reader leaves its files to the garbage collector
        try:
            with NeonRecording(path) as neon:
                t_ns, px = np.array(neon.gaze.time), np.array(neon.gaze.point, np.float64).T
                worn = _last(neon, "worn", ("worn",), t_ns)
                pupils = _between(neon, "pupil", ("diameter_left", "diameter_right"), t_ns)
                lids = _between(neon, "eyelid", ("aperture_left", "aperture_right"), t_ns)
                gyro = _between(neon, "imu", tuple(f"angular_velocity_{axis}" for axis in "xyz"), t_ns)
        except (NeonRecording.SensorError, ValueError, LookupError, OSError) as error:
            raise BadRecording(
                f"{path} is a Neon recording without readable gaze: copy it again from the phone or Pupil Cloud."
            ) from error
    deg = np.degrees(np.arctan(_calibration(path).rays(px)))
    pupil_mm = np.full(t_ns.size, np.nan) if pupils is None else pupils.mean(axis=0)
    confidence = np.ones(t_ns.size) if worn is None else ((worn[0] > 0) | _beginning(t_ns)).astype(float)
    return Look(
        (t_ns - t_ns[0]) / 1e9,
        deg,
        confidence,
        pupil_mm,
        None if lids is None else lids.max(axis=0),
        None if gyro is None else turning(gyro),
    )


def turning(gyro_deg_per_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, n) how fast what rests moves over Neon's scene camera, right and down, by its motion sensor (3, n)."""
    x, y, z = gyro_deg_per_s
    return np.stack([z * np.cos(_TILT) + y * np.sin(_TILT), x])


def _beginning(t_ns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,) the first samples of each part, of which the app cannot say yet whether the glasses are worn."""
    n = np.arange(t_ns.size)
    first = np.maximum.accumulate(np.where(np.diff(t_ns, prepend=t_ns[:1]) >= _PART_NS, n, 0))
    return np.asarray(n - first < _UNSURE_N)


def _calibration(path: Path) -> Calibration:
    try:
        return Calibration.from_bytes((path / "calibration.bin").read_bytes()) or NEON_PINHOLE
    except OSError:
        return NEON_PINHOLE


def _stream(neon: Any, name: str, fields: tuple[str, ...]) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    try:
        stream = getattr(neon, name)
        at = np.array(stream.time)
        return (at, np.stack([np.array(stream.data[field], np.float64) for field in fields])) if at.size else None
    except neon.SensorError:
        return None


def _between(neon: Any, name: str, fields: tuple[str, ...], t_ns: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """(n_fields, n) of a stream at other stamps, by lines; NaN where none is within GAP_S; None without it."""
    found = _stream(neon, name, fields)
    if found is None:
        return None
    at, values = found
    off = np.abs(t_ns - at[np.clip(np.searchsorted(at, t_ns), 0, at.size - 1)])
    rows = [np.where(off <= GAP_S * 1e9, np.interp(t_ns, at, row), np.nan) for row in values]
    return np.stack(rows)


def _last(neon: Any, name: str, fields: tuple[str, ...], t_ns: NDArray[np.int64]) -> NDArray[np.float64] | None:
    """(n_fields, n) of the newest word of a stream at each stamp; None without the stream."""
    found = _stream(neon, name, fields)
    if found is None:
        return None
    at, values = found
    return values[:, np.maximum(np.searchsorted(at, t_ns, side="right") - 1, 0)]
