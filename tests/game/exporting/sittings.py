"""A sitting of which every number is known, to be exported and opened again."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.store import Store
from engine.store.rows import EstimateRow, EventRow, PollRow, Row, SegmentRow, TickRow
from tests.engine.store import sittings as stored

ZERO_S, RATE_HZ = 100.0, 256.0
CHANNELS = ("TP9", "AF7", "AF8", "TP10")
HEADSET = json.dumps({"name": "Muse 2", "channels": CHANNELS, "rate_hz": RATE_HZ, "full_scale_uv": None})
BEGAN_UNIX_S = 1_750_000_000.0 + ZERO_S - stored.NEW.anchor_mono_s

LOST = slice(400, 403)
"""Samples that never came: there is no stamp either."""

TORN = 700
"""A sample whose packet was lost: there is a stamp and no value."""


def eeg() -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Stamps and microvolts of four seconds."""
    t_s = np.delete(ZERO_S + np.arange(1024) / RATE_HZ, np.r_[LOST])
    uv = np.random.default_rng(1).normal(0, 30, (4, len(t_s))).astype(np.float32)
    uv[:, TORN] = np.nan
    return t_s, uv


def gaze(scene: bool) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Stamps and x, y, pupil, confidence, and the scene camera's x, y, of four seconds."""
    t_s = ZERO_S + 0.01 + np.arange(800) / 200
    chance = np.random.default_rng(2)
    rows = [chance.uniform(0, 1, (2, 800)), chance.uniform(2, 5, (1, 800)), np.ones((1, 800))]
    return t_s, np.concatenate(rows + [chance.uniform(0, 1200, (2, 800))] * scene).astype(np.float32)


def rows(with_eeg: bool = True, with_gaze: bool = True, scene: bool = True) -> list[Row]:
    """All that the sitting leaves behind: ticks a sixtieth of a second apart, the first half a second in."""
    left: list[Row] = [
        TickRow(tick, json.dumps([[], None, False, None, ZERO_S + 0.5 + tick / 60, None]), bytes(8))
        for tick in range(180)
    ]
    left += [
        EventRow(0, "stage_started", '{"stage":"block","block":1}'),
        EventRow(90, "stimulus_shown", '{"trial":1,"task":"strike","kind":"fish"}'),
        EventRow(90, "drawn", '{"trial":1,"late_ms":7.5}'),
        EventRow(115, "trial_done", '{"trial":1}'),
        EventRow(120, "difficulty_changed", '{"difficulty":0.6,"reason":"hit, of course","strand":"first"}'),
        EventRow(150, "why", '{"sentence":"Score 0.7"}'),
        stored.TRIAL,
        stored.BLOCK,
    ]
    left += [EstimateRow(ZERO_S + 1 + i / 10, 0.5 + i / 100, 0.8, "good", ("good",) * 4, i) for i in range(20)]
    if with_eeg:
        t_s, uv = eeg()
        left += [_poll("eeg", t_s[i : i + 64], uv[:, i : i + 64]) for i in range(0, len(t_s), 64)]
        left.append(_segment("eeg", "Muse 2", 0.004))
    if with_gaze:
        t_s, seen = gaze(scene)
        left += [_poll("gaze", t_s[i : i + 50], seen[:, i : i + 50]) for i in range(0, len(t_s), 50)]
        left.append(_segment("gaze", "Neon", 0.002))
    return left


def play(db: Path, *left: Row, **known: object) -> int:
    """The number of a sitting that Ana played to its end."""
    return stored.play(db, *left, headset_json=HEADSET, **known)


def agree(db: Path, purpose: str) -> None:
    with Store.open(db) as store:
        store.consents.say(store.players.known("Ana").id, purpose, True, "Ana", "player")  # type: ignore[arg-type]


def pseudonym(db: Path) -> str:
    with Store.open(db, read_only=True) as store:
        return store.players.known("Ana").pseudonym


def _poll(stream: str, t_s: NDArray[np.float64], data: NDArray[np.float32]) -> PollRow:
    own = 7.0 + t_s / 1.00001
    return PollRow(stream, float(t_s[-1]), "play", t_s, np.ascontiguousarray(data), own)  # type: ignore[arg-type]


def _segment(device: str, name: str, unsure_s: float) -> SegmentRow:
    ends = (ZERO_S, ZERO_S + 4, name, RATE_HZ, 3, 0.2, -7.0, unsure_s, 10.0, None)
    return SegmentRow(device, *ends)  # type: ignore[arg-type]
