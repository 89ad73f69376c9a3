"""What the documents say of commands and keys is what there is."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.game.heron import Heron

HERE = Path(__file__).parents[1]


def keys_of(command: str) -> set[str]:
    """The keys that docs/commands.md lists for a command."""
    text = (HERE / "docs" / "commands.md").read_text("utf-8").split("## Keys of")[1]
    (line,) = [line for line in re.split(r"\n- ", text) if line.startswith(f"`heron {command}")]
    return set(" ".join(re.findall(r"`([^`]+)`", line.partition(": ")[2])).split())


def test_the_keys_of_score_are_documented(heron: Heron, heron_data: Path) -> None:
    said = heron("score", heron_data / "eegmat" / "Subject05_2.edf", "--baseline", 20, "--json")
    assert set(json.loads(said.out)) == keys_of("score FILE")


@pytest.mark.real_time
@pytest.mark.skipif(sys.platform == "win32", reason="an emulated Cyton needs pseudo-terminals")
def test_the_keys_of_devices_are_documented(heron: Heron) -> None:
    said = heron("devices", "--eeg", "board:cyton?emulate=1", "--gaze", "neon:emulate", "--seconds", 1, "--json")
    facts = json.loads(said.out)
    keys = [*facts, *facts["eeg"], *facts["gaze"], *facts["eeg"]["clock"], *facts["gaze"]["clock"]]
    assert set(keys) == keys_of("devices")


@pytest.mark.parametrize("page", sorted([*HERE.glob("*.md"), *HERE.glob("docs/**/*.md")]), ids=lambda page: page.name)
def test_every_link_in_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


def test_the_readme_names_the_two_commands() -> None:
    text = (HERE / "README.md").read_text("utf-8")
    assert "python3 -m pip install . && heron demo" in text
    assert 'python3 -m pip install ".[test]" && pytest' in text
