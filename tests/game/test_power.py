"""A study of simulated courses: what is kept, what is gone on from, and what a design may be."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from engine.traits import LEADING, SIGNS, Sign
from game.cli.power import USUAL
from game.simulation import power
from game.simulation.changes import SITTINGS, Job, course
from tests.engine.test_path import FOCUS, games
from tests.engine.test_path import course as kept
from tests.game.heron import Heron

BASE = Job(0, 5, before=(0, 0, 24))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two courses."""
    kept = tmp_path_factory.mktemp("power") / "kept.jsonl"
    with ThreadPoolExecutor(1) as pool:
        power.run([BASE, replace(BASE, number=1)], pool, kept, lambda _: None)
    return kept


def test_a_course_has_a_day_a_sitting_and_more_for_checkups_alone() -> None:
    told = course(BASE)
    assert [one.trained for one in told] == [0, 0, *range(SITTINGS + 1)]
    checked = [one.before for one in told if LEADING["restraint"] in one.values]
    assert checked == [0, 1, SITTINGS + 2]
    assert all(Sign("speed", "warmup") in one.values for one in told)


def test_what_is_kept_is_what_was_played_and_is_not_played_again(two: Path) -> None:
    done: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        (found,) = power.run([BASE], pool, two, done.append)
    assert done == [1]
    assert found == course(BASE)


def test_a_line_that_was_cut_off_is_played_again(two: Path, tmp_path: Path) -> None:
    first, second = two.read_text("utf-8").splitlines()
    cut = tmp_path / "cut.jsonl"
    cut.write_text(f"{first}\n{second[:400]}\n", "utf-8")
    done: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        power.run([BASE, replace(BASE, number=1)], pool, cut, done.append)
    assert done == [1, 1]
    assert cut.read_text("utf-8").splitlines()[-1] == second


def test_a_change_moves_its_own_sign_and_no_other_by_much() -> None:
    alone = replace(BASE, before=(SITTINGS,))
    same = course(alone)[-1].values
    slower = course(replace(alone, moves=(("speed", 0.3),)))[-1].values
    assert slower[LEADING["speed"]] - same[LEADING["speed"]] == pytest.approx(0.3, abs=0.03)
    other = course(replace(alone, moves=(("restraint", 2.0),)))[-1].values
    assert other[LEADING["restraint"]] > same[LEADING["restraint"]] + 0.5
    assert other[LEADING["speed"]] == pytest.approx(same[LEADING["speed"]], abs=0.05)
    assert set(same) == set(SIGNS)


def test_more_days_before_and_after_tell_more(heron: Heron) -> None:
    few, many = (
        json.loads(heron("power", "--quick", "--checkups", days, "--json").out)
        for days in ("0,1,7,13,19,23", "0,0,0,0,0,7,13,19,24,24,24,24,24")
    )
    assert few.keys() == many.keys() == set(power.MEASURES)
    assert all(many[trait]["power"] > 1.3 * few[trait]["power"] for trait in power.MEASURES)
    assert "1 SD is told in" in heron("power", "--quick").out


def test_what_was_named_beforehand_is_told_more_often(heron: Heron) -> None:
    alike, named = (json.loads(heron("power", "--quick", "--json", *more).out) for more in ((), ("--aimed",)))
    assert all(named[trait]["power"] > alike[trait]["power"] for trait in power.TRAITS)


@pytest.mark.parametrize("days", ["0,1", "1,0,5", "0,1,99", "a,b,c"])
def test_a_design_that_is_none_says_how_to_write_one(heron: Heron, days: str) -> None:
    said = heron("power", "--checkups", days)
    assert said.status == 2
    assert "never fall" in said.err


def test_the_course_whose_power_is_told_is_that_of_focus() -> None:
    played, checked = 0, list[str]()
    for _, path in kept(FOCUS, age=10)[0]:
        checked += [f"{played}"] * any(stone.is_checkup for stone in path.stones)
        played += bool(games(path))
    assert (played, ",".join(checked)) == (SITTINGS, USUAL)


def test_focus_finds_a_change_of_one_sd_of_all_traits_in_four_of_five(heron: Heron) -> None:
    assert json.loads(heron("power", "--quick", "--json").out)["whole"]["power"] > 0.85


def test_a_study_is_told_in_words() -> None:
    each: dict[str, dict[str, float]] = {what: {"steady": 0.8} for what in power.MEASURES}
    alike: dict[str, float] = dict.fromkeys(map(str, power.MEASURES), 1.0)
    said = list(power.as_text(power.Found(500, 80, 0.03, alike, each, each, alike)))
    assert said[0] == "Nothing changed in 500: a change is told of 3.0%."
    assert said[1].startswith("speed: moved by 1.00 SD in 80, told of steady 80% (of anything 80%)")
