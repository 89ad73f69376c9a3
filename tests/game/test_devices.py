"""`heron devices`: both devices in numbers, and what is said where there is nothing to show."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

from game.cli.devices import table
from game.devices import HeadsetWatch, TrackerWatch
from neuro.clock.fit import ClockFit
from neuro.life import Life
from neuro.listener import Device, Poll
from neuro.types import Chunk, Estimate, Gaze, Headset
from tests.game.heron import Heron

HEADSET = Headset("Muse", ("AF7", "AF8"), 250.0)


def poll(first_s: float, life: Life, lost: int = 0) -> Poll:
    """A second of both devices; the first `lost` EEG samples were lost on the way."""
    eeg_s, gaze_s = first_s + np.arange(250) / 250, first_s + np.arange(200) / 200
    uv = np.ones((2, 250), np.float32)
    uv[:, :lost] = np.nan
    seen = np.full(200, 0.9, np.float32)
    gaze = Gaze(gaze_s, np.full((2, 200), 0.5, np.float32), seen, seen)
    estimate = Estimate(eeg_s[-1], 0.5, 0.0, "poor", ("good", "line"))
    device = Device(life, ClockFit(-572.0, 0.0004, 35.0))
    return Poll(first_s + 1.02, "fit", Chunk(uv, eeg_s), gaze, (estimate,), None, device, device)


def test_a_headset_is_told_in_numbers_and_words() -> None:
    watch = HeadsetWatch(HEADSET)
    assert watch.facts()["channels"] == {"AF7": None, "AF8": None}
    for second in range(12):
        watch.hear(poll(second, Life("streaming"), lost=5))
    facts = watch.facts()
    assert (facts["name"], facts["life"], facts["reason"], facts["state"]) == ("Muse", "streaming", None, "poor")
    assert (facts["rate_hz"], facts["nominal_hz"]) == (pytest.approx(250), 250.0)
    assert facts["loss_per_minute"] == pytest.approx(300, rel=0.01)
    assert (facts["jitter_ms"], facts["age_ms"]) == (0.0, 24.0)
    assert facts["channels"] == {"AF7": "good", "AF8": "line"}
    assert facts["clock"] == {"offset_s": -572.0, "uncertainty_s": 0.0004, "drift_ppm": 35.0}


def test_an_eye_tracker_is_told_in_numbers() -> None:
    watch = TrackerWatch("neon:auto")
    watch.hear(poll(0.0, Life("streaming")))
    facts = watch.facts()
    assert (facts["rate_hz"], facts["confidence"], facts["worn_share"]) == (pytest.approx(200), 0.9, 1.0)
    assert facts["calibration_error_deg"] is None


def test_after_a_loss_the_numbers_are_those_of_the_new_stretch() -> None:
    watch = HeadsetWatch(HEADSET)
    watch.hear(poll(0.0, Life("streaming"), lost=100))
    gone = poll(9.0, Life("lost", 3.0, "It has gone: charge it."))
    watch.hear(replace(gone, chunk=Chunk.empty(2)))
    assert (watch.facts()["life"], watch.facts()["reason"]) == ("lost", "It has gone: charge it.")
    watch.hear(poll(20.0, Life("reconnecting")))
    assert (watch.facts()["loss_per_minute"], watch.facts()["rate_hz"]) == (0.0, pytest.approx(250))


def test_the_live_table_says_what_would_help() -> None:
    headset, tracker = HeadsetWatch(HEADSET), TrackerWatch("neon:auto")
    late = poll(0.0, Life("stale", 0.0, "Nothing has come for half a second."))
    headset.hear(late)
    tracker.hear(late)
    console = Console(width=120)
    with console.capture() as printed:
        console.print(table({"eeg": headset.facts(), "gaze": tracker.facts()}))
    text = printed.get()
    for words in ("Headset: Muse", "Nothing has come for half a second.", "press it gently, keep cables away"):
        assert words in text
    assert "-572.0000 s" in text
    assert "± 0.40 ms" in text


@pytest.mark.skipif(sys.platform == "win32", reason="an emulated Cyton needs pseudo-terminals")
def test_emulated_devices_do_well(heron: Heron) -> None:
    said = heron("devices", "--eeg", "board:cyton?emulate=1", "--gaze", "neon:emulate", "--seconds", 7, "--json")
    facts = json.loads(said.out)
    eeg, gaze = facts["eeg"], facts["gaze"]
    assert (said.status, said.err) == (0, "")
    assert eeg["life"] == "streaming"
    assert eeg["state"] in ("good", "artifact")  # the simulated player blinks
    assert set(eeg["channels"].values()) <= {"good", "loud"}
    assert eeg["rate_hz"] == pytest.approx(250, abs=2)
    assert eeg["loss_per_minute"] == 0
    assert eeg["clock"]["uncertainty_s"] < 0.01
    assert (gaze["life"], gaze["confidence"]) == ("streaming", 1.0)
    assert gaze["rate_hz"] == pytest.approx(200, abs=2)
    assert gaze["clock"]["uncertainty_s"] < 0.01
    assert gaze["worn_share"] > 0.8


def test_one_that_cannot_be_opened_does_not_hide_the_other(heron: Heron) -> None:
    said = heron("devices", "--eeg", "board:cyton?serial_port=/nowhere", "--gaze", "twin", "--seconds", 1)
    assert said.status == 1
    assert "Eye tracker twin: streaming." in said.out
    assert said.err.startswith("Cyton could not be opened:")


def test_where_nothing_can_be_opened_nobody_waits(heron: Heron) -> None:
    said = heron("devices", "--eeg", "board:cyton?serial_port=/nowhere", "--seconds", 86400, "--json")
    assert (said.status, json.loads(said.out)) == (1, {"eeg": None, "gaze": None})


def test_without_addresses_it_says_what_can_be_tried(heron: Heron) -> None:
    assert "--gaze neon:auto" in heron("devices").out
    to_try = json.loads(heron("devices", "--json").out)
    assert "board:muse_2" in to_try["eeg"]
    assert "neon:auto" in to_try["gaze"]


def test_a_bad_address_is_one_sentence(heron: Heron) -> None:
    said = heron("devices", "--gaze", "neo:auto")
    assert (said.status, said.out) == (1, "")
    assert "did you mean neon:?" in said.err
