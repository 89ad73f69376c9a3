"""The administrator's rooms: people, and who looks after whom; the log."""

from dataclasses import dataclass

from litestar import get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.errors import BrokenSeal, NotFound
from engine.store import Store
from engine.store.rows import Person, Role
from game.portal.doors import ADMINISTRATOR, PortalRequest, asker, house
from game.portal.pages import page, to

A_PAGE = 100
"""People on one page."""

CHECKED = "portal_log_checked"
"""What the last check of the log's chain has found; a long log takes seconds, so it is not done at each look."""

_ROLES: tuple[Role, ...] = ("player", "parent", "therapist", "administrator")


@dataclass(slots=True)
class PersonForm:
    """Somebody new: a player has no account of their own before they are invited."""

    name: str
    role: str


@dataclass(slots=True)
class CareForm:
    """From now on this person looks after that player, or no more."""

    person_id: int
    player_id: int
    no_more: bool = False


@dataclass(slots=True)
class CarerForm:
    """A parent or therapist, by name, who looks after a player from now on."""

    name: str
    role: str


@dataclass(slots=True)
class InviteForm:
    """Who gets a code."""

    person_id: int


@get("/house", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="people")
def people(request: PortalRequest, after: FromQuery[str] = "", name: FromQuery[str] = "") -> Template:
    """Who there is, by name, a page at a time; or whoever's name begins so."""
    found = house(request).store.clinic.people(asker(request), after or name, A_PAGE + 1, begins=name)
    more = found[A_PAGE].name if len(found) > A_PAGE else None
    return page(request, "people", people=found[:A_PAGE], more=more, begins=name, roles=_ROLES)


@post("/house/people", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="person_added")
def person_added(request: PortalRequest, data: URLEncodedBody[PersonForm]) -> Redirect:
    """Somebody new, on their own page."""
    store = house(request).store
    if data.role == "player":
        player = store.players.named(data.name)
        made = next(one for one in store.people.all() if one.player_id == player.id)
    else:
        made = store.people.named(data.name, _role(data.role))
    store.audit.note(asker(request).word, "added", f"{made.role} {made.id}")
    return to(f"/house/people/{made.id}")


@get("/house/people/{person_id:int}", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="person")
def person(request: PortalRequest, person_id: FromPath[int]) -> Template:
    """One of them: who looks after them, and how they sign in."""
    return _person(request, person_id)


@post("/house/people/{person_id:int}/carers", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="carer")
def carer(request: PortalRequest, person_id: FromPath[int], data: URLEncodedBody[CarerForm]) -> Redirect:
    """Somebody who is there already looks after this player from now on."""
    store = house(request).store
    player = _known(request, person_id)
    by_name = store.clinic.people(asker(request), data.name.strip(), begins=data.name.strip())
    found = [one for one in by_name if one.name == data.name.strip() and one.role == data.role]
    if player.player_id is None or not found:
        raise NotFound("Nobody of that name is here in that role: add them first, or look how the name is written.")
    _care(request, CareForm(found[0].id, player.player_id))
    return to(f"/house/people/{person_id}")


@post("/house/cares", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="cares")
def cares(request: PortalRequest, data: URLEncodedBody[CareForm]) -> Redirect:
    """Begins or ends that somebody looks after a player."""
    _care(request, data)
    return to("/house")


@post("/house/invitations", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="invite", status_code=200)
def invite(request: PortalRequest, data: URLEncodedBody[InviteForm]) -> Template:
    """Shows the code once: it is kept as a hash alone."""
    here = house(request)
    who = _known(request, data.person_id)
    here.store.audit.note(asker(request).word, "invited", f"{who.role} {who.id}")
    return _person(request, who.id, code=here.store.accounts.invite(who.id, here.now()))


@post("/house/people/{person_id:int}/close", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="closed")
def closed(request: PortalRequest, person_id: FromPath[int]) -> Redirect:
    """Nobody signs in with this account any more; the administrator's own stays, so that one is left."""
    if person_id != asker(request).person_id:
        store, who = house(request).store, _known(request, person_id)
        store.accounts.close(who.id)
        store.audit.note(asker(request).word, "closed the account of", f"{who.role} {who.id}")
    return to(f"/house/people/{person_id}")


@get("/log", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="log")
def log(request: PortalRequest, before: FromQuery[int | None] = None) -> Template:
    """The audit log, and when it was last found whole."""
    store = house(request).store
    entries = store.clinic.audit(asker(request), before)
    return page(request, "log", entries=entries, checked=store.settings.get(CHECKED))


@post("/log/check", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="log_check")
def log_check(request: PortalRequest) -> Redirect:
    """Every line against the one before it."""
    here = house(request)
    try:
        found: dict[str, object] = {"lines": here.store.audit.check(), "broken": None}
    except BrokenSeal as error:
        found = {"lines": 0, "broken": str(error)}
    here.store.settings.put(CHECKED, found | {"at_unix_s": here.now()})
    return to("/log")


def _care(request: PortalRequest, asked: CareForm) -> None:
    store = house(request).store
    pseudonym = store.players.get(asked.player_id).pseudonym
    change = store.people.cares_no_more if asked.no_more else store.people.cares
    change(asked.person_id, asked.player_id)
    did = "care ends" if asked.no_more else "care begins"
    store.audit.note(asker(request).word, did, f"{asked.person_id} {pseudonym}")


def _person(request: PortalRequest, person_id: int, code: str | None = None) -> Template:
    store, who = house(request).store, _known(request, person_id)
    carers = store.people.looking_after(who.player_id) if who.player_id else ()
    return page(request, "person", who=who, carers=carers, code=code, login=_login(store, who.id))


def _login(store: Store, person_id: int) -> str | None:
    """What the person signs in with; None without an account."""
    try:
        return store.accounts.get(person_id).login
    except NotFound:
        return None


def _known(request: PortalRequest, person_id: int) -> Person:
    """Raises: NotFound."""
    found = house(request).store.people.get(person_id)
    if found is None:
        raise NotFound("There is nobody by that number: look at the list of people.")
    return found


def _role(word: str) -> Role:
    """Raises: NotFound."""
    role = next((role for role in _ROLES if role == word), None)
    if role is None:
        raise NotFound("Somebody is a player, a parent, a therapist or an administrator: choose one of these.")
    return role


ROUTES = (people, person_added, person, carer, cares, invite, closed, log, log_check)
