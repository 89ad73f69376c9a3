"""Sittings begin, end, are found again, and leave something to the next."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from engine.errors import NotFound
from engine.store import Journal, Store
from engine.store.rows import EstimateRow, EventRow, History, TickRow
from tests.engine.store.sittings import NEW, TRIAL, begin, play


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


def test_a_session_is_stored_as_it_began(path: Path) -> None:
    session = begin(path)
    with Store.open(path) as store:
        stored = store.sessions.get(session)
        assert {key: getattr(stored, key) for key in asdict(NEW)} == asdict(NEW)
        assert stored.started_utc == "2025-06-15T15:06:40Z"
        assert stored.ending is None


def test_a_session_ends_as_it_is_said(path: Path) -> None:
    session = begin(path)
    with Store.open(path) as store:
        store.sessions.end(session, "left", 1_750_000_033.5)
        assert (store.sessions.get(session).ending, store.sessions.get(session).ended_unix_s) == (
            "left",
            1_750_000_033.5,
        )


def test_a_session_that_is_not_there_is_named_with_the_newest(path: Path) -> None:
    with Store.open(path) as store, pytest.raises(NotFound, match=r"no session 7 in .*: play first"):
        store.sessions.get(7)
    begin(path)
    with Store.open(path) as store, pytest.raises(NotFound, match=r"no session 7 in .*the newest is session 1"):
        store.sessions.end(7, "done", 0.0)


def test_recent_sessions_are_the_players_own_newest_first(path: Path) -> None:
    for name in ("Ana", "Ben", "Ana", "Ana"):
        begin(path, name)
    with Store.open(path) as store:
        ana = store.players.named("Ana")
        assert [session.id for session in store.sessions.recent(ana.id)] == [4, 3, 1]
        assert [session.id for session in store.sessions.recent(ana.id, limit=2)] == [4, 3]
        latest = store.sessions.latest()
        assert latest is not None
        assert latest.id == 4


def test_a_sitting_that_was_cut_off_is_named_once(path: Path) -> None:
    session = begin(path)
    with Journal(path, session, now_unix=lambda: 1_750_000_100.0) as journal:
        journal.put(TRIAL)
        journal.put(EstimateRow(1.0, 0.5, 0.9, "good", ("good",)))
        for tick in range(60 * 75):
            journal.put(TickRow(tick, "{}", bytes(8)))
    with Store.open(path) as store:
        (cut,) = store.sessions.recover(1_750_000_106.0)
        assert (cut.session_id, cut.player, cut.trials, cut.estimates, cut.kept_s) == (1, "Ana", 1, 1, 75.0)
        assert cut.sentence == (
            "Sitting 1 of Ana was cut off; 1 min 15 s of it with 1 trial are kept: see them with heron report 1. "
            'Heron goes on with what is left of the day; heron erase "Ana" --sitting 1 discards it.'
        )
        assert (store.sessions.get(1).ending, store.sessions.get(1).ended_unix_s) == ("interrupted", 1_750_000_100.0)
        assert store.sessions.recover(1_750_000_106.0) == ()


def test_a_sitting_that_runs_or_has_ended_is_not_cut_off(path: Path) -> None:
    play(path)
    begin(path)
    with Store.open(path) as store:
        assert store.sessions.recover(NEW.anchor_unix_s + 4.9) == ()


def test_a_clock_that_was_set_back_hides_no_sitting(path: Path) -> None:
    begin(path)
    with Store.open(path) as store:
        assert len(store.sessions.recover(NEW.anchor_unix_s - 86_400)) == 1


def ended_at(threshold_z: float | None) -> EventRow:
    """Where the reward threshold stood when the sitting was over, its last move included."""
    return EventRow(6000, "sitting_done", json.dumps({"threshold_z": threshold_z}))


def test_simulated_hands_teach_no_person(path: Path) -> None:
    play(path, TRIAL, ended_at(0.7))
    with Store.open(path) as store:
        assert store.sessions.history(1, "demo") == History(0, None)
        assert store.sessions.last_of(1, "strike", "demo") is None


def test_who_has_not_played_has_no_history(path: Path) -> None:
    begin(path)
    with Store.open(path) as store:
        assert store.sessions.history(1, "play") == History(0, None)
        assert store.sessions.last_of(1, "strike", "play") is None


def test_finished_sittings_of_all_games_leave_a_threshold_and_a_calibration_to_the_next(path: Path) -> None:
    play(path, EventRow(60, "threshold_set", '{"centre":0.5,"spread":0.1}'), ended_at(-0.5))
    play(path, EventRow(60, "threshold_set", '{"centre":0.6,"spread":0.2}'), ended_at(0.2), level_id="candle-01")
    begin(path)  # not finished: leaves nothing
    play(path, ended_at(0.9), name="Ben")
    with Store.open(path) as store:
        assert store.sessions.history(1, "play") == History(2, 0.2, (0.6, 0.2))


def test_the_last_sitting_of_a_game_is_the_newest_in_which_it_was_more_than_practised(path: Path) -> None:
    candle = replace(TRIAL, task="candle")
    play(path, TRIAL, candle)
    play(path, TRIAL, replace(candle, practice=True))
    begin(path)
    with Store.open(path) as store:
        last = [store.sessions.last_of(1, task, "play") for task in ("strike", "candle", "quiet")]
    assert [one and one.id for one in last] == [2, 1, None]


def test_what_was_learnt_of_a_player_until_a_sitting_was_cut_off_counts(path: Path) -> None:
    play(path, TRIAL)
    cut = begin(path)
    with Journal(path, cut) as journal:
        journal.put(TRIAL)
    with Store.open(path) as store:
        store.sessions.end(cut, "interrupted", NEW.anchor_unix_s)
        last = store.sessions.last_of(1, "strike", "play")
    assert last is not None
    assert last.id == cut


def test_a_sitting_without_a_headset_leaves_the_threshold_of_the_one_before(path: Path) -> None:
    play(path, ended_at(-0.1))
    play(path, ended_at(None))
    with Store.open(path) as store:
        assert store.sessions.history(1, "play").last_threshold_z == -0.1
