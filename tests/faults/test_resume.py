"""A device that dies in play is taken up again: the sitting, the other device and the pictures go on."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import assets
from engine import level, session
from engine.ports import TICK_S
from engine.store.rows import EstimateRow, EventRow, PollRow, Row, SegmentRow, TickRow
from game.draw import DrawList
from game.loop import Loop
from game.recorder import Recorder
from game.running import Around, Running
from game.scenes.scene import Show
from game.scenes.start import begin
from game.windows import WindowInputs
from game.windows.window import Shown, Step
from neuro.listener import Listener
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.sources.emulated import EmulatedCyton
from neuro.sources.neon.emulated import EmulatedNeon
from neuro.sources.uri import open_eeg, open_gaze

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an emulated Cyton needs pseudo-terminals")

BACK_S = 6.0
"""The longest from a device's return to its samples' return."""

Script = Iterator[WindowInputs]


class Notes:
    """A notebook that is a list."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def lives(self) -> list[tuple[str, str, str | None]]:
        """Device, state and reason of each change of life."""
        told = [json.loads(r.data_json) for r in self.rows if isinstance(r, EventRow) and r.kind == "device_life"]
        return [(each["device"], each["state"], each["reason"]) for each in told]

    def state(self, device: str) -> str:
        return next((state for each, state, _ in reversed(self.lives()) if each == device), "absent")

    def stamps(self, stream: str) -> NDArray[np.float64]:
        return np.concatenate([r.t_s for r in self.rows if isinstance(r, PollRow) and r.stream == stream])

    def segments(self, device: str) -> list[SegmentRow]:
        return [r for r in self.rows if isinstance(r, SegmentRow) and r.device == device]


class RealTimeWindow:
    """Steps sixty times a second, with what a script does, until the script closes it; keeps how long a step took."""

    note: str | None = None

    def __init__(self, script: Script) -> None:
        self._script = script
        self.steps_s: list[float] = []

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:  # noqa: ARG002 -- nothing is shown
        pace, last_s = Event(), time.monotonic()
        for seen in self._script:
            pace.wait(TICK_S)
            began_s = time.monotonic()
            picture = step(began_s - last_s, seen)
            last_s = began_s
            self.steps_s.append(time.monotonic() - began_s)
            if picture is None:
                return

    def poll(self) -> WindowInputs:
        return next(self._script)

    def paint(self, ops: DrawList) -> None: ...

    def show(self) -> None: ...

    def screenshot(self) -> Image.Image:
        raise AssertionError("nobody photographs a script")

    def save(self, path: Path) -> None:  # noqa: ARG002 -- nothing is saved
        raise AssertionError("nobody photographs a script")

    def close(self) -> None: ...


def until(is_so: Callable[[], bool], limit_s: float) -> Script:
    """Frames in which nobody does anything."""
    end_s = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end_s, f"it did not happen within {limit_s} s"
        yield WindowInputs()


class Sitting(NamedTuple):
    """back_s: host times at which the headset and the glasses were there again."""

    notes: Notes
    window: RealTimeWindow
    loop: Loop
    back_s: dict[str, float]


@pytest.fixture(scope="module")
def sitting() -> Sitting:
    """In play the headset's dongle is pulled and put back; then the phone's app is killed and started again."""
    with ExitStack() as opened:
        eeg, gaze = open_eeg("board:cyton?emulate=1", time.monotonic), open_gaze("neon:emulate", time.monotonic)
        assert isinstance(eeg, EmulatedCyton)
        assert isinstance(gaze, EmulatedNeon)
        opened.enter_context(eeg)
        opened.enter_context(gaze)
        setup = session.Setup(level.find("strike-01"), 1, 600.0, rest_s=1.0, warmup_s=1.0, has_headset=True)
        loop = Loop(begin(Show(setup, "Ada", eeg.headset.channels, eeg.headset.name)))
        notes, back_s = Notes(), {}

        def scene() -> str:
            return loop.scene.name if loop.scene else ""

        def away_and_back(device: str, leave: Callable[[], None], come_back: Callable[[], None]) -> Script:
            leave()
            yield from until(lambda: notes.state(device) == "lost", 5.0)
            come_back()
            back_s[device] = time.monotonic()
            yield from until(lambda: notes.state(device) == "streaming", BACK_S + 2.0)

        def script() -> Script:
            for waiting in ("start", "fit"):
                yield from until(lambda waiting=waiting: scene() == waiting, 5.0)
                yield from [WindowInputs()] * 30
                yield WindowInputs(pressed=("confirm",))
            yield from until(lambda: scene() == "play", 30.0)
            yield from until(lambda: {notes.state("eeg"), notes.state("gaze")} == {"streaming"}, 15.0)
            yield from away_and_back("eeg", eeg.emulator.unplug, eeg.emulator.plug)
            yield from away_and_back("gaze", gaze.emulator.kill, gaze.emulator.revive)
            yield WindowInputs(closed=True)

        window = RealTimeWindow(script())
        listener = Listener(eeg, gaze, Pipeline(eeg.headset, load(assets.model())))
        running = Running(loop, Recorder(notes, eeg.headset, "Neon"), Around(listener, window, time.monotonic))
        running.run(lambda _worked_s: None)
    return Sitting(notes, window, loop, back_s)


def test_each_device_lives_its_own_life(sitting: Sitting) -> None:
    lives = [(device, state) for device, state, _ in sitting.notes.lives()]
    round_trip = ("stale", "lost", "reconnecting", "streaming")
    assert lives[-8:] == [*(("eeg", state) for state in round_trip), *(("gaze", state) for state in round_trip)]


def test_a_therapist_is_told_why(sitting: Sitting) -> None:
    reasons = {device: reason for device, state, reason in sitting.notes.lives() if state == "lost"}
    assert "check that it is switched on" in str(reasons["eeg"])
    assert "Neon" in str(reasons["gaze"])


def test_the_same_sitting_goes_on_to_the_last_tick(sitting: Sitting) -> None:
    ticks = [row.tick for row in sitting.notes.rows if isinstance(row, TickRow)]
    assert ticks == list(range(1, len(ticks) + 1))
    assert sitting.loop.scene is not None
    assert sitting.loop.scene.name == "play"


def test_the_gap_is_marked_and_what_lies_on_either_side_is_told(sitting: Sitting) -> None:
    for device in ("eeg", "gaze"):
        stamps, (before, after) = sitting.notes.stamps(device), sitting.notes.segments(device)
        widest = int(np.diff(stamps).argmax())
        assert np.all(np.diff(stamps) > 0)
        assert (before.until_s, after.from_s) == (stamps[widest], stamps[widest + 1])
        assert before.reason is not None
        assert after.reason is None
        assert before.clock_uncertainty_s is not None
        assert before.rate_hz == pytest.approx(250 if device == "eeg" else 200, rel=0.02)


def test_the_loss_is_noticed_within_a_second_of_data_and_over_within_six(sitting: Sitting) -> None:
    for device in ("eeg", "gaze"):
        before, after = sitting.notes.segments(device)
        assert after.from_s - sitting.back_s[device] < BACK_S
        assert sitting.back_s[device] - before.until_s < 2.5
    stale = [row.t_s for row in sitting.notes.rows if isinstance(row, EstimateRow) and row.state == "stale"]
    assert 1.0 <= stale[0] - sitting.notes.segments("eeg")[0].until_s < 1.5


def test_the_other_device_never_pauses(sitting: Sitting) -> None:
    for gone, stays in (("eeg", "gaze"), ("gaze", "eeg")):
        before, after = sitting.notes.segments(gone)
        stamps = sitting.notes.stamps(stays)
        meanwhile = stamps[(stamps > before.until_s) & (stamps < after.from_s)]
        assert np.diff(meanwhile).max() < 0.25


def test_no_frame_waits_for_a_device(sitting: Sitting) -> None:
    assert max(sitting.window.steps_s) < 0.5
