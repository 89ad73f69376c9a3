"""The therapist's rooms: clients at a glance, and one client."""

from datetime import datetime

from litestar import get
from litestar.response import Template

from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.pages import page


@get("/clients", opt={"roles": THERAPIST}, sync_to_thread=True, name="clients")
def clients(request: PortalRequest) -> Template:
    """All of the therapist's clients: who came, how it felt, and what needs a look."""
    here = house(request)
    now = datetime.fromtimestamp(here.now()).astimezone()
    return page(request, "clients", clients=here.store.clinic.glance(asker(request), now))


@get("/clients/{pseudonym:str}", opt={"roles": THERAPIST}, sync_to_thread=True, name="client")
def one_client(request: PortalRequest, client: Client) -> Template:
    """All about one client."""
    return page(
        request, "client", client=client, sittings=house(request).store.clinic.sittings(asker(request), client.id)
    )


ROUTES = (clients, one_client)
