"""Signing in and out: the first account, invitations, passwords and authenticators, and the language."""

from dataclasses import dataclass
from secrets import compare_digest
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.errors import StoreError
from engine.store.accounts import LONGEST_S, Account
from engine.store.rows import Role
from game.portal import passwords
from game.portal.doors import ANYBODY, COOKIE, LANGUAGE_COOKIE, SIGNED_IN, PortalRequest, house
from game.portal.house import House
from game.portal.pages import LANGUAGES, page, to
from game.words import later

HOMES = {"therapist": "/clients", "parent": "/children", "administrator": "/house", "player": "/me"}
"""Where everybody begins."""

WRONG = later("That is not the right name and password: try again.")
TOO_OFTEN = later("Too many wrong passwords: wait a quarter of an hour, then try again.")


@dataclass(slots=True)
class FirstForm:
    """The first account of all."""

    code: str
    name: str
    login: str
    password: str
    again: str
    role: str = "therapist"


@dataclass(slots=True)
class SignInForm:
    """digits: of the authenticator, where the account has one; next: the page that was asked for"""

    login: str
    password: str
    digits: str = ""
    next: str = ""


@dataclass(slots=True)
class JoinForm:
    """What an invited person chooses."""

    login: str
    password: str
    again: str


@dataclass(slots=True)
class PasswordForm:
    """Another password."""

    old: str
    password: str
    again: str


@dataclass(slots=True)
class DigitsForm:
    """secret: that is to be used from now on; digits: that prove that the app has it"""

    secret: str
    digits: str


@get("/", opt={"roles": ANYBODY}, sync_to_thread=True, name="start")
def start(request: PortalRequest) -> Redirect:
    """Everybody's own first page."""
    if request.user is not None:
        return to(HOMES[request.user.role])
    return to("/login" if house(request).store.accounts.any() else "/begin")


@get("/begin", opt={"roles": ANYBODY}, sync_to_thread=True, name="begin")
def begin(request: PortalRequest, code: FromQuery[str] = "") -> Template | Redirect:
    """The first start: who owns this Heron?"""
    if house(request).store.accounts.any():
        return to("/login")
    return page(request, "begin", code=code, sentence=None, given=None)


@post("/begin/first", opt={"roles": ANYBODY}, sync_to_thread=True, name="begin_done")
def begun(request: PortalRequest, data: URLEncodedBody[FirstForm]) -> Template | Response[Any]:
    """The owner is a therapist or a parent, and the administrator beside."""
    here = house(request)
    if here.store.accounts.any():
        return to("/login")
    if not compare_digest(data.code, here.code):
        wrong = later("That is not the code that `heron portal` has written in its window: copy it from there.")
        return page(request, "begin", 400, code=data.code, sentence=wrong, given=data)
    trouble = passwords.trouble(data.password, data.again)
    role: Role = "parent" if data.role == "parent" else "therapist"
    try:
        if trouble:
            raise StoreError(trouble)
        owner = here.store.people.named(data.name, "administrator")
        here.store.accounts.open(owner.id, f"{data.login.strip()} (admin)", passwords.hashed(data.password))
        person = here.store.people.named(data.name, role)
        here.store.accounts.open(person.id, data.login, passwords.hashed(data.password))
    except StoreError as error:
        return page(request, "begin", 400, code=data.code, sentence=str(error), given=data)
    return _entered(here, here.store.accounts.get(person.id), "")


@get("/login", opt={"roles": ANYBODY}, sync_to_thread=True, name="login")
def login(request: PortalRequest, next: FromQuery[str] = "") -> Template | Redirect:
    if not house(request).store.accounts.any():
        return to("/begin")
    return page(request, "login", sentence=None, next=next, login="", digits=False)


@post("/login/now", opt={"roles": ANYBODY}, sync_to_thread=True, name="signing_in", status_code=200)
def signing_in(request: PortalRequest, data: URLEncodedBody[SignInForm]) -> Template | Response[Any]:
    """A right password, and the digits where an authenticator is asked for, make a new token for this browser."""
    here = house(request)
    accounts, now_s = here.store.accounts, here.now()
    doors = (
        f"account {data.login.strip().lower()[:200]}",
        f"address {request.client.host if request.client else '?'}",
    )
    if any(accounts.shut_s(door, now_s) for door in doors):
        return page(request, "login", 429, sentence=TOO_OFTEN, next=data.next, login=data.login, digits=False)
    account = accounts.by_login(data.login)
    right = passwords.is_right(account.password if account else None, data.password)
    if right and account is not None and account.totp and not data.digits:
        return page(request, "login", 401, sentence=None, next=data.next, login=data.login, digits=True)
    if not right or account is None or (account.totp and not passwords.fits(account.totp, data.digits, now_s)):
        for door in doors:
            accounts.knocked(door, now_s)
        asked = bool(right and account is not None and account.totp)
        return page(request, "login", 401, sentence=WRONG, next=data.next, login=data.login, digits=asked)
    accounts.opened(doors[0])
    if passwords.is_old(account.password):
        accounts.rehash(account.person_id, passwords.hashed(data.password))
    if request.auth:
        accounts.leave(request.auth)
    return _entered(here, account, data.next)


@post("/logout", opt={"roles": SIGNED_IN}, sync_to_thread=True, name="logout")
def logout(request: PortalRequest) -> Response[Any]:
    if request.auth:
        house(request).store.accounts.leave(request.auth)
    gone = to("/login")
    gone.delete_cookie(COOKIE)
    return gone


@get("/join", opt={"roles": ANYBODY}, sync_to_thread=True, name="join")
def join(request: PortalRequest, code: FromQuery[str] = "") -> Template:
    """An invitation: first the code, then who one wants to be."""
    here = house(request)
    if not code:
        return page(request, "join", code="", invited=None, sentence=None, given=None)
    try:
        invited = here.store.accounts.invited(code, here.now())
    except StoreError as error:
        return page(request, "join", 404, code=code, invited=None, sentence=str(error), given=None)
    return page(request, "join", code=code, invited=invited, sentence=None, given=None)


@post("/join/{code:str}", opt={"roles": ANYBODY}, sync_to_thread=True, name="joined")
def joined(request: PortalRequest, code: FromPath[str], data: URLEncodedBody[JoinForm]) -> Template | Response[Any]:
    here = house(request)
    accounts, invited = here.store.accounts, None
    try:
        invited = accounts.invited(code, here.now())
        trouble = passwords.trouble(data.password, data.again)
        if trouble:
            raise StoreError(trouble)
        accounts.open(invited.person_id, data.login, passwords.hashed(data.password))
    except StoreError as error:
        return page(request, "join", 400, code=code, invited=invited, sentence=str(error), given=data)
    accounts.used(invited.person_id)
    here.store.audit.note(f"{invited.role} {invited.person_id}", "joined", "the portal")
    return _entered(here, accounts.get(invited.person_id), "")


@get("/account", opt={"roles": SIGNED_IN}, sync_to_thread=True, name="account")
def account(request: PortalRequest) -> Template:
    """One's own password and authenticator."""
    return _account(request)


@post("/account/password", opt={"roles": SIGNED_IN}, sync_to_thread=True, name="password", status_code=200)
def password(request: PortalRequest, data: URLEncodedBody[PasswordForm]) -> Template | Response[Any]:
    """Every browser is signed out by it, this one back in."""
    here, mine = house(request), _mine(request)
    if not passwords.is_right(mine.password, data.old):
        return _account(request, 400, later("The old password is another: try again."))
    trouble = passwords.trouble(data.password, data.again)
    if trouble:
        return _account(request, 400, trouble)
    here.store.accounts.rehash(mine.person_id, passwords.hashed(data.password))
    here.store.accounts.leave_all(mine.person_id)
    return _entered(here, mine, "/account")


@post("/account/authenticator", opt={"roles": SIGNED_IN}, sync_to_thread=True, name="authenticator", status_code=200)
def authenticator(request: PortalRequest, data: URLEncodedBody[DigitsForm]) -> Template | Redirect:
    """On, once the app has shown the right digits; off with an empty secret and the digits of the present one."""
    here, mine = house(request), _mine(request)
    if not passwords.fits(data.secret or mine.totp or "", data.digits, here.now()):
        return _account(request, 400, later("These are not the digits that the app shows now: try the next ones."))
    here.store.accounts.authenticator(mine.person_id, data.secret or None)
    return to("/account")


@post("/language/{language:str}", opt={"roles": ANYBODY}, sync_to_thread=True, name="language")
def language(request: PortalRequest, language: FromPath[str]) -> Response[Any]:
    """In this browser, and for this person's letters."""
    if request.user is not None and language in LANGUAGES:
        house(request).store.accounts.speaks(request.user.person_id, language)
    back = to(_inside(request.headers.get("referer", "").partition(request.url.netloc)[2]))
    if language in LANGUAGES:
        back.set_cookie(Cookie(LANGUAGE_COOKIE, value=language, max_age=31_536_000, httponly=True, samesite="lax"))
    return back


def _entered(here: House, account: Account, asked: str) -> Response[Any]:
    """Signed in, with a token that was never anybody's before."""
    inside = to(_inside(asked, HOMES[account.role]))
    inside.set_cookie(
        Cookie(
            COOKIE,
            value=here.store.accounts.enter(account.person_id, here.now()),
            max_age=int(LONGEST_S),
            httponly=True,
            secure=here.secure,
            samesite="strict",
        )
    )
    here.store.audit.note(f"{account.role} {account.person_id}", "signed in", "the portal")
    return inside


def _inside(address: str, otherwise: str = "/") -> str:
    """An address of this portal, so that no link can lead through the door to somewhere else."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and not any(c in address for c in "\r\n")
    return address if safe else otherwise


def _mine(request: PortalRequest) -> Account:
    assert request.user is not None  # the guard has seen to it
    return request.user


def _account(request: PortalRequest, status: int = 200, sentence: str | None = None) -> Template:
    secret = passwords.new_authenticator()
    mine = _mine(request)
    address = passwords.address(secret, mine.login)
    return page(request, "account", status, sentence=sentence, secret=secret, address=address, has=bool(mine.totp))


ROUTES = (
    *(start, begin, begun, login, signing_in, logout, join, joined),
    *(account, password, authenticator, language),
)
