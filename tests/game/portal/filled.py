"""A portal behind a real port, with two families and a sitting that fills every page; and who visits it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page

from engine.store.pictures import Picture
from engine.store.rows import Role
from game.portal.doors import ANYBODY, COOKIE, LANGUAGE_COOKIE
from tests.game.portal.conftest import Portal, opened
from tests.game.portal.families import SITTINGS, Call, Family, calls, two_families
from tests.game.portal.test_clients import rows, sat
from tests.game.portal.test_live import running

HOMES = {"administrator": "/house", "therapist": "/clients", "parent": "/children", "player": "/me"}


@dataclass(frozen=True, slots=True)
class Served:
    """own: the family whose people have accounts; sitting: the path of a whole sitting's page; live: one that runs"""

    address: str
    portal: Portal
    own: Family
    live: int

    @property
    def sitting(self) -> str:
        return f"/clients/{self.own.pseudonym}/sittings/{self.own.session_id}"


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Until whoever asked is done: two families, one with a sitting of two minutes."""
    with opened(folder) as here:
        own, _ = two_families(here)
        number = sat(here, "Otto", *rows())
        here.store.pictures.keep(number, [Picture(10.0 * n, _small(n)) for n in range(12)])
        own = replace(
            own, session_id=number, ids={**own.ids, **dict.fromkeys(SITTINGS, number), "first": own.session_id}
        )
        with answering(here, own) as served:
            yield served


@contextmanager
def answering(here: Portal, own: Family) -> Iterator[Served]:
    """The portal on a free port, while a sitting of the child runs."""
    name = here.store.players.get(own.player_id).name
    live = running(here, own, name)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(here.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", here, own, live)
    server.should_exit = True
    thread.join(10)
    listening.close()


def _small(n: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (240, 135), (20 * n, 90, 120)).save(file, "JPEG")
    return file.getvalue()


@contextmanager
def visiting(
    served: Served,
    chromium: Browser,
    role: Role,
    language: str = "en",
    size: tuple[int, int] = (1280, 800),
    dark: bool = False,
) -> Iterator[Page]:
    """A tab in which that person is signed in."""
    account = served.portal.store.accounts.by_login(role)
    assert account is not None
    token = served.portal.store.accounts.enter(account.person_id, served.portal.clock())
    context = chromium.new_context(
        color_scheme="dark" if dark else "light", viewport={"width": size[0], "height": size[1]}
    )
    context.add_cookies(
        [
            {"name": COOKIE, "value": token, "url": served.address},
            {"name": LANGUAGE_COOKIE, "value": language, "url": served.address},
        ]
    )
    yield context.new_page()
    context.close()


def pages(served: Served, role: Role) -> list[str]:
    """Every page that somebody of this role can look at."""
    files = ("/static", "/api", ".csv", ".pdf", ".zip", "/tables/", "/files/", "/now", "/stream", "/metrics")
    found = [call for call in calls(served.portal.app, served.own) if call.method == "GET"]
    mine = [call for call in found if call.roles == ANYBODY or role in call.roles]  # type: ignore[operator]
    return sorted({path for call in mine if not any(word in (path := _path(served, call)) for word in files)})


def _path(served: Served, call: Call) -> str:
    if call.handler.name == "live_sitting":
        return f"/live/{served.own.pseudonym}/{served.live}"
    return call.address if call.handler.name == "compare" else call.address.partition("?")[0]
