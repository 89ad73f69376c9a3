"""The parent's rooms: the own children, one page each, and a player's own marsh."""

from litestar import get
from litestar.response import Template

from engine.errors import NotFound
from game.portal.doors import PARENT, PortalRequest, house
from game.portal.pages import page

PLAYER = frozenset({"player"})


@get("/children", opt={"roles": PARENT}, sync_to_thread=True, name="children")
def children(request: PortalRequest) -> Template:
    assert request.user is not None
    return page(request, "children", children=house(request).store.people.clients(request.user.person_id))


@get("/me", opt={"roles": PLAYER}, sync_to_thread=True, name="me")
def me(request: PortalRequest) -> Template:
    """What a player sees of the own practice."""
    if request.user is None or request.user.player_id is None:
        raise NotFound("You are nobody who plays.")
    store = house(request).store
    player = store.players.get(request.user.player_id)
    return page(request, "me", player=player, grown=store.gardens.grown(player.id))


ROUTES = (children, me)
