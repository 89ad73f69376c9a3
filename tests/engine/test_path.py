"""Forty sittings of a plan are varied, grow slowly, stay within what is good for an age, and rest in time."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import dice, reward
from engine.errors import BadPlan
from engine.level import LEVELS, Level
from engine.path import Choice, Day, Path, Stone, Walked, adherence, checkup_due, today
from engine.plan import PLANS, Assigned, Plan
from engine.safety import Allowed, Standing, dose, may_play, played
from engine.tasks import strike

MONDAY = date(2026, 3, 2)
TASKS = PLANS.find("focus").games
PLACES = ("shallows", "reedbed", "lake", "willow", "night")
FOCUS = PLANS.find("focus")
FORTY = FOCUS.model_copy(update={"sittings": 5, "times": 8, "checkup_days": 14, "checkups_alone": 0})


def level(level_id: str, task: str, place: str = "shallows", ages: tuple[int, int] = (6, 99)) -> Level:
    game = strike.Settings.model_construct(task=task)
    return LEVELS.find("strike-01").model_copy(update={"id": level_id, "game": game, "place": place, "ages": ages})


ALL = [level(f"{task}-{n + 1:02}", task, place) for task in TASKS for n, place in enumerate(PLACES)]
BATTERY = ((level("checkup-water", "still-water"), 360.0), (level("checkup-away", "look-away"), 180.0))
CHOICE = Choice(ALL, BATTERY)


def walked(path: Path, day: date, stars: int = 2) -> Day:
    return Day(day, tuple(Walked(stone.level.id, stone.seconds, stars) for stone in path.stones))


def course(plan: Plan, age: int, keeps: float = 1.0, seed: int = 1) -> tuple[list[tuple[date, Path]], list[Day]]:
    """All sittings of somebody who plays on a day that the plan allows with a chance of `keeps`, two stars a game."""
    assigned, history, paths = Assigned(plan, MONDAY), list[Day](), list[tuple[date, Path]]()
    for n in range(plan.every_days * plan.times):
        day = MONDAY + timedelta(days=n)
        path = today(assigned, history, CHOICE, age, day)
        if path.stones and dice.roll(seed, "comes", n) < keeps:
            paths.append((day, path))
            history.append(walked(path, day, stars=1 + (dice.roll(seed, "stars", n) < 0.7)))
    return paths, history


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


def games(path: Path) -> list[Stone]:
    return [stone for stone in path.stones if not stone.is_checkup]


@pytest.fixture(scope="module")
def forty() -> list[tuple[date, Path]]:
    return course(FORTY, age=10)[0]


@pytest.fixture(scope="module")
def forty_days() -> list[Day]:
    return course(FORTY, age=10)[1]


def test_forty_sittings_are_forty_days_of_which_no_seven_hold_more_than_five(forty: list[tuple[date, Path]]) -> None:
    days = [day for day, _ in forty]
    assert [path.sitting for _, path in forty] == list(range(1, 41))
    assert all(sum(0 <= (day - start).days < 7 for day in days) <= 5 for start in days)


@pytest.mark.parametrize("age", [6, 10, 15, 40])
def test_every_sitting_stays_within_what_is_good_for_the_age(age: int) -> None:
    for day, path in course(FORTY, age)[0]:
        most = dose(age)
        assert sum(stone.seconds for stone in path.stones) <= most.sitting_s
        assert all(stone.seconds <= most.block_s for stone in games(path))
        assert path.stones, day
        allowed = may_play(Standing(age), noon(day))
        assert isinstance(allowed, Allowed)
        assert sum(stone.seconds for stone in path.stones) <= allowed.seconds


def test_without_a_checkup_a_sitting_has_four_to_six_games_that_use_the_time() -> None:
    for age, n in ((6, 5), (10, 5), (15, 6), (40, 5)):
        path = today(Assigned(FORTY, MONDAY), (), Choice(ALL), age, MONDAY)
        assert len(path.stones) == n
        assert sum(stone.seconds for stone in path.stones) >= 0.95 * min(FORTY.minutes * 60, dose(age).sitting_s)


def test_no_game_comes_twice_in_a_row(forty: list[tuple[date, Path]]) -> None:
    for _, path in forty:
        tasks = [stone.level.game.task for stone in games(path)]
        assert all(a != b for a, b in pairwise(tasks))


def test_games_come_in_one_by_one_in_the_plans_order_and_never_at_an_end(forty: list[tuple[date, Path]]) -> None:
    met: list[str] = []
    for _, path in forty:
        tasks = [stone.level.game.task for stone in games(path)]
        new = [task for task in dict.fromkeys(tasks) if task not in met]
        if met and new:
            assert len(new) == 1
            assert new[0] not in (tasks[0], tasks[-1])
        met += new
    assert sorted(met[:3]) == sorted(TASKS[:3])
    assert met[3:] == list(TASKS[3:])


def test_all_games_that_are_known_are_played_about_equally_often(forty: list[tuple[date, Path]]) -> None:
    late = Counter[str](stone.level.game.task for _, path in forty[20:] for stone in games(path))
    counts = [late[task] for task in TASKS]
    assert max(counts) <= 1.5 * min(counts)


def test_levels_rise_with_stars_and_the_ends_are_one_below(
    forty: list[tuple[date, Path]], forty_days: list[Day]
) -> None:
    def rungs(paths: Sequence[tuple[date, Path]]) -> float:
        steps = [PLACES.index(stone.level.place) for _, path in paths for stone in games(path)]
        return sum(steps) / len(steps)

    assert rungs(forty[:5]) < rungs(forty[10:15]) < rungs(forty[20:25])
    learnt: set[str] = set()
    for number, (_, path) in enumerate(forty[:15]):
        for place, stone in enumerate(games(path)):
            own = [each for each in ALL if each.game.task == stone.level.game.task]
            at_end = place in (0, len(games(path)) - 1) and len(games(path)) > 1
            rung = next((k for k, each in enumerate(own) if each.id not in learnt), None)
            assert rung is None or stone.level is own[max(0, rung - at_end)]
        learnt |= {game.level_id for game in forty_days[number].walked if game.stars >= 2}


def test_checkups_come_twice_at_the_start_then_every_two_weeks_and_at_the_end(forty: list[tuple[date, Path]]) -> None:
    days = [(day - MONDAY).days for day, path in forty if any(stone.is_checkup for stone in path.stones)]
    assert days == [0, 1, 15, 29, 43, 53]
    for _, path in forty:
        kinds = [stone.is_checkup for stone in path.stones]
        assert kinds == sorted(kinds, reverse=True)
        assert games(path), "whoever is measured also plays"


def test_the_first_and_the_last_sittings_of_a_measured_plan_are_check_ups_alone() -> None:
    paths = [path for _, path in course(FOCUS, age=10)[0]]
    assert [path.sitting for path in paths] == list(range(1, 31))
    alone = [path.sitting for path in paths if not games(path)]
    assert alone == [1, 2, 3, 28, 29, 30]
    assert [path.sitting for path in paths if games(path) != list(path.stones)] == [1, 2, 3, 15, 27, 28, 29, 30]
    assert [path.goal for path in paths[3:27]] == [reward.goal(n) for n in range(1, 25)]


def test_whoever_comes_seldom_is_checked_up_alone_in_the_last_week_all_the_same() -> None:
    paths = course(FOCUS, age=10, keeps=0.3)[0]
    last = [path for day, path in paths if day >= MONDAY + timedelta(days=63)]
    assert last
    assert not any(games(path) for path in (*(path for _, path in paths[:3]), *last))


def test_where_nobody_reads_check_ups_a_measured_plan_has_games_at_once() -> None:
    assert games(today(Assigned(FOCUS, MONDAY), (), Choice(ALL), 10, MONDAY))


def test_the_share_to_reward_is_stretched_over_the_sittings(forty: list[tuple[date, Path]]) -> None:
    assert [path.goal for _, path in forty] == [reward.goal(n) for n in range(1, 41)]


@given(data=st.data(), age=st.one_of(st.none(), st.integers(6, 80)), after=st.integers(0, 60))
def test_whatever_was_played_before_a_path_keeps_its_laws(data: st.DataObject, age: int | None, after: int) -> None:
    game = st.builds(Walked, st.sampled_from([each.id for each in ALL]), st.floats(0, 400), st.integers(0, 3))
    days = data.draw(st.dictionaries(st.integers(-30, 60), st.lists(game, max_size=7), max_size=12))
    history = [Day(MONDAY + timedelta(days=n), tuple(days[n])) for n in sorted(days)]
    day = MONDAY + timedelta(days=after)
    path = today(Assigned(FORTY, MONDAY), history, CHOICE, age, day)
    assert bool(path.stones) == (path.sentence is None)
    assert sum(stone.seconds for stone in path.stones) <= dose(age).sitting_s
    tasks = [stone.level.game.task for stone in games(path)]
    assert all(a != b for a, b in pairwise(tasks))
    assert len(tasks) <= 6
    again = today(Assigned(FORTY, MONDAY), [past for past in history if past.day < day], CHOICE, age, day)
    assert [stone.level for stone in again.stones] == [stone.level for stone in path.stones] or not path.stones


def test_a_path_stays_the_same_while_it_is_walked_and_what_was_done_is_marked() -> None:
    assigned = Assigned(FORTY, MONDAY)
    fresh = today(assigned, (), CHOICE, 10, MONDAY)
    half = Day(MONDAY, walked(fresh, MONDAY).walked[:2])
    later = today(assigned, (half,), CHOICE, 10, MONDAY)
    assert [stone.level for stone in later.stones] == [stone.level for stone in fresh.stones]
    assert [stone.done for stone in later.stones] == [True, True, *(False for _ in fresh.stones[2:])]


def test_of_a_game_that_was_broken_off_the_rest_is_left() -> None:
    assigned = Assigned(FORTY, MONDAY)
    first = games(today(assigned, (), CHOICE, 10, MONDAY))[0]
    begun = Walked(first.level.id, first.seconds / 3, 1)
    later = games(today(assigned, (Day(MONDAY, (begun,)),), CHOICE, 10, MONDAY))
    assert not any(stone.done for stone in later)
    assert later[0].seconds == pytest.approx(first.seconds * 2 / 3)
    again = games(today(assigned, (Day(MONDAY, (begun, begun)),), CHOICE, 10, MONDAY))
    assert [stone.done for stone in again] == [True, *(False for _ in again[1:])]


def test_a_part_of_a_checkup_that_was_broken_off_is_played_whole() -> None:
    assigned = Assigned(FORTY, MONDAY)
    first = today(assigned, (), CHOICE, 10, MONDAY).stones[0]
    assert first.is_checkup
    begun = Walked(first.level.id, first.seconds / 3, 0)
    assert today(assigned, (Day(MONDAY, (begun, begun)),), CHOICE, 10, MONDAY).stones[0] == first


def test_after_the_weeks_sittings_there_is_rest_and_the_day_of_the_next_is_named() -> None:
    plan = FOCUS
    history = [Day(MONDAY + timedelta(days=n), (Walked("strike-01", 600.0, 2),)) for n in range(3)]
    path = today(Assigned(plan, MONDAY), history, CHOICE, 10, MONDAY + timedelta(days=4))
    assert path.stones == ()
    assert path.sentence == "That is all for now: the next sitting may be on Monday 9 March or later."
    assert today(Assigned(plan, MONDAY), history, CHOICE, 10, MONDAY + timedelta(days=7)).sitting == 4


def test_before_and_after_the_plan_there_is_no_path() -> None:
    assigned = Assigned(PLANS.find("starter"), MONDAY)
    assert (
        today(assigned, (), CHOICE, 10, MONDAY - timedelta(days=1)).sentence == "The plan begins on Monday 2 March."
    )
    over = today(assigned, (), CHOICE, 10, assigned.until + timedelta(days=1))
    assert over.sentence == "The plan is walked to its end: well done."


def test_what_is_left_of_the_day_makes_the_path_shorter() -> None:
    path = today(Assigned(FORTY, MONDAY), (), Choice(ALL), 10, MONDAY, seconds=400.0)
    assert [stone.seconds for stone in path.stones] == pytest.approx([400 / 3] * 3)
    checked = today(Assigned(FORTY, MONDAY), (), CHOICE, 10, MONDAY, seconds=400.0)
    assert [stone.is_checkup for stone in checked.stones] == [True]


def test_games_that_were_played_before_the_plan_are_known_in_it() -> None:
    before = [Day(MONDAY - timedelta(days=3), (Walked("quiet-01", 600.0, 2),))]
    path = today(Assigned(FORTY, MONDAY), before, Choice(ALL), 10, MONDAY)
    assert "quiet" in [stone.level.game.task for stone in path.stones]


def test_a_plan_may_name_single_levels_and_leaves_out_those_for_other_ages() -> None:
    plan = FORTY.model_copy(update={"games": ("strike-03", "candle")})
    path = today(Assigned(plan, MONDAY), (), Choice(ALL), 10, MONDAY)
    assert {stone.level.id for stone in path.stones} == {"strike-03", "candle-01"}
    grown_up = [level("candle-01", "candle", ages=(16, 99)), *ALL[:5]]
    path = today(Assigned(plan, MONDAY), (), Choice(grown_up), 10, MONDAY)
    assert {stone.level.id for stone in path.stones} == {"strike-03"}


@pytest.mark.parametrize("plan_id", PLANS.ids())
@pytest.mark.parametrize("age", [6, 9, 14, 40])
def test_every_plan_that_heron_brings_has_games_for_every_age(plan_id: str, age: int) -> None:
    levels = [LEVELS.find(level_id) for level_id in LEVELS.ids()]
    path = today(Assigned(PLANS.find(plan_id), MONDAY), (), Choice(levels), age, MONDAY)
    assert 4 <= len(path.stones) <= 6
    assert all(stone.level.ages[0] <= age <= stone.level.ages[1] for stone in path.stones)


def test_games_that_do_not_exist_are_told_with_the_nearest_name() -> None:
    plan = FORTY.model_copy(update={"games": ("strik", "candle", "zzz")})
    with pytest.raises(BadPlan) as caught:
        today(Assigned(plan, MONDAY), (), CHOICE, 10, MONDAY)
    assert str(caught.value).splitlines() == [
        "focus: games: expected tasks or levels, found 'strik' (did you mean strike?)",
        "focus: games: expected tasks or levels, found 'zzz'",
    ]


def test_a_plan_without_a_game_for_the_age_says_so() -> None:
    levels = [level("candle-01", "candle", ages=(16, 99))]
    plan = FORTY.model_copy(update={"games": ("candle",)})
    with pytest.raises(BadPlan, match="none of its games is for the age of 10"):
        today(Assigned(plan, MONDAY), (), Choice(levels), 10, MONDAY)


def test_who_keeps_every_sitting_keeps_the_plan_and_extra_days_make_up_for_no_other() -> None:
    plan = FOCUS
    assigned = Assigned(plan, MONDAY)

    def on(*days: int) -> list[Day]:
        return [Day(MONDAY + timedelta(days=n), (Walked("strike-01", 600.0, 2),)) for n in days]

    assert adherence(assigned, (), MONDAY).on_time is None
    kept = adherence(assigned, on(0, 2, 4, 7, 9, 11), MONDAY + timedelta(days=14))
    assert (kept.planned, kept.done, kept.on_time) == (6, 6, 1.0)
    late = adherence(assigned, on(0, 7, 8, 9, 10, 11), MONDAY + timedelta(days=15))
    assert (late.planned, late.done) == (6, 6)
    assert late.on_time == pytest.approx(4 / 6)
    assert [turn.done for turn in late.turns] == [1, 5, 0]


def test_adherence_of_simulated_families_is_the_share_of_days_they_came() -> None:
    """Who comes with .3 a day on a plan of 3 in 7 keeps E[min(3, B(7, .3))] / 3 = .64 of it (own sum)."""
    assigned = Assigned(FOCUS, MONDAY)
    found = []
    for seed in range(24):
        history = course(assigned.plan, 10, keeps=0.3, seed=seed)[1]
        on_time = adherence(assigned, history, assigned.until + timedelta(days=1)).on_time
        assert on_time is not None
        found.append(on_time)
    assert sum(found) / len(found) == pytest.approx(0.64, abs=0.04)


def test_a_checkup_is_due_on_the_first_two_days_and_then_so_many_days_after_the_last() -> None:
    assert checkup_due((), MONDAY, 14)
    assert checkup_due((MONDAY,), MONDAY + timedelta(days=1), 14)
    two = (MONDAY, MONDAY + timedelta(days=2))
    assert not checkup_due(two, MONDAY + timedelta(days=15), 14)
    assert checkup_due(two, MONDAY + timedelta(days=16), 14)


def test_a_course_of_forty_sittings_never_meets_a_closed_door(forty_days: list[Day]) -> None:
    for n, past in enumerate(forty_days):
        before = [(other.day, sum(game.seconds for game in other.walked)) for other in forty_days[:n]]
        assert isinstance(may_play(Standing(10, played=played(before, past.day)), noon(past.day)), Allowed)
