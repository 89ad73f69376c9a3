"""Whoever asks finds their own players, all of them and nobody else, and no question reads a whole table."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import NotFound
from engine.plan import PLANS
from engine.store import Store
from engine.store.clinic import POINTS, Asker
from engine.store.crowds import Draw
from engine.store.rows import EstimateRow, EventRow
from tests.engine.store.sittings import BLOCK, TRIAL, play

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY_S = 86_400.0


class Who:
    """Everybody who may ask."""

    def __init__(self, store: Store) -> None:
        self.holm = Asker(store.people.named("Dr. Holm", "therapist").id, "therapist")
        self.eder = Asker(store.people.named("Dr. Eder", "therapist").id, "therapist")
        self.eva = Asker(store.people.named("Eva", "parent").id, "parent")
        self.kim = Asker(store.people.named("Kim", "administrator").id, "administrator")
        self.ana = Asker(store.people.named("Ana", "player").id, "player")
        self.ben = Asker(store.people.named("Ben", "player").id, "player")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Ana, with a plan of four sittings a week, fifteen sittings and two people who look after her; Ben, alone."""
    path = tmp_path / "heron.sqlite"
    estimates = [EstimateRow(k / 10, 0.5, 1.0, "good" if k < 900 else "poor", ()) for k in range(1200)]
    play(
        path,
        TRIAL,
        replace(BLOCK, seconds=600.0),
        *estimates,
        EventRow(5, "threshold_set", "{}"),
        EventRow(9, "drawn", "{}"),
        name="Ana",
        anchor_unix_s=NOW.timestamp() - 40 * DAY_S,
    )
    play(path, BLOCK, name="Ben", anchor_unix_s=NOW.timestamp() - DAY_S)
    with Store.open(path) as store:
        who = Who(store)
        store.people.cares(who.holm.person_id, 1)
        store.people.cares(who.eva.person_id, 1)
        store.plans.assign(1, PLANS.text("focus"), date(2026, 3, 2), by="Dr. Holm")
        store.consents.say(1, "share", True, "Eva", "parent")
        came = [NOW.timestamp() - days * DAY_S for days in (18, 17, 15, 13, 12, 10, 9, 8, 6, 5, 4, 3, 2, 1)]
        store.crowds.draw(
            Draw(1, 1, at, better=-0.05 * (k >= 9), quicker_s=0.0, mood=2 + k % 3, unwell=k == 13)
            for k, at in enumerate(came)
        )
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


def test_a_glance_says_how_often_how_well_and_when_next(store: Store) -> None:
    (ana,) = store.clinic.glance(Who(store).holm, NOW)
    assert (ana.name, ana.shared, ana.plan, ana.sittings) == ("Ana", True, "focus", 15)
    assert ana.last_unix_s == NOW.timestamp() - DAY_S
    assert ana.kept is not None
    assert [turn.done for turn in ana.kept.turns] == [5, 5, 4]
    assert ana.good_share == pytest.approx(0.9)
    assert ana.comfort == pytest.approx(2.8)
    assert ana.trend == pytest.approx(-0.05)
    assert (ana.complaints, ana.alerts) == (1, ("complaint",))
    planned = ana.kept.turns[-1].planned
    assert ana.next_day == (NOW.date() if planned > 4 else date(2026, 3, 23))


def test_whoever_stays_away_for_a_week_is_an_alert(store: Store) -> None:
    later = NOW + timedelta(days=6, hours=1)
    (ana,) = store.clinic.glance(Who(store).holm, later)
    assert "away" in ana.alerts


def test_everybody_finds_their_own_and_nobody_elses(store: Store) -> None:
    who = Who(store)
    names = {name: [one.name for one in store.clinic.glance(asker, NOW)] for name, asker in vars(who).items()}
    assert names == {"holm": ["Ana"], "eder": [], "eva": ["Ana"], "kim": [], "ana": ["Ana"], "ben": ["Ben"]}


@pytest.mark.parametrize("asker", ["eder", "kim", "ben"])
def test_what_is_not_yours_is_not_there(store: Store, asker: str) -> None:
    other: Asker = getattr(Who(store), asker)
    asked: list[Callable[[], object]] = [
        lambda: store.clinic.sittings(other, 1),
        lambda: store.clinic.timeline(other, 1),
        lambda: store.clinic.timeline(other, 999),
        lambda: store.clinic.sittings(replace(other, role="therapist"), 1),
        lambda: store.clinic.sittings(replace(other, role="parent"), 1),
    ]
    told = set()
    for ask in asked:
        with pytest.raises(NotFound) as no:
            ask()
        told.add(str(no.value))
    assert len(told) == 1


def test_a_therapist_whom_a_player_no_longer_shares_with_sees_who_it_is_and_nothing_more(store: Store) -> None:
    who = Who(store)
    store.privacy.withdraw(1, "share", "Eva", "parent")
    (ana,) = store.clinic.glance(who.holm, NOW)
    assert (ana.name, ana.shared, ana.sittings, ana.alerts) == ("Ana", False, 0, ())
    with pytest.raises(NotFound):
        store.clinic.sittings(who.holm, 1)
    assert len(store.clinic.sittings(who.eva, 1)) == 15


def test_only_an_administrator_reads_the_audit_log_and_the_list_of_people(store: Store) -> None:
    who = Who(store)
    store.audit.note(who.holm.word, "read", "sitting 1")
    assert store.clinic.audit(who.kim)[0].who == f"therapist {who.holm.person_id}"
    assert [person.name for person in store.clinic.people(who.kim, after="Dr. Z", limit=2)] == ["Eva", "Kim"]
    for other in (who.holm, who.eva, who.ana, replace(who.holm, role="administrator")):
        for ask in (store.clinic.audit, store.clinic.people):
            with pytest.raises(NotFound):
                ask(other)


def test_a_timeline_is_a_few_hundred_points_and_what_the_loops_did(store: Store) -> None:
    timeline = store.clinic.timeline(Who(store).ana, 1)
    assert timeline.outcome.session_id == 1
    assert POINTS <= len(timeline.points) <= POINTS + 1
    assert (timeline.points[0].good, timeline.points[-1].good) == (1.0, 0.0)
    assert timeline.points[10].score == pytest.approx(0.5)
    assert timeline.events == ((5, "threshold_set", "{}"),)
    assert len(timeline.blocks) == 1


def test_a_drawn_sitting_is_like_the_one_it_was_drawn_from(store: Store) -> None:
    drawn, *_, played = store.clinic.sittings(Who(store).eva, 1)
    assert (drawn.blocks, drawn.seconds, drawn.stars) == (played.blocks, played.seconds, played.stars)
    assert (drawn.complaints, played.complaints) == (1, 0)
    assert store.sessions.trials(drawn.session_id) == ()


@contextmanager
def asked_of(path: Path, store: Store) -> Iterator[list[str]]:
    """The plan of every statement that runs meanwhile, a line a step."""
    steps: list[str] = []
    statements: list[str] = []
    store._db.conn.set_trace_callback(statements.append)
    yield steps
    store._db.conn.set_trace_callback(None)
    with closing(sqlite3.connect(path)) as raw:
        for sql in statements:
            if sql.lstrip().upper().startswith(("SELECT", "WITH")):
                steps += [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]


PARTIAL = ("sessions_running", "complaints_open")
"""Indices of the few rows that matter: to go through one of them is no full scan."""


def test_no_question_reads_a_whole_table(path: Path, store: Store) -> None:
    who = Who(store)
    with asked_of(path, store) as steps:
        for asker in (who.holm, who.eva, who.ana):
            store.clinic.glance(asker, NOW)
            store.clinic.sittings(asker, 1)
            store.clinic.timeline(asker, 1)
        store.clinic.audit(who.kim)
        store.clinic.people(who.kim)
        store.wellbeing.standing(1, NOW.date(), UTC)
        store.sessions.history(1, "play")
        store.sessions.recent(1)
        store.sessions.last_of(1, "strike", "play")
        store.sessions.with_level(1, "strike-01", "play")
        store.sessions.recover(NOW.timestamp())
        store.plans.days(1, UTC)
        store.plans.all(1)
        store.consents.newest(1)
        store.records.notes(1)
        store.gardens.grown(1)
        store.privacy.forecast(1)
        store.health.cut_off(NOW.timestamp())
    assert len(steps) > 40
    tables = (
        "sessions|players|people|cares|consents|outcomes|blocks|trials|events|estimates|checkins|complaints|plans"
    )
    scans = [step for step in steps if re.match(rf"SCAN ({tables}|s|p)\b", step)]
    assert sorted({scan for scan in scans if not any(index in scan for index in PARTIAL)}) == []
