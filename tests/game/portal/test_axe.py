"""Pages as people meet them: Chromium, axe, the keyboard alone, and no JavaScript where one only reads."""

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn

pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from engine.store.rows import Role
from game.portal.doors import ANYBODY
from tests.game.portal.conftest import PASSWORD, Portal
from tests.game.portal.families import ROLES, Family, calls, two_families

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright's driver leaves its pipes to the collector
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

CHANGING = ["color-contrast", "target-size", "html-lang-valid", "scrollable-region-focusable"]

HOMES = {"administrator": "/house", "therapist": "/clients", "parent": "/children", "player": "/me"}


@dataclass(frozen=True, slots=True)
class Served:
    """The portal behind a real port."""

    address: str
    portal: Portal
    own: Family


@pytest.fixture
def served(here: Portal) -> Iterator[Served]:
    own, _ = two_families(here)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(here.app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", here, own)
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def pages(served: Served, role: Role) -> list[str]:
    """Every page that somebody of this role can look at."""
    files = ("/static", "/api", ".csv", ".pdf", ".zip", "/tables/", "/files/", "/now", "/stream", "/metrics")
    found = [call for call in calls(served.portal.app, served.own) if call.method == "GET"]
    mine = [call for call in found if call.roles == ANYBODY or role in call.roles]  # type: ignore[operator]
    plain = {call.address.partition("?")[0] if "compare" not in call.path else call.address for call in mine}
    return sorted(address for address in plain if not any(word in address for word in files))


def sign_in(page: Page, served: Served, role: Role) -> None:
    page.goto(f"{served.address}/login")
    page.fill("#login", role)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"**{HOMES[role]}")


@pytest.mark.parametrize("dark", [False, True], ids=["light desk", "dark telephone"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_shuts_anybody_out(served: Served, chromium: Browser, role: Role, dark: bool) -> None:
    """axe finds nothing: in English by all its rules, in Chinese by those that language and width can change."""
    context = chromium.new_context(
        locale="zh-CN" if dark else "en",
        color_scheme="dark" if dark else "light",
        viewport={"width": 360 if dark else 1280, "height": 800},
    )
    page = context.new_page()
    sign_in(page, served, role)
    found = {}
    for address in pages(served, role):
        page.goto(served.address + address)
        for one in Axe().run(page, options={"runOnly": CHANGING if dark else TAGS}).response["violations"]:
            found[f"{address} {one['id']}"] = one["nodes"][0]["html"]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[f"{address} is wider than the window"] = ""
    context.close()
    assert found == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_keyboard_alone_signs_in_and_reaches_every_page_of_the_menu(
    served: Served, chromium: Browser, role: Role
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/login")
    tab_to(page, "input#login")
    page.keyboard.type(role)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOMES[role]}")
    menu = [str(link.get_attribute("href")) for link in page.locator("header nav a").all()]
    for address in menu:
        tab_to(page, f'header nav a[href="{address}"]')
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("h1").count() == 1
    tab_to(page, "form[action='/logout'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    context.close()


@pytest.mark.parametrize("role", ROLES)
def test_one_reads_every_page_without_javascript(served: Served, chromium: Browser, role: Role) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, served, role)
    for address in pages(served, role):
        page.goto(served.address + address)
        assert page.locator("h1").count() == 1, address
        assert page.locator("main").inner_text().strip(), address
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until that has the focus, as somebody without a mouse would."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"The keyboard never comes to {selector}.")
