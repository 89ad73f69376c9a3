from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.distractors import Distractors, changed, dragonflies, next_tick
from engine.level import MOST_DISTRACTORS as MOST


@given(st.lists(st.sampled_from([-1, 1]), max_size=30), st.integers(0, MOST))
def test_the_level_stays_within_what_the_level_file_allows(steps: list[int], most: int) -> None:
    now = Distractors()
    for by in steps:
        now = changed(now, by, most)
        assert 0 <= now.level <= most


@given(st.integers(0, MOST), st.integers(0, 2**31), st.integers(0, 10**6))
def test_as_many_dragonflies_as_the_level_and_all_in_the_picture(level: int, seed: int, tick: int) -> None:
    seen = dragonflies(Distractors(level, level, 1000), seed, tick)
    assert len(seen) == level
    assert all(0 < fly.x < 1 and 0 < fly.y < 1 and fly.alpha == 1 for fly in seen)


def test_they_come_and_go_gently() -> None:
    coming = changed(Distractors(1, 1, 1000), 1, MOST)
    assert [fly.alpha for fly in dragonflies(coming, 1, 0)] == [1.0, 0.0]
    half = replace(coming, ticks=60)
    assert [fly.alpha for fly in dragonflies(half, 1, 0)] == [1.0, 0.5]
    going = replace(changed(half, -1, MOST), ticks=30)
    assert [fly.alpha for fly in dragonflies(going, 1, 0)] == [1.0, 0.75]
    assert len(dragonflies(replace(going, ticks=120), 1, 0)) == 1


def test_they_never_jump() -> None:
    now = Distractors(3, 3, 1000)
    for tick in range(0, 6000):
        for here, there in zip(dragonflies(now, 5, tick), dragonflies(now, 5, tick + 1), strict=True):
            assert abs(here.x - there.x) < 0.005
            assert abs(here.y - there.y) < 0.005


def test_time_passes_for_them() -> None:
    assert next_tick(Distractors()).ticks == 1
