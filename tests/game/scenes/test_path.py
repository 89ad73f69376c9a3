"""Today's path, and the places it leads through."""

from dataclasses import replace

import numpy as np
import pytest

import assets
from engine.session import begin
from game.draw import DrawList, Group, Sprite, Text, flatten
from game.scenes.grown import THINGS, things
from game.scenes.heron import POOL_Y
from game.scenes.marsh import TURN_TICKS, Marsh, grew, next_tick, turned, world
from game.scenes.path import MOST_STONES, Stone, ahead, path
from game.scenes.places import LANDS
from game.windows import Window, open_window
from tests.game.scenes.moments import DAY, DAY_SHOW, ticked
from tests.game.scenes.moments import moments as seen

STONE = Stone("fish_1", 3)


def textures(ops: DrawList) -> list[str]:
    return [op.texture for op in flatten(ops) if isinstance(op, Sprite)]


def later(marsh: Marsh, ticks: int) -> Marsh:
    for _ in range(ticks):
        marsh = next_tick(marsh)
    return marsh


@pytest.mark.parametrize("done", range(4))
def test_stones_that_were_walked_bloom_and_the_next_is_lit(done: int) -> None:
    stones = tuple(replace_done(STONE, n < done) for n in range(3))
    drawn = [name for name in textures(path(stones, 0, 0, 500, 0)) if name.startswith("stone")]
    assert drawn == (["stone_done"] * done + ["stone_next"] + ["stone"] * 3)[:3] if done < 3 else ["stone_done"] * 3


def replace_done(stone: Stone, done: bool) -> Stone:
    return stone._replace(done=done)


def test_a_path_says_how_long_each_part_to_come_takes() -> None:
    ops = path((STONE._replace(done=True), STONE, STONE._replace(minutes=2)), 0, 0, 500, 0)
    assert [op.words for op in ops if isinstance(op, Text)] == ["3 min", "2 min"]


def test_a_long_path_stays_within_its_width() -> None:
    ops = [op for op in path((STONE,) * (MOST_STONES + 3), 100, 0, 530, 0) if isinstance(op, Sprite)]
    assert len([op for op in ops if op.texture.startswith("stone")]) == MOST_STONES
    assert all(100 < op.x < 630 for op in ops)


def test_a_sitting_has_a_stone_for_each_block() -> None:
    stones = ahead(DAY_SHOW.setup, done=2)
    assert [stone.done for stone in stones] == [True, True, False, False, False]
    assert {stone.minutes for stone in stones} == {1}  # half a minute is told as one


@pytest.mark.parametrize("place", LANDS)
def test_every_place_has_all_its_pictures(place: str) -> None:
    drawn = set(textures(world(Marsh(place=place, was=place), None, 1)))
    own = {name for name in assets.pictures() if name.startswith(f"{place}_")}
    assert own <= drawn
    assert not {name for name in drawn for other in LANDS if other != place and name.startswith(f"{other}_")}


def test_one_place_turns_into_the_next_and_never_cuts() -> None:
    here = Marsh()
    on_the_way = turned(here, "night")
    assert turned(on_the_way, "night") == on_the_way
    was = 0.0
    for _ in range(TURN_TICKS):
        on_the_way = next_tick(on_the_way)
        seen_at = next(op.alpha for op in flatten(world(on_the_way, None, 1)) if named(op, "night_back"))
        assert 0 <= seen_at - was < 0.02
        was = seen_at
    assert "shallows_back" not in textures(world(on_the_way, None, 1))


def named(op: object, texture: str) -> bool:
    return isinstance(op, Sprite) and op.texture == texture


def test_in_a_break_the_marsh_goes_to_the_place_of_the_next_game() -> None:
    rests = ticked(seen()["break_path"], 1)
    drawn = textures(rests.draw())
    assert f"{DAY[2].level.place}_back" in drawn


def test_what_has_grown_stays_where_it_is() -> None:
    one, two = things(("turtle",), 40), things(("turtle", "iris"), 40)
    assert set(one) < set(two)
    assert things((*["iris"] * 3, "iris"), 40) == things(["iris"] * 3, 40)


def test_nothing_that_grows_stands_where_creatures_swim_or_words_are() -> None:
    every = things([name for name, thing in THINGS.items() for _ in thing.spots], 0)
    for op in every:
        entry = assets.pictures()[op.texture]
        left, right = op.x - op.scale * entry["width"] / 2, op.x + op.scale * entry["width"] / 2
        top, bottom = op.y - op.scale * entry["height"] / 2, op.y + op.scale * entry["height"] / 2
        in_lane = right > 480 and left < 930 and bottom > POOL_Y - 60 and top < POOL_Y + 60
        assert not in_lane, op.texture
        assert top > 20, op.texture


def test_what_has_just_grown_comes_slowly() -> None:
    marsh = grew(Marsh(), "lotus")
    alphas = [
        next(op.alpha for op in flatten(world(later(marsh, t), None, 1)) if named(op, "grown_lotus"))
        for t in (0, 40, 80, 160)
    ]
    assert alphas[0] == 0
    assert alphas == sorted(alphas)
    assert alphas[-1] == 1
    assert not any(isinstance(op, Group) for op in things(("lotus",), 0))


@pytest.mark.parametrize("place", LANDS)
def test_murky_or_clear_every_place_keeps_the_light_that_levels_declare(place: str, window: Window) -> None:
    for clarity in (0.0, 0.5, 1.0):
        now = replace(begin(DAY_SHOW.setup), feedback=clarity)
        assert abs(light(window, world(Marsh(place=place, was=place), now, 1)) - DAY[0].level.luminance) <= 0.03


def test_the_light_stays_while_one_place_turns_into_the_next(window: Window) -> None:
    marsh = turned(Marsh(), "willow")
    seen_light = [light(window, world(later(marsh, ticks), None, 1)) for ticks in range(0, TURN_TICKS + 1, 36)]
    assert max(abs(a - DAY[0].level.luminance) for a in seen_light) <= 0.03


def light(window: Window, ops: DrawList) -> float:
    """Mean WCAG relative luminance."""
    window.paint(ops)
    c = np.asarray(window.screenshot().convert("RGB"), float)[::2, ::2] / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float((linear @ np.array([0.2126, 0.7152, 0.0722])).mean())


@pytest.fixture(scope="module")
def window() -> Window:
    return open_window("memory", "Heron", assets.picture)
