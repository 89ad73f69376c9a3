from pathlib import Path

import pytest

from engine import level
from engine.errors import BadLevel

GOOD = level.text("strike-01")


def complaint(toml: str) -> list[str]:
    with pytest.raises(BadLevel) as caught:
        level.parse(toml, "mine.toml")
    return str(caught.value).splitlines()


def test_every_level_that_heron_brings_is_good_and_named_as_its_file() -> None:
    assert "strike-01" in level.ids()
    for level_id in level.ids():
        assert level.find(level_id).id == level_id


def test_the_first_level_says_what_the_design_says() -> None:
    first = level.find("strike-01")
    assert first.title == "First light"
    assert first.speed == (0.10, 0.48)
    assert first.frogs == (0.15, 0.30)
    assert first.success_target == 0.80


def test_three_mistakes_are_three_lines_and_all_are_told() -> None:
    toml = GOOD.replace("speed = [0.10, 0.48]", "speed = [0.48, 0.10]").replace("minutes = 3 ", 'minutes = "3" ')
    lines = complaint(toml.replace("frogs =", "frog ="))
    assert "mine.toml: frogs: expected two shares, the gentlest first, each .05 to .5, found nothing" in lines
    assert "mine.toml: frog: expected a known key (did you mean frogs?), found [0.15, 0.3]" in lines
    assert 'mine.toml: minutes: expected minutes of play, above 0, at most 30, found "3"' in lines
    assert any(line.startswith("mine.toml: speed: expected two speeds") and line.endswith("0.1]") for line in lines)
    assert len(lines) == 4


def test_two_bad_numbers_of_one_pair_are_one_mistake() -> None:
    assert len(complaint(GOOD.replace("[0.10, 0.48]", "[-1, 40]"))) == 1


def test_mistakes_in_a_table_are_told_by_their_whole_key() -> None:
    toml = GOOD.replace('kind = "dragonfly"', 'kind = "dragon"').replace("most = 3 ", "mosst = 3 ")
    keys = {line.split(": ")[1] for line in complaint(toml)}
    assert keys == {"distractors.kind", "distractors.most", "distractors.mosst"}


def test_numbers_that_are_none_are_mistakes() -> None:
    assert complaint(GOOD.replace("luminance = 0.22", "luminance = nan"))[0].startswith("mine.toml: luminance: ")
    assert complaint(GOOD.replace("minutes = 3 ", "minutes = true "))[0].startswith("mine.toml: minutes: ")


def test_broken_toml_is_one_sentence_with_its_line() -> None:
    lines = complaint('id = "a"\ntitle = First light\n')
    assert len(lines) == 1
    assert lines[0].startswith("mine.toml: line 2: this is not TOML")


def test_an_empty_file_misses_every_key() -> None:
    assert len(complaint("")) == len(level.Level.model_fields)


def test_a_near_miss_of_a_level_is_offered_the_right_one() -> None:
    with pytest.raises(BadLevel, match="did you mean strike-01"):
        level.find("strike-1")
    with pytest.raises(BadLevel, match=r"there are: .*strike-01"):
        level.find("zzz")


def test_any_file_can_be_a_level(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(GOOD, encoding="utf-8")
    assert level.load(mine) == level.find("strike-01")


def test_a_file_that_cannot_be_read_says_so_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadLevel, match="could not be read"):
        level.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadLevel, match="not a text file"):
        level.load(tmp_path / "bytes.toml")
