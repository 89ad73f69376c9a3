"""A check-up asks for the same every time."""

import pytest

from engine.checkup import CHECKUPS, parts, results, seed
from engine.events import TrialDone
from engine.safety import dose
from engine.store.rows import BlockRow


@pytest.mark.parametrize("level_id", CHECKUPS.ids())
def test_no_setting_of_a_checkup_depends_on_difficulty(level_id: str) -> None:
    level = CHECKUPS.find(level_id)
    assert level.id == level_id
    assert level.distractors.most == 0
    pairs = [value for value in level.game.model_dump().values() if isinstance(value, tuple)]
    assert pairs
    assert all(easy == hard for easy, hard in pairs)


def test_the_battery_is_as_the_design_says() -> None:
    tasks = [(part.task, part.seconds) for part in parts(child=True, has_gaze=True, has_calls=True)]
    assert tasks == [
        ("still-water", 360),
        ("look-away", 215),
        ("candle", 40),
        ("firefly", 30),
        ("firefly", 30),
        ("chorus", 180),
    ]
    assert sum(seconds for _, seconds in tasks) <= dose(6).sitting_s
    assert [part.task for part in parts(child=True, has_gaze=False)] == ["still-water", "look-away"]
    assert all(part.bounds == (part.first_x, part.second_x) == (0, 0) for part in parts(False, True, True))


def test_children_keep_one_call_in_mind_and_others_two() -> None:
    assert [parts(child, False, has_calls=True)[-1].level.id for child in (True, False)] == [
        "checkup-chorus-one",
        "checkup-chorus-two",
    ]


def test_no_two_checkups_of_a_player_are_alike() -> None:
    assert len({seed(number) for number in range(1, 100)}) == 99


def test_blocks_of_ordinary_play_are_no_part_of_a_checkup() -> None:
    block = BlockRow(1, "strike", "strike-01", "keys", 60.0, 20, 0.8, 9, 0.7, 0.9, -0.2, 0.4, 1, 2)
    trial = TrialDone(1, 1, "strike", "fish", "hit", True, True, False, 90, 0.4, 0.0, 0)
    assert results([trial], [block]) == ()
