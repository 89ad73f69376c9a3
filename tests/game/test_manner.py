"""What a player has chosen in the settings, kept and read again."""

import pytest

from game.manner import LARGEST_TEXT, USUAL, Manner, Volumes, as_json, current, read, worn

ODD = Manner(
    language="zh_CN",
    palette="contrast",
    text=LARGEST_TEXT,
    effects="off",
    still=True,
    hand="left",
    captions=True,
    voice=True,
    volumes=Volumes(0.1, 0.2, 0.3),
    scan_s=1.5,
    dwell_s=12.0,
    keys=(("j", "left"), ("k", "confirm")),
)


def test_a_manner_that_was_kept_is_the_same_when_it_is_read() -> None:
    assert read(as_json(ODD)) == ODD


@pytest.mark.parametrize("kept", [None, "", "no JSON", "[1, 2]", '"words"'])
def test_what_cannot_be_read_is_as_usual(kept: str | None) -> None:
    assert read(kept) == USUAL


def test_what_another_heron_wrote_and_this_one_cannot_use_leaves_the_rest_as_it_is() -> None:
    assert read('{"text": "huge", "palette": "contrast", "smell": "mint"}') == Manner(palette="contrast")


@pytest.mark.parametrize(("text", "kept"), [(0.01, 0.8), (50.0, 2.0), (1.3, 1.3)])
def test_words_are_never_smaller_or_larger_than_the_screens_can_hold(text: float, kept: float) -> None:
    assert read(f'{{"text": {text}}}').text == kept


def test_a_manner_is_worn_for_as_long_as_it_is_said() -> None:
    assert current() == USUAL
    with worn(ODD):
        assert current() == ODD
        with worn(USUAL):
            assert current() == USUAL
        assert current() == ODD
    assert current() == USUAL
