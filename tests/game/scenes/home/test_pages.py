"""Every page of the home fits, in every size of words, language and colour."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import get_args

import pytest

import assets
from engine.level import LEVELS, Hour
from game.draw import HEIGHT, WIDTH, DrawList, Sprite, Text, flatten
from game.flash import luminance
from game.loop import drawn
from game.manner import Language, Manner, Palette, worn
from game.scenes.home.room import TURN_TICKS, Room
from game.scenes.marsh import begun
from game.scenes.places import Mood
from game.tags import CORNERS
from game.type import text_width
from game.widgets.choices import SMALLEST_TARGET
from game.widgets.paint import Box
from game.widgets.sheet import Sheet, floor_y
from game.windows import open_window
from game.words import noted
from tests.game.scenes.home.pages import FACES, REFUSED, pages

LANGUAGES: tuple[Language, ...] = ("en", "qps")
MANNERS = [
    *(Manner(language, text=text) for language, text in product(LANGUAGES, (0.8, 1.0, 1.5, 2.0))),
    Manner("qps", "contrast", 2.0, captions=True, hand="left", keys=(("k", "strike"), ("backspace", "pause"))),
]
each_manner = pytest.mark.parametrize(
    "manner", MANNERS, ids=lambda m: f"{m.language}-{m.text:g}{'-more' * m.captions}"
)
SMALLEST = {"en": 14.0, "qps": 10.0}
"""Px of letters: twice as large, a page may shrink them, but never below what is read easily at the usual size."""


@cache
def pages_in(manner: Manner) -> dict[str, Room]:
    return pages(manner)


def texts(ops: DrawList) -> Iterator[tuple[Text, Box]]:
    """All words, and how far they reach."""
    for op in flatten(ops):
        if isinstance(op, Text):
            wide = text_width(op.words, op.size)
            x = op.x + {"left": wide / 2, "middle": 0.0, "right": -wide / 2}[op.anchor]
            yield op, Box(x, op.y, wide, 0.8 * op.size)


def within(inner: Box, outer: Box) -> bool:
    across = abs(inner.x - outer.x) <= (outer.width - inner.width) / 2 + 1
    return across and abs(inner.y - outer.y) <= (outer.height - inner.height) / 2 + 1


def apart(one: Box, other: Box) -> bool:
    across = abs(one.x - other.x) >= (one.width + other.width) / 2
    return across or abs(one.y - other.y) >= (one.height + other.height) / 2


NO_WORDS = Sheet((), (), Box(0, 0, 0, 0))
WHOLE = Box(WIDTH / 2, HEIGHT / 2, WIDTH, HEIGHT)


@each_manner
def test_every_choice_lies_in_the_picture_apart_from_the_others_and_is_large_enough(manner: Manner) -> None:
    for name, scene in pages_in(manner).items():
        boxes = [choice.box for choice in scene.laid.choices]
        assert boxes, name
        assert all(min(box.width, box.height) >= SMALLEST_TARGET for box in boxes), name
        assert all(within(box, WHOLE) for box in boxes), name
        assert all(apart(*two) for two in combinations(boxes, 2)), name


@each_manner
def test_all_words_lie_in_the_picture_uncut_and_are_large_enough_to_read(manner: Manner) -> None:
    for name, scene in pages_in(manner).items():
        for words, box in texts(drawn(scene)):
            assert within(box, WHOLE), (name, words.words)
            assert not words.words.endswith("…"), (name, words.words)
            assert words.size >= SMALLEST[manner.language], (name, words)


@each_manner
def test_the_words_of_a_choice_lie_within_it(manner: Manner) -> None:
    for name, scene in pages_in(manner).items():
        for choice in scene.laid.choices:
            with worn(manner):
                drawn_choice = choice.draw(False)
            for words, box in texts(drawn_choice):
                assert within(box, choice.box), (name, words.words)


def test_words_stay_clear_of_the_captions() -> None:
    manner = MANNERS[-1]
    for name, scene in pages_in(manner).items():
        with worn(manner):
            assert scene.laid.box.top + scene.laid.box.height <= floor_y() + 1, name


def test_nothing_lies_over_the_marks_for_glasses_with_a_camera() -> None:
    corners = [Box(tag.x + 60, tag.y + 60, 120, 120) for tag in CORNERS]
    for manner in (MANNERS[1], MANNERS[-2]):
        for name, scene in pages_in(manner).items():
            laid = [choice.box for choice in scene.laid.choices] + [scene.laid.box]
            assert all(apart(box, corner) for box in laid for corner in corners), name


def test_every_sentence_is_found_for_translators() -> None:
    catalogues = pytest.importorskip("game.words.__main__", reason="Babel is not installed")
    found = {str(one.id) for one in catalogues.template()}
    with noted() as said:
        for scene in pages(Manner(scan_s=1.0)).values():
            drawn(scene)
    theirs = {*(face.name for face in FACES), REFUSED.why, "English", "中文", "%"}
    words = {each for each in said if re.search(r"[^\W\d]", each) and "☆" not in each and "★" not in each}
    assert {each for each in words - found - theirs if not each.startswith("Guest")} == set()


@pytest.mark.parametrize("palette", ["dawn", "contrast"])
def test_from_the_marsh_to_the_map_the_light_hardly_changes(palette: Palette) -> None:
    window = open_window("memory", "Heron", assets.picture)
    scene = pages(Manner(palette=palette))["garden"]

    def light(hour: Hour, mapped: int) -> float:
        """Mean relative luminance of the ground alone."""
        marsh = replace(begun(Mood("shallows", hour)), tick=600)
        at = replace(scene, marsh=marsh, laid=NO_WORDS, mapped=mapped)
        window.paint(drawn(at))
        return float(luminance(window.glance()).mean())

    for hour in get_args(Hour):
        assert abs(light(hour, 0) - light(hour, TURN_TICKS)) < 0.1, hour


def test_no_page_lies_over_a_heron_that_is_to_be_seen() -> None:
    for name, page in pages().items():
        herons = [op for op in flatten(page.draw()) if isinstance(op, Sprite) and op.texture.startswith("heron_wait")]
        for heron in herons:
            entry = assets.pictures()[heron.texture]
            wide, high = float(entry["width"]), float(entry["height"])
            box = page.laid.box
            across = (wide + box.width) / 2 - abs(heron.x - box.x)
            down = (high + box.height) / 2 - abs(heron.y - box.y)
            assert heron.alpha == 0 or max(0.0, across) * max(0.0, down) < 0.05 * wide * high, name


def test_no_two_games_have_the_same_name() -> None:
    titles = [LEVELS.find(each).title for each in LEVELS.ids()]
    assert sorted(set(titles)) == sorted(titles)
