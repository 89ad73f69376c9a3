"""A device that dies in play is taken up again: the sitting, the other device and the pictures go on."""

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple

import numpy as np
import pytest

import assets
from engine import session
from engine.level import LEVELS
from engine.store.rows import EstimateRow, Stream, TickRow
from game.loop import Loop
from game.recorder import Recorder
from game.running import Around, Running
from game.scenes.scene import Show
from game.scenes.start import begin
from game.windows import WindowInputs
from neuro.listener import Listener
from neuro.pipeline import Pipeline
from neuro.scorer import load
from neuro.sources.emulated import EmulatedCyton
from neuro.sources.neon.emulated import EmulatedNeon
from neuro.sources.uri import open_eeg, open_gaze
from tests.faults.observed import BACK_S, NOTICED_S
from tests.faults.script import Notes, RealTimeWindow, Script, press_through, until

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="an emulated Cyton needs pseudo-terminals"),
    pytest.mark.real_time,
]

DEVICES: tuple[Stream, Stream] = ("eeg", "gaze")


class Sitting(NamedTuple):
    """Of the headset and the glasses: lost_s, how old their newest sample was when they were said to be lost;
    back_s, how long their samples were still missing when they were there again.
    """

    notes: Notes
    window: RealTimeWindow
    loop: Loop
    lost_s: dict[Stream, float]
    back_s: dict[Stream, float]


@pytest.fixture(scope="module")
def sitting() -> Sitting:
    """In play the headset's dongle is pulled and put back; then the phone's app is killed and started again.

    Asserts that each is noticed and over in time.
    """
    with ExitStack() as opened:
        eeg, gaze = open_eeg("board:cyton?emulate=1", time.monotonic), open_gaze("neon:emulate", time.monotonic)
        assert isinstance(eeg, EmulatedCyton)
        assert isinstance(gaze, EmulatedNeon)
        opened.enter_context(eeg)
        opened.enter_context(gaze)
        setup = session.Setup(
            session.alike(LEVELS.find("strike-01"), 600.0), 1, rest_s=1.0, warmup_s=1.0, has_headset=True
        )
        loop = Loop(begin(Show(setup, "Ada", eeg.headset.channels, eeg.headset.name)))
        notes, lost_s, back_s = Notes(), dict[Stream, float](), dict[Stream, float]()

        def scene() -> str:
            return loop.scene.name if loop.scene else ""

        def away_and_back(device: Stream, leave: Callable[[], None], come_back: Callable[[], None]) -> Script:
            leave()
            yield from until(lambda: notes.state(device) == "lost", 5.0)
            lost_s[device] = time.monotonic() - notes.stamps(device)[-1]
            come_back()
            there_s = time.monotonic()
            yield from until(lambda: notes.state(device) == "streaming", BACK_S + 2.0)
            back_s[device] = notes.segment_start_s(device) - there_s

        def script() -> Script:
            yield from press_through(scene)
            yield from until(lambda: scene() == "play", 30.0)
            yield from until(lambda: {notes.state("eeg"), notes.state("gaze")} == {"streaming"}, 15.0)
            yield from away_and_back("eeg", eeg.emulator.unplug, eeg.emulator.plug)
            yield from away_and_back("gaze", gaze.emulator.kill, gaze.emulator.revive)
            yield WindowInputs(closed=True)

        window = RealTimeWindow(script())
        listener = Listener(eeg, gaze, Pipeline(eeg.headset, load(assets.model())))
        running = Running(loop, Recorder(notes, eeg.headset, "Neon"), Around(listener, window, time.monotonic))
        running.run(lambda _worked_s: None)
    assert max(lost_s.values()) <= NOTICED_S
    assert max(back_s.values()) < BACK_S
    return Sitting(notes, window, loop, lost_s, back_s)


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
    for device in DEVICES:
        stamps, (before, after) = sitting.notes.stamps(device), sitting.notes.segments(device)
        widest = int(np.diff(stamps).argmax())
        assert np.all(np.diff(stamps) > 0)
        assert (before.until_s, after.from_s) == (stamps[widest], stamps[widest + 1])
        assert before.reason is not None
        assert after.reason is None
        assert before.clock_uncertainty_s is not None
        assert before.clock_residual_s is not None
        assert before.clock_residual_s < 0.05
        assert before.rate_hz == pytest.approx(250 if device == "eeg" else 200, rel=0.02)


def test_from_the_loss_of_the_headset_on_every_estimate_says_so(sitting: Sitting) -> None:
    before, after = sitting.notes.segments("eeg")
    gone = (
        row for row in sitting.notes.rows if isinstance(row, EstimateRow) and before.until_s < row.t_s < after.from_s
    )
    told = [(row.t_s - before.until_s, row.state) for row in gone]
    assert {state for _, state in told} == {"stale"}
    assert 0.9 < told[0][0] <= NOTICED_S


def test_samples_are_kept_with_the_stamps_of_their_devices(sitting: Sitting) -> None:
    for device in DEVICES:
        polls = sitting.notes.polls(device)
        ahead_s = np.concatenate([poll.device_s - poll.t_s for poll in polls if poll.device_s is not None])
        assert ahead_s.size == sitting.notes.stamps(device).size
        assert (np.abs(ahead_s - np.nanmedian(ahead_s)) < 0.25).mean() > 0.9  # some arrive late on a busy computer


def test_the_other_device_never_pauses(sitting: Sitting) -> None:
    for gone, stays in (DEVICES, DEVICES[::-1]):
        before, after = sitting.notes.segments(gone)
        stamps = sitting.notes.stamps(stays)
        meanwhile = stamps[(stamps > before.until_s) & (stamps < after.from_s)]
        assert np.diff(meanwhile).max() < 0.25


def test_no_frame_waits_for_a_device(sitting: Sitting) -> None:
    assert max(sitting.window.steps_s) < 0.5
