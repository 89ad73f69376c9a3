"""Facts about stamps of recordings."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from neuro.sources.timeline import rate_hz, repaired


def test_good_stamps_stay_as_they_are() -> None:
    t_s = np.array([0.0, 0.004, 0.0081, 0.5])
    assert repaired(t_s) is t_s


def test_a_bluetooth_batch_is_spread_over_its_time() -> None:
    true_s = np.arange(1, 241) / 256
    batched = np.repeat(true_s[11::12], 12)
    np.testing.assert_allclose(repaired(batched), true_s, atol=1e-9)


def test_after_a_gap_a_batch_keeps_its_pace_and_the_gap_stays() -> None:
    true_s = np.arange(1, 241) / 256
    true_s[120:] += 5.0
    fixed = repaired(np.repeat(true_s[11::12], 12))
    np.testing.assert_allclose(fixed, true_s, atol=0.001)


def test_a_step_back_of_the_clock_is_taken_out() -> None:
    true_s = np.arange(1000) / 250
    stepped = true_s.copy()
    stepped[500:] -= 3600
    np.testing.assert_allclose(repaired(stepped), true_s, atol=1e-3)


@example([0.0] * 17 + [0.0078125, 1.6e-18, 0.0])
@given(st.lists(st.floats(-0.01, 0.02), min_size=20, max_size=100))
def test_repaired_stamps_increase(steps_s: list[float]) -> None:
    t_s = np.cumsum(steps_s + [0.004] * 10)
    assert np.all(np.diff(repaired(t_s)) > 0)


@pytest.mark.parametrize("rate", [125.0, 128.0, 200.0, 250.0, 256.0, 500.0])
def test_a_usual_rate_is_taken_at_its_word(rate: float) -> None:
    t_s = np.arange(5000) / (rate * 0.996)  # BrainFlow's playback runs that slow
    t_s[2500:] += 100.0
    assert rate_hz(t_s) == rate


def test_an_unusual_rate_is_told_as_measured() -> None:
    assert rate_hz(np.arange(500) / 178) == pytest.approx(178)


def test_stamps_too_far_apart_have_no_rate() -> None:
    with pytest.raises(ValueError, match="quarter of a second"):
        rate_hz(np.arange(5) * 1.0)
