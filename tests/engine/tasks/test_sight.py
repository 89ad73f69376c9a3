"""Jumps are told from noise, scatter has its closed form, and pursuit is measured between the jumps."""

from math import cos, log, pi, sin
from random import Random

import numpy as np
import pytest

from engine.ports import GAZE_DELAY_S, TICK_S, Place
from engine.tasks.firefly_pursuit import Pursuit, followed
from engine.tasks.sight import BCEA_K, Jump, Scatter, Steady, apart, delay_s, fair_deg, watched


def test_angles_are_those_of_a_screen_that_is_forty_degrees_wide() -> None:
    assert apart((0.2, 0.5), (0.3, 0.5)) == pytest.approx(4.0)
    assert apart((0.5, 0.2), (0.5, 0.4)) == pytest.approx(4.5)


def test_eyes_are_never_asked_for_more_than_their_tracker_can_tell() -> None:
    assert fair_deg(4.0, "gaze", 0.0) == 4.0
    assert fair_deg(1.5, "gaze", 0.0) == 2.0
    assert fair_deg(1.5, "gaze", 1.6) == 3.2
    assert fair_deg(1.5, "pointer", 1.6) == 1.5


def test_only_gaze_is_late() -> None:
    assert (delay_s("gaze"), delay_s("pointer"), delay_s("keys")) == (GAZE_DELAY_S, 0.0, 0.0)


def jumps(places: list[Place], least_deg: float = 1.0) -> list[Jump]:
    now, found = Steady(), []
    for place in places:
        now, seen = watched(now, (place, (0.0, 0.0)), least_deg)
        if isinstance(seen, Jump):
            found.append(seen)
    return found


def shaken(places: list[Place], sd_deg: float, seed: int) -> list[Place]:
    chance = Random(seed)
    return [(x + chance.gauss(0, sd_deg), y + chance.gauss(0, sd_deg)) for x, y in places]


@pytest.mark.parametrize("size", [1.5, 4.0, 12.0])
def test_a_jump_is_found_once_with_its_size(size: float) -> None:
    way = [(0.0, 0.0)] * 30 + [(size / 3, 0.0), (2 * size / 3, 0.0)] + [(size, 0.0)] * 30
    for seed in range(20):
        (jump,) = jumps(shaken(way, 0.3, seed))
        assert jump.x == pytest.approx(size, abs=1.0)
        assert jump.along(None) == pytest.approx(size, abs=1.0)


def test_steady_eyes_do_not_jump_for_the_noise_of_a_tracker() -> None:
    minute = [(0.0, 0.0)] * 3600
    assert sum(len(jumps(shaken(minute, 0.3, seed))) for seed in range(5)) <= 5


def test_a_blink_long_gap_is_no_jump_where_the_watch_begins_anew() -> None:
    assert jumps([(0.0, 0.0)] * 30) == []
    now, seen = watched(Steady(), ((9.0, 9.0), (0.0, 0.0)), 1.0)
    assert seen is None
    assert now.recent == (((9.0, 9.0), (0.0, 0.0)),)


def test_the_area_of_scatter_has_its_closed_form() -> None:
    """Places on an ellipse, whose variances are half the squares of its radii."""
    scatter = Scatter()
    n, turn = 1000, 0.5
    for k in range(n):
        u, v = 2.0 * cos(2 * pi * k / n), 0.5 * sin(2 * pi * k / n)
        scatter = scatter.of(7 + u * cos(turn) - v * sin(turn), 3 + u * sin(turn) + v * cos(turn))
    assert scatter.bcea_deg2 == pytest.approx(BCEA_K * pi * (2.0 / 2**0.5) * (0.5 / 2**0.5), rel=0.002)
    assert log(Scatter().of(0, 0).of(1, 0).of(0, 1).bcea_deg2 or 0) == pytest.approx(log(BCEA_K * pi * 3**0.5 / 6))


def test_the_area_of_scatter_is_what_its_correlation_says() -> None:
    """k pi sx sy sqrt(1 - r^2), k = -2 ln(1 - .6827), by numpy's own SDs and r."""
    x, y = np.random.default_rng(1).multivariate_normal([5, -2], [[0.8, 0.3], [0.3, 0.4]], 40).T
    scatter = Scatter()
    for at in zip(x.tolist(), y.tolist(), strict=True):
        scatter = scatter.of(*at)
    r = np.corrcoef(x, y)[0, 1]
    area = -2 * log(1 - 0.6827) * pi * np.std(x, ddof=1) * np.std(y, ddof=1) * (1 - r**2) ** 0.5
    assert scatter.bcea_deg2 == pytest.approx(area, rel=1e-4)


def test_two_places_have_no_area() -> None:
    assert Scatter().of(0, 0).of(1, 1).bcea_deg2 is None


def pursued(gain: float, noise_deg: float, lag_s: float = 0.0, speed: float = 10.0, seed: int = 1) -> Pursuit:
    """Five seconds of eyes that follow at a gain and jump on by a degree whenever they are a degree behind."""
    chance, now, saved = Random(seed), Pursuit(), 0.0
    for k in range(300):
        target, slid = speed * k * TICK_S, gain * speed * (k * TICK_S - lag_s)
        if target - lag_s * speed - slid - saved > 1.0:
            saved += 1.0
        eyes = (slid + saved + chance.gauss(0, noise_deg), chance.gauss(0, noise_deg))
        now = followed(now, eyes, (target, 0.0), (speed, 0.0), even=True)
    return now


def test_gain_is_that_between_the_jumps() -> None:
    for gain in (0.75, 0.85, 0.95, 1.0):
        assert pursued(gain, 0.0).gain == pytest.approx(gain, abs=0.02)
        noisy = [pursued(gain, 0.3, seed=seed).gain or 0.0 for seed in range(15)]
        assert sorted(noisy)[7] == pytest.approx(gain, abs=0.05)


def test_catch_up_saccades_are_counted() -> None:
    assert pursued(0.8, 0.0, speed=6.0).catch_ups_per_s == pytest.approx(1.2, abs=0.25)
    assert pursued(1.0, 0.0).jumps == 0


def test_lag_and_distance_are_those_of_eyes_that_are_only_late() -> None:
    late = pursued(1.0, 0.0, lag_s=0.08)
    assert late.lag_s == pytest.approx(0.08, abs=1e-6)
    assert late.rmse_deg == pytest.approx(0.8, abs=1e-6)


def test_eyes_that_stop_to_follow_have_stopped_and_not_slowed_down() -> None:
    """What they did from their last jump until they were too far behind is not held for pursuit."""
    now = Pursuit()
    for k in range(300):
        x = 10.0 * k * TICK_S
        now = followed(now, (min(x, 25.0) * 0.95, 0.0), (x, 0.0), (10.0, 0.0), even=True)
    assert now.gain == pytest.approx(0.95, abs=0.01)


def test_eyes_that_are_elsewhere_or_shut_pursue_nothing() -> None:
    now = Pursuit()
    for k in range(200):
        now = followed(now, (20.0, 0.0) if k % 2 else None, (k / 6, 0.0), (10.0, 0.0), even=True)
    assert now.gain is None
