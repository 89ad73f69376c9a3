"""What is erased is gone from the file to the last byte, what is withdrawn has its effect, and what is old goes."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.errors import NotFound
from engine.store import Store
from engine.store.privacy import DAY_S, FEATURES_S, RAW_S
from engine.store.rows import EstimateRow, EventRow, PollRow, TickRow
from tests.engine.store.sittings import BLOCK, NEW, TRIAL, play

NAME = "Wilhelmina Zápolya"
BEGUN_S = NEW.anchor_unix_s


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


def raw(seconds: int = 3) -> list[PollRow]:
    """Samples that no other sitting has."""
    chance = np.random.default_rng(99)
    t_s = np.arange(64) / 256
    return [
        PollRow("eeg", float(s), "play", s + t_s, chance.normal(0, 20, (2, 64)).astype(np.float32))
        for s in range(seconds)
    ]


def whole(path: Path, name: str, *more: PollRow) -> int:
    """A sitting with everything in it."""
    rows = (
        TRIAL,
        BLOCK,
        EstimateRow(1.0, 0.5, 1.0, "good", ("good",)),
        TickRow(1, "[[]]", bytes(8)),
        EventRow(1, "why", "{}"),
        EventRow(1, "reward_paid", "{}"),
        *more,
    )
    return play(path, *rows, name=name, setup_json=f'{{"player":"{name}"}}')


def bytes_of(path: Path) -> bytes:
    """Of the file and of what SQLite keeps beside it."""
    return b"".join(part.read_bytes() for part in sorted(path.parent.glob(path.name + "*")))


def samples(path: Path, session: int) -> list[bytes]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT data FROM raw_chunks WHERE session_id = ?", (session,)).fetchall()
    return [data[40:200] for (data,) in rows]


def test_nothing_of_an_erased_player_is_left_in_the_file_but_a_line_without_a_name(path: Path) -> None:
    mine, other = whole(path, NAME, *raw()), whole(path, "Ben", replace(raw()[0], now_s=77.5))
    signals = samples(path, mine)
    with Store.open(path) as store:
        ana = store.players.known(NAME)
        eva = store.people.named("Eva Zápolya", "parent")
        store.people.cares(eva.id, ana.id)
        store.consents.say(ana.id, "play", True, "Eva Zápolya", "parent")
        store.records.note(ana.id, "Zápolya sat still.", eva.id, mine)
        shared = store.models.add(b"pooled weights", "pooled", {}, learned_from=[ana.id])
        own = store.models.add(b"weights of her own", "own", {}, player_id=ana.id, parent_sha=shared)
        assert all(part in bytes_of(path) for part in (NAME.encode(), b"weights of her own", *signals))
        going = store.privacy.forecast(ana.id)
        assert (going.sittings, going.notes, going.models, going.invalidated, going.parents) == (
            1,
            1,
            1,
            (shared,),
            1,
        )
        assert store.privacy.erase(ana.id, "therapist 2") == going
        assert store.models.get(shared).withdrawn_why is not None
        for gone in (own, "0"):
            with pytest.raises(NotFound):
                store.models.get(gone)
        (line,) = store.audit.page()
        assert (line.who, line.action, line.what) == ("therapist 2", "erased", ana.pseudonym)
        assert store.audit.check() == 1
        assert store.sessions.get(other).player_id != ana.id
    left = bytes_of(path)
    for secret in (NAME.encode(), "Zápolya".encode(), b"weights of her own", *signals):
        assert secret not in left


def test_bytes_of_the_signals_are_found_by_this_way_of_looking(path: Path) -> None:
    session = whole(path, NAME, *raw())
    assert all(part in bytes_of(path) for part in samples(path, session))


def test_every_table_that_holds_something_of_a_player_loses_it_with_the_player(path: Path) -> None:
    whole(path, NAME, *raw())
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        mine = [
            table
            for table in tables
            if {"player_id", "session_id"}
            & {column for (_, column, *_) in connection.execute(f"PRAGMA table_info({table})").fetchall()}
        ]
    with Store.open(path) as store:
        store.privacy.erase(store.players.known(NAME).id, "command line")
    with closing(sqlite3.connect(path)) as connection:
        assert {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in mine} == (
            dict.fromkeys(mine, 0)
        )


def test_a_parent_of_two_stays_when_one_is_erased(path: Path) -> None:
    with Store.open(path) as store:
        one, two = store.players.named("One"), store.players.named("Two")
        eva = store.people.named("Eva", "parent")
        for child in (one, two):
            store.people.cares(eva.id, child.id)
        store.privacy.erase(one.id, "command line")
        assert store.people.looking_after(two.id) == (eva,)
        with pytest.raises(NotFound):
            store.privacy.erase(one.id, "command line")


def test_whoever_withdraws_raw_signals_or_an_own_model_loses_them_and_keeps_the_rest(path: Path) -> None:
    session = whole(path, NAME, *raw())
    signals = samples(path, session)
    with Store.open(path) as store:
        player = store.players.known(NAME)
        own = store.models.add(b"weights of her own", "own", {}, player_id=player.id, learned_from=[player.id])
        pooled = store.models.add(b"pooled weights", "pooled", {}, learned_from=[player.id])
        store.privacy.withdraw(player.id, "pool", NAME, "player")
        assert store.models.get(pooled).withdrawn_utc is not None
        store.privacy.withdraw(player.id, "personalise", NAME, "player")
        with pytest.raises(NotFound):
            store.models.get(own)
        store.privacy.withdraw(player.id, "keep_raw", NAME, "player")
        assert list(store.signals.polls(session, "eeg")) == []
        assert len(store.sessions.trials(session)) == 1
        assert not store.consents.holds(player.id, "keep_raw")
        assert [line.what.split()[0] for line in store.audit.page()] == ["keep_raw", "personalise", "pool"]
        assert NAME not in "".join(line.who + line.what for line in store.audit.page())
    assert not any(part in bytes_of(path) for part in (b"weights of her own", *signals))


def test_raw_signals_go_after_ninety_days_and_features_after_two_years(path: Path) -> None:
    session = whole(path, NAME, *raw())
    with Store.open(path) as store:
        assert store.privacy.due(BEGUN_S + RAW_S - DAY_S).raw == ()
        due = store.privacy.due(BEGUN_S + RAW_S + DAY_S)
        assert (due.raw, due.features) == ((session,), ())
        assert store.privacy.tidy(BEGUN_S + RAW_S + DAY_S) == due
        assert list(store.signals.polls(session, "eeg")) == []
        assert len(store.sessions.estimates(session)) == 1
        due = store.privacy.tidy(BEGUN_S + FEATURES_S + DAY_S)
        assert (due.raw, due.features) == ((), (session,))
        assert store.sessions.estimates(session) == ()
        assert [event.kind for event in store.sessions.events(session)] == ["reward_paid"]
        assert (len(store.sessions.trials(session)), len(store.sessions.blocks(session))) == (1, 1)
        assert store.privacy.tidy(BEGUN_S + 2 * FEATURES_S) == replace(due, features=())
        assert [line.action for line in store.audit.page()] == ["tidied", "tidied"]


@pytest.mark.parametrize(("given", "goes_after_s"), [(True, FEATURES_S), (False, 0.0)])
def test_a_players_word_on_raw_signals_goes_before_the_usual_time(
    path: Path, given: bool, goes_after_s: float
) -> None:
    session = whole(path, NAME, *raw())
    with Store.open(path) as store:
        player = store.players.known(NAME).id
        store.consents.say(player, "keep_raw", not given, NAME, "player")
        store.consents.say(player, "keep_raw", given, NAME, "player")
        assert session not in store.privacy.due(BEGUN_S + goes_after_s - 1).raw
        assert session in store.privacy.due(BEGUN_S + goes_after_s + 1).raw


def test_one_sitting_can_be_discarded(path: Path) -> None:
    first, second = whole(path, NAME, *raw()), whole(path, NAME)
    signals = samples(path, first)
    with Store.open(path) as store:
        store.privacy.discard(first, "command line")
        with pytest.raises(NotFound):
            store.sessions.get(first)
        assert store.sessions.get(second).id == second
        with pytest.raises(NotFound, match="no session"):
            store.privacy.discard(first, "command line")
    assert not any(part in bytes_of(path) for part in signals)
