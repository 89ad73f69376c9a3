"""What a parent reads, decides and takes along, and that nothing of it reaches another child."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from engine.plan import PLANS
from engine.safety import Limits
from tests.game.portal.conftest import Portal, send

MOTHER = "Mother"


@pytest.fixture
def child(here: Portal) -> str:
    """Where a child is in a mother's care."""
    return here.player("Mika", here.person(MOTHER, "parent"))


def its_id(here: Portal, pseudonym: str) -> int:
    player = here.store.players.under(pseudonym)
    assert player is not None
    return player.id


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_page_without_a_sitting_blames_nobody(here: Portal, child: str) -> None:
    page = here.signed_in(MOTHER).get(f"/children/{child}")
    assert page.status_code == 200
    assert "did not play in these days. The marsh waits, and nothing is lost." in text_of(page.text)
    assert "not a diagnosis" in page.text


def test_the_plan_is_told_with_the_next_day(here: Portal, child: str) -> None:
    since = datetime.fromtimestamp(here.clock(), UTC).date() - timedelta(days=3)
    here.store.plans.assign(its_id(here, child), PLANS.text("focus"), since, "a therapist")
    words = text_of(here.signed_in(MOTHER).get(f"/children/{child}").text)
    plan = PLANS.find("focus")
    assert f"The plan asks for {plan.sittings} sittings of {plan.minutes:g} minutes" in words
    assert "The next sitting may be today." in words


def test_limits_are_kept_and_those_of_others_stay(here: Portal, child: str) -> None:
    here.store.wellbeing.limit(its_id(here, child), Limits(days=3), "a therapist")
    browser = here.signed_in(MOTHER)
    assert send(browser, f"/children/{child}/limits", bedtime="20:30", minutes="15").status_code == 303
    limits = here.store.wellbeing.limits(its_id(here, child))
    assert (limits.bedtime and limits.bedtime.isoformat("minutes"), limits.day_s, limits.days) == ("20:30", 900.0, 3)
    assert send(browser, f"/children/{child}/limits", bedtime="", minutes="").status_code == 303
    assert here.store.wellbeing.limits(its_id(here, child)) == Limits(days=3)


@pytest.mark.parametrize(("bedtime", "minutes"), [("late", ""), ("", "many"), ("", "1"), ("", "-5"), ("", "9" * 400)])
def test_a_limit_that_is_none_is_said_in_one_sentence(here: Portal, child: str, bedtime: str, minutes: str) -> None:
    answer = send(here.signed_in(MOTHER), f"/children/{child}/limits", bedtime=bedtime, minutes=minutes)
    assert answer.status_code == 400
    assert here.store.wellbeing.limits(its_id(here, child)) == Limits()


def test_a_consent_is_given_read_and_withdrawn(here: Portal, child: str) -> None:
    browser = here.signed_in(MOTHER)
    consents = f"/children/{child}/consents"
    assert send(browser, f"{consents}/say", purpose="pool", given="yes").status_code == 303
    assert here.store.consents.holds(its_id(here, child), "pool")
    assert send(browser, f"{consents}/say", purpose="pool", given="no").status_code == 303
    newest = here.store.consents.newest(its_id(here, child))["pool"]
    assert (newest.given, newest.who, newest.role) == (False, MOTHER, "parent")
    history = text_of(browser.get(consents).text.partition("What was said when")[2])
    assert history.count("Pool data for research") == 2


def test_nobody_consents_to_what_there_is_not(here: Portal, child: str) -> None:
    answer = send(here.signed_in(MOTHER), f"/children/{child}/consents/say", purpose="sell", given="yes")
    assert answer.status_code == 400
    assert "sell" not in {one.purpose for one in here.store.consents.all(its_id(here, child))}


def test_a_withdrawn_consent_shuts_the_therapist_out_at_once(here: Portal) -> None:
    mother, therapist = here.person(MOTHER, "parent"), here.person("Doctor", "therapist")
    child = here.player("Mika", mother, therapist)
    reading = here.signed_in("Doctor")
    assert reading.get(f"/clients/{child}/report").status_code == 200
    send(here.signed_in(MOTHER), f"/children/{child}/consents/say", purpose="share", given="no")
    assert reading.get(f"/clients/{child}/report").status_code == 404
    assert reading.get(f"/clients/{child}/report.pdf").status_code == 404


def test_everything_comes_as_one_file(here: Portal, child: str) -> None:
    answer = here.signed_in(MOTHER).get(f"/children/{child}/everything.zip")
    with ZipFile(BytesIO(answer.content)) as packed:
        about = packed.read(f"{child}/about.json").decode()
    assert "Mika" in about
    assert any(line.action == "exported" and child in line.what for line in here.store.audit.page())


def test_erasing_asks_for_the_name(here: Portal, child: str) -> None:
    browser = here.signed_in(MOTHER)
    assert "Type Mika to erase" in text_of(browser.get(f"/children/{child}/erase").text)
    refused = send(browser, f"/children/{child}/erase/now", name="Mila")
    assert refused.status_code == 400
    assert "nothing was erased" in refused.text
    assert here.store.players.under(child) is not None


def test_erasing_takes_the_child_its_bundles_and_the_parent_of_nobody_else(here: Portal, child: str) -> None:
    bundle = here.house.db.with_name("bundles") / f"{child}-1.heron"
    bundle.parent.mkdir()
    bundle.write_bytes(b"sealed")
    browser = here.signed_in(MOTHER)
    assert send(browser, f"/children/{child}/erase/now", name="Mika").status_code == 303
    assert here.store.players.under(child) is None
    assert not bundle.exists()
    assert browser.get("/children").status_code == 303
    assert (here.store.audit.page()[0].action, here.store.audit.page()[0].what) == ("erased", child)


@pytest.mark.parametrize("day", ["2027-01-10", "2026-02-30", "tomorrow", "9999-12-31", ""])
def test_a_letter_of_any_week_or_a_sentence_why_not(here: Portal, child: str, day: str) -> None:
    browser = here.signed_in(MOTHER)
    expected = 200 if day in ("2027-01-10", "") else 400
    assert browser.get(f"/children/{child}/letter?day={day}").status_code == expected
    assert browser.get(f"/children/{child}/letter.pdf?day={day}").status_code == expected


def test_there_is_no_letter_of_weeks_to_come(here: Portal, child: str) -> None:
    page = here.signed_in(MOTHER).get(f"/children/{child}/letter").text
    assert "The week before" in page
    assert "The week after" not in page
