"""Who comes in, and who does not."""

import pyotp
import pytest

from engine.store.accounts import IDLE_S, KNOCKS, KNOCKS_S, LONGEST_S
from game.portal.doors import COOKIE, HEADERS
from tests.game.portal.conftest import PASSWORD, Portal, send

NEW = {"password": "twelve little frogs", "again": "twelve little frogs"}


def test_the_first_start_asks_who_owns_it_and_only_by_the_code_of_the_window(here: Portal) -> None:
    browser = here.browser()
    assert browser.get("/").headers["location"] == "/begin"
    form = {"name": "Ada", "login": "ada", "role": "therapist", **NEW}
    assert send(browser, "/begin/first", code="guessed", **form).status_code == 400
    assert not here.store.accounts.any()
    assert send(browser, "/begin/first", code=here.house.code, **form).headers["location"] == "/clients"
    assert browser.get("/clients").status_code == 200
    assert send(here.browser(), "/begin/first", code=here.house.code, **form).headers["location"] == "/login"


def test_a_wrong_password_and_a_login_that_nobody_has_look_the_same(here: Portal) -> None:
    here.person("Ada", "therapist")
    wrong = send(here.browser(), "/login/now", login="Ada", password="not this one")
    nobody = send(here.browser(), "/login/now", login="Eve", password="not this one")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("Ada", "") == nobody.text.replace("Eve", "") or "not the right name" in nobody.text


def test_a_token_that_was_planted_before_signing_in_is_nobodys_afterwards(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.browser()
    browser.cookies.set(COOKIE, "planted", domain="127.0.0.1", path="/")
    assert send(browser, "/login/now", login="Ada", password=PASSWORD).status_code == 303
    assert browser.cookies.get(COOKIE) != "planted"
    thief = here.browser()
    thief.cookies.set(COOKIE, "planted")
    assert thief.get("/clients").headers["location"].startswith("/login")


def test_signing_in_again_ends_the_token_before(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    before = str(browser.cookies.get(COOKIE))
    assert send(browser, "/login/now", login="Ada", password=PASSWORD).status_code == 303
    assert here.store.accounts.visitor(before, here.clock()) is None


@pytest.mark.parametrize(("idle", "lasts"), [(IDLE_S - 61, True), (IDLE_S + 1, False)])
def test_a_browser_that_nobody_uses_is_signed_out(here: Portal, idle: float, lasts: bool) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    here.clock.now_s += idle
    assert (browser.get("/clients").status_code == 200) is lasts


def test_every_browser_is_signed_out_in_the_end(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    for _ in range(int(LONGEST_S // 1200)):
        here.clock.now_s += 1200
        browser.get("/clients")
    here.clock.now_s += 1200
    assert browser.get("/clients").status_code == 303


def test_signing_out_ends_the_token(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    token = str(browser.cookies.get(COOKIE))
    assert send(browser, "/logout").status_code == 303
    assert here.store.accounts.visitor(token, here.clock()) is None


def test_a_form_without_the_pages_token_is_refused(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    assert browser.post("/logout").status_code == 403
    assert browser.post("/logout", data={"_csrf_token": "forged"}).status_code == 403
    assert browser.get("/clients").status_code == 200


def test_too_many_wrong_passwords_shut_the_door_for_the_account_and_for_the_address(here: Portal) -> None:
    here.person("Ada", "therapist")
    here.person("Bo", "parent")
    browser = here.browser()
    for _ in range(KNOCKS):
        assert send(browser, "/login/now", login="Ada", password="wrong").status_code == 401
    assert send(browser, "/login/now", login="Ada", password=PASSWORD).status_code == 429
    assert send(browser, "/login/now", login="Bo", password=PASSWORD).status_code == 429
    here.clock.now_s += KNOCKS_S + 1
    assert send(browser, "/login/now", login="Ada", password=PASSWORD).status_code == 303


def test_an_invitation_opens_one_account_once(here: Portal) -> None:
    here.person("Ada", "administrator")
    parent = here.store.people.named("Bo", "parent")
    admin = here.signed_in("Ada")
    shown = send(admin, "/house/invitations", person_id=parent.id).text
    code = next(word for word in shown.replace(".", " ").split() if word.count("-") == 3)
    browser = here.browser()
    assert "Bo" in browser.get(f"/join?code={code}").text
    assert send(browser, f"/join/{code}", login="bo", **NEW).headers["location"] == "/children"
    assert send(here.browser(), f"/join/{code}", login="thief", **NEW).status_code == 400
    assert here.browser().get("/join?code=guessed").status_code == 404


def test_an_authenticator_is_asked_for_once_it_has_shown_its_digits(here: Portal) -> None:
    here.person("Ada", "therapist")
    browser = here.signed_in("Ada")
    secret = pyotp.random_base32()
    digits = pyotp.TOTP(secret).at(int(here.clock()))
    assert send(browser, "/account/authenticator", secret=secret, digits="000000").status_code == 400
    assert send(browser, "/account/authenticator", secret=secret, digits=digits).status_code == 303
    new = here.browser()
    assert send(new, "/login/now", login="Ada", password=PASSWORD).status_code == 401
    assert send(new, "/login/now", login="Ada", password=PASSWORD, digits="123456").status_code == 401
    assert send(new, "/login/now", login="Ada", password=PASSWORD, digits=digits).status_code == 303


def test_another_password_signs_out_every_other_browser(here: Portal) -> None:
    here.person("Ada", "therapist")
    one, other = here.signed_in("Ada"), here.signed_in("Ada")
    assert send(one, "/account/password", old=PASSWORD, **NEW).status_code == 303
    assert one.get("/clients").status_code == 200
    assert other.get("/clients").status_code == 303


@pytest.mark.parametrize("address", ["https://example.org", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_no_link_leads_through_the_door_to_somewhere_else(here: Portal, address: str) -> None:
    here.person("Ada", "therapist")
    answer = send(here.browser(), "/login/now", login="Ada", password=PASSWORD, next=address)
    assert answer.headers["location"] == "/clients"


def test_every_answer_carries_the_headers_that_keep_strangers_out(here: Portal) -> None:
    for address in ("/login", "/static/portal.css", "/nowhere"):
        answer = here.browser().get(address)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("name", ["../app.py", "..%2Fapp.py", "%2e%2e/app.py", "heron.sqlite", "nothing.css"])
def test_no_file_but_the_portals_own_is_handed_out(here: Portal, name: str) -> None:
    assert here.browser().get(f"/static/{name}").status_code == 404


def test_a_form_that_is_far_too_large_is_refused(here: Portal) -> None:
    assert send(here.browser(), "/login/now", login="x" * 2_000_000, password="y").status_code == 413


def test_another_familys_child_is_not_there(here: Portal) -> None:
    ada, bo = here.person("Ada", "therapist"), here.person("Bo", "therapist")
    mine, others = here.player("Otto", ada), here.player("Mia", bo)
    browser = here.signed_in("Ada")
    assert browser.get(f"/clients/{mine}").status_code == 200
    assert browser.get(f"/clients/{others}").status_code == browser.get("/clients/P-00000000").status_code == 404
