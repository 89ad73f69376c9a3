"""Dots to look at: what is asked, how often, and what is made of the answer."""

from collections.abc import Callable

import pytest

from engine.dots import AWAY_S, DOT_S, FIVE, FLY_S, MOST_ERROR_DEG, NINE, ONE, Dots, is_over, next_tick
from engine.events import DotRested, Event, GazeChecked
from engine.ports import Devices, Looked, Place

MARKS, POINTS, NOTHING, LOST = (
    Devices("streaming", life, mapping)
    for life, mapping in (("streaming", "marks"), ("streaming", "points"), ("streaming", "none"), ("lost", "marks"))
)
Answer = Callable[[Dots], Looked | None]


def asked(first: Dots, devices: Devices, answer: Answer, at_most: int = 4000) -> tuple[Dots, list[Event], int]:
    """The asking to its end: how it ended, what happened, and how many ticks it took."""
    now, events = first, []
    for tick in range(at_most):
        if is_over(now):
            return now, events, tick
        now, happened = next_tick(now, devices, answer(now) if now.part == "judge" else None, 2)
        events += happened
    raise AssertionError("it never ended")


def all_seen(error_deg: float) -> Answer:
    return lambda _now: Looked((), error_deg, (0.5, 0.0))


def dots_of(events: list[Event]) -> list[Place]:
    return [(e.x, e.y) for e in events if isinstance(e, DotRested)]


def verdict(events: list[Event]) -> GazeChecked:
    (checked,) = (e for e in events if isinstance(e, GazeChecked))
    assert events[-1] == checked
    return checked


def test_where_marks_are_found_five_dots_check_the_gaze() -> None:
    now, events, _ = asked(Dots("check"), MARKS, all_seen(1.2))
    assert dots_of(events) == list(FIVE)
    assert verdict(events) == GazeChecked(2, "check", "marks", 5, 5, 1.2, (0.5, 0.0), good=True)
    assert now.good


def test_where_nothing_finds_the_screen_nine_dots_make_a_map() -> None:
    _, events, _ = asked(Dots("check"), NOTHING, all_seen(0.8))
    assert dots_of(events) == list(NINE)
    checked = verdict(events)
    assert (checked.purpose, checked.mapping, checked.good) == ("map", "points", True)


def test_one_dot_centres_however_far_the_head_has_turned() -> None:
    _, events, ticks = asked(Dots("centre"), POINTS, all_seen(7.0))
    assert dots_of(events) == list(ONE)
    assert verdict(events).good
    assert ticks < 3 * 60


def test_dots_that_were_not_looked_at_come_once_more_and_not_twice() -> None:
    shy = NINE[2:4]
    _, events, _ = asked(Dots("check"), NOTHING, lambda _now: Looked(shy, 0.9))
    assert dots_of(events) == [*NINE, *shy]
    assert (verdict(events).n_steady, verdict(events).good) == (7, True)


def test_a_dot_flies_from_where_it_was() -> None:
    now, ways = Dots("check"), []
    while now.part != "judge":
        now, _ = next_tick(now, MARKS, None, 0)
        if now.place and (now.origin, now.place) not in ways:
            ways.append((now.origin, now.place))
    assert [origin for origin, _ in ways[1:]] == [place for _, place in ways[:-1]]


@pytest.mark.parametrize(
    "looked", [Looked(FIVE[:3], 1.0), Looked((), None), Looked((), MOST_ERROR_DEG + 0.1), Looked(FIVE)]
)
def test_what_cannot_be_relied_on_is_not_good(looked: Looked) -> None:
    now, events, _ = asked(Dots("check"), MARKS, lambda _now: looked)
    assert not verdict(events).good
    assert now.good is False


def test_an_answer_that_never_comes_is_not_waited_for_long() -> None:
    _, events, ticks = asked(Dots("check"), MARKS, lambda _now: None)
    checked = verdict(events)
    assert (checked.n_steady, checked.error_deg, checked.good) == (0, None, False)
    assert ticks < (2 + 5 * DOT_S + 1.5 + 5) * 60


def gone(seconds: float) -> tuple[Dots, Dots, list[Event]]:
    """In the middle of a dot the glasses go: how it was then, how it is so much later, and what happened."""
    before, events = Dots("check"), []
    while before.number < 2 or before.tick < 50:
        before, _happened = next_tick(before, MARKS, None, 0)
    now = before
    for _ in range(round(60 * seconds)):
        now, happened = next_tick(now, LOST, None, 0)
        events += happened
    return before, now, events


def test_glasses_that_are_gone_for_a_moment_are_waited_for_and_the_dot_counts_anew() -> None:
    before, now, events = gone(AWAY_S - 0.1)
    assert (now.part, now.place, events) == ("show", before.place, [])
    rests = round(60 * (DOT_S - FLY_S))
    for _ in range(rests):
        now, happened = next_tick(now, MARKS, None, 0)
        events += happened
    assert [type(event) for event in events] == [DotRested]


def test_glasses_that_stay_away_end_the_asking() -> None:
    _, now, events = gone(AWAY_S)
    assert (now.part, now.place, now.good) == ("say", None, False)
    assert not verdict(events).good


def test_no_dot_lies_near_the_marks_in_the_corners() -> None:
    for x, y in (*FIVE, *NINE, *ONE):
        assert abs(x - 0.5) < 0.38 or abs(y - 0.5) < 0.3
        assert 40 / 1280 <= x <= 1 - 40 / 1280
        assert 40 / 720 <= y <= 1 - 40 / 720
