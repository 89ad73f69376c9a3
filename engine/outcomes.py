"""Whether a group, a course or one person has changed: the tests that a statistician would ask for, and how sure.

docs/outcomes.md says which question each of them answers, and what none of them can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log, sqrt
from statistics import NormalDist, fmean
from typing import Literal, NamedTuple
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

Interval = tuple[float, float]
Floats = NDArray[np.float64]

NORMAL_P = 0.05
"""Differences that are less likely than this to be normal (Shapiro and Wilk) are told by ranks."""

RESAMPLES = 2000


def sem(sd: float, reliability: float) -> float:
    """Standard error of measurement, SD sqrt(1 - r). Raises ValueError: r is not within 0..1."""
    if not 0 <= reliability <= 1:
        raise ValueError(f"A reliability lies between 0 and 1, not at {reliability:g}.")
    return sd * sqrt(1 - reliability)


def minimal_detectable_change(standard_error: float) -> float:
    """MDC95 = 1.96 sqrt(2) SEM: a smaller difference between two times may be the measure's own wavering."""
    return NormalDist().inv_cdf(0.975) * sqrt(2) * standard_error


@dataclass(frozen=True, slots=True)
class Paired:
    """Before and after, of the same people.

    difference: mean of after minus before, with its 95 % interval
    normal_p:   Shapiro and Wilk, of the differences; decides which of the two p values is `p`
    t_p, rank_p: paired t test, and Wilcoxon's signed ranks, two-sided
    g:          Hedges' g_av: the difference in mean SDs of both times, corrected for few people, with its interval
    d_z:        the difference in SDs of the differences: another thing, larger where the times agree
    """

    n: int
    difference: float
    interval: Interval
    normal_p: float
    t: float
    t_p: float
    rank_p: float
    g: float
    g_interval: Interval
    d_z: float

    @property
    def p(self) -> float:
        return self.t_p if self.normal_p >= NORMAL_P else self.rank_p

    @property
    def test(self) -> Literal["paired t", "Wilcoxon signed rank"]:
        return "paired t" if self.normal_p >= NORMAL_P else "Wilcoxon signed rank"


def paired(befores: Sequence[float], afters: Sequence[float], seed: int = 0) -> Paired:
    """seed: of the resampling that g's interval comes from (bias corrected and accelerated)

    Raises ValueError: fewer than five people, or nobody changed at all.
    """
    before, after = np.asarray(befores, float), np.asarray(afters, float)
    change = after - before
    if len(change) < 5:
        raise ValueError("Before and after need at least five people to be compared.")
    if np.ptp(change) <= 1e-9 * max(1.0, float(np.abs(change).max())):
        raise ValueError("Everybody changed by exactly the same: there is nothing to test.")
    found = stats.ttest_rel(after, before)
    low, high = found.confidence_interval(0.95)
    resampled = stats.bootstrap(
        (before, after), _g_av, paired=True, vectorized=False, n_resamples=RESAMPLES, rng=seed
    )
    return Paired(
        n=len(change),
        difference=float(change.mean()),
        interval=(float(low), float(high)),
        normal_p=float(stats.shapiro(change).pvalue),
        t=float(found.statistic),
        t_p=float(found.pvalue),
        rank_p=float(stats.wilcoxon(change).pvalue),
        g=_g_av(before, after),
        g_interval=(float(resampled.confidence_interval.low), float(resampled.confidence_interval.high)),
        d_z=float(change.mean() / change.std(ddof=1)),
    )


def _g_av(before: Floats, after: Floats) -> float:
    """Source: Lakens 2013, Front Psychol 4:863: the mean of both SDs below, Hedges' correction for n - 1 degrees."""
    n = len(before)
    spread = (before.std(ddof=1) + after.std(ddof=1)) / 2
    return float((after.mean() - before.mean()) / spread * (1 - 3 / (4 * (n - 1) - 1)))


@dataclass(frozen=True, slots=True)
class Anova:
    """Repeated measures, one factor. epsilon: Greenhouse and Geisser's; p: with its corrected degrees of freedom"""

    f: float
    df: tuple[float, float]
    epsilon: float
    p: float
    eta_p: float


def repeated_measures(table: Sequence[Sequence[float]]) -> Anova:
    """table: (people, times), every cell filled: where one is missing take `mixed` instead.

    Raises ValueError: fewer than three people or two times, or a cell is missing.
    """
    values = np.asarray(table, float)
    if values.ndim != 2 or values.shape[0] < 3 or values.shape[1] < 2 or not np.isfinite(values).all():
        raise ValueError("This needs at least three people at the same two or more times, with nothing missing.")
    people, times = values.shape
    grand = values.mean()
    between_times = people * ((values.mean(0) - grand) ** 2).sum()
    between_people = times * ((values.mean(1) - grand) ** 2).sum()
    rest = ((values - grand) ** 2).sum() - between_times - between_people
    df = times - 1, (times - 1) * (people - 1)
    f = (between_times / df[0]) / (rest / df[1])
    epsilon = _sphericity(values)
    corrected = epsilon * df[0], epsilon * df[1]
    return Anova(
        float(f), corrected, epsilon, float(stats.f.sf(f, *corrected)), float(between_times / (between_times + rest))
    )


def _sphericity(values: Floats) -> float:
    """Greenhouse and Geisser's epsilon, from the doubly centred covariances of the times."""
    times = values.shape[1]
    if times == 2:
        return 1.0
    covariance = np.cov(values, rowvar=False)
    centred = covariance - covariance.mean(0) - covariance.mean(1)[:, None] + covariance.mean()
    return float(np.trace(centred) ** 2 / ((times - 1) * (centred**2).sum()))


@dataclass(frozen=True, slots=True)
class Effect:
    """One fixed effect of a mixed model, with its 95 % interval."""

    estimate: float
    interval: Interval
    p: float


@dataclass(frozen=True, slots=True)
class Mixed:
    """y ~ sitting * phase + (1 + sitting | person), by restricted maximum likelihood.

    effects:    by name: "sitting" is the slope in the first phase, "sitting:phase" how much steeper the other's is
    slope_sd:   how much slopes differ between people
    settled:    whether the search for it came to rest; else nothing of it should be told
    """

    effects: dict[str, Effect]
    slope_sd: float
    residual_sd: float
    people: int
    rows: int
    settled: bool


def mixed(person: Sequence[str], sitting: Sequence[float], phase: Sequence[int], y: Sequence[float]) -> Mixed:
    """phase: 0 or 1; all of one value leaves it out. What is missing is left out, and nothing is carried forward.

    Raises ValueError: fewer than three people, or statsmodels is not installed.
    """
    try:
        from statsmodels.regression.mixed_linear_model import MixedLM  # noqa: PLC0415 -- two seconds, rarely needed
    except ImportError as error:
        raise ValueError("Mixed models need statsmodels: run `pip install 'heron-focus[statistics]'`.") from error
    people = sorted(set(person))
    if len(people) < 3:
        raise ValueError("A mixed model needs at least three people.")
    values = np.asarray(y, float)
    keep = np.isfinite(values)
    far = float(np.std(np.asarray(sitting, float)[keep])) or 1.0
    n = (np.asarray(sitting, float)[keep] - fmean(sitting)) / far  # in SDs, so that the search for it comes to rest
    other = np.asarray(phase, float)[keep]
    columns = {"intercept": np.ones(len(n)), "sitting": n}
    if np.ptp(other) > 0:
        columns |= {"phase": other, "sitting:phase": n * other}
    groups = np.array([people.index(one) for one in person])[keep]
    exog, random = np.column_stack(list(columns.values())), np.column_stack([np.ones(len(n)), n])
    with catch_warnings():
        simplefilter("ignore")  # whether it came to rest is told by `settled`
        fitted = MixedLM(values[keep], exog, groups, exog_re=random).fit(reml=True)
    units = [far if "sitting" in name else 1.0 for name in columns]
    low_high = fitted.conf_int()[: len(units)] / np.array(units)[:, None]
    effects = {
        name: Effect(
            float(fitted.fe_params[i]) / units[i], (low_high[i][0], low_high[i][1]), float(fitted.pvalues[i])
        )
        for i, name in enumerate(columns)
    }
    slope_sd = sqrt(max(0.0, float(np.asarray(fitted.cov_re)[1, 1]))) / far
    return Mixed(effects, slope_sd, sqrt(float(fitted.scale)), len(people), len(n), bool(fitted.converged))


@dataclass(frozen=True, slots=True)
class Arms:
    """Two arms after training, adjusted for where everybody began (analysis of covariance)."""

    difference: float
    interval: Interval
    p: float
    n: int


def two_arms(befores: Sequence[float], afters: Sequence[float], trained: Sequence[bool]) -> Arms:
    """difference: trained minus control at the same beginning. Raises ValueError: an arm of fewer than three."""
    arm = np.asarray(trained, float)
    if min(arm.sum(), (1 - arm).sum()) < 3:
        raise ValueError("Both arms need at least three people.")
    x = np.column_stack([np.ones(len(arm)), np.asarray(befores, float), arm])
    y = np.asarray(afters, float)
    weights, *_ = np.linalg.lstsq(x, y, rcond=None)
    df = len(y) - 3
    variance = float(((y - x @ weights) ** 2).sum() / df) * np.linalg.inv(x.T @ x)[2, 2]
    error, far = sqrt(variance), float(stats.t.ppf(0.975, df))
    difference = float(weights[2])
    p = float(2 * stats.t.sf(abs(difference) / error, df))
    return Arms(difference, (difference - far * error, difference + far * error), p, len(y))


class Curve(NamedTuple):
    """How a measure moved over sittings.

    law:      the likelier of the two by the corrected Akaike criterion: exponential a - (a - b) e^(-kn), or power
    start, end: of the curve, at the first and the last sitting
    limit:    a, where the exponential leads; None for the power law, which leads nowhere
    last:     slope of the last PLATEAU sittings, a sitting, as its 95 % interval
    """

    law: Literal["exponential", "power"]
    start: float
    end: float
    limit: float | None
    last: Interval

    @property
    def plateau(self) -> bool:
        """Whether the last sittings may be level."""
        low, high = self.last
        return low <= 0 <= high


PLATEAU = 4
"""Sittings of which the slope's interval must hold 0. Source: the reference's evaluation plan."""


def learning_curve(values: Sequence[float]) -> Curve:
    """values: one a sitting, in order. Raises ValueError: fewer than six."""
    if len(values) < 6:
        raise ValueError("A learning curve needs at least six sittings.")
    n, y = np.arange(len(values), dtype=float), np.asarray(values, float)
    spread = max(float(np.ptp(y)), 1e-9)

    def exponential(at: Floats, a: float, b: float, k: float) -> Floats:
        return np.asarray(a - (a - b) * np.exp(-k * at))

    def power(at: Floats, a: float, b: float, k: float) -> Floats:
        return np.asarray(a + b * (at + 1) ** -k)

    fits = []
    for law, curve, begin, bounds in (
        ("exponential", exponential, (y[-1], y[0], 0.3), ((-inf, -inf, 0.01), (inf, inf, 5.0))),
        ("power", power, (y[-1] - spread, spread, 0.5), ((-inf, -inf, 0.01), (inf, inf, 5.0))),
    ):
        try:
            found, _ = optimize.curve_fit(curve, n, y, begin, bounds=bounds, maxfev=20_000)
        except RuntimeError:  # no curve of this law comes near
            continue
        squares = float(((y - curve(n, *found)) ** 2).sum())
        fits.append((_aicc(squares, len(y), 4), law, curve(n, *found), float(found[0])))
    if not fits:
        raise ValueError("No learning curve comes near these sittings.")
    _, law, drawn, limit = min(fits, key=lambda fit: fit[0])
    return Curve(
        "exponential" if law == "exponential" else "power",
        float(drawn[0]),
        float(drawn[-1]),
        limit if law == "exponential" else None,
        _slope(values[-PLATEAU:]),
    )


def _aicc(squares: float, n: int, k: int) -> float:
    return n * log(max(squares, 1e-12) / n) + 2 * k + 2 * k * (k + 1) / max(1, n - k - 1)


def _slope(values: Sequence[float]) -> Interval:
    found = stats.linregress(range(len(values)), values)
    far = float(stats.t.ppf(0.975, len(values) - 2)) * float(found.stderr)
    return float(found.slope) - far, float(found.slope) + far


class OneOff(NamedTuple):
    """One person, two conditions in turns. p: share of all orders that could have been drawn that differ as much"""

    difference: float
    p: float
    orders: int


def n_of_1(values: Sequence[float], treated: Sequence[bool]) -> OneOff:
    """values: one a stretch, whose order was drawn by lot in pairs; treated: which of them had the treatment.

    Exact: within each pair either could have come first. Source: Edgington and Onghena, Randomization Tests, 2007.

    Raises ValueError: not in pairs of one and the other, or fewer than five pairs, of which nothing can come.
    """
    pairs = (
        list(zip(values[::2], values[1::2], treated[::2], treated[1::2], strict=True)) if len(values) % 2 == 0 else []
    )
    if len(pairs) < 5 or any(first == second for *_, first, second in pairs):
        raise ValueError("One person alone needs five pairs of stretches, each with and without, in an order by lot.")
    differences = [one - other if first else other - one for one, other, first, _ in pairs]
    seen, most = fmean(differences), 2 ** len(differences)
    signs = ((1 if order >> place & 1 else -1 for place in range(len(differences))) for order in range(most))
    as_far = sum(
        abs(fmean(sign * value for sign, value in zip(some, differences, strict=True))) >= abs(seen) - 1e-12
        for some in signs
    )
    return OneOff(seen, as_far / most, most)


def needed_per_arm(g: float, power: float = 0.80, alpha: float = 0.05) -> float:
    """People in each of two arms to find an effect of g so often, by the normal approximation.

    g = .2 needs 393, g = .4 needs 99. Raises ValueError: there is no effect to find.
    """
    if not g:
        raise ValueError("An effect of nothing is never found.")
    z = NormalDist().inv_cdf
    return 2 * (z(1 - alpha / 2) + z(power)) ** 2 / g**2
