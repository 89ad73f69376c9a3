"""A change is told when it is more than wavering and usual practice, and seldom otherwise."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from engine.changes import Course, Norm, Point, at_home, changes, course, foreseen, norm, practised, together

DAYS = (0, 1, 2, 3, 4, 12, 19, 26, 33, 34, 35, 36, 37)
TRAINED = (0, 0, 0, 0, 0, 7, 13, 19, 24, 24, 24, 24, 24)
KNOWN = Norm(between=2.0, within=1.0, df=40.0, practice=3.0, own=0.0)


def somebody(dice: np.random.Generator, moved: float = 0.0, sd: float = 1.0) -> list[Point]:
    start = dice.normal(scale=1.7)
    return [
        Point(day, n, start + 3.0 * practised(day) + moved * n / 24 + dice.normal(scale=sd))
        for day, n in zip(DAYS, TRAINED, strict=True)
    ]


def test_practice_brings_85_percent_by_the_twelfth_sitting() -> None:
    assert practised(0) == 0
    assert practised(12) == pytest.approx(0.85)


def test_a_norm_finds_what_people_were_made_with() -> None:
    dice = np.random.default_rng(1)
    wild = [somebody(dice, sd=float(np.sqrt(10 / dice.chisquare(10)))) for _ in range(800)]
    found = norm(wild)
    assert found.practice == pytest.approx(3.0, abs=0.1)
    assert found.within == pytest.approx(1.0, rel=0.05)
    assert found.df == pytest.approx(10, rel=0.35)
    assert found.between == pytest.approx(float(np.std([one[0].value for one in wild], ddof=1)))
    assert norm([somebody(dice) for _ in range(200)]).df > 100


def test_a_norm_needs_twenty_people() -> None:
    with pytest.raises(ValueError, match="20 people"):
        norm([somebody(np.random.default_rng(1))] * 19)


def test_without_anything_known_a_course_is_a_plain_regression() -> None:
    points = somebody(np.random.default_rng(2), moved=4.0)
    nothing = Norm(between=1.0, within=1.0, df=0.0, practice=0.0, own=0.0)
    come = [(n / 24 + practised(n) / practised(24)) / 2 for n in TRAINED]
    theirs = stats.linregress(come, [point.value for point in points])
    ours = course(points, nothing, 24, 1.0)
    assert (ours.change, ours.error, ours.df) == pytest.approx((theirs.slope, theirs.stderr, len(points) - 2))


def test_what_a_course_could_tell_is_known_beforehand() -> None:
    dice = np.random.default_rng(5)
    some = [course(somebody(dice), KNOWN, 24, 2.0) for _ in range(300)]
    before = foreseen(somebody(dice), KNOWN, 24, 2.0)
    assert np.std([one.change for one in some]) == pytest.approx(before.error, rel=0.12)
    assert np.mean([one.error for one in some]) == pytest.approx(before.error, rel=0.03)


def test_two_points_are_no_course() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        course(somebody(np.random.default_rng(1))[:2], KNOWN, 24, 2.0)


def test_of_those_in_whom_nothing_changed_one_in_twenty_is_told_of_a_change_of_any_trait() -> None:
    dice = np.random.default_rng(3)
    told = [changes({trait: course(somebody(dice), KNOWN, 24, 2.0) for trait in "abcd"}).values() for _ in range(700)]
    assert np.mean([any(one.answer == "yes" for one in some) for some in told]) == pytest.approx(0.05, abs=0.02)


LEARNERS = Norm(between=2.0, within=1.0, df=400.0, practice=3.0, own=1.5)


def learner(dice: np.random.Generator) -> list[Point]:
    own = dice.normal(scale=LEARNERS.own)
    return [point._replace(value=point.value + own * practised(point.before)) for point in somebody(dice)]


def test_who_learns_otherwise_than_others_is_not_told_of_a_change_for_that() -> None:
    dice = np.random.default_rng(8)
    people = [learner(dice) for _ in range(700)]
    told = [changes({"a": course(one, LEARNERS, 24, 2.0)})["a"].answer == "yes" for one in people]
    blind = [changes({"a": course(one, replace(LEARNERS, own=0.0), 24, 2.0)})["a"].answer == "yes" for one in people]
    assert np.mean(told) == pytest.approx(0.05, abs=0.02)
    assert np.mean(blind) > 0.2


def test_days_before_the_first_sitting_tell_what_practice_brings_this_person() -> None:
    late = [Point(day, n, 0.0) for day, n in enumerate([*range(13), *[24] * 12])]
    early = [Point(day, n, 0.0) for day, n in enumerate([0] * 13 + [24] * 12)]
    errors = [foreseen(points, LEARNERS, 24, 2.0).error for points in (late, early)]
    assert errors[1] < 0.7 * errors[0]


def test_a_course_of_who_learns_is_a_mixed_model_with_its_variances_known() -> None:
    dice = np.random.default_rng(9)
    points = learner(dice)
    x = np.array([[1.0, (n / 24 + practised(n) / practised(24)) / 2] for n in TRAINED])
    p = np.array([practised(day) for day in DAYS])
    weights = np.linalg.inv(np.eye(13) + LEARNERS.own**2 * np.outer(p, p))  # what is left varies and is alike so
    y = np.array([point.value for point in points]) - LEARNERS.practice * p
    theirs = np.linalg.solve(x.T @ weights @ x, x.T @ weights @ y)
    ours = course(points, replace(LEARNERS, df=1e9), 24, 1.0)
    assert ours.change == pytest.approx(theirs[1])
    assert ours.error == pytest.approx(np.linalg.inv(x.T @ weights @ x)[1, 1] ** 0.5, rel=1e-6)


def test_what_was_aimed_at_is_found_sooner_and_no_more_are_told_of_a_change_that_is_none() -> None:
    dice = np.random.default_rng(10)
    told = [
        changes({trait: course(somebody(dice), KNOWN, 24, 2.0) for trait in "abcd"}, {"b": 0.8}).values()
        for _ in range(400)
    ]
    assert np.mean([any(one.answer == "yes" for one in some) for some in told]) == pytest.approx(0.05, abs=0.025)
    courses = {trait: Course(1.0, 0.42, 99, 9) for trait in "abcd"} | {"b": Course(0.0, 0.42, 99, 9)}
    alike, named = changes(courses), changes(courses, {"a": 0.8})
    assert [one["a"].answer for one in (alike, named)] == ["unclear", "yes"]
    assert named["a"].power > alike["a"].power > named["c"].power
    last = changes(courses, {"d": 0.8})
    assert [one.answer for one in last.values()] == ["unclear", "no", "unclear", "yes"]
    assert changes({"a": courses["a"]}, {"b": 0.8}) == changes({"a": courses["a"]})


def test_a_change_is_found_as_often_as_its_power_says() -> None:
    dice = np.random.default_rng(4)
    told = [
        changes({"a": course(somebody(dice, moved=2.0), KNOWN, 24, 2.0), **{t: Course(0, 9, 99, 9) for t in "bcd"}})[
            "a"
        ]
        for _ in range(500)
    ]
    assert np.mean([one.answer == "yes" for one in told]) == pytest.approx(
        np.mean([one.power for one in told]), abs=0.05
    )


def test_no_is_said_only_where_a_change_of_one_sd_would_have_shown() -> None:
    answers = {error: changes({"a": Course(0.1, error, 99, 9)})["a"].answer for error in (0.2, 0.4, 0.6)}
    assert answers == {0.2: "no", 0.4: "no", 0.6: "unclear"}
    assert changes({"a": Course(-0.9, 0.3, 99, 9)})["a"].answer == "yes"
    assert changes({"a": Course(0.6, 0.35, 99, 9)})["a"].answer == "unclear"


def test_two_measures_of_a_trait_weigh_by_what_they_are_worth() -> None:
    one, other = Course(1.0, 0.3, 50, 13), Course(0.0, 0.6, 20, 30)
    both = together([one, other], np.eye(2))
    assert both.change == pytest.approx(0.8)
    assert both.error == pytest.approx((1 / (1 / 0.09 + 1 / 0.36)) ** 0.5)
    assert (both.df, together([one], np.eye(1)).change) == (20, 1.0)
    assert together([one, Course(0.0, 0.3, 20, 30)], np.array([[1, 1 / 3], [1 / 3, 1]])).error == pytest.approx(
        0.3 * (2 / 3) ** 0.5
    )


def test_people_of_ones_own_tell_how_a_measure_wavers_and_correct_what_was_guessed_of_practice() -> None:
    dice = np.random.default_rng(6)
    twice = [somebody(dice)[:2] for _ in range(2000)]
    found = at_home([(one[0], one[1]) for one in twice], Norm(9.0, 9.0, 40.0, 1.0, 0.1))
    assert found.within == pytest.approx(1.0, rel=0.05)
    assert found.between == pytest.approx(float(np.hypot(1.7, 1.0)), rel=0.05)
    assert 1.0 < found.practice < 3.5
    assert (found.df, found.own) == (40.0, 0.1)
    with pytest.raises(ValueError, match="20 people"):
        at_home([(one[0], one[1]) for one in twice[:19]], KNOWN)
