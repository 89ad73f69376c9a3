"""The figures against cases that can be counted by hand, and against laws that hold for all."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit

from neuro.learn import metrics
from neuro.learn.metrics import FIGURES, Judged, balanced

Rng = np.random.default_rng


def judged(
    task: list[float] | NDArray[np.float64],
    score: list[float] | NDArray[np.float64],
    *,
    person: list[int] | None = None,
    variance: list[float] | None = None,
    weight: list[float] | None = None,
) -> Judged:
    """Windows of one person, two seconds apart, all weighing the same, unless something else is said."""
    n = len(task)
    return Judged(
        np.array(person if person is not None else [0] * n),
        2.0 * np.arange(n, dtype=float),
        np.asarray(task, float),
        np.asarray(score, float),
        np.array(variance if variance is not None else [1.0] * n),
        np.array(weight if weight is not None else [1.0] * n),
    )


def many(rng: np.random.Generator, people: int = 6, each: int = 40, spread: float = 1.0) -> Judged:
    """Calibrated by construction: the truth is drawn with the score as its probability."""
    n = people * each
    score = expit(spread * rng.standard_normal(n))
    task = (rng.random(n) < score).astype(float)
    person = np.repeat(np.arange(people), each)
    return Judged(person, np.tile(2.0 * np.arange(each), people), task, score, np.ones(n), np.ones(n))


def by_counting(found: Judged) -> float:
    """Every window of the task against every one of rest."""
    won = total = 0.0
    for i in np.flatnonzero(found.task == 1):
        for j in np.flatnonzero(found.task == 0):
            pair = found.weight[i] * found.weight[j]
            total += pair
            won += pair * (1.0 if found.score[i] > found.score[j] else 0.5 if found.score[i] == found.score[j] else 0)
    return won / total


windows = st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.floats(0.1, 5)), min_size=2, max_size=20).filter(
    lambda rows: len({row[0] for row in rows}) == 2
)


@given(windows)
def test_the_auc_is_that_of_counting_pairs(rows: list[tuple[bool, int, float]]) -> None:
    task, score, weight = (np.array(column, float) for column in zip(*rows, strict=True))
    found = judged(task, score / 6, weight=weight.tolist())
    assert metrics.auc(found) == pytest.approx(by_counting(found))


@given(windows)
def test_a_window_of_weight_two_counts_as_two_windows(rows: list[tuple[bool, int, float]]) -> None:
    task, score = [float(row[0]) for row in rows], [row[1] / 6 for row in rows]
    heavy = judged(task, score, weight=[2.0] + [1.0] * (len(rows) - 1))
    twice = judged([task[0], *task], [score[0], *score])
    for name, figure in FIGURES.items():
        assert figure(heavy) == pytest.approx(figure(twice)), name


def test_the_four_shares_are_those_of_the_table() -> None:
    #                  hit  hit  hit  miss false alarm, then right at rest three times
    found = judged([1, 1, 1, 1, 0, 0, 0, 0], [0.9, 0.8, 0.6, 0.4, 0.7, 0.1, 0.2, 0.3])
    assert metrics.accuracy(found) == pytest.approx(6 / 8)
    assert metrics.precision(found) == pytest.approx(3 / 4)
    assert metrics.recall(found) == pytest.approx(3 / 4)
    assert metrics.f1(found) == pytest.approx(3 / 4)
    assert metrics.brier(found) == pytest.approx(np.mean([0.01, 0.04, 0.16, 0.36, 0.49, 0.01, 0.04, 0.09]))


def test_who_never_calls_anything_task_has_no_precision_and_no_recall() -> None:
    found = judged([1, 0], [0.2, 0.1])
    assert (metrics.precision(found), metrics.recall(found), metrics.f1(found)) == (0.0, 0.0, 0.0)


def test_the_calibration_error_is_the_mean_distance_of_said_and_was() -> None:
    found = judged([1, 0, 1, 1], [0.72, 0.78, 0.92, 0.98])
    one, other = metrics.reliability(found)
    assert (one.said, one.was, one.weight) == pytest.approx((0.75, 0.5, 2))
    assert (other.said, other.was, other.weight) == pytest.approx((0.95, 1.0, 2))
    assert metrics.calibration_error(found) == pytest.approx(0.5 * 0.25 + 0.5 * 0.05)


def test_who_says_the_truth_about_chances_is_calibrated_and_who_exaggerates_is_not() -> None:
    honest = many(Rng(1), people=10, each=2000)
    boast = replace(honest, score=expit(3 * np.log(honest.score / (1 - honest.score))))
    assert metrics.calibration_error(honest) < 0.02
    assert metrics.calibration_error(boast) > 0.1
    assert metrics.brier(boast) > metrics.brier(honest)
    assert metrics.auc(boast) == pytest.approx(metrics.auc(honest))


def test_a_score_of_one_has_its_bin() -> None:
    (only,) = metrics.reliability(judged([1, 1], [1.0, 1.0]))
    assert (only.said, only.was) == (1.0, 1.0)


def test_the_surest_windows_come_first() -> None:
    found = judged([1, 1, 0, 0], [0.9, 0.2, 0.1, 0.8], variance=[0.1, 3.0, 0.2, 4.0])
    assert metrics.risk(found, 0.5) == 0
    assert metrics.risk(found, 0.75) == pytest.approx(1 / 3)
    assert metrics.risk(found, 1.0) == pytest.approx(1 - metrics.accuracy(found))


def test_where_all_are_equally_sure_their_order_says_nothing() -> None:
    found = judged([1, 1, 0, 0], [0.9, 0.2, 0.1, 0.8])
    assert [error for _, error in metrics.risk_coverage(found)] == pytest.approx([0.5] * len(metrics.COVERAGES))


def test_a_persons_rest_and_task_come_to_a_half_each() -> None:
    person, task = np.array([0, 0, 0, 1, 1]), np.array([0.0, 0.0, 1.0, 0.0, 1.0])
    assert balanced(person, task).tolist() == [0.25, 0.25, 0.5, 0.5, 0.5]


def test_the_own_auc_forgives_people_who_differ_from_each_other() -> None:
    found = judged([0, 1, 0, 1], [0.1, 0.2, 0.8, 0.9], person=[0, 0, 1, 1])
    assert metrics.auc_within(found) == 1.0
    assert metrics.auc(found) == pytest.approx(0.75)


def test_a_minute_is_the_mean_of_its_windows_log_odds() -> None:
    rest, task = np.full(30, 0.4), np.tile([0.9, 0.9, 0.3], 10)
    found = judged([0.0] * 30 + [1.0] * 30, np.r_[rest, task], variance=[1.0] * 30 + [2.0] * 30)
    found = replace(found, t_s=np.tile(4 + 2.0 * np.arange(30), 2))
    whole = metrics.minutes(found)
    odds = (2 * np.log(9) + np.log(3 / 7)) / 3
    assert whole.score == pytest.approx([0.4, expit(odds)])
    assert whole.task.tolist() == [0, 1]
    assert whole.variance == pytest.approx([1, 2])
    assert whole.weight.tolist() == [0.5, 0.5]
    assert metrics.accuracy(whole) == 1.0


def test_a_minute_with_hardly_a_window_is_none() -> None:
    found = judged([0.0] * 34 + [1.0] * 30, [0.4] * 34 + [0.6] * 30)
    found = replace(found, t_s=np.r_[2.0 * np.arange(34), 2.0 * np.arange(30)])  # the second minute of rest has four
    assert metrics.minutes(found).task.tolist() == [0, 1]


def test_the_interval_comes_from_people_and_not_from_windows() -> None:
    few = many(Rng(2), people=8, each=30)
    often = Judged(*(np.tile(getattr(few, name), 20) for name in Judged.__slots__))
    one = metrics.known(few, ["accuracy"], Rng(3))["accuracy"]
    other = metrics.known(often, ["accuracy"], Rng(3))["accuracy"]
    assert one.low < one.value < one.high
    assert (other.low, other.high) == pytest.approx((one.low, one.high))


def test_people_who_were_not_judged_are_not_drawn() -> None:
    few = many(Rng(5), people=6)
    numbered = replace(few, person=few.person * 4 + 3)
    names = ("auc_within", "accuracy")
    assert metrics.known(numbered, names, Rng(6)) == metrics.known(few, names, Rng(6))
    assert metrics.minutes(numbered).people == 6


def test_nine_of_ten_intervals_hold_the_truth() -> None:
    rng, held = Rng(4), 0
    for _ in range(40):
        right = rng.beta(8, 3, size=24)  # people differ: that is what the interval is about
        task = np.tile([0.0, 1.0], 24 * 10)
        person = np.repeat(np.arange(24), 20)
        hit = rng.random(len(task)) < right[person]
        found = judged(task, np.where(hit == (task == 1), 0.9, 0.1), person=person.tolist())
        accuracy = metrics.known(found, ["accuracy"], rng)["accuracy"]
        held += accuracy.low <= 8 / 11 <= accuracy.high
    assert held >= 34


def test_parts_joined_are_judged_together() -> None:
    one, other = judged([0, 1], [0.1, 0.2]), judged([0, 1], [0.8, 0.9], person=[1, 1])
    both = metrics.joined([one, other])
    assert both.people == 2
    assert metrics.auc(both) == pytest.approx(0.75)
