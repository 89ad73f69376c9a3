"""What the study makes of its sittings."""

from concurrent.futures import Executor, Future
from dataclasses import replace
from itertools import pairwise
from typing import Any, cast
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.simulation import study, summary
from game.simulation.course import Job, course
from game.simulation.families import told
from game.simulation.figures import Figures, auc, estimate, longest_failures
from game.simulation.page import svg
from game.simulation.stream import Quality, Stream, separation
from neuro.twin.player import Player
from neuro.twin.profiles import CHILD


class AtOnce(Executor):
    """Does what it is given before it answers."""

    def submit(self, call: Any, /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(call(*args, **options))
        return future


def a_course(number: int, successes: tuple[float, ...]) -> list[Figures]:
    """A course of one short sitting, told as several that differ in their success."""
    (figures,) = course(Job("child", seed=1, number=0, sittings=1, first=4, blocks=1))
    return [replace(figures, number=number + k, success=success) for k, success in enumerate(successes)]


@pytest.fixture(scope="module")
def courses() -> list[list[Figures]]:
    return [a_course(4, (0.78, 0.80)), a_course(4, (0.82, 0.84))]


def test_a_figure_comes_with_an_interval_around_it(courses: list[list[Figures]]) -> None:
    found = study.success_rate(courses)
    assert found.value == pytest.approx(0.81)
    assert 0.78 <= found.low < found.value < found.high <= 0.84


def test_without_anything_to_count_a_figure_is_null_in_json(courses: list[list[Figures]]) -> None:
    nothing = estimate(courses, lambda _: [])
    assert np.isnan(nothing.value)
    assert summary._plain(nothing) == {"value": None, "low": None, "high": None}


def test_players_without_a_clean_block_are_a_dash_in_the_table(courses: list[list[Figures]]) -> None:
    unclean = [[replace(figures, shares=(), contrast=None) for figures in course] for course in courses]
    compared = summary.of_comparison({"nobody": unclean, "somebody": courses})
    _, _, nobody, somebody = list(summary.as_text({"profiles": {}, "comparison": compared}))[3:]
    assert nobody.count("| - ") == somebody.count("| - ") + 2


def test_the_longest_run_of_failures_by_hand() -> None:
    assert longest_failures([True, False, False, True, False]) == 2
    assert longest_failures([True]) == 0


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60))
def test_the_auc_of_ranks_is_that_of_all_pairs(heard: list[tuple[float, bool]]) -> None:
    inside, out = [s for s, is_in in heard if is_in], [s for s, is_in in heard if not is_in]
    found = auc(heard)
    if not inside or not out:
        assert found is None
        return
    pairs = [(a > b) + 0.5 * (a == b) for a in inside for b in out]
    assert found == pytest.approx(np.mean(pairs))


@pytest.mark.parametrize("wanted", [0.50, 0.70, 0.80])
def test_scores_are_worth_what_was_asked_for(wanted: float) -> None:
    heard = []
    for seed in range(24):
        player = Player(CHILD, seed)
        stream = Stream(player, Quality(wanted), seed)
        for k in range(6000):
            seen = stream.at(k / 10)
            if seen.state == "good":
                heard.append((seen.score, player.zone.attending(k / 10)))
    assert auc(heard) == pytest.approx(wanted, abs=0.03)
    assert separation(0.5) == 0


def test_a_lost_headset_is_not_worn_and_then_poor_until_windows_are_full() -> None:
    stream = Stream(Player(CHILD, 1), Quality(0.7, lost=0.2), 1)
    states = [stream.at(k / 10).state for k in range(12_000)]
    assert states.count("not_worn") / len(states) == pytest.approx(0.2, abs=0.06)
    ends = [k for k, (a, b) in enumerate(pairwise(states)) if a == "not_worn" and b != "not_worn"]
    assert all(states[k + 1 : k + 36] == ["poor"] * 35 for k in ends[:-1])


def test_families_in_whom_nothing_changed_are_seldom_told_so() -> None:
    found = told(100, seed=1)
    assert found.changed <= 0.07
    assert found.naive > found.changed


def test_a_plan_plays_every_sitting_once_whoever_works_on_it() -> None:
    plan = study.Plan({"child": (Job("child", 1, 0, sittings=1, blocks=1), Job("child", 1, 1, sittings=1, blocks=1))})
    done: list[int] = []
    found = study.run(plan, AtOnce(), done.append)
    assert sum(done) == plan.sittings == 2
    assert [course[0].number for course in found["child"]] == [1, 1]
    assert found["child"][0] != found["child"][1]


def test_the_page_is_one_picture_with_its_five_charts() -> None:
    plan = study.profile_plan(["child"], 1, seed=2, auc=0.7)
    short = {
        name: [course(Job("child", 2, 0, sittings=1, blocks=1, start=jobs[0].start, kind=jobs[0].kind))]
        for name, jobs in plan.groups.items()
    }
    page = svg(cast("dict[str, study.Courses]", short), {})
    words = "".join(ElementTree.fromstring(page).itertext())
    for title in ("Success", "Difficulty", "Reward threshold", "Reward contrast", "Recovery"):
        assert title in words
    assert "nan" not in page
