"""Facts about the phone's clock, over a simulated Wi-Fi."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.clock import PhoneClock
from tests.neuro.clock.paths import Phone, burst, trip

AHEAD_S = 1_700_000_572.0


def error_s(clock: PhoneClock, phone: Phone, t_s: float) -> float:
    """How far from the truth the phone's stamps are that it makes in the half minute from t_s on, at most."""
    now_s = t_s + np.arange(0.0, 30.0)
    return float(np.abs(clock.to_host(phone.unix_s(now_s)) - now_s).max())


@given(st.floats(-1e9, 1e9), st.floats(-100, 100), st.floats(0, 1e6))
def test_a_stamp_comes_out_in_host_seconds_and_goes_back(ahead_s: float, ppm: float, start_s: float) -> None:
    phone, clock, rng = Phone(ahead_s, ppm, start_s), PhoneClock(), np.random.default_rng(1)
    for t_s in start_s + np.arange(0.0, 120.0, 30.0):
        burst(clock, phone, rng, t_s)
    now_s = start_s + np.arange(120.0)
    np.testing.assert_allclose(clock.to_host(phone.unix_s(now_s)), now_s, rtol=0, atol=2e-3)
    np.testing.assert_allclose(clock.to_phone(clock.to_host(phone.unix_s(now_s))), phone.unix_s(now_s), atol=1e-6)


def test_a_phone_that_never_answered_maps_nothing() -> None:
    with pytest.raises(ValueError, match="must have answered"):
        PhoneClock().to_host(np.array([AHEAD_S]))


@pytest.mark.parametrize("seed", range(4))
def test_half_an_hour_over_wifi_stays_within_a_quarter_of_a_millisecond(seed: int) -> None:
    phone, clock, rng = Phone(AHEAD_S, 35.0, 0.0), PhoneClock(), np.random.default_rng(seed)
    worst_s = []
    for t_s in np.arange(0.0, 1800.0, 30.0):
        burst(clock, phone, rng, t_s)
        worst_s.append(error_s(clock, phone, t_s + 1.0))
    assert worst_s[0] < 2e-3  # one burst shows no drift
    assert max(worst_s[1:10]) < 1.2e-3
    assert max(worst_s[10:]) < 0.25e-3
    assert np.median(worst_s[10:]) < 0.15e-3
    assert clock.drift_ppm == pytest.approx(35.0, abs=1.0)
    assert clock.offset_s == pytest.approx(-AHEAD_S - 35e-6 * 1770, abs=0.3e-3)
    assert max(worst_s[10:]) < clock.uncertainty_s < 6e-3  # half of the shortest way is 4 ms


def test_answers_that_were_held_up_hardly_count() -> None:
    phone, clock, rng = Phone(AHEAD_S, 0.0, 0.0), PhoneClock(), np.random.default_rng(1)
    burst(clock, phone, rng, 0.0)
    before_s = clock.to_host(np.array([AHEAD_S]))
    for t_s in 10.0 + np.arange(20) * 0.3:  # a burst of which every answer waits
        there_s, back_s = trip(rng)
        clock.echo(t_s, phone.answer_s(t_s + there_s + 0.08), t_s + there_s + 0.08 + back_s)
    assert abs(clock.to_host(np.array([AHEAD_S])) - before_s) < 0.2e-3


def test_a_trip_of_two_hundred_milliseconds_is_no_step() -> None:
    phone, clock, rng = Phone(AHEAD_S, 0.0, 0.0), PhoneClock(), np.random.default_rng(1)
    burst(clock, phone, rng, 0.0)
    assert clock.echo(30.0, phone.answer_s(30.004), 30.2) == 0.0


@pytest.mark.parametrize("step_s", [-3600.0, -0.03, 0.03, 0.9, 3600.0])
def test_a_step_of_the_phones_clock_is_found_by_the_next_answer(step_s: float) -> None:
    phone, clock, rng = Phone(AHEAD_S, 35.0, 0.0), PhoneClock(), np.random.default_rng(1)
    for t_s in np.arange(0.0, 600.0, 30.0):
        burst(clock, phone, rng, t_s)
    stepped = Phone(AHEAD_S + step_s, 35.0, 0.0)
    found = burst(clock, stepped, rng, 600.0)
    assert found[0] == pytest.approx(step_s, abs=5e-3)
    assert not any(found[1:])
    assert error_s(clock, stepped, 601.0) < 2e-3


def test_a_drift_that_changes_is_followed() -> None:
    clock, rng = PhoneClock(), np.random.default_rng(1)
    cold = Phone(AHEAD_S, 35.0, 0.0)
    for t_s in np.arange(0.0, 600.0, 30.0):
        burst(clock, cold, rng, t_s)
    warm = Phone(AHEAD_S + (35 - 10) * 1e-6 * 600, 10.0, 0.0)  # the two agree at 600 s
    worst_s = []
    for t_s in np.arange(600.0, 1500.0, 30.0):
        burst(clock, warm, rng, t_s)
        worst_s.append(error_s(clock, warm, t_s + 1.0))
    assert max(worst_s) < 3e-3
    assert max(worst_s[21:]) < 0.3e-3  # the cold is forgotten
