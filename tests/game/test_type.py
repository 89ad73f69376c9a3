"""Where a line may end, in Latin and in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.type import text_width, wrap

CHINESE = "白鹭站在水里，等着鱼儿游过来。你越专心，水就越清。"


def test_latin_breaks_between_words() -> None:
    lines = wrap("The heron waits for the fish", 20, text_width("The heron waits", 20) + 1)
    assert lines == ("The heron waits", "for the fish")


def test_chinese_breaks_between_glyphs_and_never_before_a_stop() -> None:
    for width in range(60, 300, 10):
        lines = wrap(CHINESE, 20, width)
        assert "".join(lines) == CHINESE
        assert not any(line[0] in "，。" for line in lines)


def test_a_line_feed_ends_a_line_and_an_empty_text_is_one_empty_line() -> None:
    assert wrap("one\ntwo", 20, 500) == ("one", "two")
    assert wrap("", 20, 500) == ("",)


@given(st.text(alphabet="ab -ñé白鹭，。（）", max_size=80), st.floats(12, 60), st.floats(40, 600))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(words: str, size: float, width: float) -> None:
    lines = wrap(words, size, width)
    assert "".join("".join(lines).split()) == "".join(words.split())
    for line in lines:
        assert text_width(line, size) <= width or len(line) <= 2


@pytest.mark.parametrize("size", [12, 40])
def test_a_word_wider_than_a_line_is_broken_where_the_line_ends(size: int) -> None:
    lines = wrap("x" * 100, size, 200)
    assert len(lines) > 1
    assert all(text_width(line, size) <= 200 for line in lines)
