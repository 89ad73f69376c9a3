"""No door stands open by mistake: every route there is, against everybody, and against another family's ids.

The table is made of the application's own routes, so that a new one is tried on the day it is written.
"""

import re
from dataclasses import replace
from html import escape
from urllib.parse import quote

import pytest

from engine.store.rows import Role
from game.portal.app import addresses
from game.portal.doors import ANYBODY
from tests.game.portal.conftest import Portal
from tests.game.portal.families import (
    GUARDED,
    ROLES,
    Call,
    calls,
    entered,
    everybody,
    rows_of,
    token_of,
    two_families,
)

STREAMS = frozenset({"live_stream"})
"""Routes that answer for as long as somebody listens: their doors are tried, what they say is tried elsewhere."""

ASK_MORE = frozenset(
    {
        "/join",
        "/static/{name:str}",
        "/api/{path:str}",
        "/clients/{pseudonym:str}/sittings/{number:int}/tables/{name:str}",
        "/children/{pseudonym:str}/steadiness.csv",
        "/children/{pseudonym:str}/letter",
        "/children/{pseudonym:str}/letter.pdf",
    }
)
"""Pages that need a day, a code, a name or more sittings; whoever made them tries them."""

NASTY = (
    "<script>alert(1)</script>{{ 7 * 7 }}%s%n{0}{name}",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "\x00\U0001f438" + "\u202e" * 40,
    "9" * 400,
)


def test_nobody_comes_in_without_signing_in(here: Portal) -> None:
    own, _ = two_families(here)
    shut = [call for call in calls(here.app, own) if call.roles != ANYBODY]
    answers = {str(call): call.by(here.browser()).status_code for call in shut}
    assert len(answers) >= 10
    assert {call: code for call, code in answers.items() if code not in (303, 401)} == {}
    leads = [call.by(here.browser()).headers.get("location", "/login") for call in shut if call.method == "GET"]
    assert all(address.startswith("/login") for address in leads)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_stands_before_the_doors_of_others(here: Portal, role: Role) -> None:
    own, _ = two_families(here)
    browser = entered(here, role)
    shut = [call for call in calls(here.app, own) if not call.opens_for(role)]
    answers = {str(call): call.by(browser).status_code for call in shut}
    assert shut
    assert {call: code for call, code in answers.items() if code != 403} == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_through_its_own_doors(here: Portal, role: Role) -> None:
    own, _ = two_families(here)
    browser = entered(here, role)
    pages = [one for one in calls(here.app, own) if one.method == "GET" and one.opens_for(role)]
    answers = {str(one): one.by(browser).status_code for one in pages if one.path not in ASK_MORE}
    assert len(answers) > 3
    assert {call: code for call, code in answers.items() if code not in (200, 303)} == {}


@pytest.mark.parametrize("role", ["therapist", "parent", "player"])
def test_another_familys_child_is_behind_no_door(here: Portal, role: Role) -> None:
    _, other = two_families(here)
    browser = entered(here, role)
    theirs = [call for call in calls(here.app, other) if call.opens_for(role) and _names_somebody(call)]
    before = rows_of(here, other)
    answers = {str(call): call.by(browser).status_code for call in theirs}
    assert {call: code for call, code in answers.items() if code != 404} == {}
    assert rows_of(here, other) == before


def test_another_familys_sitting_is_not_there_under_ones_own_child(here: Portal) -> None:
    own, other = two_families(here)
    browsers, before = everybody(here), rows_of(here, other)
    mixed = list(calls(here.app, replace(own, ids={**other.ids, "pseudonym": own.pseudonym})))
    theirs = [call for call in mixed if "{pseudonym" in call.path and re.search(r"{(number|session_id):", call.path)]
    answers = {str(call): call.by(browsers["therapist"]).status_code for call in theirs}
    assert len(answers) >= 3
    assert {call: code for call, code in answers.items() if code != 404} == {}
    assert rows_of(here, other) == before


@pytest.mark.parametrize("role", ["therapist", "parent", "player"])
def test_no_form_and_no_question_reaches_another_family(here: Portal, role: Role) -> None:
    """The path is one's own child's; every id in the query and in the form is the other child's."""
    own, other = two_families(here)
    before, browser = rows_of(here, other), entered(here, role)
    for mine, theirs in zip(calls(here.app, own), calls(here.app, other), strict=True):
        if not mine.opens_for(role) or mine.handler.name in STREAMS | {"logout", "erase"}:
            continue
        mixed = mine.address.partition("?")[0] + "".join(theirs.address.partition("?")[1:])
        answer = Call(mine.handler, mine.path, mine.method, mixed, theirs.form).by(browser)
        assert GUARDED not in answer.text, f"{mine.method} {mixed}"
        assert other.pseudonym not in answer.text.replace(other.pseudonym, "", mixed.count(other.pseudonym)), mixed
    assert rows_of(here, other) == before


def test_every_form_needs_the_token_of_the_page(here: Portal) -> None:
    own, _ = two_families(here)
    browsers = everybody(here)
    posts = [call for call in calls(here.app, own) if call.method != "GET" and not call.handler.opt.get("token")]
    answers = {
        (str(call), role): call.by(browsers[role], forged=True).status_code
        for call in posts
        for role in ROLES
        if call.opens_for(role)
    }
    assert len(answers) > 10
    assert {call: code for call, code in answers.items() if code != 403} == {}


def test_what_is_done_without_a_pages_token_needs_a_token_of_its_own(here: Portal) -> None:
    all_of_them = [handler for (handler,) in addresses(here.app).values()]
    free = [handler for handler in all_of_them if handler.opt.get("exclude_from_csrf")]
    assert [handler.name for handler in free if not handler.opt.get("token")] == []
    assert [handler.name for handler in free if handler.opt["roles"]] == [], "a browser's cookie must not open it"


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_whatever_is_written_into_a_field_is_a_word_and_nothing_more(here: Portal, nasty: str) -> None:
    """In every field of every form, every question and every part of every address: no crash, no mark-up."""
    own, _ = two_families(here)
    browsers = everybody(here)
    for call in calls(here.app, own):
        if call.handler.name in STREAMS | {"logout", "password"}:
            continue
        browser = browsers[next((role for role in ROLES if call.opens_for(role)), "player")]
        address, _, asked = call.address.partition("?")
        for place in (address, *_with_nasty_parts(call, nasty)):
            answer = browser.request(
                call.method,
                place,
                params={part.partition("=")[0]: nasty for part in asked.split("&") if part},
                data={name: nasty if isinstance(value, str) else str(value) for name, value in call.form.items()},
                headers={"x-csrftoken": token_of(browser)},
            )
            assert answer.status_code < 500, call
            if "html" in answer.headers.get("content-type", ""):
                assert nasty == escape(nasty) or nasty not in answer.text, call


@pytest.mark.parametrize("body", [b"", b"\xff\xfe%%%=", b"_csrf_token", b"{" * 1000, b"a=1&" * 20_000])
def test_a_form_that_is_no_form_is_refused_in_words(here: Portal, body: bytes) -> None:
    own, _ = two_families(here)
    browsers = everybody(here)
    for call in calls(here.app, own):
        role = next((role for role in ROLES if call.opens_for(role)), None)
        if call.method == "GET" or role is None or call.handler.name == "logout":
            continue
        browser = browsers[role]
        marked = {"x-csrftoken": token_of(browser), "content-type": "application/x-www-form-urlencoded"}
        answer = browser.post(call.address, content=body, headers=marked)
        assert answer.status_code < 500, call
        assert "Traceback" not in answer.text


def _with_nasty_parts(call: Call, nasty: str) -> list[str]:
    """The address with something else for each of its parameters in turn."""
    paths = [call.path] if "{" in call.path else []
    encoded = quote(nasty, safe="", errors="ignore")
    return [re.sub(r"{\w+:\w+}", encoded.replace("\\", ""), path) for path in paths]


def _names_somebody(call: Call) -> bool:
    return any(name in call.path for name in ("{pseudonym", "{session", "_id:", "{number"))
