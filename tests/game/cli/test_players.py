"""Whoever looks after a player sets limits, answers for worries and looks at complaints, as they are typed."""

import json
from pathlib import Path

import pytest

from engine.safety import Screening
from engine.store import Store
from engine.store.rows import EventRow
from tests.engine.store.sittings import play
from tests.game.heron import Heron
from tests.test_docs import keys_of


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A file with a grown player who was unwell in two sittings."""
    db = tmp_path / "heron.sqlite"
    for kind in ("headache", "dizzy"):
        play(db, EventRow(600, "unwell", json.dumps({"kind": kind})))
    with Store.open(db) as store:
        store.players.born(1, 1990)
    return db


def shown(heron: Heron, db: Path) -> dict[str, object]:
    facts: dict[str, object] = json.loads(heron("player", "show", "Ana", "--db", db, "--json").out)
    return facts


def test_complaints_lock_until_a_therapist_has_looked_at_them(heron: Heron, db: Path) -> None:
    before = shown(heron, db)
    assert set(before) == keys_of("player show PLAYER")
    assert before["allowed_s"] == 0
    assert (
        "Complaint 1, sitting 1: headache; nobody has looked at it." in heron("player", "show", "Ana", "--db", db).out
    )
    said = heron("player", "review", "Ana", 1, "--who", "Dr. Holm", "--note", "too tight", "--db", db)
    assert said.out == "Kept.\n"
    assert shown(heron, db)["allowed_s"] == 1800
    assert "Dr. Holm" in heron("player", "show", "Ana", "--db", db).out
    again = heron("player", "review", "Ana", 7, "--who", "Dr. Holm", "--note", "x", "--db", db)
    assert again.err == "Ana has no complaint 7: see heron player show Ana.\n"


def test_limits_lower_what_is_usual_for_the_age(heron: Heron, db: Path) -> None:
    limits = ("--bedtime", "00:30", "--sitting-minutes", 10, "--day-minutes", 90, "--days", 3)
    heron("player", "limit", "Ana", "--who", "Eva", *limits, "--born", 2015, "--db", db)
    facts = shown(heron, db)
    assert (facts["sitting_s"], facts["day_s"], facts["days"], facts["bedtime"]) == (600, 1500, 3, "00:30")
    wrong = heron("player", "limit", "Ana", "--who", "Eva", "--bedtime", "late", "--db", db)
    assert wrong.err == "late is no time of day: write it as 20:30.\n"


def test_a_worrying_answer_is_opened_by_the_right_person_with_a_reason(heron: Heron, tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    with Store.open(db) as store:
        ben = store.players.named("Ben").id
        store.players.born(ben, 1990)
        store.wellbeing.screen(ben, Screening("yes", "no", "no"))
    words = ("player", "open", "Ben", "--who", "Eva", "--why", "doctor agrees", "--db", db)
    assert "a therapist for seizures" in heron(*words, "--role", "parent").err
    assert heron(*words, "--role", "therapist").out == "Heron is open to Ben; effects stay low.\n"
    said = heron("player", "show", "Ben", "--db", db).out
    assert "seizures yes, migraine no, eyes no; opened by Eva (therapist): doctor agrees." in said
