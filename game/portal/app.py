"""The portal as one application: its doors, its rooms, and what is said when something is not there."""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from litestar import Litestar, Response, get
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.handlers.http_handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Template
from litestar.router import Router
from litestar.types import ControllerRouterHandler

from engine.errors import EngineError
from game.errors import GameError
from game.portal import (
    accounts,
    administrator,
    clients,
    clinic,
    live,
    metrics,
    models,
    papers,
    parent,
    plans,
    rights,
    sittings,
    upkeep,
)
from game.portal.doors import ANYBODY, PortalRequest, WhoIsIt, client, opens, speaking
from game.portal.house import House
from game.portal.pages import HERE, TEMPLATES, page, to

LARGEST_FORM = 256 * 1024
"""Bytes of a form; a plan as text is a few thousand."""


def portal(told: House, csrf_secret: str) -> Litestar:
    """The application. csrf_secret: random, the same for as long as forms shall hold

    Raises: ValueError: a route does not say for whom it opens.
    """
    rooms: Sequence[ControllerRouterHandler] = (
        *accounts.ROUTES,
        *clients.ROUTES,
        *sittings.ROUTES,
        *models.ROUTES,
        *plans.ROUTES,
        *live.ROUTES,
        *parent.ROUTES,
        *rights.ROUTES,
        *papers.ROUTES,
        *administrator.ROUTES,
        *upkeep.ROUTES,
        *metrics.ROUTES,
        static,
        Router(path="/", route_handlers=clinic.ROUTES, include_in_schema=True),
    )
    app = Litestar(
        route_handlers=rooms,
        state=State({"house": told}),
        middleware=[WhoIsIt],
        guards=[opens],
        dependencies={"client": Provide(client, sync_to_thread=True)},
        csrf_config=CSRFConfig(
            secret=csrf_secret, cookie_name="heron_csrf", cookie_secure=told.secure, cookie_samesite="strict"
        ),
        template_config=TEMPLATES,
        exception_handlers={HTTPException: refused, EngineError: mistaken, GameError: mistaken},
        openapi_config=clinic.DOCUMENT,
        include_in_schema=False,
        logging_config=None,
        request_max_body_size=LARGEST_FORM,
    )
    app.asgi_handler = speaking(app.asgi_handler)  # round everything, so also round what is not there
    for address, here in addresses(app).items():
        if len(here) > 1:  # Litestar 2.25 wraps a function twice where two share an address, and hangs
            raise ValueError(f"{address} is the address of two routes: give one of them another.")
        if "roles" not in here[0].opt:
            raise ValueError(f"{address} does not say for whom it opens.")
    return app


def addresses(app: Litestar) -> dict[str, list[HTTPRouteHandler]]:
    """What answers at each address, without those that Litestar adds to answer OPTIONS."""
    found = ((route.path, getattr(route, "route_handlers", ())) for route in app.routes)
    return {
        path: [one for one in some if isinstance(one, HTTPRouteHandler) and one.http_methods != {"OPTIONS"}]
        for path, some in found
    }


_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".webp": "image/webp"}

_STATIC = {path.name: path for path in (HERE / "static").iterdir()}
"""By name, so that no address leads anywhere else."""

_content = cache(Path.read_bytes)
"""Read once: Plotly's script has 4.8 MB."""


@get("/static/{name:str}", opt={"roles": ANYBODY}, sync_to_thread=False)
def static(name: FromPath[str]) -> Response[bytes]:
    """Styles, scripts and pictures of the portal; Plotly's script out of its own package."""
    path = _plotly() if name == "plotly.js" else _STATIC.get(name)
    if path is None:
        raise HTTPException("There is no such file.", status_code=404)
    return Response(
        _content(path),
        media_type=f"{_KINDS[path.suffix]}; charset=utf-8",
        headers={"cache-control": "public, max-age=604800" if name == "plotly.js" else "public, max-age=300"},
    )


def _plotly() -> Path:
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def refused(request: PortalRequest, error: HTTPException) -> Response[object] | Template:
    """One sentence for whoever may not, or found nothing; a browser that is not signed in goes to the door."""
    wants_page = "text/html" in request.headers.get("accept", "text/html")
    if isinstance(error, NotAuthorizedException) and request.method == "GET" and wants_page:
        return to(f"/login?next={request.url.path}")
    if not wants_page:
        return Response({"detail": error.detail}, status_code=error.status_code)
    return page(request, "trouble", status=error.status_code, sentence=error.detail)


def mistaken(request: PortalRequest, error: EngineError | GameError) -> Response[object] | Template:
    """What the rules or the store refuse, in their own words."""
    if "text/html" not in request.headers.get("accept", "text/html"):
        return Response({"detail": str(error)}, status_code=400)
    return page(request, "trouble", status=400, sentence=str(error))
