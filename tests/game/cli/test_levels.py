"""`heron levels`: fifty levels, each proved by playing it, and a schema for editors."""

import json
from pathlib import Path

import pytest

import levels
from engine.level import LEVELS
from engine.tasks.catalogue import TASKS
from game.simulation import levels as proofs
from tests.game.heron import Heron

ALL = [LEVELS.find(each) for each in LEVELS.ids()]


def test_there_are_levels_for_every_task_at_every_place() -> None:
    assert len(ALL) >= 40
    assert {level.game.task for level in ALL} == set(TASKS)
    assert {level.place for level in ALL} == {"shallows", "reedbed", "lake", "willow", "night"}


def test_no_two_levels_are_at_the_same_turn_of_a_place() -> None:
    turns = [(level.place, level.step) for level in ALL]
    assert len(set(turns)) == len(turns)


def test_the_schema_for_editors_is_that_of_the_levels(heron: Heron) -> None:
    written = json.loads((Path(levels.__file__).parent / "schema.json").read_text("utf-8"))
    assert json.loads(heron("levels", "schema").out) == written


def test_the_list_says_what_each_trains(heron: Heron) -> None:
    said = heron("levels", "list").out
    assert all(level.id in said and level.trains in said for level in ALL)


def test_a_level_is_proved_by_playing_it(heron: Heron) -> None:
    said = json.loads(heron("levels", "check", "quiet-01", "--json").out)
    assert said == {"levels": [{"id": "quiet-01", "task": "quiet", "ok": True, "why": ""}]}


@pytest.mark.parametrize(
    ("written", "changed", "wrong"),
    [
        ("speed = [0.10, 0.48]", "speed = [0.48, 0.10]", "speed"),
        ('id = "strike-01"', 'id = "strike-99"', "it must be the name of its file"),
        ("stars = [0.40, 0.60, 0.75]", "stars = [0.40, 1.00, 1.00]", "It cannot be won"),
    ],
)
def test_what_is_wrong_with_a_level_is_said(written: str, changed: str, wrong: str) -> None:
    text = LEVELS.text("strike-01")
    assert written in text
    proof = proofs.proved("strike-01", text.replace(written, changed))
    assert not proof.ok
    assert wrong in proof.why
