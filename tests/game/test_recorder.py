"""What the recorder keeps of the devices: every sample with its stamps, and a line for each unbroken stretch."""

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.store.rows import EventRow, PollRow, SegmentRow
from game.recorder import Recorder
from neuro.clock.fit import ClockFit
from neuro.explain import Why
from neuro.life import Life
from neuro.listener import Device, Poll
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Chunk, Gaze, Headset
from tests.faults.script import Notes

FIT = ClockFit(-572.0, 0.002, 35.0, 0.0004)
STREAMING, LOST = Life("streaming"), Life("lost", 0.0, "It has gone: charge it.")


def chunk(uv: NDArray[np.float32], first: int) -> Chunk:
    t_s = first / RATE_HZ + np.arange(uv.shape[1]) / RATE_HZ
    return Chunk(uv, t_s, t_s + 1.7e9)


def gaze(confidence: NDArray[np.float32], first: int) -> Gaze:
    n = confidence.size
    t_s = first / 200 + np.arange(n) / 200
    ones = np.ones(n, np.float32)
    return Gaze(
        t_s, np.full((2, n), 0.5, np.float32), ones, confidence, t_s - 572.0, np.full((2, n), 800, np.float32)
    )


@pytest.fixture(scope="module")
def notes() -> Notes:
    """Two minutes with a headset and glasses, five polls a second; the headset is lost at the end."""
    twin, notes, seconds = Twin("adult", 1), Notes(), 120
    uv = twin.brain.samples(round(seconds * RATE_HZ))
    seen = np.isfinite(twin.eyes.samples(seconds * 200, (0.5, 0.5)).xy[0]).astype(np.float32)
    recorder = Recorder(notes, Headset("Twin", CHANNELS, RATE_HZ), "Neon")
    for k in range(5 * seconds):
        first, last = (round(each * RATE_HZ / 5) for each in (k, k + 1))
        parts = chunk(uv[:, first:last], first), gaze(seen[40 * k : 40 * k + 40], 40 * k)
        turning = Device(STREAMING, FIT, head_motion_rad_s=0.3 if k % 2 else 0.4)
        recorder.heard(Poll((k + 1) / 5, "play", *parts, (), headset=Device(STREAMING, FIT), tracker=turning))
    recorder.heard(Poll(125.0, "play", Chunk.empty(4), Gaze.empty(), (), headset=Device(LOST), tracker=turning))
    recorder.ended()
    return notes


def test_samples_are_kept_with_the_stamps_of_their_devices(notes: Notes) -> None:
    for stream, ahead_s in (("eeg", 1.7e9), ("gaze", -572.0)):
        for row in notes.polls(stream):  # type: ignore[arg-type]
            np.testing.assert_array_equal(row.device_s, row.t_s + ahead_s)


def test_gaze_is_kept_in_screens_and_in_the_picture_of_the_scene_camera(notes: Notes) -> None:
    rows = np.concatenate([row.data for row in notes.polls("gaze")], axis=1)
    assert rows.shape == (6, 120 * 200)
    assert np.unique(rows[:3], axis=1).T.tolist() == [[0.5, 0.5, 1.0]]
    assert set(rows[3].tolist()) == {0.0, 1.0}
    assert np.unique(rows[4:]).tolist() == [800.0]


def test_gaze_of_a_tracker_without_a_camera_has_no_pixels() -> None:
    notes = Notes()
    none = Gaze(np.array([1.0]), np.full((2, 1), 0.5, np.float32), *np.ones((2, 1), np.float32))
    Recorder(notes, None, "mouse").heard(Poll(1.0, "play", Chunk.empty(0), none, ()))
    (row,) = notes.polls("gaze")
    assert (row.data.shape, row.device_s) == ((4, 1), None)


def segment(notes: Notes, device: str) -> SegmentRow:
    (found,) = (row for row in notes.rows if isinstance(row, SegmentRow) and row.device == device)
    return found


def test_a_stretch_tells_the_clock_of_its_device_and_its_losses(notes: Notes) -> None:
    eeg, eyes = segment(notes, "eeg"), segment(notes, "gaze")
    for row in (eeg, eyes):
        fit = (row.clock_offset_s, row.clock_uncertainty_s, row.clock_drift_ppm, row.clock_residual_s)
        assert fit == tuple(FIT)
        assert row.loss_per_minute == 0.0
    assert (eeg.reason, eyes.reason) == ("It has gone: charge it.", None)


def test_blinks_check_the_clocks_of_headset_and_glasses_against_each_other(notes: Notes) -> None:
    row = segment(notes, "eeg")
    assert row.blink_lag_s == pytest.approx(0.0, abs=0.01)
    assert row.blink_agreement is not None
    assert row.blink_agreement > 0.5
    assert segment(notes, "gaze").blink_lag_s is None


def test_the_turning_of_the_head_is_told_for_the_stretch(notes: Notes) -> None:
    assert segment(notes, "gaze").head_motion_rad_s == pytest.approx(np.sqrt((0.3**2 + 0.4**2) / 2), rel=0.01)
    assert segment(notes, "eeg").head_motion_rad_s is None


def test_a_reason_is_kept_as_an_event_with_its_sentence() -> None:
    notes = Notes()
    why = Why(7.0, 0.8, {"T5": 0.7, "T6": 0.3}, 0.0, 0.5, {"alpha": -1.2})
    recorder = Recorder(notes, Headset("Twin", ("T5", "T6"), RATE_HZ), None)
    recorder.heard(Poll(7.1, "play", Chunk.empty(2), Gaze.empty(), (), why=why))
    (row,) = (row for row in notes.rows if isinstance(row, EventRow) and row.kind == "why")
    told = json.loads(row.data_json)
    assert told["sentence"] == why.sentence
    assert (told["t_s"], told["channels"]) == (7.0, {"T5": 0.7, "T6": 0.3})


def test_the_notebook_takes_empty_looks_too(notes: Notes) -> None:
    assert [row.t_s.size for row in notes.rows if isinstance(row, PollRow)][-2:] == [0, 0]
