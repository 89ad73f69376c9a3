"""Measures against closed forms, and against people who answer by known numbers."""

from math import erf, exp, log, pi, sqrt
from random import Random
from statistics import fmean, median, pstdev

import pytest
from scipy import stats

from engine.tasks.measures import (
    TAIL_TRIALS,
    detection,
    ex_gaussian,
    reactions,
    share,
    slope,
    variance_course,
)
from neuro.twin.profiles import ADHD, ADULT, CHILD, Reaction

CHECKUP_HITS = 144  # 6 minutes of a picture every 2 s, of which four in five are to be answered


def reaction_times_s(of: Reaction, n: int, seed: int) -> list[float]:
    chance = Random(seed)
    return [of.mu_s + chance.gauss(0, of.sigma_s) + chance.expovariate(1 / of.tau_s) for _ in range(n)]


def log_likelihood(times_s: list[float], mu_s: float, sigma_s: float, tau_s: float) -> float:
    """Of the density as it is printed in books: (1/tau) exp(s^2/2t^2 - (x-m)/t) Phi((x-m)/s - s/t)."""
    total = 0.0
    for time_s in times_s:
        z = (time_s - mu_s) / sigma_s - sigma_s / tau_s
        total += log(1 / tau_s) + sigma_s**2 / (2 * tau_s**2) - (time_s - mu_s) / tau_s
        total += log(max(1e-300, (1 + erf(z / sqrt(2))) / 2))
    return total


@pytest.mark.parametrize("reaction", [ADULT.reaction_in, CHILD.reaction_in, ADHD.reaction_out])
def test_the_tail_of_a_check_up_is_found_within_a_fifth(reaction: Reaction) -> None:
    found = [ex_gaussian(reaction_times_s(reaction, CHECKUP_HITS, seed)) for seed in range(15)]
    taus_s = [fit.tau_s for fit in found if fit]
    assert median(taus_s) == pytest.approx(reaction.tau_s, rel=0.10)
    assert sum(abs(tau_s / reaction.tau_s - 1) < 0.2 for tau_s in taus_s) >= 9
    assert fmean(fit.mu_s for fit in found if fit) == pytest.approx(reaction.mu_s, abs=0.015)
    assert fmean(fit.sigma_s for fit in found if fit) == pytest.approx(reaction.sigma_s, abs=0.015)


def test_no_ex_gaussian_nearby_is_likelier_than_the_one_found() -> None:
    times_s = reaction_times_s(CHILD.reaction_in, CHECKUP_HITS, 3)
    found = ex_gaussian(times_s)
    assert found is not None
    best = log_likelihood(times_s, *found)
    for which in range(3):
        for factor in (0.97, 1.03):
            near = [value * (factor if at == which else 1) for at, value in enumerate(found)]
            assert log_likelihood(times_s, near[0], near[1], near[2]) < best


def test_a_tail_is_not_guessed_from_few_answers_or_equal_ones() -> None:
    times_s = reaction_times_s(CHILD.reaction_in, TAIL_TRIALS, 1)
    assert ex_gaussian(times_s) is not None
    assert ex_gaussian(times_s[:-1]) is None
    assert ex_gaussian([0.5] * 100) is None


def test_the_tail_stays_between_a_millisecond_and_the_spread() -> None:
    left_tailed_s = [1 - time_s for time_s in reaction_times_s(CHILD.reaction_in, 100, 2)]
    found = ex_gaussian(left_tailed_s)
    assert found is not None
    assert 0.001 <= found.tau_s < 0.06


def test_a_slope_is_that_of_the_line() -> None:
    assert slope([0, 1, 2, 3], [1, 3, 5, 7]) == pytest.approx(2)
    assert slope([1, 1, 1], [1, 2, 3]) is None
    assert slope([1], [1]) is None


def test_the_variance_course_of_a_lone_stray_is_the_gaussian_it_is_smoothed_by() -> None:
    times_s: list[float | None] = [0.4, 0.6] * 200
    times_s[200] = 1.4
    course = variance_course(times_s)
    assert course is not None
    above = [value - course[100] for value in course]
    spread = 9 / sqrt(8 * 0.6931472)
    assert above[200 + 9] / above[200] == pytest.approx(exp(-((9 / spread) ** 2) / 2), rel=0.01)
    assert above[200 + 4] / above[200] == pytest.approx(exp(-((4 / spread) ** 2) / 2), rel=0.01)
    answered_s = [time_s for time_s in times_s if time_s is not None]
    mean_s, sd_s = fmean(answered_s), pstdev(answered_s)
    peak = (1.4 - mean_s) / sd_s - (mean_s - 0.4) / sd_s
    assert above[200] == pytest.approx(peak / (spread * sqrt(2 * pi)), rel=0.01)


def test_the_variance_course_bridges_what_was_not_answered() -> None:
    whole: list[float | None] = [0.4, 0.6] * 30
    holed = [None if 20 <= i < 24 else time_s for i, time_s in enumerate(whole)]
    course = variance_course(holed)
    assert course is not None
    assert len(course) == len(whole)
    assert max(course) - min(course) < 0.05
    assert variance_course(whole[: TAIL_TRIALS - 1]) is None


def test_nothing_is_said_of_nothing() -> None:
    assert detection(0, 0, 3, 4) == (None, None)
    assert reactions([]) == (None, None, None)
    assert share(0, 0) is None


def test_sensitivity_and_bias_are_those_of_the_log_linear_formula() -> None:
    told = detection(hits=19, misses=0, false_alarms=0, held=19)
    assert told.d_prime == pytest.approx(2 * 1.95996, abs=1e-4)  # H = 19.5 / 20, F = .5 / 20
    assert told.criterion == pytest.approx(0, abs=1e-9)


def test_the_example_of_stanislaw_and_todorov() -> None:
    """1999, Behav Res Meth 31:137: hits .80 and false alarms .40 make d' 1.095, c -.294; of many, uncorrected"""
    told = detection(hits=80_000, misses=20_000, false_alarms=40_000, held=60_000)
    assert told is not None
    assert told.d_prime == pytest.approx(1.095, abs=5e-4)
    assert told.criterion == pytest.approx(-0.294, abs=5e-4)


def test_the_ex_gaussian_is_as_likely_as_the_one_that_scipy_finds() -> None:
    times_s = reaction_times_s(ADHD.reaction_in, CHECKUP_HITS, 5)
    found = ex_gaussian(times_s)
    shape, mu_s, sigma_s = stats.exponnorm.fit(times_s, 1.5, loc=0.4, scale=0.08)
    assert found is not None
    assert log_likelihood(times_s, *found) == pytest.approx(
        log_likelihood(times_s, mu_s, sigma_s, shape * sigma_s), abs=0.01
    )
    assert (found.mu_s, found.sigma_s, found.tau_s) == pytest.approx((mu_s, sigma_s, shape * sigma_s), abs=0.003)
