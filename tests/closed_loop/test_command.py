"""`heron simulate` as somebody types it."""

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.game.heron import Heron
from tests.test_docs import keys_of


def test_one_sitting_by_command_has_every_documented_key_and_a_page(heron: Heron, tmp_path: Path) -> None:
    page = tmp_path / "page.svg"
    said = heron("simulate", "--profile", "adhd", "--sessions", 1, "--jobs", 2, "--json", "--page", page)
    numbers = json.loads(said.out)
    documented = keys_of("simulate") - {"value", "low", "high", "--compare", "comparison", "families"}
    assert set(numbers) == documented
    assert set(numbers["profiles"]) == {"adhd"}
    assert set(numbers["success_rate"]) == {"value", "low", "high"}
    assert ElementTree.parse(page).getroot().tag.endswith("svg")


def test_a_wrong_profile_is_wrong_usage(heron: Heron) -> None:
    said = heron("simulate", "--profile", "teenager")
    assert said.status == 2
    assert "adhd" in said.err
