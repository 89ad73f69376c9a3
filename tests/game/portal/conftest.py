"""A portal on a new file, and browsers that are signed in as somebody."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from engine.store import Store
from engine.store.rows import Role
from game.portal import passwords
from game.portal.app import portal
from game.portal.house import House

PASSWORD = "reeds in the wind"
HASH = passwords.hashed(PASSWORD)
"""Made once: a hash takes a tenth of a second, on purpose."""


FREE: list[Litestar] = []
"""Applications whose house is closed: to make one takes a fifth of a second, so they move to the next."""


@dataclass(slots=True)
class Clock:
    now_s: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Portal:
    """One portal, its store and its clock."""

    app: Litestar
    house: House
    clock: Clock
    browsers: ExitStack = field(default_factory=ExitStack)

    @property
    def store(self) -> Store:
        return self.house.store

    def browser(self) -> TestClient[Litestar]:
        """One in which nobody is signed in."""
        made = TestClient(self.app, base_url="http://127.0.0.1", raise_server_exceptions=True)
        made.follow_redirects = False
        made.headers["accept"] = "text/html"
        return self.browsers.enter_context(made)

    def person(self, name: str, role: Role) -> int:
        """Somebody with an account; they sign in with their name."""
        person = self.store.people.named(name, role)
        self.store.accounts.open(person.id, name, HASH)
        return person.id

    def player(self, name: str, *carers: int) -> str:
        """The pseudonym of a player in those people's care."""
        player = self.store.players.named(name)
        for person in carers:
            self.store.people.cares(person, player.id)
        self.store.consents.say(player.id, "share", True, "a parent", "parent")
        return player.pseudonym

    def signed_in(self, name: str) -> TestClient[Litestar]:
        browser = self.browser()
        answer = send(browser, "/login/now", login=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser


def send(browser: TestClient[Litestar], address: str, **form: object):  # type: ignore[no-untyped-def]
    """A form as a page would send it, with the page's token against forged forms."""
    if "heron_csrf" not in browser.cookies:
        browser.get("/login")
    return browser.post(address, data={"_csrf_token": browser.cookies.get("heron_csrf", ""), **form})


@contextmanager
def opened(folder: Path) -> Iterator[Portal]:
    """A portal on a new file in that folder."""
    clock = Clock()
    house = House(folder / "heron.sqlite", clock)
    app = FREE.pop() if FREE else portal(house, "not a secret: a test")
    app.state.house = house
    made = Portal(app, house, clock)
    yield made
    made.browsers.close()
    house.store.close()
    FREE.append(app)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Portal]:
    with opened(tmp_path) as made:
        yield made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """anyio leaves its streams to the garbage collector when a browser of these tests goes."""
    for item in items:
        if "portal" in item.path.parts:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
