"""The timeline of a sitting in a browser: drawn by Plotly where there are scripts, a picture where there are none."""

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Browser

from tests.game.portal.test_axe import Served, chromium, pytestmark, served, sign_in
from tests.game.portal.test_clients import rows, sat

__all__ = ["chromium", "pytestmark", "served"]  # fixtures and marks, which pytest finds by name


def test_a_script_draws_the_timeline_in_the_pages_colours_and_breaks_no_rule_of_the_door(
    served: Served, chromium: Browser
) -> None:
    number = sat(served.portal, "Otto", *rows())
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    sign_in(page, served, "therapist")
    page.goto(f"{served.address}/clients/{served.own.pseudonym}/sittings/{number}")
    page.wait_for_selector("[data-chart] .legendtext")
    names = page.locator("[data-chart] .legendtext").all_text_contents()
    score = page.locator("[data-chart] .trace.scatter path.js-line").first.evaluate("line => line.style.stroke")
    context.close()
    assert names == ["Score", "Threshold", "Trust", "Acts and complaints", "Difficulty"]
    assert score == "rgb(124, 196, 245)"  # --c0 in the dark
    assert said == []


def test_without_scripts_the_picture_of_the_timeline_stays(served: Served, chromium: Browser) -> None:
    number = sat(served.portal, "Otto", *rows())
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, served, "therapist")
    page.goto(f"{served.address}/clients/{served.own.pseudonym}/sittings/{number}")
    spoken = page.locator("[data-chart] svg[role=img]").get_attribute("aria-label")
    lines = page.locator("[data-chart] svg polyline").count()
    context.close()
    assert spoken is not None
    assert spoken.startswith("Over 2.0 minutes the score was 0.30")
    assert lines == 3
