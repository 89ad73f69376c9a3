"""Groups, courses and single people: against scipy, statsmodels and worked examples that were published."""

from math import ceil, exp, gamma

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from engine import outcomes
from engine.outcomes import learning_curve, mixed, n_of_1, needed_per_arm, paired, repeated_measures, two_arms

WITHOUT = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
WITH = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
"""Extra hours of sleep of ten people with two drugs. Student 1908, Biometrika 6:1, table I: t = 4.0621."""


def test_students_sleepers() -> None:
    found = paired(WITHOUT, WITH)
    assert found.n == 10
    assert found.difference == pytest.approx(1.58)
    assert found.t == pytest.approx(4.0621, abs=5e-5)
    assert found.t_p == pytest.approx(0.002833, abs=5e-7)
    assert found.interval == pytest.approx((0.7001142, 2.4598858), abs=1e-6)
    assert found.rank_p == stats.wilcoxon(np.subtract(WITH, WITHOUT)).pvalue
    assert found.d_z == pytest.approx(4.0621 / 10**0.5, abs=1e-4)
    assert found.g_interval[0] < found.g < found.g_interval[1]


FIRST_FILM = (9, 7, 8, 9, 8, 9, 9, 10, 9, 9)
SECOND_FILM = (9, 6, 7, 8, 7, 9, 8, 8, 8, 7)
"""What ten people thought of two films. Lakens 2013, Front Psychol 4:863: means 8.7 and 7.7, SD .82 and .95."""


def test_the_films_of_lakens() -> None:
    found = paired(SECOND_FILM, FIRST_FILM)
    assert found.t == pytest.approx(4.74, abs=0.005)
    assert found.interval == pytest.approx((0.52, 1.48), abs=0.005)
    assert found.d_z == pytest.approx(1.50, abs=0.005)
    exact = gamma(9 / 2) / (
        (9 / 2) ** 0.5 * gamma(8 / 2)
    )  # Hedges' own factor, of which ours is the usual approximation
    assert found.g == pytest.approx(exact * 1 / ((0.8233 + 0.9487) / 2), rel=0.001)


def test_what_is_not_normal_is_told_by_ranks() -> None:
    assert paired(WITHOUT, WITH).test == "Wilcoxon signed rank"  # one sleeper's 4.6 hours
    level = [float(n) for n in range(12)]
    calm = paired(level, [value + 1 + 0.1 * (n % 5) for n, value in enumerate(level)])
    assert calm.test == "paired t"
    assert calm.p == calm.t_p


@pytest.mark.parametrize("after", [WITHOUT[:4], tuple(value + 1 for value in WITHOUT)])
def test_too_few_people_or_nobody_who_differs_is_no_test(after: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"people|the same"):
        paired(WITHOUT[: len(after)], after)


def table(seed: int, people: int = 12, times: int = 4) -> NDArray[np.float64]:
    dice = np.random.default_rng(seed)
    return np.asarray(dice.normal(size=(people, 1)) + 0.3 * np.arange(times) + dice.normal(size=(people, times)))


def test_repeated_measures_against_statsmodels() -> None:
    pandas, anova = pytest.importorskip("pandas"), pytest.importorskip("statsmodels.stats.anova")
    values = table(3)
    rows = [(person, time, values[person, time]) for person in range(12) for time in range(4)]
    frame = pandas.DataFrame(rows, columns=["person", "time", "y"])
    theirs = anova.AnovaRM(frame, "y", "person", ["time"]).fit().anova_table.iloc[0]
    ours = repeated_measures(values.tolist())
    assert ours.f == pytest.approx(theirs["F Value"])
    assert ours.df == pytest.approx((3 * ours.epsilon, 33 * ours.epsilon))
    assert ours.p >= theirs["Pr > F"]


def test_sphericity_is_what_the_contrasts_own_variances_say() -> None:
    values = table(4)
    contrasts = np.linalg.qr(np.column_stack([np.ones(4), np.eye(4)[:, :3]]))[0][:, 1:]
    own = np.linalg.eigvalsh(np.cov(values @ contrasts, rowvar=False))
    assert repeated_measures(values.tolist()).epsilon == pytest.approx(own.sum() ** 2 / (3 * (own**2).sum()))
    assert repeated_measures(values[:, :2].tolist()).epsilon == 1.0


def test_two_times_are_a_paired_t_test() -> None:
    values = table(5)[:, :2]
    found = stats.ttest_rel(values[:, 1], values[:, 0])
    ours = repeated_measures(values.tolist())
    assert (ours.f, ours.p) == pytest.approx((found.statistic**2, found.pvalue))


def course(slope: float, seed: int) -> tuple[list[str], list[float], list[int], list[float]]:
    dice = np.random.default_rng(seed)
    person, sitting, phase, y = [], [], [], []
    for one in range(20):
        start, own = dice.normal(scale=0.5), dice.normal(scale=0.02)
        for n in range(16):
            person.append(f"P-{one}")
            sitting.append(float(n))
            phase.append(int(n >= 8))
            y.append(start + (slope + own) * n + dice.normal(scale=0.3))
    return person, sitting, phase, y


def test_a_mixed_model_finds_the_slope_that_people_share() -> None:
    pytest.importorskip("statsmodels")
    person, sitting, phase, y = course(0.05, 1)
    y[3] = float("nan")
    found = mixed(person, sitting, [0] * len(phase), y)
    low, high = found.effects["sitting"].interval
    assert found.settled
    assert low < 0.05 < high
    assert (found.people, found.rows) == (20, 319)
    assert found.residual_sd == pytest.approx(0.3, abs=0.03)
    assert set(mixed(person, sitting, phase, y).effects) == {"intercept", "sitting", "phase", "sitting:phase"}


def test_two_arms_against_statsmodels() -> None:
    api = pytest.importorskip("statsmodels.api")
    dice = np.random.default_rng(2)
    before, trained = dice.normal(size=40), np.arange(40) % 2 == 0
    after = 0.6 * before + 0.4 * trained + dice.normal(scale=0.5, size=40)
    theirs = api.OLS(after, np.column_stack([np.ones(40), before, trained])).fit()
    ours = two_arms(before.tolist(), after.tolist(), trained.tolist())
    assert (ours.difference, ours.p) == pytest.approx((theirs.params[2], theirs.pvalues[2]))
    assert ours.interval == pytest.approx(tuple(theirs.conf_int()[2]))


def test_a_learning_curve_is_told_by_the_law_that_made_it() -> None:
    exponential = [0.9 - (0.9 - 0.5) * exp(-0.4 * n) for n in range(24)]
    found = learning_curve(exponential)
    assert (found.law, found.plateau) == ("exponential", False)
    assert found.limit == pytest.approx(0.9, abs=1e-3)
    power = [0.4 + 0.5 * (n + 1) ** -0.6 for n in range(24)]
    assert learning_curve(power).law == "power"
    assert learning_curve(power).limit is None


def test_a_course_that_wavers_about_one_level_is_a_plateau() -> None:
    assert learning_curve([0.5, 0.6, 0.7, 0.78, 0.8, 0.79, 0.81, 0.8]).plateau


def test_one_person_alone_needs_five_pairs_and_is_told_exactly() -> None:
    treated = [True, False, False, True, True, False, False, True, True, False]
    better = [2.0 if one else 1.0 for one in treated]
    assert n_of_1(better, treated) == (1.0, 2 / 32, 32)
    assert n_of_1([1.0 + n % 3 for n in range(10)], treated).p > 0.2
    with pytest.raises(ValueError, match="five pairs"):
        n_of_1(better[:8], treated[:8])


@pytest.mark.parametrize(("g", "people"), [(0.2, 393), (0.4, 99), (0.8, 25)])
def test_power_is_said_in_people(g: float, people: int) -> None:
    assert ceil(needed_per_arm(g)) == people


def test_a_measures_own_wavering() -> None:
    error = outcomes.sem(10, 0.9)
    assert error == pytest.approx(3.1623, abs=1e-4)
    assert outcomes.minimal_detectable_change(error) == pytest.approx(8.765, abs=1e-3)
    with pytest.raises(ValueError, match="between 0 and 1"):
        outcomes.sem(10, 1.5)
