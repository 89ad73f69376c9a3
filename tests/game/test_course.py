"""A plan in a real file, day by day: what is asked for is what is left, and the doors close when they should."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.plan import PLANS
from engine.safety import Allowed, Refused
from engine.store import Journal, Store
from game.course import Course, course
from tests.engine.store.sittings import BLOCK, NEW

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMED = ("strike", "still-water", "reed-search", "chorus")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "heron.sqlite") as store:
        store.players.named("Ana")
        store.players.born(1, 2015)  # ten years: 20 minutes a sitting, 25 a day
        games = ", ".join(f'"{task}"' for task in NAMED)
        plan = "\n".join(
            f"games = [{games}]" if line.startswith("games") else line for line in PLANS.text("starter").splitlines()
        ).replace("minutes = 15 ", "minutes = 25 ")
        store.plans.assign(1, plan, NOON.date(), by="Dr. Holm")
        yield store


def walk(store: Store, found: Course, now: datetime, stones: int | None = None) -> None:
    """Plays the first so many stones of the path, in one sitting; all of them where it is not said."""
    assert found.path is not None
    session = store.sessions.begin(replace(NEW, player_id=1, anchor_unix_s=now.timestamp()))
    with Journal(store.path, session) as journal:
        for number, stone in enumerate(found.path.stones[:stones], 1):
            level, task = stone.level.id, stone.level.game.task
            journal.put(replace(BLOCK, block=number, level=level, task=task, seconds=stone.seconds))


def ask(store: Store, now: datetime) -> Course:
    return course(store, 1, now, has_gaze=False)


def test_a_sitting_that_was_left_is_taken_up_where_it_was(store: Store) -> None:
    fresh = ask(store, NOON)
    walk(store, fresh, NOON, stones=1)
    later = ask(store, NOON + timedelta(hours=2))
    assert fresh.path is not None
    assert later.path is not None
    assert [stone.level for stone in later.path.stones] == [stone.level for stone in fresh.path.stones]
    assert [stone.done for stone in later.path.stones] == [True] + [False] * (len(fresh.path.stones) - 1)


def test_after_the_days_minutes_the_marsh_waits_until_tomorrow(store: Store) -> None:
    walk(store, ask(store, NOON), NOON)
    again = ask(store, NOON + timedelta(hours=1))
    assert isinstance(again.answer, Allowed)
    assert again.path is not None
    assert all(stone.done for stone in again.path.stones)
    walk(store, ask(store, NOON), NOON, stones=1)
    refused = ask(store, NOON + timedelta(hours=3))
    assert isinstance(refused.answer, Refused)
    assert "enough for today (25 minutes)" in refused.answer.sentence
    assert isinstance(ask(store, NOON + timedelta(days=1)).answer, Allowed)


def test_three_sittings_a_week_are_asked_for_and_kept(store: Store) -> None:
    asked = []
    for n in range(14):
        now = NOON + timedelta(days=n)
        found = ask(store, now)
        assert found.path is not None
        asked.append(bool(found.path.stones))
        if found.path.stones:
            walk(store, found, now)
    assert asked == [n % 7 < 3 for n in range(14)]
    last = ask(store, NOON + timedelta(days=14))
    assert last.kept is not None
    assert (last.kept.planned, last.kept.done, last.kept.on_time) == (6, 6, 1.0)
    assert last.path is not None
    assert last.path.sitting == 7
