"""The resting baseline: robust, cautious, and plain numbers."""

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import trim_mean

from neuro.baseline import FARTHEST, PRIOR_SECONDS, TRUSTED_SECONDS, Baseline, Rest, Tension, away
from neuro.spectrum import HZ, N_NUMBERS, own_bins, shape_of
from neuro.unmix import unmixed, unmixing

CHANNELS = ("AF7", "AF8")
USUAL = np.full((2, N_NUMBERS), 0.5)
CLEAN = np.ones(2, bool)
PINK = 100 / np.maximum(HZ, 0.5)


def transform(power: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """(n_channels, 2, n_hz) with this power (n_channels, n_hz), each bin with a phase of its own."""
    phase = rng.uniform(0, 2 * np.pi, power.shape)
    return np.sqrt(power)[:, None] * np.stack([np.cos(phase), np.sin(phase)], axis=1)


def moments(seconds: float, outliers: int = 0, n_channels: int = 2) -> list[NDArray[np.float64]]:
    """Ten a second, around 1/f; the height, too, changes a little."""
    rng = np.random.default_rng(1)
    found = []
    for i in range(round(seconds * 10)):
        scatter = rng.gamma(8, 1 / 8, (n_channels, len(HZ))) * np.exp(0.2 * rng.standard_normal((n_channels, 1)))
        found.append(transform((1e4 if i < outliers else 1.0) * PINK * scatter, rng))
    return found


def rest(seconds: float, outliers: int = 0) -> Rest:
    """So much rest, and a muscle power of 10 dB with a spread of 1."""
    rng, found = np.random.default_rng(1), Rest(CHANNELS, USUAL)
    for bins in moments(seconds, outliers):
        sudden = np.array([[30.0, 30.0], [5.0, 5.0]]) + np.array([[6.0], [2.0]]) * rng.standard_normal((2, 2))
        found.add(bins, CLEAN, CLEAN, 10 + rng.standard_normal(), sudden)
    return found


def added(found: Rest, power: NDArray[np.float64], clean: NDArray[np.bool_], n: int = 100) -> Baseline:
    """The baseline after n moments of the same power (n_channels, n_hz)."""
    rng = np.random.default_rng(2)
    for _ in range(n):
        found.add(transform(power, rng), clean, clean, 0.0, np.zeros((2, len(power))))
    baseline = found.baseline()
    assert baseline is not None
    return baseline


def deviations(baseline: Baseline, hops: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """(n_channels, 1 + n, N_NUMBERS) of the mean of n hops and of each, all good."""
    own = own_of(baseline, np.stack(hops, axis=1))
    shapes = shape_of(np.concatenate([own.mean(axis=1, keepdims=True), own], axis=1))
    which = [0] + [1] * len(hops)
    return away(shapes, baseline.centre[:, which], baseline.spread[:, which])


def own_of(baseline: Baseline, bins: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n_channels, ..., n_bins) of transforms (n_channels, ..., 2, n_hz), all good."""
    rows = unmixing(baseline.covariance, np.ones(len(baseline.channels), bool))
    return np.asarray(unmixed(bins, rows) @ own_bins(baseline.alpha_hz))


def learned(seconds: float, outliers: int = 0) -> Baseline:
    baseline = rest(seconds, outliers=outliers).baseline()
    assert baseline is not None
    return baseline


def test_less_than_five_seconds_say_nothing() -> None:
    assert rest(4.9).baseline() is None
    assert rest(5.0).baseline() is not None


def test_the_centre_is_the_mean_of_rest_without_its_ends() -> None:
    baseline = learned(60)
    assert baseline.alpha_hz == 10.0  # none stands out
    own = np.stack([own_of(baseline, bins) for bins in moments(60)])
    assert baseline.centre[:, 1] == pytest.approx(trim_mean(shape_of(own), 0.1), abs=1e-3)
    means = np.stack([own[i : i + 21 : 5].mean(axis=0) for i in range(len(own) - 20)])
    assert baseline.centre[:, 0] == pytest.approx(trim_mean(shape_of(means), 0.1), abs=1e-3)
    assert baseline.muscle_db == pytest.approx(10, abs=0.3)
    assert baseline.muscle_spread_db == pytest.approx(1, abs=0.3)


def test_a_tenth_of_nonsense_hardly_moves_what_is_usual() -> None:
    usual, disturbed = learned(120), learned(120, outliers=120)
    assert disturbed.centre[..., :-1] == pytest.approx(usual.centre[..., :-1], abs=0.15)
    assert disturbed.spread[:, 1] == pytest.approx(usual.spread[:, 1], abs=0.1)


def test_the_mean_of_four_seconds_scatters_less_than_a_token() -> None:
    spread = learned(120).spread[..., :-1].mean(axis=(0, 2))
    assert spread[0] < 0.8 * spread[1]


def test_the_spread_lies_between_the_own_and_the_usual_and_nears_the_own_with_time() -> None:
    spreads = [learned(seconds).spread[:, 1].mean(axis=0) for seconds in (5, 20, 300)]
    assert np.all(np.diff(spreads, axis=0) < 0)
    own = 300 / (300 + PRIOR_SECONDS)
    assert np.all(spreads[-1] > (1 - own) * USUAL[1])
    assert spreads[-1][:-1] == pytest.approx(own * 0.19 + (1 - own) * USUAL[1, :-1], abs=0.06)


def test_bins_follow_the_own_alpha() -> None:
    power = PINK * (1 + 8 * np.exp(-((HZ - 8.5) ** 2)))
    baseline = added(Rest(CHANNELS, USUAL), np.tile(power, (2, 1)), CLEAN)
    assert baseline.alpha_hz == pytest.approx(8.5, abs=0.3)
    usual = added(Rest(CHANNELS, USUAL), np.tile(PINK, (2, 1)), CLEAN)
    faster = PINK * (1 + 8 * np.exp(-((HZ - 10.0) ** 2)))
    own, other = (added(Rest(CHANNELS, USUAL), np.tile(each, (2, 1)), CLEAN) for each in (power, faster))
    assert own.centre[0, 1, :-1] - usual.centre[0, 1, :-1] == pytest.approx(
        other.centre[0, 1, :-1] - usual.centre[0, 1, :-1], abs=0.7
    )


def test_who_knows_of_nobody_else_keeps_the_own_spread() -> None:
    found = Rest(CHANNELS, None)
    for bins in moments(30):
        found.add(bins, CLEAN, CLEAN, 0.0, np.zeros((2, 2)))
    baseline = found.baseline()
    assert baseline is not None
    assert baseline.spread[:, 1, :-1].mean() == pytest.approx(0.18, abs=0.04)


def test_while_a_channel_is_bad_neither_it_nor_what_leaks_from_it_is_rest() -> None:
    found, pink = Rest(CHANNELS, USUAL), np.tile(PINK, (2, 1))
    added(found, pink * np.array([[1e3], [1.0]]), np.array([False, True]))
    baseline = added(found, pink, CLEAN)
    assert baseline.centre[0, 1] == pytest.approx(baseline.centre[1, 1], abs=0.15)


def test_rest_itself_deviates_little() -> None:
    baseline = learned(60)
    assert np.abs(deviations(baseline, moments(60)[100:121:5])).mean() < 1.0


def test_a_deviation_counts_in_spreads_and_ends_somewhere() -> None:
    baseline, hops = learned(60), moments(60)[100:121:5]
    louder = [bins * np.exp(baseline.spread[:, 1, -1:] / 2)[:, None] for bins in hops]
    rise = deviations(baseline, louder)[:, 1:, -1] - deviations(baseline, hops)[:, 1:, -1]
    assert rise == pytest.approx(np.ones((2, 5)), abs=0.2)
    assert deviations(baseline, [1e5 * bins for bins in hops])[0, 0, -1] == FARTHEST


def looked(eyes: list[np.ndarray]) -> Baseline:
    found, rng = Rest(CHANNELS, USUAL), np.random.default_rng(3)
    for each in eyes:
        found.add(transform(np.tile(PINK, (2, 1)), rng), CLEAN, CLEAN, 0.0, np.zeros((2, 2)), each)
    baseline = found.baseline()
    assert baseline is not None
    return baseline


def test_eyes_are_compared_with_the_own_eyes_at_rest() -> None:
    baseline = looked([np.full(6, value) for value in np.linspace(0, 2, 60)])
    assert baseline.eyes_z(np.full(6, 1.0)) == pytest.approx(np.zeros(6), abs=1e-9)
    assert (baseline.eyes_z(np.full((5, 6), 3.0)) > 2).all()
    assert np.isnan(baseline.eyes_z(np.full(6, np.nan))).all()


def test_eyes_that_were_hardly_seen_at_rest_say_nothing_later() -> None:
    baseline = looked([np.zeros(6)] * 40 + [np.full(6, np.nan)] * 60)
    assert baseline.eyes is None
    assert np.isnan(baseline.eyes_z(np.zeros((5, 6)))).all()


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
        found.add(
            transform(np.tile(PINK, (16, 1)), rng),
            np.ones(16, bool),
            np.ones(16, bool),
            0.0,
            rng.standard_normal((2, 16)),
        )
    baseline = found.baseline()
    assert baseline is not None
    for loud, is_sudden in ((1, False), (2, True)):
        far = np.where(np.arange(16) < loud, 20.0, 0.0) * np.ones((2, 1))
        assert baseline.is_sudden(sudden(baseline, far.tolist()), np.ones(16, bool)) is is_sudden


def test_too_steady_a_rest_does_not_make_every_breath_sudden() -> None:
    found = Rest(CHANNELS, USUAL)
    baseline = added(found, np.tile(PINK, (2, 1)), CLEAN)
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
    assert np.array_equal(again["covariance"], baseline.covariance)
    assert np.array_equal(again["centre"], baseline.centre)
    assert np.array_equal(again["spread"], baseline.spread)
    assert np.array_equal(again["sudden"], baseline.sudden)
    assert np.array_equal(again["sudden_spread"], baseline.sudden_spread)
    numbers = (baseline.muscle_db, baseline.muscle_spread_db, baseline.seconds)
    assert (again["muscle_db"], again["muscle_spread_db"], again["seconds"]) == numbers


def test_a_stored_baseline_is_the_same_again() -> None:
    baseline = rest(30.0).baseline()
    assert baseline is not None
    again = Baseline.from_json(json.loads(json.dumps(baseline.to_json())))
    assert again.to_json() == baseline.to_json()
    assert again.is_muscle(20.0) == baseline.is_muscle(20.0)
    hops = moments(1)[:5]
    np.testing.assert_array_equal(deviations(again, hops), deviations(baseline, hops))
