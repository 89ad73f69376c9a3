"""A running sitting seen from outside: a window that a script presses keys in, and a notebook that is a list."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import assets
from engine import session
from engine.level import LEVELS
from engine.ports import TICK_S, Inputs
from engine.store.rows import EventRow, Row, TickRow, TrialRow
from game.draw import DrawList
from game.flash import ACROSS, DOWN, Pixels
from game.hearing import Hearing
from game.loop import MOST_TICKS, Loop
from game.manner import Volumes
from game.recorder import Recorder
from game.running import Around, Running, VirtualClock
from game.scenes.scene import Show
from game.scenes.start import begin
from game.sound.levels import Tune
from game.windows import WindowInputs
from game.windows.window import Shown, Step
from neuro.listener import Listener

PLAYED = Show(
    session.Setup(session.alike(LEVELS.find("strike-01"), 10.0), seed=1, warmup_s=10.0, has_headset=False), "Ada"
)
NOTHING = WindowInputs()


class ScriptedWindow:
    """Calls the step once for each line of its script, a sixtieth of a second each; keeps the pictures."""

    note: str | None = None

    def __init__(self, script: Iterable[WindowInputs], every: int = 1) -> None:
        """Args: every: of so many frames one is painted."""
        self._script: Iterator[WindowInputs] = iter(script)
        self._every = every
        self.pictures: list[DrawList] = []

    def poll(self) -> WindowInputs:
        return next(self._script)

    def paint(self, ops: DrawList) -> None:
        self.pictures.append(ops)

    def show(self) -> None: ...

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:  # noqa: ARG002 -- it knows no pace
        for number, seen in enumerate(self._script):
            ops = step(TICK_S, seen)
            if ops is None:
                return
            if number % self._every == 0:
                self.paint(ops)
                shown(0.001)

    def glance(self) -> Pixels:
        return np.zeros((DOWN, ACROSS, 3), np.uint8)

    def screenshot(self) -> Image.Image:
        raise AssertionError("nobody photographs a script")

    def save(self, path: Path) -> None:  # noqa: ARG002 -- nothing is saved
        raise AssertionError("nobody photographs a script")

    def close(self) -> None: ...


class Notes:
    """A notebook that is a list."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)

    def ticks(self) -> list[TickRow]:
        return [row for row in self.rows if isinstance(row, TickRow)]


class Ear:
    """Hears whether there is music, frame by frame, and what begins to sound."""

    def __init__(self) -> None:
        self.music: list[bool] = []
        self.begun: list[str] = []

    def ready(self, names: Iterable[str]) -> None:
        assert "wood" in names

    def play(self, name: str, tone: bool = False) -> None:
        assert not tone  # nobody calls in these
        self.begun.append(name)

    def say(self, files: Sequence[Path]) -> None: ...

    def frame(self, tune: Tune | None, fullness: float, volumes: Volumes) -> None:
        assert 0 <= fullness <= 1 >= volumes.music
        self.music.append(tune is not None)


def run(script: Iterable[WindowInputs], ear: Ear | None = None, every: int = 1) -> tuple[Running, Loop, Notes]:
    loop, notes = Loop(begin(PLAYED)), Notes()
    hearing = Hearing(ear, assets.voice) if ear else None
    around = Around(Listener(None, None, None), ScriptedWindow(script, every), VirtualClock(), hearing)
    running = Running(loop, Recorder(notes, None, None), around)
    running.run(lambda _worked_s: None)
    return running, loop, notes


def wait(seconds: float) -> list[WindowInputs]:
    return [NOTHING] * round(seconds / TICK_S)


def press(*pressed: str) -> list[WindowInputs]:
    return [WindowInputs(pressed=pressed)]  # type: ignore[arg-type]


INTO_WARMUP = [*wait(1), *press("confirm", "strike"), *wait(2), *press("confirm", "strike"), *wait(2)]


def test_two_presses_lead_into_the_warm_up_of_a_player_without_a_headset() -> None:
    _, loop, _ = run(INTO_WARMUP)
    assert loop.scene is not None
    assert loop.scene.name == "warmup"


def test_every_tick_leaves_its_inputs_and_its_digest() -> None:
    _, _, notes = run(INTO_WARMUP)
    assert [row.tick for row in notes.ticks()] == list(range(1, len(INTO_WARMUP) + 1))
    assert [row.tick for row in notes.ticks() if '"confirm"' in row.inputs_json] == [61, 182]
    assert len({row.digest for row in notes.ticks()}) > 0.9 * len(INTO_WARMUP)


def test_closing_the_window_leaves_the_sitting() -> None:
    running, _, _ = run([*INTO_WARMUP, WindowInputs(closed=True), *wait(5)])
    assert running.ending == "left"


def test_a_pause_is_silent() -> None:
    ear = Ear()
    run([*INTO_WARMUP, *press("pause"), *wait(1), *press("confirm"), *wait(1)], ear)
    assert ear.music[-90:-65] == [False] * 25
    assert ear.music[: len(INTO_WARMUP) - 60] == [True] * (len(INTO_WARMUP) - 60)
    assert ear.music[-1]


def test_pages_and_stages_are_heard_once_each() -> None:
    ear = Ear()
    run([*INTO_WARMUP, *press("pause"), *wait(1)], ear)
    assert ear.begun == ["tap", "wood", "tap"]  # into the fit check, the warm-up, the pause


def test_a_window_that_loses_the_keyboard_pauses_once_and_waits() -> None:
    away = [WindowInputs(focused=False)] * 120
    _, loop, _ = run([*INTO_WARMUP, *away, *wait(1)])
    assert loop.scene is not None
    assert loop.scene.name == "pause"


def test_leaving_the_window_in_a_pause_does_not_end_the_pause() -> None:
    _, loop, _ = run([*INTO_WARMUP, *press("pause"), *wait(1), *[WindowInputs(focused=False)] * 60, *wait(1)])
    assert loop.scene is not None
    assert loop.scene.name == "pause"


def test_the_sitting_stands_still_in_a_pause_and_the_trial_in_it_counts_for_nothing() -> None:
    hunt = wait(2.6)  # there is something to answer
    _, loop, notes = run([*INTO_WARMUP, *hunt, *press("pause"), *wait(30), *press("pause"), *wait(3)])
    assert loop.scene is not None
    assert loop.scene.sitting is not None
    assert loop.scene.sitting.stage == "warmup"
    void = [row for row in notes.rows if isinstance(row, TrialRow) and row.outcome == "void"]
    assert [row.valid for row in void] == [False]


def test_onsets_are_told_in_ticks_of_the_game_also_after_a_pause() -> None:
    _, _, notes = run([*INTO_WARMUP, *wait(2.2), *press("pause"), *wait(30), *press("pause"), *wait(9)])
    shown = [row.tick for row in notes.rows if isinstance(row, EventRow) and row.kind == "stimulus_shown"]
    onsets = [row.onset_tick for row in notes.rows if isinstance(row, TrialRow) and row.outcome != "void"]
    assert onsets
    assert set(onsets) <= set(shown)


def told(notes: Notes, kind: str) -> list[dict[str, float]]:
    return [json.loads(row.data_json) for row in notes.rows if isinstance(row, EventRow) and row.kind == kind]


def test_every_stimulus_says_how_late_it_was_drawn_and_every_press_how_early_it_may_have_been() -> None:
    _, _, notes = run([*INTO_WARMUP, *wait(8), *press("strike"), *wait(4)])
    drawn, shown = told(notes, "drawn"), told(notes, "stimulus_shown")
    assert [each["trial"] for each in drawn] == [each["trial"] for each in shown]
    assert drawn
    assert all(0 <= each["late_ms"] <= 1000 / 60 for each in drawn)
    assert [round(each["within_ms"]) for each in told(notes, "pressed")] == [17, 17, 17]


def test_of_a_stimulus_whose_picture_was_not_painted_nobody_says_how_late_it_was() -> None:
    _, _, notes = run([*INTO_WARMUP, *wait(8)], every=50)
    drawn = told(notes, "drawn")
    assert len(drawn) < len(told(notes, "stimulus_shown"))
    assert all(each["late_ms"] <= 1000 / 60 for each in drawn)


def test_a_frame_without_a_tick_keeps_what_was_pressed_for_the_next() -> None:
    loop = Loop(begin(PLAYED))
    assert list(loop.advance(TICK_S / 2, Inputs(pressed=("confirm",)))) == []
    (ticked,) = loop.advance(TICK_S / 2, Inputs(pressed=("confirm",)))
    assert ticked.inputs.pressed == ("confirm",)


def test_a_slow_frame_is_several_ticks_and_a_press_counts_in_the_first() -> None:
    loop = Loop(begin(PLAYED))
    pressed = [ticked.inputs.pressed for ticked in loop.advance(3 * TICK_S, Inputs(pressed=("strike",)))]
    assert pressed == [("strike",), (), ()]


def test_a_machine_that_slept_does_not_race_to_catch_up() -> None:
    assert len(list(Loop(begin(PLAYED)).advance(3600.0, Inputs()))) == MOST_TICKS


@pytest.mark.parametrize("frame_s", [TICK_S / 3, TICK_S, 1.7 * TICK_S])
def test_ticks_follow_real_time_whatever_the_frames_do(frame_s: float) -> None:
    loop = Loop(begin(PLAYED))
    frames = round(10 / frame_s)
    played = sum(len(list(loop.advance(frame_s, Inputs()))) for _ in range(frames))
    assert abs(played - frames * frame_s / TICK_S) <= 1
