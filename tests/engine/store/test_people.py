"""What players answer, feel and let grow is kept with its event; families and therapists add the rest."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from pydantic_core import to_json
from sqlite_utils import Database

from engine.errors import BadPlan, NotFound, StoreError
from engine.events import CheckedIn, Event, Grew, Screened, Unwell, name
from engine.path import Walked
from engine.plan import PLANS
from engine.safety import Limits, Override, Refused, Screening, may_play
from engine.store import Journal, Store
from engine.store.migrations import MIGRATIONS
from engine.store.rows import EventRow, Kind, Row
from tests.engine.store.sittings import BLOCK, NEW

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        store.players.named("Ana")
        store.players.born(1, 2015)
        yield store


def row(event: Event, tick: int = 60) -> EventRow:
    return EventRow(tick, name(event), to_json(event).decode())


def sit(store: Store, *rows: Row, at: datetime = NOON, kind: Kind = "play") -> int:
    """The number of a sitting in which that was written down as the game does."""
    session = store.sessions.begin(replace(NEW, player_id=1, kind=kind, anchor_unix_s=at.timestamp()))
    with Journal(store.path, session) as journal:
        for each in rows:
            journal.put(each)
    assert journal.trouble is None
    return session


def test_answers_before_the_first_sitting_arrive_with_their_event(store: Store) -> None:
    assert store.wellbeing.screening(1) is None
    sit(store, row(Screened("no", "yes", "skipped")))
    assert store.wellbeing.screening(1) == Screening("no", "yes", "skipped")


def test_whoever_answers_for_a_worry_opens_heron_and_need_not_do_so_again(store: Store) -> None:
    store.wellbeing.screen(1, Screening("no", "yes", "skipped"))
    assert isinstance(may_play(store.wellbeing.standing(1, MONDAY, UTC), NOON), Refused)
    mother = Override("Eva", "parent", "her doctor does not mind")
    store.wellbeing.override(1, mother, years=10)
    store.wellbeing.screen(1, Screening("no", "yes", "no"))
    assert store.wellbeing.screening(1) == Screening("no", "yes", "no", mother)
    store.wellbeing.screen(1, Screening("yes", "yes", "no"))
    screening = store.wellbeing.screening(1)
    assert screening is not None
    assert screening.override is None


def test_an_override_needs_a_worry_a_reason_and_the_right_person(store: Store) -> None:
    with pytest.raises(StoreError, match="nothing to open"):
        store.wellbeing.override(1, Override("Eva", "parent", "why not"), years=10)
    store.wellbeing.screen(1, Screening("yes", "no", "no"))
    with pytest.raises(StoreError, match="a name and a reason"):
        store.wellbeing.override(1, Override("Dr. Holm", "therapist", " "), years=10)
    with pytest.raises(StoreError, match="a therapist for seizures"):
        store.wellbeing.override(1, Override("Eva", "parent", "why not"), years=10)
    store.wellbeing.override(1, Override("Dr. Holm", "therapist", "EEG without findings"), years=10)


def test_complaints_lock_after_the_second_in_three_sittings_until_a_therapist_has_looked_at_each(
    store: Store,
) -> None:
    sit(store, row(Unwell("headache"), tick=600))
    sit(store)
    assert not isinstance(may_play(store.wellbeing.standing(1, MONDAY, UTC), NOON), Refused)
    sit(store, row(Unwell("dizzy")))
    answer = may_play(store.wellbeing.standing(1, MONDAY, UTC), NOON)
    assert isinstance(answer, Refused)
    assert "did not feel well" in answer.sentence
    first, second = store.wellbeing.complaints(1)
    assert (first.kind, first.tick, second.kind) == ("headache", 600, "dizzy")
    with pytest.raises(StoreError, match="a name and a note"):
        store.wellbeing.review(first.id, "Dr. Holm", "")
    store.wellbeing.review(first.id, "Dr. Holm", "the headset was too tight")
    assert not isinstance(may_play(store.wellbeing.standing(1, MONDAY, UTC), NOON), Refused)
    with pytest.raises(NotFound, match="somebody has done so already"):
        store.wellbeing.review(first.id, "Dr. Eder", "again")
    assert store.wellbeing.complaints(1)[0].note == "the headset was too tight"


def test_a_simulated_player_never_complains_for_a_person(store: Store) -> None:
    sit(store, row(Unwell("headache")), row(Unwell("eyes")), replace(BLOCK, seconds=900.0), kind="demo")
    standing = store.wellbeing.standing(1, MONDAY, UTC)
    assert (standing.complaints, standing.newest, standing.played.today_s) == ([], [], 0)


def test_what_is_known_of_a_player_before_a_sitting_is_read_in_one_go(store: Store) -> None:
    sit(store, BLOCK, replace(BLOCK, block=2, seconds=40.0))
    sit(store, BLOCK, at=datetime(2026, 2, 27, 12, tzinfo=UTC))
    standing = store.wellbeing.standing(1, MONDAY, UTC)
    assert standing.age == 10
    assert (standing.played.today_s, standing.played.other_days) == (100.0, 1)
    assert len(standing.newest) == 2
    with pytest.raises(NotFound):
        store.wellbeing.standing(99, MONDAY, UTC)


def test_a_check_in_is_kept_with_its_sitting_and_the_last_one_counts(store: Store) -> None:
    first, second = CheckedIn(4, 2, 5, 3, False, None), CheckedIn(None, None, None, None, True, True)
    session = sit(store, row(first), row(second))
    assert store.wellbeing.check_ins(1) == {session: second}


def test_what_grew_stays_even_when_its_sitting_is_erased(store: Store, path: Path) -> None:
    session = sit(store, row(Grew("iris")))
    sit(store, row(Grew("otter")), row(Grew("unicorn")))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("DELETE FROM sessions WHERE id = ?", (session,))
        raw.commit()
    assert store.gardens.grown(1) == ("iris", "otter")


def test_nothing_is_left_of_a_player_who_is_erased(store: Store, path: Path) -> None:
    answers = Screened("no", "no", "no"), Unwell("eyes"), CheckedIn(1, 1, 1, 1, None, None), Grew("fern")
    sit(store, *map(row, answers))
    store.wellbeing.limit(1, Limits(days=3), by="Eva")
    store.plans.assign(1, PLANS.text("starter"), MONDAY, by="Eva")
    tables = ("screenings", "complaints", "checkins", "garden", "limits", "plans")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        before = [raw.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]
        raw.execute("DELETE FROM players WHERE id = 1")
        after = [raw.execute(f"SELECT count(*) FROM {table}").fetchone() for table in tables]
    assert before == [(1,)] * 6
    assert after == [(0,)] * 6


def test_limits_are_kept_until_others_are_set(store: Store) -> None:
    assert store.wellbeing.limits(1) == Limits()
    limits = Limits(time(20, 30), 600.0, 900.0, 3)
    store.wellbeing.limit(1, limits, by="Eva")
    assert store.wellbeing.limits(1) == limits
    store.wellbeing.limit(1, Limits(), by="Eva")
    assert store.wellbeing.limits(1) == Limits()
    for wrong in (Limits(days=0), Limits(sitting_s=60.0), Limits(day_s=-1.0)):
        with pytest.raises(StoreError, match="3 or more, or of days, 1 to 7"):
            store.wellbeing.limit(1, wrong, by="Eva")


def test_a_year_of_birth_is_one_of_somebody_who_may_live(store: Store) -> None:
    assert store.players.known("Ana").birth_year == 2015
    with pytest.raises(StoreError, match="15 is no year of birth"):
        store.players.born(1, 15)


def test_a_plan_holds_from_its_day_until_another_takes_its_place(store: Store) -> None:
    assert store.plans.current(1, MONDAY) is None
    store.plans.assign(1, PLANS.text("starter"), MONDAY, by="Dr. Holm")
    given = store.plans.assign(1, PLANS.text("focus"), date(2026, 3, 9), by="Dr. Holm")
    starter, focus = store.plans.all(1)
    assert (starter.plan.id, starter.until) == ("starter", date(2026, 3, 8))
    assert focus == given
    assert store.plans.current(1, MONDAY) == starter
    assert store.plans.current(1, date(2026, 3, 9)) == focus
    store.plans.end(1, date(2026, 3, 20))
    assert store.plans.current(1, date(2026, 3, 20)) is not None
    assert store.plans.current(1, date(2026, 3, 21)) is None


def test_a_plan_that_was_given_stays_as_it_was_and_one_with_mistakes_is_not_given(store: Store) -> None:
    edited = PLANS.text("focus").replace("minutes = 25 ", "minutes = 12 ")
    assert store.plans.assign(1, edited, MONDAY, by="Dr. Holm").assigned.plan.minutes == 12
    with pytest.raises(BadPlan, match="the plan: minutes: expected minutes of play"):
        store.plans.assign(1, PLANS.text("focus").replace("minutes = 25 ", "minutes = 90 "), MONDAY, by="Dr. Holm")
    assert len(store.plans.all(1)) == 1


def test_days_are_what_was_played_with_blocks_of_one_level_taken_together(store: Store) -> None:
    night = replace(BLOCK, level="candle-02", task="candle", stars=1)
    sit(store, BLOCK, replace(BLOCK, block=2, stars=3), replace(night, block=3), replace(BLOCK, block=4, stars=1))
    sit(store, night)
    sit(store, BLOCK, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    sit(store, BLOCK, kind="demo")
    sunday, monday = store.plans.days(1, UTC)
    assert (sunday.day, sunday.walked) == (date(2026, 3, 1), (Walked("strike-01", 60.0, 2),))
    assert monday.walked == (
        Walked("strike-01", 120.0, 3),
        Walked("candle-02", 60.0, 1),
        Walked("strike-01", 60.0, 1),
        Walked("candle-02", 60.0, 1),
    )


def test_a_file_of_the_heron_before_takes_all_of_it_and_keeps_its_sittings(path: Path) -> None:
    with Database(path, execute_plugins=False) as db:
        MIGRATIONS.apply(db, stop_before="m005_tasks")
        db.table("players").insert({"id": 1, "name": "Ana"})
        db.table("sessions").insert(
            asdict(NEW) | {"id": 7, "started_utc": "2025-06-15T15:06:40Z", "heartbeat_unix_s": 1.0, "ending": "done"}
        )
        old = {name: value for name, value in asdict(BLOCK).items() if name not in ("task", "level", "by")}
        db.table("blocks").insert({"session_id": 7, "seq": 1} | old)
    with Store.open(path, read_only=True) as store:
        assert store.wellbeing.complaints(1) == ()
        assert store.gardens.grown(1) == ()
        assert store.plans.all(1) == ()
        assert store.wellbeing.screening(1) is None
    with Store.open(path) as store:
        assert [day.walked for day in store.plans.days(1, UTC)] == [(Walked("strike-01", 60.0, 2),)]
        sit(store, row(Unwell("eyes")), row(Grew("fern")))
        assert [one.kind for one in store.wellbeing.complaints(1)] == ["eyes"]
        assert store.gardens.grown(1) == ("fern",)
        store.plans.assign(1, PLANS.text("starter"), MONDAY, by="Eva")
