"""Allocations stay sealed, whoever opens one leaves a name, and the first guess counts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from engine.control import allocation, sealed
from engine.errors import BrokenSeal, NotFound, StoreError
from engine.store import Store
from tests.engine.store.sittings import NEW

ARMS = ("live", "yoked_replay")
SEALS = [sealed(allocation(ARMS, number, seed=5), f"{number:032x}") for number in range(4)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "x.sqlite") as store:
        store.studies.seal("pilot", SEALS, sittings=2, donors=(3, 8))
        for name in ("Ana", "Ben", "Cem", "Dee", "Eli"):
            store.players.named(name)
        yield store


def test_players_take_the_places_in_the_order_they_come_and_keep_them(store: Store) -> None:
    numbers = [store.studies.enrolled("pilot", player).number for player in (2, 1, 2, 3)]
    assert numbers == [1, 2, 1, 3]
    assert store.studies.place("pilot", 1).arm == SEALS[1].arm
    assert [place.player_id for place in store.studies.places("pilot")] == [2, 1, 3, None]


def test_a_full_study_takes_nobody_more(store: Store) -> None:
    for player in (1, 2, 3, 4):
        store.studies.enrolled("pilot", player)
    with pytest.raises(StoreError, match="All places of the study 'pilot' are taken"):
        store.studies.enrolled("pilot", 5)


def test_a_study_is_sealed_once(store: Store) -> None:
    with pytest.raises(StoreError, match="under another name"):
        store.studies.seal("pilot", SEALS, sittings=2)
    assert store.studies.get("pilot").donors == (3, 8)
    with pytest.raises(NotFound, match="seal one with heron study seal"):
        store.studies.get("plot")


def test_an_arm_that_was_changed_in_the_file_is_found_out(store: Store) -> None:
    store.studies.enrolled("pilot", 1)
    with Database(store.path, execute_plugins=False) as db:
        db.execute("UPDATE allocations SET arm = 'performance_only' WHERE number = 1")
        db.conn.commit()
    with pytest.raises(BrokenSeal, match="not the one that was sealed"):
        store.studies.enrolled("pilot", 1)


def test_whoever_opens_an_arm_is_logged_and_no_entry_can_be_changed(store: Store) -> None:
    store.studies.enrolled("pilot", 1)
    with pytest.raises(StoreError, match="leaves a name and a reason"):
        store.studies.unblind("pilot", 1, "Dr. Holm", " ", 1e9)
    store.studies.unblind("pilot", 1, "Dr. Holm", "headache", 1e9)
    store.studies.unblind("pilot", 1, "Dr. Holm", "end of course", 2e9)
    assert [entry.why for entry in store.studies.unblindings("pilot")] == ["headache", "end of course"]
    with Database(store.path, execute_plugins=False) as db:
        db.execute("UPDATE unblindings SET why = 'end of course' WHERE seq = 1")
        db.conn.commit()
    with pytest.raises(BrokenSeal, match="Entry 1"):
        store.studies.unblindings("pilot")


def test_the_first_guess_counts_and_none_after_the_arm_was_opened(store: Store) -> None:
    store.studies.enrolled("pilot", 1)
    store.studies.guess("pilot", 1, "parent", None, 1e9)
    with pytest.raises(StoreError, match="the first one counts"):
        store.studies.guess("pilot", 1, "parent", "live", 1e9)
    store.studies.unblind("pilot", 1, "Dr. Holm", "end of course", 2e9)
    with pytest.raises(StoreError, match="has been opened"):
        store.studies.guess("pilot", 1, "player", "live", 3e9)
    assert [(guess.by, guess.answer) for guess in store.studies.guesses("pilot")] == [("parent", None)]
    assert store.studies.has_guessed("pilot", 1, "parent")
    assert not store.studies.has_guessed("pilot", 1, "player")


def test_finished_sittings_of_the_study_alone_are_counted(store: Store) -> None:
    for study, ending in (("pilot", "done"), ("pilot", "left"), (None, "done"), ("pilot", "done")):
        session = store.sessions.begin(replace(NEW, study=study))
        store.sessions.end(session, ending, 1e9)  # type: ignore[arg-type]
    assert store.studies.finished("pilot", 1) == 2
