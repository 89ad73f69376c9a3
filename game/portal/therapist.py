"""The therapist's rooms: clients at a glance, and one client."""

from litestar import get
from litestar.response import Template

from game.portal.doors import CARERS, THERAPIST, Client, PortalRequest, house
from game.portal.pages import page


@get("/clients", opt={"roles": THERAPIST}, sync_to_thread=True, name="clients")
def clients(request: PortalRequest) -> Template:
    """All of the therapist's clients."""
    assert request.user is not None
    here = house(request)
    return page(request, "clients", clients=here.store.people.clients(request.user.person_id))


@get("/clients/{pseudonym:str}", opt={"roles": CARERS}, sync_to_thread=True, name="client")
def one_client(request: PortalRequest, client: Client) -> Template:
    """All about one client."""
    sittings = house(request).store.sessions.recent(client.id, 50)
    return page(request, "client", client=client, sittings=sittings)


ROUTES = (clients, one_client)
