"""Effects: chosen by how long frames take, dropped from what is painted and from nothing else."""

from dataclasses import replace
from itertools import pairwise

from game.draw import Clip, Disc, DrawList, Group, Op, Rect, flatten
from game.effects import EASY_WINDOWS, FADE_S, SKIPPED, WINDOW, Beauty, Gauge, measured, thinned

FAST, FAIR, SLOW = 0.004, 0.012, 0.025
SHAFT, MOTE, FISH = Disc(1, 1, 1, (1, 1, 1)), Disc(2, 2, 2, (2, 2, 2)), Disc(3, 3, 3, (3, 3, 3))
PICTURE: DrawList = (FISH, Group((SHAFT,), beauty=1), Clip((Group((MOTE,), beauty=2), FISH), 0, 0, 99, 99))


def after(*works_s: float, gauge: Gauge | None = None) -> Gauge:
    now = gauge or Gauge(frames=0)
    for worked_s in works_s:
        now = measured(now, worked_s)
    return now


def seconds(worked_s: float, count: int = 1) -> list[float]:
    return [worked_s] * WINDOW * count


def test_sixty_slow_frames_lower_the_effects_by_one_level() -> None:
    assert after(*seconds(SLOW)[:-1]).level == "high"
    assert after(*seconds(SLOW)).level == "low"
    assert after(*seconds(SLOW, 2)).level == "off"
    assert after(*seconds(SLOW, 9)).level == "off"


def test_frames_in_which_pictures_are_loaded_say_nothing() -> None:
    assert after(*[0.5] * SKIPPED, *seconds(FAIR), gauge=Gauge()).level == "high"


def test_a_fifth_of_late_frames_is_borne_and_one_more_is_not() -> None:
    assert after(*[SLOW] * 12, *[FAST] * 48).level == "high"
    assert after(*[SLOW] * 13, *[FAST] * 47).level == "low"


def test_frames_in_good_time_keep_the_level_and_only_easy_ones_raise_it() -> None:
    low = Gauge("low", frames=0)
    assert after(*seconds(FAIR, 3 * EASY_WINDOWS), gauge=low).level == "low"
    assert after(*seconds(FAST, EASY_WINDOWS - 1), gauge=low).level == "low"
    assert after(*seconds(FAST, EASY_WINDOWS), gauge=low).level == "high"


def test_one_frame_that_was_not_easy_begins_the_wait_anew() -> None:
    nearly = after(*seconds(FAST, EASY_WINDOWS - 1), gauge=Gauge("low", frames=0))
    assert after(FAIR, *[FAST] * (WINDOW - 1), *seconds(FAST, EASY_WINDOWS - 1), gauge=nearly).level == "low"


def test_a_level_that_was_too_much_is_tried_again_only_after_twice_the_wait() -> None:
    fell = after(*seconds(SLOW))
    assert after(*seconds(FAST, 2 * EASY_WINDOWS - 1), gauge=fell).level == "low"
    again = after(*seconds(FAST, 2 * EASY_WINDOWS), *seconds(SLOW), gauge=fell)
    assert again.level == "low"
    assert after(*seconds(FAST, 4 * EASY_WINDOWS - 1), gauge=again).level == "low"
    assert after(*seconds(FAST, 4 * EASY_WINDOWS), gauge=again).level == "high"


def test_each_level_leaves_out_what_is_above_it() -> None:
    assert thinned(PICTURE, 2.0) == PICTURE
    assert list(flatten(thinned(PICTURE, 1.0))) == [FISH, SHAFT, FISH]
    assert list(flatten(thinned(PICTURE, 0.0))) == [FISH, FISH]


def test_between_two_levels_what_comes_or_goes_is_half_there() -> None:
    assert list(flatten(thinned(PICTURE, 0.5))) == [FISH, SHAFT._replace(alpha=0.5), FISH]


def test_a_change_of_level_fades() -> None:
    beauty, light = Beauty(), (Group((Rect(0, 0, 9, 9, (9, 9, 9)),), beauty=1),)
    shares = [alpha(beauty.thinned(light, "off", 1 / 60)) for _ in range(round(2 * FADE_S * 60) + 1)]
    assert shares[0] == 1
    assert shares[-1] == 0
    assert max(a - b for a, b in pairwise(shares)) < 0.02


def test_what_the_player_chose_is_shown_however_slow_the_machine() -> None:
    beauty = Beauty()
    for worked_s in seconds(SLOW, 3):
        beauty.measured(worked_s)
    assert beauty.level == "off"
    assert beauty.thinned(PICTURE, "high", 99.0) == PICTURE
    assert list(flatten(beauty.thinned(PICTURE, None, 99.0))) == [FISH, FISH]


def test_the_gauge_starts_high_and_skips_the_first_frames() -> None:
    assert replace(Gauge(), frames=0) == Gauge(frames=0)
    assert after(*[SLOW] * (SKIPPED + WINDOW - 1), gauge=Gauge()).level == "high"
    assert after(*[SLOW] * (SKIPPED + WINDOW), gauge=Gauge()).level == "low"


def alpha(ops: tuple[Op, ...]) -> float:
    return sum(op.alpha for op in flatten(ops) if isinstance(op, Rect))
