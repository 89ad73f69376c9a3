"""Somebody wears glasses whose video nobody sees, and looks at dots: from them to gaze on the screen."""

import json
from dataclasses import replace

import numpy as np
import pytest

from engine.dots import MOST_ERROR_DEG, NINE
from engine.events import DotRested
from engine.ports import Looked, Place
from engine.session import Sitting
from engine.store.rows import EventRow
from game.gazing import LATE_S, MARKS_S, Gazing
from game.loop import Loop
from game.recorder import Recorder
from game.running import Around, Running, VirtualClock
from game.scenes.start import begin
from game.tags import places
from neuro.listener import Listener
from neuro.screen import Mapped, ScreenMapper
from neuro.sources.twin import TwinEyes, open_eyes
from neuro.types import Gaze
from tests.game.test_running import PLAYED, Notes, ScriptedWindow, press, wait
from tests.neuro.screen.scene_camera import Pose

SHOW = replace(PLAYED, setup=replace(PLAYED.setup, has_camera=True), tracker="Neon")
INTO_THE_BREAK = [*wait(1), *press("confirm", "strike"), *wait(2), *press("confirm", "strike"), *wait(85)]


class Glasses:
    """A twin's eyes behind glasses that say where in the scene camera's picture they look."""

    def __init__(self, eyes: TwinEyes, pose: Pose) -> None:
        self.eyes, self.pose = eyes, pose

    def read(self) -> Gaze:
        return worn(self.eyes.read(), self.pose)


def worn(gaze: Gaze, pose: Pose) -> Gaze:
    px = pose.pixels(gaze.xy).astype(np.float32)
    return replace(gaze, xy=np.full_like(gaze.xy, np.nan), scene_px=px)


class Worn:
    """A sitting with glasses, without video: the eyes follow what there is to see, or stay where they are."""

    def __init__(self, follows: bool = True) -> None:
        self.clock, self.notes = VirtualClock(), Notes()
        eyes = open_eyes("adult", 5, self.clock)
        self.mapper = ScreenMapper(None, places())
        self.glasses = Glasses(eyes, Pose(0.45))
        self._follows = follows

    def play(self) -> None:
        with self.glasses.eyes as eyes:
            around = Around(
                Listener(None, self.glasses, None, self.mapper),
                ScriptedWindow(INTO_THE_BREAK),
                self.clock,
                look_at=eyes.look_at if self._follows else None,
                gazing=Gazing(self.mapper),
            )
            recorder = Recorder(self.notes, None, "Neon")
            Running(Loop(begin(SHOW)), recorder, around).run(lambda _worked_s: None)

    def told(self, kind: str) -> list[dict[str, object]]:
        rows = [row for row in self.notes.rows if isinstance(row, EventRow) and row.kind == kind]
        return [json.loads(row.data_json) for row in rows]


@pytest.fixture(scope="module")
def follower() -> Worn:
    one = Worn()
    one.play()
    return one


def test_nine_dots_make_a_map_that_a_block_later_is_still_right(follower: Worn) -> None:
    made, centred, checked = follower.told("gaze_checked")
    assert [made["purpose"], centred["purpose"], checked["purpose"]] == ["map", "centre", "check"]
    assert [made["block"], checked["block"]] == [0, 1]
    assert made["good"]
    assert checked["good"]
    assert isinstance(checked["error_deg"], float)
    assert 0 < checked["error_deg"] < 2


def test_each_dot_that_was_shown_is_kept(follower: Worn) -> None:
    shown = [(dot["x"], dot["y"]) for dot in follower.told("dot_rested")]
    assert shown[:9] == list(NINE)


def test_eyes_that_follow_nothing_are_asked_twice_and_the_sitting_goes_on() -> None:
    staring = Worn(follows=False)
    staring.play()
    (checked,) = staring.told("gaze_checked")
    assert not checked["good"]
    assert len(staring.told("trial_done")) > 2


# what comes of single dots

POSE = Pose(0.45)
MADE = Looked()


def looks(gazing: Gazing, mapper: ScreenMapper, dots: tuple[Place, ...], from_s: float, pose: Pose = POSE) -> float:
    """Somebody looks at one dot after the other, for a second each; until when."""
    rng = np.random.default_rng(3)
    for number, (x, y) in enumerate(dots):
        t_s = from_s + number + np.arange(200) / 200
        xy = np.array([[x], [y]]) + rng.normal(0, 0.002, (2, 200))
        seen = np.ones(200, np.float32)
        gazing.heard(mapper(worn(Gaze(t_s, xy.astype(np.float32), seen, seen), pose)), t_s[-1])
        gazing.rested(DotRested(x, y), t_s[-1])
    return float(t_s[-1])


def asked(purpose: str, part: str = "judge") -> Sitting:
    from engine import dots, session  # noqa: PLC0415

    now = session.begin(SHOW.setup)
    return replace(now, stage="gaze", dots=dots.Dots(purpose, part=part))  # type: ignore[arg-type]


def mapped() -> tuple[Gazing, ScreenMapper]:
    mapper = ScreenMapper(None, places())
    gazing = Gazing(mapper)
    until_s = looks(gazing, mapper, NINE, 0.0)
    answer = gazing.answer(asked("map"), until_s)
    assert answer is not None
    assert answer.missed == ()
    assert gazing.answer(asked("check", "greet"), until_s) is None
    return gazing, mapper


def test_a_map_says_where_on_the_screen_somebody_looks() -> None:
    gazing, mapper = mapped()
    until_s = looks(gazing, mapper, ((0.3, 0.7), (0.8, 0.4)), 20.0)
    checked = gazing.answer(asked("check"), until_s)
    assert checked is not None
    assert checked.missed == ()
    assert checked.error_deg is not None
    assert checked.error_deg < 0.5
    assert gazing.mapping(until_s) == "points"


def test_one_dot_mends_a_map_after_the_head_has_turned() -> None:
    gazing, mapper = mapped()
    turned = replace(POSE, right=0.087)  # of a screen that is 1.24 of its widths away: 4 degrees
    until_s = looks(gazing, mapper, ((0.5, 0.5),), 20.0, turned)
    before = gazing.answer(asked("centre"), until_s)
    assert gazing.answer(asked("check", "greet"), until_s) is None
    until_s = looks(gazing, mapper, ((0.3, 0.7), (0.5, 0.5)), 30.0, turned)
    after = gazing.answer(asked("check"), until_s)
    assert before is not None
    assert before.error_deg == pytest.approx(4.0, abs=0.5)
    assert after is not None
    assert after.error_deg is not None
    assert after.error_deg < 0.7


def test_an_answer_waits_for_gaze_that_is_under_way_but_not_for_ever() -> None:
    gazing, mapper = mapped()
    until_s = looks(gazing, mapper, ((0.5, 0.5),), 20.0)
    gazing.rested(DotRested(0.2, 0.2), until_s + 1)
    assert gazing.answer(asked("check"), until_s + 1) is None
    answer = gazing.answer(asked("check"), until_s + 1 + LATE_S)
    assert answer is not None
    assert answer.missed == ((0.2, 0.2),)
    assert gazing.answer(asked("check"), until_s + 9) is answer


def test_glasses_that_send_nothing_see_no_dot() -> None:
    gazing = Gazing(ScreenMapper(None, places()))
    gazing.rested(DotRested(0.5, 0.5), 3.0)
    assert gazing.answer(asked("check"), 3.0 + LATE_S) == Looked(missed=((0.5, 0.5),))
    assert gazing.mapping(9.0) == "none"


def test_a_hand_before_the_glasses_does_not_end_the_time_of_the_marks() -> None:
    mapper = ScreenMapper(None, places())
    gazing = Gazing(mapper)
    seen = np.ones(1, np.float32)
    mapper.mapped = Mapped("marks", 0.1)
    gazing.heard(Gaze(np.array([5.0]), np.full((2, 1), 0.5, np.float32), seen, seen), 5.0)
    mapper.mapped = Mapped()
    assert gazing.mapping(5.0 + MARKS_S) == "marks"
    assert gazing.mapping(5.1 + MARKS_S) == "none"


def test_how_far_off_still_counts_is_less_than_a_creature_is_from_the_next() -> None:
    assert MOST_ERROR_DEG < 40 / 8
