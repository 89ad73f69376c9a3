"""A check-up asks for the same every time, changes nothing by itself, and says what each part found."""

from dataclasses import replace

import pytest

from engine import checkup
from engine.checkup import CHECKUPS, parts, results, seed
from engine.events import TrialDone
from engine.safety import dose
from engine.store.rows import BlockRow
from engine.tasks import still_water_measures
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES


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


def test_no_two_checkups_of_a_player_are_alike_and_each_is_the_same_for_everybody() -> None:
    assert len({seed(number) for number in range(1, 100)}) == 99
    assert (
        checkup.setup(3, True, True, True, True, False).seed
        == checkup.setup(3, False, False, False, False, True).seed
    )


@pytest.fixture(scope="module")
def checked() -> Played:
    """A check-up of a child, each part cut to a few seconds."""
    whole = checkup.setup(1, child=True, has_headset=True, has_camera=False, has_gaze=True, has_calls=False)
    short = tuple(replace(part, seconds=12.0, practice=1) for part in whole.parts)
    player = Player(PROFILES["child"], 3)
    return play(replace(whole, parts=short, rest_s=5.0, warmup_s=15.0), player, Stream(player, Quality(), 3))


def test_nothing_adapts_pays_distracts_or_is_rated(checked: Played) -> None:
    assert {trial.difficulty for trial in checked.trials if not trial.practice} == {0.0}
    assert {trial.distractors for trial in checked.trials} == {0}
    assert (checked.paid, checked.actions) == (0, checked.actions[:0])
    assert {block.stars for block in checked.blocks} == {0}
    assert [block.level for block in checked.blocks] == [part.level.id for part in parts(True, has_gaze=True)]


def test_what_was_found_is_told_a_part_each_and_practice_is_left_out(checked: Played) -> None:
    found = results(checked.trials, checked.blocks)
    assert [one.level for one in found] == [part.level.id for part in parts(True, has_gaze=True)]
    assert [one.by for one in found] == ["keys", "gaze", "gaze", "gaze", "gaze"]
    water = [trial for trial in checked.trials if trial.block == 1 and trial.task == "still-water"]
    assert found[0].measures["trials"] == still_water_measures.measures(water).trials > 0
    slow, fast = found[3].measures, found[4].measures
    assert slow["gain"] != fast["gain"]


def test_blocks_of_ordinary_play_are_no_part_of_a_checkup() -> None:
    block = BlockRow(1, "strike", "strike-01", "keys", 60.0, 20, 0.8, 9, 0.7, 0.9, -0.2, 0.4, 1, 2)
    trial = TrialDone(1, 1, "strike", "fish", "hit", True, True, False, 90, 0.4, 0.0, 0)
    assert results([trial], [block]) == ()
