"""Facts about stamps by sample number, over simulated cables and radios."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.clock import SampleClock
from tests.neuro.clock.paths import Floats, Stream, bluetooth, measured_s, serial


def stamped(stream: Stream, rate_hz: float) -> tuple[Floats, SampleClock]:
    clock = SampleClock(rate_hz)
    return clock.stamp(np.arange(stream.true_s.size), stream.arrived_s), clock


@pytest.mark.parametrize("seed", range(3))
def test_a_cables_five_milliseconds_of_jitter_become_less_than_a_tenth(seed: int) -> None:
    stream = serial(np.random.default_rng(seed), 250 * 300)
    t_s, clock = stamped(stream, 250.0)
    error_s = t_s - stream.true_s
    assert (stream.arrived_s - stream.true_s).std() > 5e-3
    assert error_s[2500:].std() < 0.1e-3
    assert np.abs(error_s[2500:] - 0.006).max() < 1e-3  # 5 ms on the way and the usual jitter
    assert clock.rate_hz == pytest.approx(250 * (1 + 35e-6), rel=5e-6)
    assert clock.jitter_s > 3e-3
    assert clock.uncertainty_s < 0.3e-3


@pytest.mark.parametrize("seed", range(3))
def test_twelve_samples_a_radio_packet_are_told_apart_to_less_than_a_millisecond(seed: int) -> None:
    stream = bluetooth(np.random.default_rng(seed), 12 * 21 * 300)
    t_s, clock = stamped(stream, 256.0)
    error_s = t_s - stream.true_s
    assert np.mean(np.diff(stream.arrived_s) == 0) > 0.9
    assert (stream.arrived_s - stream.true_s).std() > 14e-3
    assert error_s[10 * 256 :].std() < 1e-3
    assert np.ptp(error_s[30 * 256 :]) < 2.5e-3
    assert clock.rate_hz == pytest.approx(256 * (1 + 35e-6), rel=20e-6)


def test_even_arrivals_stay_as_they_are() -> None:
    true_s = measured_s(5000, 250.0, 0.0)
    t_s, clock = stamped(Stream(true_s, true_s), 250.0)
    np.testing.assert_allclose(t_s, true_s, rtol=0, atol=1e-9)
    assert clock.jitter_s == pytest.approx(0.0, abs=1e-9)


@given(st.lists(st.floats(-0.2, 0.3), min_size=2, max_size=60), st.sets(st.integers(1, 59)))
def test_stamps_increase_and_chunks_change_nothing(late_s: list[float], cuts: set[int]) -> None:
    n = len(late_s)
    k, arrived_s = np.arange(n), np.arange(n) / 250 + late_s
    whole = SampleClock(250.0).stamp(k, arrived_s)
    clock = SampleClock(250.0)
    edges = [0, *sorted(cut for cut in cuts if cut < n), n]
    parts = [clock.stamp(k[a:b], arrived_s[a:b]) for a, b in pairwise(edges)]
    assert np.all(np.diff(whole) > 0)
    np.testing.assert_array_equal(np.concatenate(parts), whole)


@given(st.lists(st.floats(0, 0.05), min_size=40, max_size=40), st.integers(1, 39))
def test_the_future_never_changes_a_stamp(late_s: list[float], until: int) -> None:
    k, arrived_s = np.arange(40), np.arange(40) / 250 + late_s
    whole = SampleClock(250.0).stamp(k, arrived_s)
    np.testing.assert_array_equal(SampleClock(250.0).stamp(k[:until], arrived_s[:until]), whole[:until])


def test_lost_samples_take_their_time_whether_they_are_named_or_left_out() -> None:
    stream = serial(np.random.default_rng(1), 250 * 30)
    gone = np.zeros(stream.true_s.size, bool)
    gone[5000:5200] = True
    k = np.arange(gone.size)
    left_out = SampleClock(250.0).stamp(k[~gone], stream.arrived_s[~gone])
    named = SampleClock(250.0).stamp(k, np.where(gone, np.nan, stream.arrived_s))
    np.testing.assert_allclose(named[~gone], left_out, rtol=0, atol=1e-9)
    assert (named - stream.true_s)[2500:].std() < 0.2e-3


@pytest.mark.parametrize("lost", [2, 12, 60, 200])
def test_samples_lost_without_a_number_are_noticed_within_three_seconds(lost: int) -> None:
    stream = serial(np.random.default_rng(1), 250 * 60)
    there = np.ones(stream.true_s.size, bool)
    there[7500 : 7500 + lost] = False
    t_s = SampleClock(250.0).stamp(np.arange(there.sum()), stream.arrived_s[there])
    error_s = t_s - stream.true_s[there] - 0.006
    assert np.abs(error_s[7500 + 750 :]).max() < 1e-3


def test_a_host_that_is_busy_for_two_seconds_moves_no_stamp() -> None:
    stream = serial(np.random.default_rng(1), 250 * 60)
    busy = (stream.arrived_s > stream.true_s[7500]) & (stream.arrived_s < stream.true_s[8000])
    t_s = SampleClock(250.0).stamp(np.arange(15_000), np.where(busy, stream.true_s[8000], stream.arrived_s))
    assert np.abs(t_s - stream.true_s - 0.006)[2500:].max() < 1e-3


def test_a_backlog_at_the_start_is_forgotten_within_the_first_second() -> None:
    """Half a second waits in the driver and arrives at once."""
    stream = serial(np.random.default_rng(1), 250 * 20)
    arrived_s = np.maximum(stream.arrived_s, stream.arrived_s[125])
    t_s = SampleClock(250.0).stamp(np.arange(arrived_s.size), arrived_s)
    assert np.abs(t_s - stream.true_s - 0.006)[250:].max() < 3e-3


def test_a_board_that_runs_slower_than_it_says_is_followed() -> None:
    stream = serial(np.random.default_rng(1), 240 * 60, rate_hz=240.0)
    t_s, clock = stamped(stream, 250.0)
    assert clock.rate_hz == pytest.approx(240.0, rel=1e-4)
    assert (t_s - stream.true_s)[240 * 20 :].std() < 0.3e-3


def test_after_a_restart_the_pace_is_still_known_and_the_time_is_new() -> None:
    stream = serial(np.random.default_rng(1), 250 * 60)
    clock = SampleClock(250.0)
    clock.stamp(np.arange(15_000), stream.arrived_s)
    rate_hz = clock.rate_hz
    clock.restart()
    t_s = clock.stamp(np.arange(90, 100), stream.arrived_s[-1] + 7.0 + np.arange(10) / 250)
    assert t_s[0] == pytest.approx(stream.arrived_s[-1] + 7.0)
    assert clock.rate_hz == pytest.approx(rate_hz, rel=1e-4)


def test_the_time_on_the_way_is_taken_off() -> None:
    stream = serial(np.random.default_rng(1), 2500)
    k = np.arange(2500)
    plain, corrected = (SampleClock(250.0, latency_s).stamp(k, stream.arrived_s) for latency_s in (0.0, 0.005))
    np.testing.assert_allclose(plain - corrected, 0.005)


def test_a_line_begins_with_an_arrival() -> None:
    with pytest.raises(ValueError, match="must have arrived"):
        SampleClock(250.0).stamp(np.array([0]), np.array([np.nan]))
