"""`heron devices`: both devices in numbers, and what is said where there is nothing to show."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from engine.store import Journal, Store
from engine.store.rows import EventRow, NewSession
from game.cli.devices import table
from game.devices import HeadsetWatch, TrackerWatch, look_in
from game.draw import Text, flatten
from game.scenes.wearing import Worn
from game.windows import WindowInputs
from neuro.clock.fit import ClockFit
from neuro.life import Life
from neuro.listener import Device, Poll
from neuro.types import Chunk, Estimate, Gaze, Headset
from tests.engine.store.sittings import NEW
from tests.game.heron import Heron
from tests.game.test_running import ScriptedWindow, press, wait

HEADSET = Headset("Muse", ("AF7", "AF8"), 250.0)


def poll(first_s: float, life: Life, lost: int = 0) -> Poll:
    """A second of both devices; the first `lost` EEG samples were lost on the way."""
    eeg_s, gaze_s = first_s + np.arange(250) / 250, first_s + np.arange(200) / 200
    uv = np.ones((2, 250), np.float32)
    uv[:, :lost] = np.nan
    seen = np.full(200, 0.9, np.float32)
    gaze = Gaze(gaze_s, np.full((2, 200), 0.5, np.float32), seen, seen)
    estimate = Estimate(eeg_s[-1], 0.5, 0.0, "poor", ("good", "line"))
    device = Device(life, ClockFit(-572.0, 0.0004, 35.0, 0.0002))
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
    assert facts["clock"] == {"offset_s": -572.0, "uncertainty_s": 0.0004, "drift_ppm": 35.0, "residual_s": 0.0002}


def test_an_eye_tracker_is_told_in_numbers() -> None:
    watch = TrackerWatch("neon:auto", ("2026-03-01T10:00:00Z", 1.234))
    watch.hear(poll(0.0, Life("streaming")))
    facts = watch.facts()
    assert (facts["rate_hz"], facts["confidence"], facts["worn_share"]) == (pytest.approx(200), 0.9, 1.0)
    assert (facts["calibration_error_deg"], facts["calibrated_utc"]) == (1.23, "2026-03-01T10:00:00Z")
    assert TrackerWatch("neon:auto", None).facts()["calibration_error_deg"] is None


def test_after_a_loss_the_numbers_are_those_of_the_new_stretch() -> None:
    watch = HeadsetWatch(HEADSET)
    watch.hear(poll(0.0, Life("streaming"), lost=100))
    gone = poll(9.0, Life("lost", 3.0, "It has gone: charge it."))
    watch.hear(replace(gone, chunk=Chunk.empty(2)))
    assert (watch.facts()["life"], watch.facts()["reason"]) == ("lost", "It has gone: charge it.")
    watch.hear(poll(20.0, Life("reconnecting")))
    assert (watch.facts()["loss_per_minute"], watch.facts()["rate_hz"]) == (0.0, pytest.approx(250))


def test_the_live_table_says_what_would_help() -> None:
    headset, tracker = HeadsetWatch(HEADSET), TrackerWatch("neon:auto", ("2026-03-01T10:00:00Z", 1.26))
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
    assert "1.3 degrees off" in text
    assert "in the sitting of 2026-03-01T10:00:00Z" in text


WORN = Worn("Muse", ("AF7", "AF8"), "Neon")


def pictures_of(script: list[WindowInputs], hear: Callable[[], list[Poll] | None]) -> list[str]:
    """The words of each picture that a child sees."""
    window = ScriptedWindow(script)
    look_in(window, WORN, hear)
    return [" ".join(op.words for op in flatten(ops) if isinstance(op, Text)) for ops in window.pictures]


def test_a_child_sees_live_what_to_put_on_and_how_it_sits() -> None:
    lives = [Life("connecting")] * 60 + [Life("fitting")] * 60 + [Life("streaming")] * 120
    polls = iter([poll(n, life) for n, life in enumerate(lives)])
    seen = pictures_of(wait(4), lambda: [next(polls)])
    assert "The headset is waking up" in seen[30]
    assert "Put the glasses on" in seen[90]
    assert "AF8: press it gently" in seen[-1]


def test_looking_ends_when_somebody_leaves_or_there_is_no_more_to_hear() -> None:
    assert len(pictures_of([*wait(1), *press("back"), *wait(9)], list)) == 60
    assert pictures_of(wait(9), lambda: None) == []
    assert pictures_of([WindowInputs(closed=True)], list) == []


def test_the_calibration_error_is_that_of_the_newest_sitting_with_these_glasses(heron: Heron, tmp_path: Path) -> None:
    db = tmp_path / "x.sqlite"
    ask = ("devices", "--gaze", "twin", "--seconds", 1, "--db", db, "--json")
    assert json.loads(heron(*ask).out)["gaze"]["calibration_error_deg"] is None
    with Store.open(db) as store:
        for started_s, gaze, error_deg in ((1e9, "twin", 1.5), (2e9, "twin", 2.5), (3e9, "neon:auto", 3.5)):
            number = store.sessions.begin(sitting_with(store, gaze, started_s))
            with Journal(db, number) as journal:
                for tick, purpose, off in ((10, "check", error_deg), (20, "centre", 9.0), (30, "check", None)):
                    told = {"purpose": purpose, "error_deg": off}
                    journal.put(EventRow(tick, "gaze_checked", json.dumps(told)))
    facts = json.loads(heron(*ask).out)["gaze"]
    assert (facts["calibration_error_deg"], facts["calibrated_utc"]) == (2.5, "2033-05-18T03:33:20Z")


def sitting_with(store: Store, gaze: str, started_s: float) -> NewSession:
    player = store.players.named("Ada").id
    return replace(NEW, player_id=player, headset_json=None, gaze=gaze, anchor_mono_s=0.0, anchor_unix_s=started_s)


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
