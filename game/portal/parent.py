"""The parent's rooms: the own children, one page each, and a player's own marsh."""

from datetime import datetime

from litestar import get
from litestar.response import Template

from engine.errors import NotFound
from game.portal.doors import PARENT, PortalRequest, asker, house
from game.portal.pages import page

PLAYER = frozenset({"player"})


@get("/children", opt={"roles": PARENT}, sync_to_thread=True, name="children")
def children(request: PortalRequest) -> Template:
    here = house(request)
    now = datetime.fromtimestamp(here.now()).astimezone()
    return page(request, "children", children=here.store.clinic.glance(asker(request), now))


@get("/me", opt={"roles": PLAYER}, sync_to_thread=True, name="me")
def me(request: PortalRequest) -> Template:
    """What a player sees of the own practice."""
    if request.user is None or request.user.player_id is None:
        raise NotFound("You are nobody who plays.")
    store = house(request).store
    player = store.players.get(request.user.player_id)
    return page(request, "me", player=player, grown=store.gardens.grown(player.id))


ROUTES = (children, me)
