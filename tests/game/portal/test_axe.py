"""Pages as people meet them: Chromium, axe, the keyboard alone, and no JavaScript where one only reads."""

import shutil
from collections.abc import Iterator

import pytest

pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from engine.store.rows import Role
from tests.game.portal.conftest import PASSWORD
from tests.game.portal.families import ROLES, entered
from tests.game.portal.filled import HOMES, Served, pages, serving, visiting

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.timeout(180),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright's driver leaves its pipes to the collector
]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

CHANGING = ["color-contrast", "target-size", "html-lang-valid", "scrollable-region-focusable"]
"""What language, width and darkness can change; the rest of a page is the same as on a light desk."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light desk", "dark telephone"])
@pytest.mark.parametrize("role", ROLES)
def test_no_page_shuts_anybody_out(served: Served, chromium: Browser, role: Role, dark: bool) -> None:
    """axe finds nothing: in English by all its rules, in Chinese by those that language and width can change.

    What every role can look at is seen in Chinese by a therapist, who has the longest menu.
    """
    seen = set(pages(served, role))
    if dark and role != "therapist":
        seen -= set(pages(served, "therapist"))
    with visiting(served, chromium, role, "zh_CN" if dark else "en", (360 if dark else 1280, 800), dark) as page:
        found = {}
        for address in sorted(seen):
            page.goto(served.address + address)
            options = {"runOnly": CHANGING if dark else TAGS, "resultTypes": ["violations"]}
            for one in Axe().run(page, options=options).response["violations"]:
                found[f"{address} {one['id']}"] = one["nodes"][0]["html"]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found[f"{address} is wider than the window"] = ""
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


def test_one_reads_every_page_without_javascript(served: Served) -> None:
    """What the server sends is all that a browser without scripts shows."""
    for role in ROLES:
        browser = entered(served.portal, role)
        for address in pages(served, role):
            shown = browser.get(address, follow_redirects=True).text
            assert shown.count("<h1") == 1, address
            assert shown.partition("<main")[2].partition("</main>")[0].strip(), address


def test_a_script_draws_the_timeline_in_the_pages_colours_and_breaks_no_rule_of_the_door(
    served: Served, chromium: Browser
) -> None:
    said: list[str] = []
    with visiting(served, chromium, "therapist", dark=True) as page:
        page.on(
            "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
        )
        page.goto(served.address + served.sitting)
        page.wait_for_selector("[data-chart] .legendtext")
        names = page.locator("[data-chart] .legendtext").all_text_contents()
        score = page.locator("[data-chart] .trace.scatter path.js-line").first.evaluate("line => line.style.stroke")
    assert names == ["Score", "Threshold", "Trust", "Acts and complaints", "Difficulty"]
    assert score == "rgb(124, 196, 245)"  # --c0 in the dark
    assert said == []


def test_without_scripts_the_picture_of_the_timeline_stays(served: Served) -> None:
    shown = entered(served.portal, "therapist").get(served.sitting).text
    picture = shown.partition('data-chart="figure"')[2].partition("</svg>")[0]
    assert 'aria-label="Over 2.0 minutes the score was 0.30' in picture
    assert picture.count("<polyline") == 3


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until that has the focus, as somebody without a mouse would."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"The keyboard never comes to {selector}.")
