"""Today's path, and the places it leads through."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import assets
from engine.level import LEVELS
from engine.session import begin
from game.draw import DrawList, Group, Sprite, Text, flatten
from game.manner import Manner, Palette, worn
from game.scenes.grown import THINGS, things
from game.scenes.heron import POOL_Y
from game.scenes.marsh import GROW_TICKS, TURN_TICKS, Marsh, begun, grew, next_tick, turned, world
from game.scenes.path import MOST_STONES, Stone, ahead, path
from game.scenes.places import DRIFT_S, LAYERS, MOODS, NEAR, PLAYED, TREES, Mood, luminance, mood_of
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


@pytest.mark.parametrize("mood", MOODS, ids="_".join)
def test_every_mood_has_all_its_pictures_and_no_other_ones(mood: Mood) -> None:
    drawn = set(textures(world(Marsh(mood=mood, was=mood), None, 1)))
    assert {mood.picture(layer) for layer in LAYERS} <= drawn
    assert not {name for other in MOODS if other != mood for name in drawn if name.startswith(other.picture(""))}


def test_one_place_turns_into_the_next_and_never_cuts() -> None:
    here, night = Marsh(), Mood("night", "night")
    on_the_way = turned(here, night)
    assert turned(on_the_way, night) == on_the_way
    was, shown = 0.0, set(textures(world(here, None, 1)))
    for _ in range(TURN_TICKS):
        on_the_way = next_tick(on_the_way)
        seen_at = the("night_night_sky", world(on_the_way, None, 1)).alpha
        assert 0 <= seen_at - was < 0.02
        was = seen_at
        new = {name for name in textures(world(on_the_way, None, 1)) if name.startswith("night")} - shown
        assert len(new) <= 1  # a picture is loaded when it is first shown, so they come one after the other
        shown |= new
    assert "shallows_dawn_sky" not in textures(world(on_the_way, None, 1))


def test_the_same_place_has_another_light_at_another_hour() -> None:
    assert turned(Marsh(), Mood("shallows", "dusk")).turned == 0
    assert mood_of(LEVELS.find("strike-01")) == Mood("shallows", "dawn")


@pytest.mark.parametrize("depth", [layer for layer in NEAR if layer not in TREES])
def test_what_is_nearer_than_the_heron_drifts_one_way_and_what_is_farther_the_other(depth: str) -> None:
    name = Mood().picture(depth.replace("reeds", "reeds_left"))
    now, then = (the(name, world(replace(Marsh(), flow=flow), None, 1)).x for flow in (0.0, 60 * DRIFT_S / 4))
    assert (then > now) == (NEAR[depth] < PLAYED)
    assert abs(then - now) < 24


def test_who_wants_no_motion_sees_none_but_the_games_own() -> None:
    now = begun(Mood("willow", "noon"), ("otter", "lotus"))
    with worn(Manner(still=True)):
        first, *others = (world(later(now, ticks), None, 1) for ticks in (300, 400, 1000))
    assert all(other == first for other in others)
    assert world(later(now, 300), None, 1) != first


def the(texture: str, ops: DrawList) -> Sprite:
    return next(op for op in flatten(ops) if isinstance(op, Sprite) and op.texture == texture)


def test_in_a_break_the_marsh_goes_to_the_place_of_the_next_game() -> None:
    rests = ticked(seen()["break_path"], 1)
    drawn = textures(rests.draw())
    assert mood_of(DAY[2].level).picture("sky") in drawn


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
    alphas = [the("grown_lotus", world(later(marsh, t), None, 1)).alpha for t in (0, 60, 180, GROW_TICKS)]
    assert alphas[0] == 0
    assert alphas == sorted(alphas)
    assert alphas[-1] == 1
    assert not any(isinstance(op, Group) for op in things(("lotus",), 0))


@pytest.mark.parametrize("palette", ["dawn", "contrast"])
@pytest.mark.parametrize("mood", MOODS, ids="_".join)
def test_murky_or_clear_every_mood_keeps_the_light_that_levels_declare(
    mood: Mood, palette: Palette, window: Window
) -> None:
    for clarity in (0.0, 1.0):
        now = replace(begin(DAY_SHOW.setup), feedback=clarity)
        with worn(Manner(palette=palette)):
            seen_light = light(window, world(Marsh(mood=mood, was=mood), now, 1))
        assert abs(seen_light - luminance(mood)) <= 0.03


def test_the_light_goes_evenly_from_one_mood_to_the_next(window: Window) -> None:
    marsh = turned(Marsh(), Mood("lake", "noon"))
    seen_light = [light(window, world(later(marsh, ticks), None, 1)) for ticks in range(0, TURN_TICKS + 1, 20)]
    low, high = luminance(Mood()), luminance(Mood("lake", "noon"))
    assert min(seen_light) > low - 0.03
    assert max(seen_light) < high + 0.03
    assert max(abs(a - b) for a, b in pairwise(seen_light)) < 0.03


def light(window: Window, ops: DrawList) -> float:
    """Mean WCAG relative luminance."""
    window.paint(ops)
    c = np.asarray(window.screenshot().convert("RGB"), float)[::2, ::2] / 255
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float((linear @ np.array([0.2126, 0.7152, 0.0722])).mean())


@pytest.fixture(scope="module")
def window() -> Window:
    return open_window("memory", "Heron", assets.picture)
