"""Stamps of another program's clock: believed as long as they can be true."""

import numpy as np
import pytest

from neuro.sources.sender import TOLERANCE_S, SenderClock

THREE = np.array([-0.012, -0.008, -0.004])


def test_stamps_between_two_polls_stay_as_they_are() -> None:
    np.testing.assert_array_equal(SenderClock()(100 + THREE, 99.98, 100.0), 100 + THREE)


def test_what_is_late_on_its_way_is_no_wrong_clock() -> None:
    late = 100 + THREE - 0.9 * TOLERANCE_S
    np.testing.assert_array_equal(SenderClock()(late, 99.98, 100.0), late)


@pytest.mark.parametrize("step_s", [-3600.0, -2.0, 2.0, 3600.0])
def test_a_clock_that_is_set_is_followed_from_the_first_sample_on(step_s: float) -> None:
    clock = SenderClock()
    before_and_after = 100 + THREE + [0.0, step_s, step_s]
    np.testing.assert_allclose(clock(before_and_after, 99.98, 100.0), 100 + THREE, atol=0.005)
    np.testing.assert_allclose(clock(100.02 + THREE + step_s, 100.0, 100.02), 100.02 + THREE, atol=0.005)
    assert clock.moved_s == pytest.approx(-step_s, abs=0.005)


def test_a_poll_that_was_held_up_for_seconds_changes_nothing() -> None:
    held_up = 100 + np.arange(0, 5, 0.004)
    np.testing.assert_array_equal(SenderClock()(held_up, 99.98, 105.0), held_up)
