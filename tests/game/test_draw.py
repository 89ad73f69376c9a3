"""The draw list: groups, and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.draw import (
    HEIGHT,
    WIDTH,
    Box,
    Camera,
    Clear,
    Clip,
    Disc,
    Flat,
    Group,
    Line,
    Rect,
    Sprite,
    Text,
    flatten,
    pieces,
)

places = st.floats(-500, 1500)
sizes = st.floats(0.5, 300)
alphas = st.floats(0, 1)
scales = st.floats(0.1, 4)
INK = (10, 20, 30)

flats: st.SearchStrategy[Flat] = st.one_of(
    st.builds(Clear, st.just(INK)),
    st.builds(Sprite, st.just("fish"), places, places, scales, st.floats(-360, 360), alphas),
    st.builds(Disc, places, places, sizes, st.just(INK), alphas),
    st.builds(Rect, places, places, sizes, sizes, st.just(INK), alphas, sizes),
    st.builds(Line, places, places, places, places, sizes, st.just(INK), alphas),
    st.builds(Text, st.just("heron"), places, places, sizes, st.just(INK), alphas),
)
moves = st.tuples(places, places, scales, alphas)


def assert_same(a: Flat, b: Flat) -> None:
    assert type(a) is type(b)
    for left, right in zip(a, b, strict=True):
        assert left == (pytest.approx(right, abs=1e-6) if isinstance(right, float) else right)


@given(flats, moves, moves)
def test_a_group_in_a_group_is_one_group(
    op: Flat, inner: tuple[float, float, float, float], outer: tuple[float, float, float, float]
) -> None:
    dx, dy, scale, alpha = inner
    dx2, dy2, scale2, alpha2 = outer
    composed = Group((op,), dx * scale2 + dx2, dy * scale2 + dy2, scale * scale2, alpha * alpha2)
    (nested,) = flatten([Group((Group((op,), *inner),), *outer)])
    (once,) = flatten([composed])
    assert_same(nested, once)


@given(st.lists(flats, max_size=5))
def test_a_group_that_does_nothing_changes_nothing(ops: list[Flat]) -> None:
    kept = [op for op in ops if not isinstance(op, Clear)]
    for before, after in zip(kept, flatten([Group(tuple(kept))]), strict=True):
        assert_same(after, before)


@given(st.lists(flats, max_size=6))
def test_without_groups_the_list_stays_as_it_is(ops: list[Flat]) -> None:
    assert list(flatten(ops)) == ops


def test_a_group_scales_about_the_middle_of_the_picture() -> None:
    middle, corner = flatten([Group((Disc(WIDTH / 2, HEIGHT / 2, 10, INK), Disc(0, 0, 10, INK)), scale=2)])
    assert middle == Disc(WIDTH / 2, HEIGHT / 2, 20, INK)
    assert corner == Disc(-WIDTH / 2, -HEIGHT / 2, 20, INK)


def test_a_clear_in_a_group_moves_and_fades_with_it() -> None:
    assert list(flatten([Group((Clear(INK),), dx=100, alpha=0.5)])) == [Rect(100, 0, WIDTH, HEIGHT, INK, 0.5)]


def test_a_clip_moves_and_grows_with_its_group() -> None:
    ((_, box),) = pieces([Group((Clip((Disc(640, 360, 9, INK),), 600, 340, 80, 40),), dx=10, scale=2)])
    assert box == Box(570, 320, 730, 400)


def test_a_clip_in_a_clip_shows_what_both_hold() -> None:
    inner = Clip((Disc(0, 0, 9, INK),), 50, 60, 100, 100)
    ((_, box),) = pieces([Clip((inner,), 0, 0, 120, 300)])
    assert box == Box(50, 60, 120, 160)


def test_a_camera_moves_what_is_near_more_than_what_is_far() -> None:
    stars, reeds = (next(flatten([Camera(40, 10).sees((Disc(640, 360, 1, INK),), near)])) for near in (0.0, 0.5))
    assert stars == Disc(640, 360, 1, INK)
    assert reeds == Disc(620, 355, 1, INK)
