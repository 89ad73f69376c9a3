"""The resting baseline: robust, cautious, and plain numbers."""

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.baseline import FARTHEST, PRIOR_SECONDS, TRUSTED_SECONDS, Baseline, Rest, Tension

CHANNELS = ("AF7", "AF8")
USUAL = np.array([0.3, 0.4, 0.5])


def rest(seconds: float, rng: np.random.Generator | None = None, outliers: int = 0) -> Rest:
    """So much rest around 1, 2, 3 with a spread of .2, and a muscle power of 10 dB with a spread of 1."""
    rng = rng or np.random.default_rng(1)
    found = Rest(CHANNELS, USUAL)
    for i in range(round(seconds * 10)):
        far = 50.0 if i < outliers else 0.0
        steady = np.array([1.0, 2.0, 3.0]) + 0.2 * rng.standard_normal((2, 3)) + far
        sudden = np.array([[30.0, 30.0], [5.0, 5.0]]) + np.array([[6.0], [2.0]]) * rng.standard_normal((2, 2))
        found.add(steady, 10 + rng.standard_normal(), sudden)
    return found


def learned(seconds: float, outliers: int = 0) -> Baseline:
    baseline = rest(seconds, outliers=outliers).baseline()
    assert baseline is not None
    return baseline


def test_less_than_five_seconds_say_nothing() -> None:
    assert rest(4.9).baseline() is None
    assert rest(5.0).baseline() is not None


def test_the_centre_is_the_median_of_rest() -> None:
    baseline = learned(120)
    assert baseline.centre == pytest.approx(np.tile([1.0, 2.0, 3.0], (2, 1)), abs=0.05)
    assert baseline.muscle_db == pytest.approx(10, abs=0.2)
    assert baseline.muscle_spread_db == pytest.approx(1, abs=0.2)


def test_a_tenth_of_nonsense_hardly_moves_it() -> None:
    assert learned(120, outliers=120).centre == pytest.approx(learned(120).centre, abs=0.1)
    assert learned(120, outliers=120).spread == pytest.approx(learned(120).spread, abs=0.1)


def test_the_spread_lies_between_the_own_and_the_usual_and_nears_the_own_with_time() -> None:
    spreads = [learned(seconds).spread.mean(axis=0) for seconds in (5, 20, 600)]
    assert np.all(np.diff(spreads, axis=0) < 0)
    own = 600 / (600 + PRIOR_SECONDS)
    assert spreads[-1] == pytest.approx(own * 0.2 + (1 - own) * USUAL, abs=0.01)


def test_rest_itself_deviates_from_nothing() -> None:
    baseline = learned(60)
    assert baseline.z(baseline.centre, np.array([True, True])) == pytest.approx([0, 0, 0])


def test_a_deviation_counts_in_spreads_over_the_usable_channels_only() -> None:
    baseline = learned(60)
    steady = baseline.centre + baseline.spread * np.array([[1.0], [99.0]])
    assert baseline.z(steady, np.array([True, False])) == pytest.approx([1, 1, 1])
    assert baseline.z(steady, np.array([True, True])) == pytest.approx([(1 + FARTHEST) / 2] * 3)


def test_muscle_is_a_rise_of_five_decibels_at_least() -> None:
    baseline = learned(120)
    assert not baseline.is_muscle(baseline.muscle_db + 4.9)
    assert baseline.is_muscle(baseline.muscle_db + 5.1)


def sudden(baseline: Baseline, spreads: list[list[float]]) -> NDArray[np.float64]:
    return baseline.sudden + baseline.sudden_spread * np.array(spreads)


def test_a_blink_or_a_burst_on_one_of_two_channels_is_sudden() -> None:
    baseline, both = learned(120), np.array([True, True])
    assert not baseline.is_sudden(sudden(baseline, [[5.9, 5.9], [3.9, 3.9]]), both)
    assert baseline.is_sudden(sudden(baseline, [[6.1, 0.0], [0.0, 0.0]]), both)
    assert baseline.is_sudden(sudden(baseline, [[0.0, 0.0], [0.0, 4.1]]), both)
    assert not baseline.is_sudden(sudden(baseline, [[0.0, 9.0], [0.0, 9.0]]), np.array([True, False]))


def test_of_many_channels_an_eighth_must_be_sudden() -> None:
    found = Rest(tuple(f"Ch{i}" for i in range(16)), USUAL)
    rng = np.random.default_rng(2)
    for _ in range(100):
        found.add(np.zeros((16, 3)), 0.0, rng.standard_normal((2, 16)))
    baseline = found.baseline()
    assert baseline is not None
    for loud, is_sudden in ((1, False), (2, True)):
        far = np.where(np.arange(16) < loud, 20.0, 0.0) * np.ones((2, 1))
        assert baseline.is_sudden(sudden(baseline, far.tolist()), np.ones(16, bool)) is is_sudden


def test_too_steady_a_rest_does_not_make_every_breath_sudden() -> None:
    found = Rest(CHANNELS, USUAL)
    for _ in range(100):
        found.add(np.zeros((2, 3)), 0.0, np.zeros((2, 2)))
    baseline = found.baseline()
    assert baseline is not None
    assert not baseline.is_sudden(np.array([[17.0, 17.0], [3.9, 3.9]]), np.array([True, True]))


def test_tension_lingers_as_long_as_the_powers_look_back() -> None:
    tension = Tension()
    tense = [tension(i / 10, i == 5) for i in range(40)]
    assert tense == [5 <= i <= 25 for i in range(40)]


def test_trust_grows_with_rest() -> None:
    assert learned(TRUSTED_SECONDS / 2).trust == pytest.approx(0.5)
    assert learned(TRUSTED_SECONDS).trust == learned(90).trust == 1.0


def test_a_baseline_is_plain_numbers_in_json() -> None:
    baseline = learned(30)
    again = json.loads(json.dumps(baseline.to_json()))
    assert again["channels"] == list(CHANNELS)
    assert np.array_equal(again["centre"], baseline.centre)
    assert np.array_equal(again["spread"], baseline.spread)
    assert np.array_equal(again["sudden"], baseline.sudden)
    assert np.array_equal(again["sudden_spread"], baseline.sudden_spread)
    numbers = (baseline.muscle_db, baseline.muscle_spread_db, baseline.seconds)
    assert (again["muscle_db"], again["muscle_spread_db"], again["seconds"]) == numbers
