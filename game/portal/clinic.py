"""Clinic mode: programs at home send sealed sittings, piece by piece and as often as they like."""

from dataclasses import dataclass
from typing import Annotated

from litestar import get, post
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, OpenAPIMediaType, Operation, RequestBody, Schema, SecurityScheme
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import PathParameter, QueryParameter, RawBody
from litestar.router import Router

from game.portal.doors import ANYBODY, PROGRAMS, PortalRequest, house
from game.portal.parcels import LARGEST, PIECE, Parcel, Parcels

A_MINUTE = 600
"""Requests of one address (own choice): a bundle of forty minutes has forty pieces."""

SENDER = "a program with the token for bundles"
"""As it stands in the audit log."""

_OPT = {"roles": PROGRAMS, "token": "bundles", "exclude_from_csrf": True}
_SLOWLY = [RateLimitConfig(rate_limit=("minute", A_MINUTE)).middleware]
_SECURITY = [{"token": list[str]()}]

Sha256 = Annotated[str, PathParameter(pattern="^[0-9a-f]{64}$", description="SHA-256 of the whole bundle")]
Offset = Annotated[int, QueryParameter(ge=0, le=LARGEST, description="where the piece begins in the bundle")]


@dataclass(slots=True)
class Address:
    """What a bundle for here is sealed with, and its fingerprint, to be compared on the telephone."""

    address: str
    fingerprint: str


@dataclass(slots=True)
class Refusal:
    """Why not, in one sentence."""

    detail: str


_REFUSALS = {
    status: ResponseSpec(Refusal, generate_examples=False, description=why)
    for status, why in {
        400: "What was sent makes no sense.",
        401: "It came without the token.",
        413: "The piece is too large.",
        429: "Too many requests in a minute.",
    }.items()
}


@dataclass
class Piece(Operation):
    """The route that takes bytes says so in the document."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, max_length=PIECE)
        self.request_body = RequestBody(content={"application/octet-stream": OpenAPIMediaType(schema=schema)})


@get(
    "/api/address",
    opt=_OPT,
    sync_to_thread=True,
    name="bundle_address",
    middleware=_SLOWLY,
    security=_SECURITY,
    responses=_REFUSALS,
)
def address(request: PortalRequest) -> Address:
    """For whom bundles are sealed."""
    return Address(*house(request).store.bundles.own())


@get(
    "/api/bundles/{sha256:str}",
    opt=_OPT,
    sync_to_thread=True,
    name="bundle",
    middleware=_SLOWLY,
    security=_SECURITY,
    responses=_REFUSALS,
)
def bundle(request: PortalRequest, sha256: Sha256) -> Parcel:
    """How much of it is here: from there on it goes on."""
    return Parcels(house(request)).now(sha256)


@post(
    "/api/bundles/{sha256:str}/pieces",
    opt=_OPT,
    sync_to_thread=True,
    name="bundle_piece",
    status_code=200,
    middleware=_SLOWLY,
    security=_SECURITY,
    responses=_REFUSALS,
    request_max_body_size=PIECE,
    operation_class=Piece,
)
def piece(request: PortalRequest, sha256: Sha256, offset: Offset, body: RawBody) -> Parcel:
    """The next bytes; a piece that does not follow on what is here changes nothing; the answer says how far it is."""
    return Parcels(house(request)).add(sha256, offset, body)


@post(
    "/api/bundles/{sha256:str}/done",
    opt=_OPT,
    sync_to_thread=True,
    name="bundle_done",
    status_code=200,
    middleware=_SLOWLY,
    security=_SECURITY,
    responses=_REFUSALS,
)
def done(request: PortalRequest, sha256: Sha256) -> Parcel:
    """All of it was sent: the sitting is taken in, or waits until somebody believes the sender."""
    return Parcels(house(request)).finish(sha256, SENDER)


DOCUMENT = OpenAPIConfig(
    title="Heron, clinic mode",
    version="1",
    description="Sealed sittings from home to clinic, resumable and idempotent.",
    use_handler_docstrings=True,
    components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
    openapi_router=Router(path="/api", route_handlers=[], opt={"roles": ANYBODY}),
)
"""Served as /api/openapi.json; of these routes alone, as programs ask for no pages."""

ROUTES = (address, bundle, piece, done)
