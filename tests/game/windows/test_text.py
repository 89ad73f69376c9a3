"""Words: as wide as layout believes, and really there."""

import numpy as np
import pytest

from game.draw import Anchor, Clear, Text
from game.type import text_width
from game.windows import Window
from game.windows.text import ink


def test_longer_words_are_wider() -> None:
    assert 0 == text_width("", 30) < text_width("Heron", 30) < text_width("Heron waits", 30)


def test_width_grows_with_size() -> None:
    assert text_width("Heron waits", 60) == pytest.approx(2 * text_width("Heron waits", 30), rel=0.05)


def test_chinese_has_its_own_glyphs() -> None:
    missing = "\U0010ffff"
    assert len({ink(glyph, 40).tobytes() for glyph in ("白", "鹭", "鱼", missing)}) == 4
    assert text_width("白鹭", 40) == pytest.approx(80, abs=2)


@pytest.mark.parametrize(("anchor", "left"), [("left", 0.0), ("middle", 0.5), ("right", 1.0)])
def test_an_anchor_says_which_part_lies_at_x(anchor: Anchor, left: float, memory: Window) -> None:
    memory.paint((Clear((0, 0, 0)), Text("Heron", 600, 300, 40, (255, 255, 255), 1, anchor)))
    columns = np.flatnonzero(np.asarray(memory.screenshot())[..., 0].max(axis=0) > 60)
    width = text_width("Heron", 40)
    assert columns[0] == pytest.approx(600 - left * width, abs=5)
    assert columns[-1] == pytest.approx(600 + (1 - left) * width, abs=5)


def test_capitals_and_han_lie_about_y(memory: Window) -> None:
    for words in ("H", "国"):
        memory.paint((Clear((0, 0, 0)), Text(words, 600, 300, 60, (255, 255, 255))))
        rows = np.flatnonzero(np.asarray(memory.screenshot())[..., 0].max(axis=1) > 60)
        assert (rows[0] + rows[-1]) / 2 == pytest.approx(300, abs=2.5)
