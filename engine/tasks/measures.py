"""What several tasks measure alike: sensitivity and bias, reaction times, their spread, their tail and their course.

Formulas and their sources: docs/tasks.md.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, log, pi, sqrt
from statistics import NormalDist, StatisticsError, fmean, linear_regression, pstdev, stdev
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TAIL_TRIALS = 40
"""Reaction times below which their tail is anybody's guess: 40 to 50 a cell are asked for, 100 are better."""

COURSE_TRIALS = 9
"""Width at half height of the window, in trials, in which the variance time course is smoothed."""


class Detection(NamedTuple):
    """How well two things were told apart (d'), and how ready the hand was (c: below 0 ready, above 0 cautious)."""

    d_prime: float | None
    criterion: float | None


def detection(hits: int, misses: int, false_alarms: int, held: int) -> Detection:
    """Sensitivity and bias of yes and no; neither is known where one of the two kinds never came.

    H = (hits + .5) / (signals + 1), F = (false alarms + .5) / (others + 1), the log-linear correction;
    d' = Z(H) - Z(F), c = -(Z(H) + Z(F)) / 2.
    """
    signals, others = hits + misses, false_alarms + held
    if not signals or not others:
        return Detection(None, None)
    z = NormalDist().inv_cdf
    z_hit, z_false = z((hits + 0.5) / (signals + 1)), z((false_alarms + 0.5) / (others + 1))
    return Detection(z_hit - z_false, -(z_hit + z_false) / 2)


class Reactions(NamedTuple):
    """Reaction times in seconds; a mean needs one, sd and cv = sd / mean need two."""

    mean_s: float | None
    sd_s: float | None
    cv: float | None


def reactions(times_s: Sequence[float]) -> Reactions:
    """Of so many, or of none."""
    if not times_s:
        return Reactions(None, None, None)
    mean_s = fmean(times_s)
    sd_s = stdev(times_s) if len(times_s) >= 2 else None
    return Reactions(mean_s, sd_s, sd_s / mean_s if sd_s is not None and mean_s else None)


def share(part: int, whole: int) -> float | None:
    """None of nothing."""
    return part / whole if whole else None


class ExGaussian(NamedTuple):
    """A normal part (mu, sigma) and an exponential tail of mean tau; mean = mu + tau, variance = sigma^2 + tau^2."""

    mu_s: float
    sigma_s: float
    tau_s: float


_LEAST_S = 0.001
_SETTLED_S = 1e-5
_MOST_STEPS = 1000


def ex_gaussian(times_s: Sequence[float]) -> ExGaussian | None:
    """The ex-Gaussian that makes these reaction times likeliest; None below TAIL_TRIALS or where all are equal.

    Starts from the moments, tau = SD (skew / 2)^(1/3), and climbs by expectation and maximisation with each time's
    exponential part as what is missing, which given the time is a normal one cut off at 0. 1 ms <= tau <= SD.
    """
    if len(times_s) < TAIL_TRIALS or not (sd_s := pstdev(times_s)):
        return None
    now, times = _by_moments(times_s, sd_s), np.asarray(times_s, np.float64)
    for _ in range(_MOST_STEPS):
        after = _likelier(times, now)
        settled = max(abs(a - b) for a, b in zip(after, now, strict=True)) < _SETTLED_S
        now = after
        if settled:
            break
    return now._replace(tau_s=min(sd_s, max(_LEAST_S, now.tau_s)))


def _by_moments(times_s: Sequence[float], sd_s: float) -> ExGaussian:
    mean_s = fmean(times_s)
    skew = fmean(((time_s - mean_s) / sd_s) ** 3 for time_s in times_s)
    tau_s = sd_s * min(0.95, max(0.3, (max(0.0, skew) / 2) ** (1 / 3)))
    return ExGaussian(mean_s - tau_s, sqrt(sd_s**2 - tau_s**2), tau_s)


def _likelier(times_s: NDArray[np.float64], now: ExGaussian) -> ExGaussian:
    """One step: the expected tails and their squares given `now`, then what is likeliest given these.

    What cuts a tail off at 0 lifts it by the hazard of the standard normal distribution, phi(z) / Phi(z), which is
    sqrt(2 / pi) / erfcx(-z / sqrt(2)) and as such never 0 / 0.
    """
    from scipy.special import erfcx  # noqa: PLC0415 -- whoever only plays need not wait for it

    mu_s, sigma_s, tau_s = now
    middles_s = times_s - (mu_s + sigma_s**2 / tau_s)
    lifted_s = sigma_s * sqrt(2 / pi) / erfcx(-middles_s / (sigma_s * sqrt(2)))
    tails_s = middles_s + lifted_s
    tail_s = float(tails_s.mean())
    new_mu_s = float(times_s.mean()) - tail_s
    away_s, squares = times_s - new_mu_s, middles_s**2 + sigma_s**2 + middles_s * lifted_s
    variance = float((away_s**2 - 2 * away_s * tails_s + squares).mean())
    return ExGaussian(new_mu_s, sqrt(max(variance, _LEAST_S**2)), max(_LEAST_S, tail_s))


def slope(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Of the straight line with the least squares; None where all x are the same, or there are fewer than two."""
    try:
        return linear_regression(xs, ys).slope
    except StatisticsError:
        return None


def variance_course(times_s: Sequence[float | None]) -> list[float] | None:
    """The variance time course: how far reaction times stray from their mean, trial by trial, in SD.

    |time - mean| / SD, linear between answers where there is none, smoothed by a Gaussian of COURSE_TRIALS at half
    height. None below TAIL_TRIALS answers or where all are equal. Source: Esterman et al. 2013, Cereb Cortex 23:2712.
    """
    known = {i: time_s for i, time_s in enumerate(times_s) if time_s is not None}
    if len(known) < TAIL_TRIALS or not (sd_s := pstdev(known.values())):
        return None
    mean_s = fmean(known.values())
    strays = _filled({i: abs(time_s - mean_s) / sd_s for i, time_s in known.items()}, len(times_s))
    return _smoothed(strays, COURSE_TRIALS / sqrt(8 * log(2)))


def _filled(known: dict[int, float], length: int) -> list[float]:
    """Linear between what is known, and level outside."""
    at = sorted(known)
    filled = [known[at[0]]] * at[0]
    for left, right in pairwise(at):
        filled += [known[left] + (known[right] - known[left]) * k / (right - left) for k in range(right - left)]
    return filled + [known[at[-1]]] * (length - at[-1])


def _smoothed(values: Sequence[float], sd: float) -> list[float]:
    reach = round(3 * sd)
    weights = [exp(-((k / sd) ** 2) / 2) for k in range(-reach, reach + 1)]
    smoothed = []
    for i in range(len(values)):
        window = [
            (values[j], weights[j - i + reach]) for j in range(max(0, i - reach), min(len(values), i + reach + 1))
        ]
        smoothed.append(sum(value * weight for value, weight in window) / sum(weight for _, weight in window))
    return smoothed
