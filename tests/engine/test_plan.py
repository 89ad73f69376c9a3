"""Plans are data with rules of their own, and every mistake in one is told."""

from datetime import date

import pytest

from engine import reward
from engine.errors import BadPlan
from engine.plan import PLANS, Assigned, goal

FOCUS = PLANS.text("focus")


def complaint(toml: str) -> list[str]:
    with pytest.raises(BadPlan) as caught:
        PLANS.parse(toml, "mine.toml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("plan_id", "sittings", "days"),
    [("starter", 12, 28), ("focus", 30, 70), ("intensive", 25, 35), ("booster", 6, 168)],
)
def test_the_templates_are_as_long_as_the_design_says(plan_id: str, sittings: int, days: int) -> None:
    plan = PLANS.find(plan_id)
    assert plan.id == plan_id
    assert plan.all_sittings == sittings
    assigned = Assigned(plan, date(2026, 3, 2))
    assert (assigned.until - assigned.since).days + 1 == days


def test_heron_brings_four_plans_and_no_other_file_there() -> None:
    assert PLANS.ids() == ("booster", "focus", "intensive", "starter")


def test_mistakes_are_told_all_at_once_also_in_tables() -> None:
    toml = FOCUS.replace("reward = [0.55, 0.85]", "reward = [0.50, 0.85]").replace("raw = false", 'raw = "no"')
    assert complaint(toml.replace("distractors = 3", "distractors = 9").replace("minutes = 25 ", "minute = 25 ")) == [
        "mine.toml: minutes: expected minutes of play a sitting, 3 to 30, found nothing",
        "mine.toml: distractors: expected a whole number from 0 to 5, found 9",
        "mine.toml: reward: expected the least and the greatest share of good time to reward, each .55 to .85, "
        "found [0.5, 0.85]",
        'mine.toml: sharing.raw: expected true or false: to keep raw signals, found "no"',
        "mine.toml: minute: expected a known key (did you mean minutes?), found 25",
    ]


@pytest.mark.parametrize(
    ("every", "sittings", "good"),
    [(7, 5, True), (7, 6, False), (1, 1, True), (2, 2, False), (28, 20, True), (28, 21, False)],
)
def test_no_plan_asks_for_more_than_five_days_in_seven(every: int, sittings: int, good: bool) -> None:
    toml = FOCUS.replace("every_days = 7 ", f"every_days = {every} ").replace(
        "sittings = 3 ", f"sittings = {sittings} "
    )
    if good:
        assert PLANS.parse(toml, "mine.toml").sittings == sittings
    else:
        assert complaint(toml)[0].startswith("mine.toml: sittings: expected sittings in so many days")


def test_a_plan_that_does_not_exist_is_offered_the_right_one() -> None:
    with pytest.raises(BadPlan, match="There is no plan focu; did you mean focus"):
        PLANS.find("focu")


def test_the_share_to_reward_is_thinned_over_the_sittings_within_the_plans_range() -> None:
    plan = PLANS.find("focus")
    assert [goal(plan, n) for n in range(1, 25)] == [reward.goal(n) for n in range(1, 25)]
    narrow = plan.model_copy(update={"reward": (0.70, 0.75)})
    assert [goal(narrow, n) for n in (1, 3, 4, 8, 9, 24)] == [0.75, 0.75, 0.75, 0.75, 0.70, 0.70]
