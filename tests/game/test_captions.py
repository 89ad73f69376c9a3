"""Sounds that are written."""

from dataclasses import replace

import pytest

from engine import session
from engine.level import LEVELS
from engine.ports import Inputs
from game.captions import KEPT_S, SAID, Heard, captions, heard
from game.draw import HEIGHT, WIDTH, DrawList, Group, Rect, Text
from game.loop import Loop, tick
from game.manner import USUAL, Manner, worn
from game.scenes.scene import Show
from game.scenes.start import begin
from game.type import text_width
from game.widgets.sheet import floor_y

WRITTEN = replace(USUAL, captions=True)
SHOW = Show(session.Setup(session.alike(LEVELS.find("strike-01"), 10.0), seed=1, has_headset=False), "Ada")


def line(*names: str, at: int = 1, tick: int = 1, manner: Manner = WRITTEN) -> DrawList:
    with worn(manner):
        return captions(tuple(Heard(name, at) for name in names), tick)


def words(ops: DrawList) -> list[str]:
    found = []
    for op in ops:
        if isinstance(op, Group):
            found += words(op.ops)
        elif isinstance(op, Text):
            found.append(op.words)
    return found


def test_a_sound_is_written_where_the_player_wants_it() -> None:
    assert words(line("splash")) == ["a fish leaps"]
    assert line("splash", manner=USUAL) == ()


def test_several_sounds_stand_in_one_line_the_newest_last() -> None:
    (told,) = words(line("music", "wood", "splash"))
    assert told.index("soft music") < told.index("a wooden tock") < told.index("a fish leaps")
    assert words(line("wood", "wood")) == ["a wooden tock"]


def test_a_caption_goes_after_a_while() -> None:
    sounds: tuple[Heard, ...] = ()
    for number in range(1, round(KEPT_S * 60) + 2):
        sounds = heard(sounds, [("wood", False)] if number == 1 else [], number)
        assert bool(sounds) == (number <= KEPT_S * 60)
    (soon_gone,) = line("wood", tick=round(KEPT_S * 60) - 10)
    assert isinstance(soon_gone, Group)
    assert 0 < soon_gone.alpha < 0.5


@pytest.mark.parametrize("text", [0.8, 1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", ["en", "qps"])
def test_a_line_stays_in_the_picture_and_below_all_other_words(text: float, language: str) -> None:
    manner = replace(WRITTEN, text=text, language=language)  # type: ignore[arg-type]
    for names in (("odd_2", "odd_3", "odd_4", "odd_1"), ("star",)):
        (group,) = line(*names, manner=manner)
        assert isinstance(group, Group)
        (panel,) = (op for op in group.ops if isinstance(op, Rect))
        (told,) = (op for op in group.ops if isinstance(op, Text))
        assert panel.x >= 0
        assert panel.x + panel.width <= WIDTH
        assert panel.y + panel.height <= HEIGHT
        assert text_width(told.words, told.size) <= panel.width
        with worn(manner):
            assert panel.y >= floor_y()


def test_captions_show_in_the_picture_and_a_replay_shows_the_same() -> None:
    show = replace(SHOW, manner=WRITTEN)
    live = [ticked for _ in range(3) for ticked in Loop(begin(show)).advance(1 / 60, Inputs())]
    assert "soft music" in words(live[0].picture)
    again = tick(begin(show), 1, Inputs())
    assert again.digest == live[0].digest
    assert "soft music" not in words(tick(begin(SHOW), 1, Inputs()).picture)


def test_every_caption_is_short() -> None:
    assert all(len(told) <= 40 for told in SAID.values())
