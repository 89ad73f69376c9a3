"""What a sitting says, as tables: samples, estimates, trials, blocks, events and devices."""

import json
from dataclasses import fields
from operator import attrgetter
from typing import Any

import numpy as np

from engine.store.rows import SegmentRow
from game.exporting.sitting import Samples, Sitting
from game.exporting.table import Column, Table

T_S = "t_s"
TIME = "Time since second 0 of the sitting"

GAZE = (
    ("x", "From the left edge of the screen, 1 at the right", "screens"),
    ("y", "From the top edge of the screen, 1 at the bottom", "screens"),
    ("pupil_mm", "Mean diameter of the pupils", "mm"),
    ("confidence", "How sure the tracker is, 0 to 1", None),
    ("scene_x_px", "From the left of the scene camera's picture", "px"),
    ("scene_y_px", "From the top of the scene camera's picture", "px"),
)


def tables(sitting: Sitting) -> tuple[Table, ...]:
    """All of a sitting; a device that was not there has no table."""
    samples = [eeg(sitting), gaze(sitting)]
    told = (estimates(sitting), trials(sitting), blocks(sitting), events(sitting), devices(sitting))
    return (*(table for table in samples if table), *told)


def eeg(sitting: Sitting) -> Table | None:
    """Every sample as it came, beside its stamp; lost ones are missing."""
    if sitting.eeg is None or sitting.headset is None:
        return None
    channels = zip(sitting.headset.channels, sitting.eeg.data, strict=True)
    return Table(
        "eeg",
        f"EEG of {sitting.headset.name}, not filtered",
        (
            *_times(sitting, sitting.eeg),
            *(Column(name, uv, f"Channel {name} against the headset's own reference", "uV") for name, uv in channels),
        ),
    )


def gaze(sitting: Sitting) -> Table | None:
    """Every sample as it came, beside its stamp."""
    if sitting.gaze is None:
        return None
    rows = zip(GAZE, sitting.gaze.data, strict=True)
    measured = (Column(name, row, what, unit) for (name, what, unit), row in rows if not np.isnan(row).all())
    return Table(
        "gaze", f"Gaze of the tracker at {sitting.session.gaze}", (*_times(sitting, sitting.gaze), *measured)
    )


def estimates(sitting: Sitting) -> Table:
    """The score of attention and what it is worth."""
    rows = sitting.estimates
    return Table(
        "estimates",
        "Estimates of attention; only good ones paid",
        (
            Column(
                T_S, sitting.seconds(np.array([row.t_s for row in rows])), TIME + ", newest sample it rests on", "s"
            ),
            Column("score", [row.score for row in rows], "0 to 1; 0.5 where nothing is known"),
            Column("trust", [row.trust for row in rows], "0 to 1; 0 where nothing is known"),
            Column("state", [row.state for row in rows], "good, poor, artifact, not_worn, stale or absent"),
            Column("channels", [" ".join(row.channels) or None for row in rows], "One word a channel"),
            Column("tick", [row.tick for row in rows], "The first tick of the game that knew of it"),
        ),
    )


def trials(sitting: Sitting) -> Table:
    """One row a finished trial."""
    rows = sitting.trials
    late_ms = late(sitting)
    said = {
        "trial": ("Number in its block", None),
        "block": ("Number of the block, 0 before the first", None),
        "task": ("Which game", None),
        "kind": ("What was shown", None),
        "outcome": ("What was done", None),
        "success": ("1 where that was right", None),
        "valid": ("1 where the trial says something of the player", None),
        "practice": ("1 in practice", None),
        "reaction_s": ("From the stimulus to the answer", "s"),
        "difficulty": ("Of the trial", "logits"),
        "distractors": ("How many there were", None),
        "strand": ("Which of two staircases of difficulty", None),
        "detail_json": ("What else the game says of it", None),
    }
    return Table(
        "trials",
        "Finished trials",
        (
            Column(
                T_S, sitting.of_ticks([row.onset_tick for row in rows]), TIME + ", when the stimulus was due", "s"
            ),
            Column("late_ms", [late_ms.get(row.onset_tick) for row in rows], "How late its picture was done", "ms"),
            *(Column(name, [getattr(row, name) for row in rows], *words) for name, words in said.items()),
        ),
    )


def late(sitting: Sitting) -> dict[int, float]:
    """How late the picture of each stimulus was, in milliseconds, by the tick of the stimulus."""
    drawn = [(row.tick, json.loads(row.data_json)) for row in sitting.events if row.kind == "drawn"]
    return {tick: float(said["late_ms"]) for tick, said in drawn}


def blocks(sitting: Sitting) -> Table:
    """One row a finished block; its fields are those of `engine.events.BlockDone`."""
    said = {
        "block": ("Number", None),
        "task": ("Which game", None),
        "level": ("Which level", None),
        "by": ("Answered by keys, pointer or gaze", None),
        "seconds": ("Length", "s"),
        "trials": ("Finished trials", None),
        "success_rate": ("Share of them that were right", None),
        "rewards": ("How many were paid", None),
        "reward_share": ("Share of the good time above the threshold", None),
        "good_share": ("Share of the time with a good signal", None),
        "threshold_z": ("Of the score, against the player's own warm-up", "SD"),
        "difficulty": ("At its end", "logits"),
        "distractors": ("At its end", None),
        "stars": ("Stars", None),
    }
    columns = (Column(name, [getattr(row, name) for row in sitting.blocks], *words) for name, words in said.items())
    return Table("blocks", "Finished blocks", tuple(columns))


def events(sitting: Sitting) -> Table:
    """Everything that happened: stages, trials, adaptation with its reasons, devices, explanations."""
    rows = sitting.events
    return Table(
        "events",
        "All that happened, with its reasons",
        (
            Column(T_S, sitting.of_ticks([row.tick for row in rows]), TIME, "s"),
            Column("tick", [row.tick for row in rows], "Tick of the game, a sixtieth of a second"),
            Column("kind", [row.kind for row in rows], "What happened"),
            Column("data_json", [row.data_json for row in rows], "All that is known of it"),
        ),
    )


def devices(sitting: Sitting) -> Table:
    """One row an unbroken stretch of a device's signal, with its clock against the host's and how sure that is."""
    units = {"rate_hz": "Hz", "jitter_ms": "ms", "clock_drift_ppm": "ppm", "head_motion_rad_s": "rad/s"}
    columns = []
    for field in fields(SegmentRow):
        values: list[Any] = list(map(attrgetter(field.name), sitting.segments))
        if field.name in ("from_s", "until_s"):
            values = sitting.seconds(np.array(values)).tolist()
        unit = units.get(field.name, "s" if field.name.endswith("_s") else None)
        columns.append(Column(field.name, values, _SEGMENT[field.name], unit))
    return Table("devices", "Unbroken stretches of each device's signal", tuple(columns))


_SEGMENT = {
    "device": "eeg or gaze",
    "from_s": TIME + ", first sample",
    "until_s": TIME + ", last sample",
    "name": "Of the device",
    "rate_hz": "Samples a second, lost ones included",
    "loss": "Samples that were lost on the way",
    "jitter_ms": "Standard deviation of the stamps from straight lines of ten seconds",
    "clock_offset_s": "What is to be added to the device's seconds to have the host's",
    "clock_uncertainty_s": "By how much that is likely to be wrong",
    "clock_drift_ppm": "How much faster than the host's the device's clock runs",
    "reason": "Why the stretch ended",
    "clock_residual_s": "Distance of the clock's fit from what it is fitted to, root mean square",
    "blink_lag_s": "How much later than the eye tracker the headset shows blinks",
    "blink_agreement": "How far both agree, 0 to 1; below 0.3 the lag means nothing",
    "head_motion_rad_s": "How fast the head turned, root mean square",
}


def _times(sitting: Sitting, samples: Samples) -> tuple[Column, ...]:
    at = Column(T_S, sitting.seconds(samples.t_s), TIME, "s")
    if np.isnan(samples.device_s).all():
        return (at,)
    return (at, Column("device_time_s", samples.device_s, "As the device or its driver stamped it", "s"))
