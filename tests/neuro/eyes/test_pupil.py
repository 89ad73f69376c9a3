"""Facts about the pupil: blinks and light are taken off, effort stays."""

import numpy as np
import pytest

from neuro.eyes.pupil import LightCurve, cleaned, lhipa_per_s, pupil

T_S = np.arange(0, 30, 1 / 100)
OPEN = np.zeros(T_S.size, bool)


def test_what_is_near_a_blink_is_left_out_and_short_gaps_are_filled() -> None:
    mm = np.full(T_S.size, 3.0)
    hidden = (T_S >= 10) & (T_S < 10.2)
    mm[1500:1504] = np.nan  # 50 ms from known to known
    mm[2000:2010] = np.nan
    clean = cleaned(T_S, mm, hidden)
    assert np.isnan(clean[(T_S > 9.905) & (T_S < 10.285)]).all()
    assert np.isfinite(clean[(T_S < 9.88) | ((T_S > 10.31) & (T_S < 19.9))]).all()
    assert np.isnan(clean[2000:2010]).all()


def test_what_no_pupil_can_be_is_left_out() -> None:
    mm = np.full(T_S.size, 3.0)
    mm[100:110], mm[200:210], mm[300] = 0.0, 15.0, 5.0
    clean = cleaned(T_S, mm, OPEN)
    assert np.isnan(clean[102:108]).all()
    assert np.isnan(clean[202:208]).all()
    assert clean[300] == pytest.approx(3.0)  # 2 mm in 10 ms; what is known on either side stands in


def test_the_light_curve_is_found_again() -> None:
    light = np.repeat([0.02, 0.05, 0.1, 0.25, 0.6], 20)
    curve = LightCurve.fit(light, 3.2 - 1.1 * np.log10(light))
    assert curve.at_one_mm == pytest.approx(3.2)
    assert curve.per_decade_mm == pytest.approx(-1.1)


@pytest.mark.parametrize("light", [np.full(9, 0.2), np.array([0.1, 0.5]), np.zeros(9)])
def test_a_curve_needs_different_lights(light: np.ndarray) -> None:
    with pytest.raises(ValueError, match="three or more points"):
        LightCurve.fit(light, np.full(light.size, 3.0))


def test_light_is_taken_off_and_effort_stays() -> None:
    curve = LightCurve(3.0, -1.0)
    light = np.interp(T_S, [14, 16], [0.1, 0.4])
    effort = 0.3 * np.exp(-(((T_S - 20) / 0.5) ** 2))
    mm = np.interp(T_S - 0.5, T_S, curve.mm(light)) + effort
    found = pupil(T_S, mm, OPEN, curve, light)
    np.testing.assert_allclose(found.effort_mm, effort, atol=1e-9)
    assert np.nanmax(found.phasic_mm) == pytest.approx(0.3, abs=0.02)
    assert np.ptp(pupil(T_S, mm, OPEN).effort_mm) > 0.5  # where nobody knows the light, it stays in


def test_tonic_phasic_and_slope_of_a_slow_rise() -> None:
    found = pupil(T_S, 3 + 0.02 * T_S, OPEN)
    np.testing.assert_allclose(found.mm_per_s[100:], 0.02, rtol=1e-6)
    np.testing.assert_allclose(found.tonic_mm + found.phasic_mm, found.effort_mm)
    assert found.phasic_mm[-1] == pytest.approx(0.1, abs=0.01)  # half of ten seconds


def test_the_future_never_changes_the_past() -> None:
    mm = 3 + 0.1 * np.random.default_rng(1).normal(size=T_S.size).cumsum() / 10
    half = slice(0, 1500)
    whole, part = pupil(T_S, mm, OPEN), pupil(T_S[half], mm[half], OPEN[half])
    np.testing.assert_allclose(whole.phasic_mm[half], part.phasic_mm)
    np.testing.assert_allclose(whole.mm_per_s[half], part.mm_per_s)


def test_a_pupil_that_nobody_measures_says_nothing() -> None:
    found = pupil(T_S, np.full(T_S.size, np.nan), OPEN)
    assert np.isnan(found.tonic_mm).all()
    assert np.isnan(found.mm_per_s).all()
    assert lhipa_per_s(T_S, found.clean_mm) is None
    assert pupil(np.empty(0), np.empty(0), np.empty(0, bool)).clean_mm.size == 0


def test_the_index_of_activity_needs_ten_seconds() -> None:
    mm = 3 + 0.05 * np.random.default_rng(2).normal(size=T_S.size)
    index = lhipa_per_s(T_S, mm)
    assert index is not None
    assert 0 <= index < 10
    assert lhipa_per_s(T_S[:900], mm[:900]) is None
