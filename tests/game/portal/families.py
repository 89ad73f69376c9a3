"""Two families, everybody's accounts, and how to call any route that the portal has."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin

from litestar import Litestar
from litestar.handlers.http_handlers import HTTPRouteHandler
from litestar.testing import TestClient

from engine.store.rows import Role
from game.portal.app import addresses
from game.portal.doors import ANYBODY, COOKIE
from tests.engine.store.sittings import BLOCK, TRIAL, play
from tests.game.portal.conftest import HASH, Portal

Browser = TestClient[Litestar]

ROLES: tuple[Role, ...] = ("administrator", "therapist", "parent", "player")

GUARDED = "Zebrafinch"
"""Is in the name of the other family's child, and so on no page of anybody who does not look after it."""


@dataclass(frozen=True, slots=True)
class Family:
    """A child with a sitting, a parent and a therapist. ids: by the names that routes and forms give them."""

    pseudonym: str
    player_id: int
    session_id: int
    ids: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Call:
    """One route and method, filled with somebody's ids."""

    handler: HTTPRouteHandler
    path: str
    method: str
    address: str
    form: Mapping[str, object]

    @property
    def roles(self) -> object:
        return self.handler.opt["roles"]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"

    def opens_for(self, role: Role) -> bool:
        return self.roles == ANYBODY or role in self.roles  # type: ignore[operator]

    def by(self, browser: Browser, forged: bool = False):  # type: ignore[no-untyped-def]
        """The answer; forged: without the page's token against forged forms."""
        if self.method == "GET":
            return browser.get(self.address)
        form = {name: str(value) for name, value in self.form.items()}
        return browser.post(self.address, data=form if forged else {"_csrf_token": token_of(browser), **form})


def token_of(browser: Browser) -> str:
    """What the portal's own pages put into their forms."""
    if "heron_csrf" not in browser.cookies:
        browser.get("/login")
    return str(browser.cookies.get("heron_csrf"))


def two_families(here: Portal) -> tuple[Family, Family]:
    """Otto's, whose people have accounts named as their roles; and that of another child, whose people have none."""
    own = _family(here, "Otto", "")
    other = _family(here, f"Mia {GUARDED}", "other ")
    here.person("administrator", "administrator")
    player = next(person for person in here.store.people.all() if person.player_id == own.player_id)
    here.store.accounts.open(player.id, "player", HASH)
    return own, other


def entered(here: Portal, role: Role) -> Browser:
    """A browser in which that person is signed in, without the tenth of a second that a password takes."""
    account = here.store.accounts.by_login(role)
    assert account is not None
    browser = here.browser()
    token = here.store.accounts.enter(account.person_id, here.clock())
    browser.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
    return browser


def everybody(here: Portal) -> dict[Role, Browser]:
    """A browser for each role, signed in."""
    return {role: entered(here, role) for role in ROLES}


def calls(app: Litestar, family: Family) -> Iterator[Call]:
    """Every route that there is, each method once, with this family's ids in path, query and form."""
    for path, (handler,) in addresses(app).items():
        for method in sorted(str(method) for method in handler.http_methods - {"HEAD", "OPTIONS"}):
            yield Call(handler, path, method, _filled(path, handler, family), _form(handler, family))


def rows_of(here: Portal, family: Family) -> list[str]:
    """All that the file knows of a player, and nobody else may change."""
    with sqlite3.connect(here.house.db) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return [line for table in names for line in _rows(db, table, family)]


def _rows(db: sqlite3.Connection, table: str, family: Family) -> list[str]:
    columns = {column for _, column, *_ in db.execute(f"PRAGMA table_info({table})")}
    mine = [("player_id", family.player_id), ("session_id", family.session_id)]
    mine += [("id", {"players": family.player_id, "sessions": family.session_id}.get(table, -1))]
    where = " OR ".join(f"{name} = {value}" for name, value in mine if name in columns)
    return [f"{table} {row}" for row in db.execute(f"SELECT * FROM {table} WHERE {where}")] if where else []


def _family(here: Portal, child: str, whose: str) -> Family:
    therapist, parent = (here.store.people.named(f"{whose}{role}", role) for role in ("therapist", "parent"))
    if not whose:
        for person in (therapist, parent):
            here.store.accounts.open(person.id, person.role, HASH)
    pseudonym = here.player(child, therapist.id, parent.id)
    session_id = play(here.house.db, BLOCK, TRIAL, name=child, headset_json=MUSE)
    player = here.store.players.known(child)
    ids = {"pseudonym": pseudonym, "player_id": player.id, "person_id": therapist.id}
    return Family(pseudonym, player.id, session_id, {**ids, **dict.fromkeys(SITTINGS, session_id), **_OTHER})


MUSE = '{"name": "Muse 2", "channels": ["TP9", "AF7", "AF8", "TP10"], "rate_hz": 256.0}'

SITTINGS = ("session_id", "session", "number", "sitting", "first", "second")
"""Names under which routes and forms ask for a sitting."""

_OTHER = {
    "code": "1a2b-3c4d-5e6f-7a8b",
    "language": "en",
    "sha256": "0" * 64,
    "name": "sittings",
    "form": "csv",
    "purpose": "metrics",
    "path": "nothing",
}


def _filled(path: str, handler: HTTPRouteHandler, family: Family) -> str:
    """The address, with this family's ids for every parameter of path and query."""
    names = re.findall(r"{(\w+):\w+}", path)
    unknown = [name for name in names if name not in family.ids]
    assert not unknown, (
        f"{path}: say in families.py what {unknown} stands for, so that it is tried with other people's"
    )
    address = re.sub(r"{(\w+):\w+}", lambda found: str(family.ids[found[1]]), path)
    asked = [
        f"{name}={family.ids.get(name, _plain(parameter.annotation))}"
        for name, parameter in handler.parsed_fn_signature.parameters.items()
        if "QueryParameter" in str(parameter.raw)
    ]
    return address + ("?" + "&".join(asked) if asked else "")


def _form(handler: HTTPRouteHandler, family: Family) -> dict[str, object]:
    """Everything that the route's form asks for, in the right types."""
    data = handler.parsed_fn_signature.parameters.get("data")
    if data is None or not is_dataclass(data.annotation):
        return {}
    kinds = {field.name: field.type for field in fields(data.annotation)}
    return {name: family.ids.get(name, _plain(kind)) for name, kind in kinds.items()}


def _plain(kind: Any) -> object:
    """Something of this type."""
    kinds = [kind, *get_args(kind)] if get_origin(kind) is not dict else []
    for one, value in ((bool, "false"), (int, 1), (float, 1.0)):
        if one in kinds or getattr(one, "__name__", "") in str(kind).split(" | "):
            return value
    return "x"
