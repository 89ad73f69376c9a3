from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.distractors import LADDER, Distractors, calls, changed, next_tick, visible
from engine.level import MOST_DISTRACTORS as MOST


@given(st.lists(st.sampled_from([-1, 1]), max_size=30), st.integers(0, MOST))
def test_the_level_stays_within_what_the_level_file_allows(steps: list[int], most: int) -> None:
    now = Distractors()
    for by in steps:
        now = changed(now, by, most)
        assert 0 <= now.level <= most


@given(st.integers(0, MOST), st.integers(0, 2**31), st.integers(0, 10**6))
def test_each_level_adds_one_kind_and_all_that_is_seen_is_in_the_picture(level: int, seed: int, tick: int) -> None:
    seen = visible(Distractors(level, level, 1000), seed, tick)
    assert [one.kind for one in seen] == [kind for kind in LADDER[:level] if kind != "sound"]
    assert all(0 < one.x < 1 and 0 < one.y < 1 and 0 <= one.alpha <= 1 for one in seen)
    assert all(one.alpha == 1 for one in seen if one.kind != "task_like")


def test_they_come_and_go_gently() -> None:
    coming = changed(Distractors(1, 1, 1000), 1, MOST)
    assert [one.alpha for one in visible(coming, 1, 0)] == [1.0, 0.0]
    half = replace(coming, ticks=60)
    assert [one.alpha for one in visible(half, 1, 0)] == [1.0, 0.5]
    going = replace(changed(half, -1, MOST), ticks=30)
    assert [one.alpha for one in visible(going, 1, 0)] == [1.0, 0.75]
    assert len(visible(replace(going, ticks=120), 1, 0)) == 1


def test_they_never_jump_where_they_can_be_seen() -> None:
    now = Distractors(MOST, MOST, 1000)
    for tick in range(0, 6000):
        for here, there in zip(visible(now, 5, tick), visible(now, 5, tick + 1), strict=True):
            assert abs(here.x - there.x) < 0.005 or min(here.alpha, there.alpha) < 0.02
            assert abs(here.y - there.y) < 0.005 or min(here.alpha, there.alpha) < 0.02
            assert abs(here.alpha - there.alpha) < 0.02


def test_a_shadow_like_a_creatures_stays_out_of_the_creatures_lane() -> None:
    now = Distractors(MOST, MOST, 1000)
    shadows = [one for tick in range(0, 3600, 7) for one in visible(now, 3, tick) if one.kind == "task_like"]
    assert shadows
    assert all(one.y < 0.7 for one in shadows)


def test_the_frog_calls_once_in_eight_seconds_and_only_at_the_top_of_the_ladder() -> None:
    top, below = Distractors(MOST, MOST, 1000), Distractors(MOST - 1, MOST - 1, 1000)
    heard = [tick for tick in range(480 * 50) if calls(top, 9, tick)]
    assert len(heard) == 50
    assert len({tick % 480 for tick in heard}) > 30
    assert not any(calls(below, 9, tick) for tick in range(480 * 5))


def test_time_passes_for_them() -> None:
    assert next_tick(Distractors()).ticks == 1
