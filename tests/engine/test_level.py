"""Every level that Heron brings is good, and mistakes in one are told by key."""

from pathlib import Path

import pytest

from engine.errors import BadLevel
from engine.level import LEVELS, Level
from engine.tasks import strike

GOOD = LEVELS.text("strike-01")


def complaint(toml: str) -> list[str]:
    with pytest.raises(BadLevel) as caught:
        LEVELS.parse(toml, "mine.toml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize("level_id", LEVELS.ids())
def test_every_level_that_heron_brings_is_good_and_named_as_its_file(level_id: str) -> None:
    assert LEVELS.find(level_id).id == level_id


def test_the_first_level_says_what_the_design_says() -> None:
    first = LEVELS.find("strike-01")
    assert (first.title, first.place, first.step) == ("First light", "shallows", 1)
    assert isinstance(first.game, strike.Settings)
    assert first.game.speed == (0.10, 0.48)
    assert first.game.frogs == (0.20, 0.30)
    assert first.success_target == 0.80


def test_mistakes_in_the_level_its_game_and_its_distractors_are_all_told() -> None:
    toml = GOOD.replace("speed = [0.10, 0.48]", "speed = [0.48, 0.10]").replace("minutes = 3 ", 'minutes = "3" ')
    toml = toml.replace("frogs =", "frog =").replace("most = 3 ", "most = 9 ")
    assert complaint(toml) == [
        'mine.toml: minutes: expected minutes of play, above 0, at most 30, found "3"',
        "mine.toml: game.speed: expected two speeds in screen widths per second, the gentlest first, each .02 to .5, "
        "found [0.48, 0.1]",
        "mine.toml: game.frogs: expected two shares, the gentlest first, each .05 to .5, found nothing",
        "mine.toml: game.frog: expected a known key (did you mean frogs?), found [0.2, 0.3]",
        "mine.toml: distractors.most: expected a whole number from 0 to 5, found 9",
    ]


def test_two_bad_numbers_of_one_pair_are_one_mistake() -> None:
    assert len(complaint(GOOD.replace("[0.10, 0.48]", "[-1, 40]"))) == 1


def test_numbers_that_are_none_are_mistakes() -> None:
    assert complaint(GOOD.replace("luminance = 0.22", "luminance = nan"))[0].startswith("mine.toml: luminance: ")
    assert complaint(GOOD.replace("minutes = 3 ", "minutes = true "))[0].startswith("mine.toml: minutes: ")


def test_a_task_that_does_not_exist_is_told_which_there_are() -> None:
    (line,) = complaint(GOOD.replace('task = "strike"', 'task = "hopscotch"'))
    assert line.startswith('mine.toml: game.task: expected one of "strike", ')
    assert line.endswith('found "hopscotch"')


def test_an_empty_file_misses_every_key() -> None:
    needed = [field for field in Level.model_fields.values() if field.is_required()]
    assert len(complaint("")) == len(needed)


def test_any_file_can_be_a_level(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(GOOD, encoding="utf-8")
    assert LEVELS.load(mine) == LEVELS.find("strike-01")
