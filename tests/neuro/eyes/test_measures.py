"""Facts about figures of looking, most of them against what is known in closed form."""

import numpy as np
import pytest

from neuro.eyes.look import BLINK, FIXATION, PURSUIT, SACCADE, Event, Labels
from neuro.eyes.measures import (
    Region,
    Visit,
    bcea_deg2,
    dispersion_deg,
    intrusions_per_min,
    on_target,
    pursuit,
    saccades,
    visits,
)
from neuro.eyes.speeds import lines


def labels(deg: np.ndarray, kind: int | np.ndarray = FIXATION, rate_hz: float = 100.0) -> Labels:
    n = deg.shape[1]
    return Labels(np.arange(n) / rate_hz, np.broadcast_to(kind, n).astype(np.int8), deg, np.zeros(n))


def test_the_ellipse_is_that_of_a_normal_cloud() -> None:
    chance = np.random.default_rng(1)
    cloud = chance.multivariate_normal([3, 4], [[4.0, 1.2], [1.2, 1.0]], 200_000).T
    assert bcea_deg2(cloud) == pytest.approx(2.2957 * np.pi * np.sqrt(4 * 1 - 1.2**2), rel=0.01)
    inside = bcea_deg2(cloud, 0.95)
    assert inside / bcea_deg2(cloud, 0.5) == pytest.approx(np.log(0.05) / np.log(0.5))


def test_the_ellipse_knows_no_direction_and_no_place() -> None:
    cloud = np.random.default_rng(2).normal(size=(2, 300)) * [[2.0], [0.5]]
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    assert bcea_deg2(turn @ cloud + 7) == pytest.approx(bcea_deg2(cloud))


def test_what_was_not_seen_spreads_nothing() -> None:
    cloud = np.random.default_rng(3).normal(size=(2, 50))
    holed = np.concatenate([cloud, np.full((2, 9), np.nan)], axis=1)
    assert bcea_deg2(holed) == pytest.approx(bcea_deg2(cloud))
    assert dispersion_deg(holed) == pytest.approx(np.ptp(cloud[0]) + np.ptp(cloud[1]))
    assert np.isnan(bcea_deg2(holed[:, -3:]))
    assert np.isnan(dispersion_deg(holed[:, -3:]))


def test_the_speed_of_a_straight_way_and_of_a_circle_is_known() -> None:
    t_s = np.arange(500) / 500
    circle = 5 * np.stack([np.cos(2 * np.pi * t_s), np.sin(2 * np.pi * t_s)])
    for deg, speed in ((np.stack([12 * t_s, -5 * t_s]), 13.0), (circle, 10 * np.pi)):
        place, slope, blur = np.empty((2, 500)), np.empty((2, 500)), np.empty(500)
        lines(t_s, deg, np.ones(500, bool), np.zeros(500), 0, 500, place, slope, blur)
        np.testing.assert_allclose(np.hypot(*slope)[10:-10], speed, rtol=1e-3)


def saccade(amplitude_deg: float) -> Event:
    return Event(0.0, 0.04, "saccade", amplitude_deg, 200.0)


def test_only_large_saccades_intrude() -> None:
    events = [saccade(0.4), saccade(1.5), saccade(3.0), Event(0, 1, "fixation", 2.0, 3.0)]
    assert intrusions_per_min(events, 30.0) == 4.0
    assert saccades(events, 30.0).per_s == pytest.approx(0.1)
    assert saccades(events, 30.0).amplitude_deg == 1.5
    assert saccades([], 30.0).amplitude_deg is None


@pytest.mark.parametrize(("gain", "lag_s"), [(0.9, 0.0), (0.75, 0.12), (1.0, 0.2)])
def test_gain_and_lag_of_pursuit_are_found(gain: float, lag_s: float) -> None:
    t_s = np.arange(2000) / 200
    way = 8 * np.sin(2 * np.pi * 0.4 * t_s)
    target = np.stack([way, np.zeros(t_s.size)])
    eye = np.stack([gain * 8 * np.sin(2 * np.pi * 0.4 * (t_s - lag_s)), np.zeros(t_s.size)])
    found = pursuit(labels(eye, PURSUIT, 200.0), target)
    assert found.lag_s == pytest.approx(lag_s, abs=0.011)
    if lag_s == 0:
        assert found.gain == pytest.approx(gain, rel=0.01)
    assert found.rmse_deg == pytest.approx(np.sqrt(np.mean((eye - target)[0][t_s >= 0.2] ** 2)), rel=0.01)


def test_catching_up_by_saccades_is_no_gain() -> None:
    t_s = np.arange(1000) / 200
    target = np.stack([10 * t_s, np.zeros(t_s.size)])
    kind = np.where(np.arange(1000) % 100 < 10, SACCADE, PURSUIT)
    speed = np.where(kind == SACCADE, 60.0, 5.0)
    eye = np.stack([np.cumsum(speed) / 200, np.zeros(t_s.size)])
    assert pursuit(labels(eye, kind, 200.0), target).gain == pytest.approx(0.5, rel=0.02)


def test_of_what_cannot_be_measured_nothing_is_said() -> None:
    gone = labels(np.full((2, 300), np.nan), BLINK)
    still = np.zeros((2, 300))
    assert pursuit(gone, still) == pursuit(labels(np.empty((2, 0))), np.empty((2, 0)))
    assert pursuit(gone, still).gain is None
    assert pursuit(labels(still), still).gain is None  # a target at rest cannot be followed
    assert on_target(gone, still, 1.0) is None


def test_dwell_and_revisits_of_regions() -> None:
    at = np.repeat([[0.0, 10.0, 30.0, 0.0, 0.5]], 100, axis=1)[:, :500]
    looked = labels(np.concatenate([at, np.zeros((1, 500))]))
    found = visits(looked, [Region("fish", 0, 0, 2), Region("frog", 10, 0, 2), Region("reed", -20, 0, 2)])
    assert found["fish"] == Visit(pytest.approx(3.0), 2)
    assert found["fish"].revisits == 1
    assert found["frog"] == Visit(pytest.approx(1.0), 1)
    assert found["reed"] == Visit(0.0, 0)
    assert found["reed"].revisits == 0


def test_of_two_regions_the_nearer_is_looked_at() -> None:
    found = visits(labels(np.full((2, 50), 1.0)), [Region("wide", 0, 0, 10), Region("small", 1, 1, 2)])
    assert (found["wide"].visits, found["small"].visits) == (0, 1)


def test_gaze_on_target_counts_what_was_seen() -> None:
    deg = np.concatenate([np.zeros((2, 60)), np.full((2, 20), 5.0), np.full((2, 20), np.nan)], axis=1)
    assert on_target(labels(deg), np.zeros((2, 100)), 2.0) == pytest.approx(0.75)
