"""The administrator's rooms: people, health and the log."""

from dataclasses import dataclass

from litestar import get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from engine.errors import BrokenSeal
from game.portal.doors import ADMINISTRATOR, PortalRequest, asker, house
from game.portal.pages import page, to


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
class InviteForm:
    person_id: int


@get("/house", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="people")
def people(request: PortalRequest) -> Template:
    """Who there is, and who looks after whom."""
    return _people(request)


@post("/house/people", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="person")
def person(request: PortalRequest, data: URLEncodedBody[PersonForm]) -> Redirect:
    store = house(request).store
    if data.role == "player":
        store.players.named(data.name)
    elif data.role in ("therapist", "parent", "administrator"):
        store.people.named(data.name, data.role)  # type: ignore[arg-type]
    return to("/house")


@post("/house/cares", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="cares")
def cares(request: PortalRequest, data: URLEncodedBody[CareForm]) -> Redirect:
    store = house(request).store
    change = store.people.cares_no_more if data.no_more else store.people.cares
    change(data.person_id, data.player_id)
    of = f"{data.person_id} {store.players.get(data.player_id).pseudonym}"
    store.audit.note(asker(request).word, "care ends" if data.no_more else "care begins", of)
    return to("/house")


@post("/house/invitations", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="invite", status_code=200)
def invite(request: PortalRequest, data: URLEncodedBody[InviteForm]) -> Template:
    """Shows the code once: it is kept as a hash alone."""
    here = house(request)
    return _people(request, code=here.store.accounts.invite(data.person_id, here.now()), invited=data.person_id)


@get("/log", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="log")
def log(request: PortalRequest, before: FromQuery[int | None] = None) -> Template:
    """The audit log, and whether it is whole."""
    audit = house(request).store.audit
    try:
        lines, broken = audit.check(), None
    except BrokenSeal as error:
        lines, broken = 0, str(error)
    return page(request, "log", entries=audit.page(before), lines=lines, broken=broken)


@get("/health", opt={"roles": ADMINISTRATOR}, sync_to_thread=True, name="health")
def health(request: PortalRequest) -> Template:
    return page(request, "health", db=house(request).db.name)


def _people(request: PortalRequest, code: str | None = None, invited: int | None = None) -> Template:
    store = house(request).store
    everybody = store.people.all()
    caring = {one.id: store.people.looking_after(one.player_id) for one in everybody if one.player_id}
    return page(request, "people", people=everybody, caring=caring, code=code, invited=invited)


ROUTES = (people, person, cares, invite, log, health)
