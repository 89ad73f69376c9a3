"""The flash guard: planted flashes are caught, calm pictures are not, and what flashes is dimmed."""

from collections.abc import Callable
from itertools import pairwise
from math import pi, sin

import numpy as np
import pytest

from game.draw import Rect
from game.flash import ACROSS, DIM, DOWN, HOLD_S, STEP, Flash, Flashes, Guard, Pixels, Steps, luminance

RATE_HZ = 30
Colour = tuple[float, float, float]
GREY: Colour = (120, 120, 120)
Film = Callable[[float], Pixels]


def flat(colour: Colour) -> Pixels:
    return np.broadcast_to(np.array(colour, np.uint8), (DOWN, ACROSS, 3)).copy()


def patch(colour: Colour, width: int, height: int) -> Pixels:
    picture = flat(GREY)
    picture[20 : 20 + height, 30 : 30 + width] = colour
    return picture


def turns(one: Pixels, other: Pixels, hz: float) -> Film:
    """One and the other by turns, so many pairs a second."""
    return lambda t_s: one if (t_s * hz) % 1 < 0.5 else other


def watched(film: Film, seconds: float = 4.0) -> list[Flash]:
    flashes = Flashes()
    return [flash for n in range(round(seconds * RATE_HZ)) if (flash := flashes.seen(film(n / RATE_HZ), n / RATE_HZ))]


def test_five_flashes_a_second_are_caught_within_the_first_one() -> None:
    found = watched(turns(flat((60, 60, 60)), flat((200, 200, 200)), 5))
    assert found[0].kind == "general"
    assert found[0].t_s < 0.6
    assert found[0].area == 1
    assert found[-1].per_s == pytest.approx(5, abs=0.5)


def test_a_red_flash_is_caught_though_its_luminance_hardly_changes() -> None:
    red, dark = flat((150, 0, 0)), flat((70, 70, 70))
    assert abs(float((luminance(red) - luminance(dark)).mean())) < 0.1
    assert {flash.kind for flash in watched(turns(red, dark, 5))} == {"red"}


def test_two_flashes_a_second_are_borne_and_three_are_not() -> None:
    bright, dark = flat((200, 200, 200)), flat((60, 60, 60))
    assert not watched(turns(bright, dark, 2))
    assert watched(turns(bright, dark, 3))


def test_a_slow_fade_is_no_flash() -> None:
    assert not watched(lambda t_s: flat((128 + 120 * sin(2 * pi * t_s / 3),) * 3), 9)


def test_changes_below_a_tenth_of_luminance_are_no_flash() -> None:
    assert not watched(turns(flat((100, 100, 100)), flat((125, 125, 125)), 6))


def test_changes_between_two_bright_pictures_are_no_flash() -> None:
    assert not watched(turns(flat((232, 232, 232)), flat((255, 255, 255)), 6))


def test_noise_on_top_of_a_step_counts_as_one_step() -> None:
    noise = np.random.default_rng(1)

    def film(t_s: float) -> Pixels:
        level = 90 if t_s % 2 < 1 else 190
        return (flat((level,) * 3) + noise.integers(-8, 9, (DOWN, ACROSS, 1))).astype(np.uint8)

    assert not watched(film, 6)


def test_a_patch_counts_from_an_eighth_of_ten_degrees() -> None:
    """ten degrees are 43 x 32 cells, an eighth of them 172"""
    assert not watched(turns(patch((20, 20, 20), 13, 13), patch((230, 230, 230), 13, 13), 5))
    found = watched(turns(patch((20, 20, 20), 14, 13), patch((230, 230, 230), 14, 13), 5))
    assert found
    assert found[0].area == pytest.approx(14 * 13 / (43 * 32))


def test_what_flashes_far_apart_is_not_added_up() -> None:
    def spots(colour: Colour) -> Pixels:
        picture = flat(GREY)
        for x in (0, 75, 150):
            picture[40:50, x : x + 10] = colour
        return picture

    assert not watched(turns(spots((20, 20, 20)), spots((230, 230, 230)), 5))


def test_a_step_of_the_whole_picture_is_measured() -> None:
    dark, light = flat((60, 60, 60)), flat((160, 160, 160))
    sudden, slow = Steps(), Steps()
    assert max(sudden.seen(dark if n < 15 else light, n / RATE_HZ) for n in range(30)) > STEP
    assert max(slow.seen(flat((60 + n,) * 3), n / RATE_HZ) for n in range(100)) < STEP


def guarded(film: Film, seconds: float, guard: Guard) -> list[float]:
    """What reaches the eye: mean luminance, picture by picture."""
    seen = []
    for n in range(round(seconds * RATE_HZ)):
        t_s = n / RATE_HZ
        veil = guard.veil(t_s)
        alpha = veil[0].alpha if veil and isinstance(veil[0], Rect) else 0.0
        painted = np.rint(film(t_s) * (1 - alpha)).astype(np.uint8)
        guard.saw(painted, t_s)
        seen.append(float(luminance(painted).mean()))
    return seen


def test_what_flashes_is_dimmed_until_it_is_no_flash() -> None:
    seen = guarded(turns(flat((0, 0, 0)), flat((255, 255, 255)), 5), 4, Guard())
    assert max(seen[:5]) == 1.0
    assert max(seen[2 * RATE_HZ :]) < 0.1


def test_it_stays_dim_while_it_flashes_and_clears_slowly_afterwards() -> None:
    guard = Guard()
    blinking = turns(flat((0, 0, 0)), flat((255, 255, 255)), 5)
    seen = guarded(lambda t_s: blinking(t_s) if t_s < 6 else flat((200, 200, 200)), 14, guard)
    calm = seen[round((6 + HOLD_S + 1.1) * RATE_HZ) :]
    assert seen[6 * RATE_HZ + 1] < 0.1
    assert calm[-1] == pytest.approx(luminance(flat((200, 200, 200))).mean())
    assert max(b - a for a, b in pairwise(calm)) < 0.02


def test_a_stretch_of_flashes_is_told_once() -> None:
    guard = Guard()
    guarded(turns(flat((0, 0, 0)), flat((255, 255, 255)), 5), 6, guard)
    (told,) = guard.told()
    assert told.kind == "general"
    assert guard.told() == []


def test_a_calm_picture_is_never_dimmed() -> None:
    guard = Guard()
    guarded(lambda t_s: flat((128 + 60 * sin(2 * pi * t_s / 3),) * 3), 6, guard)
    assert guard.veil(6) == ()
    assert 0 < DIM < 1
