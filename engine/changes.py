"""Whether one person has changed by more than a measure wavers: a line over the whole course, and how sure it is.

docs/outcomes.md tells what is found by it, and what is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt
from statistics import fmean, stdev
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

from engine.stats import PERHAPS, SURE, holm, wavering

Floats = NDArray[np.float64]

FEWEST = 3
"""Points of a course, from which on a line can be told from its own wavering."""

FEWEST_PEOPLE = 20

Answer = Literal["yes", "no", "unclear"]


Trait = TypeVar("Trait", bound=str)

NOTHING: Mapping[Any, float] = MappingProxyType({})


class Point(NamedTuple):
    """before: how many sittings there had been; trained: those that were more than a check-up alone

    value: on a scale on which its wavering is even
    """

    before: int
    trained: int
    value: float


Points = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Norm:
    """How a measure is spread where nothing but practice happens; all in the measure's unit but df.

    between:  SD of people at their first time, day and error included: the unit of every change that is told
    within:   SD of a single time about the person's own line
    df:       degrees of freedom that `within` is worth for somebody else: few where people waver very differently
    practice: what practice brings from the first time to where it settles, as `practised` goes
    own:      SD between people of that
    """

    between: float
    within: float
    df: float
    practice: float
    own: float

    @property
    def true(self) -> float:
        """SD between people without day and error."""
        return sqrt(max(0.0, self.between**2 - self.within**2))


def practised(before: int) -> float:
    """How much of its gain practice has brought after so many sittings: 85 % after twelve, as in the twin."""
    return 1.0 - float(0.15 ** (before / 12))


def norm(people: Sequence[Points]) -> Norm:
    """From people who did nothing but practise, each with FEWEST points or more.

    `within` and df as the variances of single people ask for. Source: Smyth 2004, Stat Appl Genet Mol Biol 3:3.

    Raises ValueError: fewer than FEWEST_PEOPLE.
    """
    if len(people) < FEWEST_PEOPLE or min(map(len, people)) < FEWEST:
        raise ValueError(f"A norm needs at least {FEWEST_PEOPLE} people, each measured {FEWEST} times or more.")
    gains = [_gain(points) for points in people]
    within, df = _scatter([gain.squares / gain.df for gain in gains], [gain.df for gain in gains])
    weights = np.array([gain.steep for gain in gains])
    slopes = np.array([gain.slope for gain in gains])
    practice = float((weights * slopes).sum() / weights.sum())
    firsts = [points[0].value for points in people]
    return Norm(float(np.std(firsts, ddof=1)), within, df, practice, _beyond(slopes, within**2 / weights))


def _beyond(values: Floats, variances: Floats) -> float:
    """SD between values beyond what their own errors make; 0 where that may be none (5 %)."""
    expected, freedom = float(variances.mean()), len(values) - 1
    seen = float(np.var(values, ddof=1))
    return sqrt(seen - expected) if stats.chi2.sf(freedom * seen / expected, freedom) < SURE else 0.0


def at_home(pairs: Sequence[tuple[Point, Point]], before: Norm) -> Norm:
    """From people of one's own, each measured twice before training could have changed anything.

    Practice is what the two times say, as far as that is known better than `before`, which may be off by all it says
    (own choice); how far people differ in it two times cannot tell.

    Raises ValueError: fewer than FEWEST_PEOPLE.
    """
    found = wavering([first.value for first, _ in pairs], [second.value for _, second in pairs])
    steps = fmean(practised(second.before) - practised(first.before) for first, second in pairs)
    sure = len(pairs) * steps**2 / found.sd**2 if steps else 0.0
    guessed = 1 / before.practice**2 if before.practice else inf
    practice = before.practice
    if sure and guessed < inf:
        practice = (found.practice / steps * sure + before.practice * guessed) / (sure + guessed)
    between = stdev(first.value for first, _ in pairs)
    return Norm(between, found.sd / sqrt(2), min(before.df, len(pairs) - 1.0), practice, before.own)


class _Gain(NamedTuple):
    """A person's line over `practised`: its slope, sum of squares of x, of residuals, and their freedom."""

    slope: float
    steep: float
    squares: float
    df: int


def _gain(points: Points) -> _Gain:
    slope, steep, squares = _line([practised(point.before) for point in points], [point.value for point in points])
    return _Gain(slope, steep, squares, len(points) - 2)


def _line(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float]:
    """Least squares: the slope, the sum of squares of x about its mean, and that of the residuals."""
    x, y = np.asarray(xs, float), np.asarray(ys, float)
    x, y = x - x.mean(), y - y.mean()
    steep = float(x @ x)
    slope = float(x @ y) / steep
    return slope, steep, float(((y - slope * x) ** 2).sum())


def _scatter(variances: Sequence[float], dfs: Sequence[int]) -> tuple[float, float]:
    """The SD that people share, and what it is worth for one of them, by the moments of the log of the variances."""
    half = np.asarray(dfs, float) / 2
    logs = np.log(variances) - special.digamma(half) + np.log(half)
    more = float(np.var(logs, ddof=1) - special.polygamma(1, half).mean())
    if more <= special.polygamma(1, 500.0):  # nobody wavers more than another
        return sqrt(float(np.average(variances, weights=dfs))), 1000.0
    prior = float(optimize.brentq(lambda d: float(special.polygamma(1, d)) - more, 1e-2, 500.0))
    return exp((float(logs.mean()) + float(special.digamma(prior)) - log(prior)) / 2), 2 * prior


@dataclass(frozen=True, slots=True)
class Course:
    """What a line over one measure says. change: from the first to the last sitting of all, practice taken off, in
    its unit; error: its standard error; df: of that
    """

    change: float
    error: float
    df: float
    points: int


def course(points: Points, known: Norm, sittings: int, unit: float) -> Course:
    """sittings: before the last of all, over which the change is told; unit: of the measure, in which it is told.

    The person's own wavering is shrunk towards everybody's, by as much as that is worth (Smyth 2004).

    Raises ValueError: fewer than FEWEST points, or no sitting between them.
    """
    if len(points) < FEWEST or points[0].trained == points[-1].trained:
        raise ValueError(f"A course needs at least {FEWEST} points, and sittings between them.")
    x = _design(points, known, sittings)
    y = np.zeros(len(x))
    y[: len(points)] = [point.value - known.practice * practised(point.before) for point in points]
    found, *_ = np.linalg.lstsq(x, y, rcond=None)
    df = known.df + len(points) - 2
    wavers = (known.df * known.within**2 + float(((y - x @ found) ** 2).sum())) / df
    return Course(float(found[1]) / unit, _error(wavers, x) / unit, df, len(points))


def foreseen(points: Points, known: Norm, sittings: int, unit: float) -> Course:
    """The same of somebody who wavers as others do and does not change; what the points' values are is all one."""
    error = _error(known.within**2, _design(points, known, sittings))
    return Course(0.0, error / unit, known.df + len(points) - 2, len(points))


def _design(points: Points, known: Norm, sittings: int) -> Floats:
    """(n_points, 2) a level and a change; where people differ in practice, (n_points + 1, 3).

    What practice brings this person beyond what it brings others is then estimated with the rest, and the last row
    says how far people lie apart in it: as a point more, that tells of nobody (a mixed model's random slope).
    """
    x = np.array([[1.0, _come(point.trained, sittings), practised(point.before)] for point in points])
    return np.vstack([x, [0.0, 0.0, known.within / known.own]]) if known.own else x[:, :2]


def _error(variance: float, x: Floats) -> float:
    """Standard error of the change."""
    return sqrt(variance * float(np.linalg.inv(x.T @ x)[1, 1]))


def _come(trained: int, sittings: int) -> float:
    """How much of a change has come: nobody knows how fast one comes, so half of it evenly, half as practice does."""
    return (trained / sittings + practised(trained) / practised(sittings)) / 2


@dataclass(frozen=True, slots=True)
class Change:
    """Whether a trait has changed by more than it wavers. Changes are in the SD between people.

    interval:   95 %; adjusted: p for all traits that were looked at (Holm)
    detectable: the least change that would be told for sure in this course, were nothing else looked at
    power:      how often a change of one SD would be told in such a course, with all that was looked at
    """

    change: float
    interval: tuple[float, float]
    p: float
    adjusted: float
    detectable: float
    power: float
    points: int
    answer: Answer


def together(courses: Sequence[Course], alike: Floats) -> Course:
    """Courses by several measures of one thing as one, each by what it is worth, which is never less than nothing.

    alike: (n_courses, n_courses) correlations of their errors
    """
    errors = np.array([one.error for one in courses])
    covariance = np.outer(errors, errors) * alike
    low = np.linalg.cholesky(covariance)
    weights, _ = optimize.nnls(low.T, np.linalg.solve(low, np.ones(len(courses))))  # least w' C w, w >= 0
    weights /= weights.sum()
    change = float(weights @ np.array([one.change for one in courses]))
    return Course(
        change,
        sqrt(float(weights @ covariance @ weights)),
        min(one.df for one in courses),
        max(one.points for one in courses),
    )


def changes(courses: Mapping[Trait, Course], named: Mapping[Trait, float] = NOTHING) -> dict[Trait, Change]:
    """By trait. Yes below SURE, for all that were looked at; no where p is above PERHAPS and a change of one SD is
    outside of the interval, which is more than that nothing was found; else unclear.

    named: what was named before the course as that which is to change, with its share of SURE, in all below 1;
           it needs less to be told, and the others, which have what is left alike, need more
    """
    shares = _shares(list(courses), named)
    ps = {trait: float(2 * stats.t.sf(abs(one.change) / one.error, one.df)) for trait, one in courses.items()}
    adjusted = dict(zip(ps, holm(list(ps.values()), [shares[trait] for trait in ps]), strict=True))
    return {trait: _change(one, ps[trait], adjusted[trait], shares[trait]) for trait, one in courses.items()}


def _shares(traits: Sequence[Trait], named: Mapping[Trait, float]) -> dict[Trait, float]:
    """Of SURE, while nothing is told yet; 1 in all."""
    told = {trait: share for trait, share in named.items() if trait in traits and len(traits) > 1}
    others = [trait for trait in traits if trait not in told]
    return told | dict.fromkeys(others, (1 - sum(told.values())) / max(1, len(others)))


def _change(one: Course, p: float, adjusted: float, share: float) -> Change:
    far = float(stats.t.ppf(0.975, one.df)) * one.error
    low, high = one.change - far, one.change + far
    if adjusted < SURE:
        answer: Answer = "yes"
    else:
        answer = "no" if adjusted > PERHAPS and low > -1 and high < 1 else "unclear"
    strict = float(stats.t.ppf(1 - SURE * share / 2, one.df))
    power = float(stats.t.sf(strict - 1 / one.error, one.df)) if one.error < inf else 0.0
    return Change(one.change, (low, high), p, adjusted, far, power, one.points, answer)
