"""Facts about bringing wall-clock stamps onto the host's timeline."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.clock import WallClock
from neuro.clock.wall import STEP_S

UNIX = 1_700_000_000.0


def read(clock: WallClock, host_s: float, wall_is_ahead_s: float = UNIX, doubt_s: float = 10e-6) -> float:
    return clock.reading(host_s - doubt_s, host_s + wall_is_ahead_s, host_s + doubt_s)


def test_a_stamp_comes_out_in_host_seconds() -> None:
    clock = WallClock()
    read(clock, 100.0)
    np.testing.assert_allclose(clock.to_host(np.array([UNIX + 99.5, UNIX + 99.9])), [99.5, 99.9], atol=1e-6)


def test_a_clock_that_was_never_read_maps_nothing() -> None:
    with pytest.raises(ValueError, match="must be read"):
        WallClock().to_host(np.array([UNIX]))


def test_the_narrowest_bracket_wins() -> None:
    clock = WallClock()
    read(clock, 100.0)
    clock.reading(101.0, 101.0 + UNIX, 101.004)  # the thread was held up after the wall clock was read
    np.testing.assert_allclose(clock.to_host(np.array([UNIX + 101.0])), 101.0, atol=1e-6)


def test_slow_drift_is_followed_and_is_no_step() -> None:
    clock = WallClock()
    steps = [read(clock, t, UNIX + 35e-6 * t) for t in np.arange(0.0, 1800.0, 1.0)]
    assert not any(steps)
    np.testing.assert_allclose(clock.to_host(np.array([UNIX + 1799.0 + 35e-6 * 1799])), 1799.0, atol=1e-3)


def test_a_reading_that_was_held_up_for_long_is_no_step() -> None:
    clock = WallClock()
    read(clock, 100.0)
    assert clock.reading(101.0, 101.0 + UNIX, 101.5) == 0.0


@given(st.floats(-1e6, 1e6).filter(lambda step: abs(step) > 0.05))
def test_a_step_is_found_and_moves_no_stamp(step_s: float) -> None:
    clock = WallClock()
    read(clock, 100.0)
    found = read(clock, 100.02, UNIX + step_s)
    before, after = UNIX + 100.005, UNIX + step_s + 100.015  # one poll brought stamps of the old time and of the new
    assert found == pytest.approx(step_s, abs=1e-3)
    np.testing.assert_allclose(clock.to_host(np.array([before, after])), [100.005, 100.015], atol=1e-3)


def test_the_old_time_is_forgotten_with_the_next_reading() -> None:
    clock = WallClock()
    read(clock, 100.0)
    read(clock, 100.02, UNIX + 3600)
    assert read(clock, 100.04, UNIX + 3600) == 0.0
    np.testing.assert_allclose(clock.to_host(np.array([UNIX + 3600 + 100.03])), 100.03, atol=1e-3)


def test_less_than_five_milliseconds_is_no_step() -> None:
    clock = WallClock()
    read(clock, 100.0)
    assert read(clock, 101.0, UNIX + STEP_S - 0.001) == 0.0
