"""The plan editor: from a template to a plan that a client has, every mistake at its field, and back again."""

import re
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plan import PLANS, written
from engine.safety import Limits
from game.portal.planning import PlanForm, checked, form, reordered
from tests.game.portal.conftest import Portal, send
from tests.game.portal.families import Family, entered, two_families

FOCUS = PLANS.find("focus")


def today(here: Portal) -> date:
    return datetime.fromtimestamp(here.clock()).date()


def filled(here: Portal, **changes: str) -> PlanForm:
    return replace(form(FOCUS, today(here)), **changes)


def posted(here: Portal, family: Family, **changes: str):  # type: ignore[no-untyped-def]
    address = f"/clients/{family.pseudonym}/plan/edit"
    return send(entered(here, "therapist"), address, **asdict(filled(here, **changes)))


def test_the_editor_begins_with_a_template_and_shows_what_it_asks_for(here: Portal) -> None:
    own, _ = two_families(here)
    shown = entered(here, "therapist").get(f"/clients/{own.pseudonym}/plan?template=focus").text
    assert 'value="focus"' in shown
    preview = shown.partition('id="preview"')[2].partition("</section>")[0]
    assert "sitting 1 of the plan" in preview
    assert preview.count("<li>") >= 2
    assert "check-up" in preview


def test_where_no_sitting_may_be_the_preview_says_so_in_the_players_words(here: Portal) -> None:
    own, _ = two_families(here)
    browser = entered(here, "therapist")
    bedtime = datetime.fromtimestamp(here.clock() + 1800).time()
    here.store.wellbeing.limit(own.player_id, Limits(bedtime=bedtime), "a parent")
    shown = browser.get(f"/clients/{own.pseudonym}/plan").text
    assert "to Otto: It is nearly bedtime" in shown.partition('id="preview"')[2]


def test_a_plan_that_is_given_is_the_clients_from_its_first_day(here: Portal) -> None:
    own, _ = two_families(here)
    assert posted(here, own, act="assign", minutes="20", games="candle,strike-02").status_code == 303
    given_now = here.store.plans.current(own.player_id, today(here))
    assert given_now is not None
    assert given_now.plan == FOCUS.model_copy(update={"minutes": 20.0, "games": ("candle", "strike-02")})
    assert (given_now.since, given_now.by) == (today(here), "therapist")
    assert "plan given" in {line.action for line in here.store.audit.page(None, 5)}


def test_every_mistake_is_told_at_once_and_each_at_its_field(here: Portal) -> None:
    own, _ = two_families(here)
    wrong = {
        "minutes": "200",
        "sittings": "many",
        "least_reward": "0.9",
        "games": "strike,chess",
        "since": "2020-01-01",
    }
    answer = posted(here, own, act="assign", **wrong)
    assert answer.status_code == 400
    assert set(re.findall(r'id="(\w+)-wrong"', answer.text)) == {"minutes", "sittings", "reward", "games", "since"}
    assert 'value="200"' in answer.text, "what was written stays"
    assert here.store.plans.all(own.player_id) == ()


@pytest.mark.parametrize(
    ("act", "after", "moved"),
    [
        ("up:1", ["b", "a", "c"], 0),
        ("up:0", ["a", "b", "c"], 0),
        ("down:1", ["a", "c", "b"], 2),
        ("down:2", ["a", "b", "c"], 2),
        ("drop:0", ["b", "c"], None),
        ("add", ["a", "b", "c", "d"], None),
        ("up:9", ["a", "b", "c"], None),
        ("up:x", ["a", "b", "c"], None),
    ],
)
def test_buttons_put_games_into_another_order(act: str, after: list[str], moved: int | None) -> None:
    told, at = reordered(PlanForm(act=act, games="a,b,c", more="d"))
    assert (told.order, at) == (after, moved)


def test_the_last_plan_can_be_taken_back_once_and_the_one_before_holds_again(here: Portal) -> None:
    own, _ = two_families(here)
    browser, plans = entered(here, "therapist"), here.store.plans
    plans.assign(own.player_id, PLANS.text("starter"), today(here) - timedelta(days=9), "Dr A")
    posted(here, own, act="assign")
    assert [one.plan.id for one in plans.all(own.player_id)] == ["starter", "focus"]
    assert send(browser, f"/clients/{own.pseudonym}/plan/undo").status_code == 303
    (held,) = plans.all(own.player_id)
    assert (held.plan.id, held.until) == ("starter", None)
    assert [one.plan.id for one in plans.versions(own.player_id)] == ["focus", "starter"]
    assert send(browser, f"/clients/{own.pseudonym}/plan/undo").status_code == 400
    again = browser.get(f"/clients/{own.pseudonym}/plan?again={plans.versions(own.player_id)[0].id}").text
    assert 'name="id" value="focus"' in again


def test_a_plan_that_gave_way_on_its_first_day_comes_back_too(here: Portal) -> None:
    own, _ = two_families(here)
    plans = here.store.plans
    for name in ("starter", "focus"):
        plans.assign(own.player_id, PLANS.text(name), today(here), "Dr A")
    assert [one.plan.id for one in plans.all(own.player_id)] == ["focus"]
    assert plans.undo(own.player_id, today(here)).plan.id == "focus"
    assert [one.plan.id for one in plans.all(own.player_id)] == ["starter"]


def test_a_plan_can_be_ended_with_today(here: Portal) -> None:
    own, _ = two_families(here)
    here.store.plans.assign(own.player_id, PLANS.text("starter"), today(here) - timedelta(days=9), "Dr A")
    send(entered(here, "therapist"), f"/clients/{own.pseudonym}/plan/end")
    assert here.store.plans.all(own.player_id)[0].until == today(here)
    assert "for the last time" in entered(here, "therapist").get(f"/clients/{own.pseudonym}/plan").text


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200),
    st.floats(3, 30),
    st.sampled_from(PLANS.ids()),
)
def test_a_plan_that_is_written_down_is_read_as_the_same_plan(title: str, minutes: float, template: str) -> None:
    plan = PLANS.find(template).model_copy(update={"title": title, "minutes": minutes})
    assert PLANS.parse(written(plan), "mine") == plan


@pytest.mark.parametrize("template", PLANS.ids())
def test_every_template_goes_through_the_form_unchanged(template: str) -> None:
    day = date(2026, 3, 2)
    told = checked(form(PLANS.find(template), day), day)
    assert (told.plan, told.since, told.wrong) == (PLANS.find(template), day, {})
