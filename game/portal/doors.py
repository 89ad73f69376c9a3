"""Who is at the door, and which doors open for whom."""

import asyncio
from typing import Any, Literal

from litestar.connection import ASGIConnection, Request
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.params import FromPath
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from engine.store.accounts import Account
from engine.store.clinic import Asker
from engine.store.rows import Player, Role
from game.manner import USUAL, Language, Manner, worn
from game.portal import tokens
from game.portal.house import House

COOKIE = "heron"
"""Holds a browser's token. It is made anew at every sign-in, so that nobody can plant one before."""

LANGUAGE_COOKIE = "heron_language"

Roles = frozenset[Role] | Literal["anybody"]
"""For whom a door opens; every route says so in its `opt`, or the portal does not start."""

ANYBODY: Roles = "anybody"
PROGRAMS: Roles = frozenset()
"""Nobody's browser: only whoever brings the token that the route names in its `opt`."""
SIGNED_IN: Roles = frozenset({"administrator", "therapist", "parent", "player"})
ADMINISTRATOR: Roles = frozenset({"administrator"})
THERAPIST: Roles = frozenset({"therapist"})
PARENT: Roles = frozenset({"parent"})
CARERS: Roles = frozenset({"therapist", "parent"})

Client = NamedDependency[Player]
"""The player of the address `{pseudonym:str}`, for whoever may know of them."""

PortalRequest = Request[Account | None, str | None, State]

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
"""On every answer. Styles may be inline because Plotly writes its own; scripts never."""


def house(connection: ASGIConnection[Any, Any, Any, Any] | PortalRequest) -> House:
    """What the portal stands on."""
    told: House = connection.app.state.house
    return told


class WhoIsIt(AbstractAuthenticationMiddleware):
    """Puts the account behind the browser's token on every request; nobody where there is none."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        token = connection.cookies.get(COOKIE)
        here = house(connection)
        # in a thread: it may have to wait for a sitting that is being written, and nobody else shall
        account = await asyncio.to_thread(lambda: here.store.accounts.visitor(token, here.now())) if token else None
        return AuthenticationResult(user=account, auth=token if account else None)


def opens(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route.

    Raises: NotAuthorizedException: nobody is signed in; PermissionDeniedException: it is another's room.
    """
    roles: Roles = handler.opt.get("roles", frozenset())
    if roles == ANYBODY:
        return
    purpose = handler.opt.get("token")
    if purpose and tokens.fits(house(connection).store, purpose, connection.headers.get("authorization", "")):
        return
    if connection.user is None:
        raise NotAuthorizedException("Sign in first.")
    if connection.user.role not in roles:
        raise PermissionDeniedException("This page is for somebody else: go back, or sign in as another person.")


def client(request: PortalRequest, pseudonym: FromPath[str]) -> Player:
    """The player of the address, for whoever may know of them; the reading is noted in the audit log.

    Raises: NotFoundException: there is no such player, or not for this person: both look the same.
    """
    here = house(request)
    player = here.store.players.under(pseudonym)
    if player is None or not here.store.clinic.may_see(asker(request), player.id):
        raise NotFoundException(NOBODY)
    here.store.audit.note(asker(request).word, "read", f"{player.pseudonym} {request.route_handler.name}")
    return player


NOBODY = "Nobody whom you look after is here under that name, or they do not share with you."


def asker(request: PortalRequest) -> Asker:
    """Who is signed in, as the store wants to be asked."""
    assert request.user is not None  # the guard has seen to it
    return Asker(request.user.person_id, request.user.role)


def speaking(app: ASGIApp) -> ASGIApp:
    """Middleware: everything within is said in the language of whoever asks."""

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        with worn(Manner(language=_language(Request(scope)))):
            await app(scope, receive, _with_headers(send))

    return within


def _language(request: PortalRequest) -> Language:
    """The one chosen in this browser; else the browser's own."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in ("en", "zh_CN"):
        return chosen  # type: ignore[return-value]
    return "zh_CN" if request.headers.get("accept-language", "").lower().startswith("zh") else USUAL.language


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            more = [(name.encode(), value.encode()) for name, value in HEADERS.items() if name.encode() not in there]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return sent
