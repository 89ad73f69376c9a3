"""A check-up of a simulated child changes nothing by itself, and says what each part found."""

from dataclasses import replace

import pytest

from engine.checkup import parts, results, seed
from engine.session import Setup
from engine.tasks import still_water_measures
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES


@pytest.fixture(scope="module")
def checked() -> Played:
    """A check-up of a child, each part cut to a few seconds."""
    whole = Setup(parts(child=True, has_gaze=True), seed(1), child=True, has_gaze=True)
    short = tuple(replace(part, seconds=12.0, practice=1) for part in whole.parts)
    player = Player(PROFILES["child"], 3)
    return play(replace(whole, parts=short, rest_s=5.0, warmup_s=15.0), player, Stream(player, Quality(), 3))


def test_nothing_adapts_pays_distracts_or_is_rated(checked: Played) -> None:
    assert {trial.difficulty for trial in checked.trials if not trial.practice} == {0.0}
    assert {trial.distractors for trial in checked.trials} == {0}
    assert (checked.paid, checked.actions) == (0, ())
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
