"""Control arms through the whole path: devices, rules, store and replay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from engine.control import sealed
from engine.errors import NotFound
from engine.plan import PLANS
from engine.session import Sitting
from engine.store import Store
from game.errors import GameError
from game.preparing import allocated, programme, unpaid
from game.replay import check, replayed
from game.wiring import play
from game.wish import Wish
from game.yoke import tape
from tests.game.heron import Played, demonstration


def test_a_tape_is_what_the_rules_saw_of_the_other_sitting(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        session = store.sessions.get(played.outcome.session)
        sittings = [ticked.scene.sitting for _, ticked in replayed(store, session) if ticked.scene]
        seen = [sitting for sitting in sittings if isinstance(sitting, Sitting)]
        margins = [
            now.reward.z_now - now.reward.threshold_z
            for before, now in pairwise(seen)
            if now.good_heard > before.good_heard
            and now.reward.z_now is not None
            and now.reward.threshold_z is not None
        ]
        assert tape(store, session.id) == pytest.approx(margins, abs=1e-4)
        assert len(margins) > 50


def test_a_yoked_sitting_is_stored_as_one_and_replays_to_the_byte(played: Played, tmp_path: Path) -> None:
    db = played.copy(tmp_path)
    outcome = play(replace(demonstration(db, "child", 4), arm="yoked_replay", yoked_to=played.outcome.session))
    with Store.open(db, read_only=True) as store:
        session = store.sessions.get(outcome.session)
        assert session.mode == "yoked_replay"
        assert check(store, session).identical


def test_a_yoked_replay_without_a_sitting_to_replay_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(GameError, match="give its number with --yoke"):
        play(replace(demonstration(tmp_path / "x.sqlite", "child", 4), arm="yoked_replay"))


def test_a_sitting_without_a_score_cannot_be_replayed(played: Played, tmp_path: Path) -> None:
    db = played.copy(tmp_path)
    outcome = play(replace(demonstration(db, "child", 4), eeg="none", gaze="none"))
    with Store.open(db, read_only=True) as store, pytest.raises(NotFound, match="played with a headset"):
        tape(store, outcome.session)


NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "x.sqlite") as store:
        ana = store.players.named("Ana")
        text = PLANS.text("focus").replace('arm = "live"', 'arm = "performance_only"')
        store.plans.assign(ana.id, text, NOON.date(), "Dr. Holm")
        yield store


def test_the_arm_of_the_plan_decides_wherever_its_path_is_walked(store: Store) -> None:
    ana = Wish(store.path, "Ana")
    assert allocated(ana, store, NOON).arm == "performance_only"
    assert allocated(replace(ana, plan="focus"), store, NOON).arm == "live"
    assert allocated(replace(ana, level="strike-01"), store, NOON).arm == "live"
    assert allocated(replace(ana, checkup=True), store, NOON).arm == "live"
    assert allocated(Wish(store.path, "Ben"), store, NOON).arm == "live"


def test_a_wished_arm_goes_before_the_plans_and_a_study_before_both(store: Store) -> None:
    assert allocated(Wish(store.path, "Ana", arm="fixed"), store, NOON).arm == "fixed"
    store.studies.seal("pilot", [sealed("live", "0" * 32)], sittings=2)
    assert allocated(Wish(store.path, "Ana", arm="fixed", study="pilot"), store, NOON).arm == "live"


def test_the_own_study_is_played_by_itself_when_the_path_is_walked(store: Store) -> None:
    store.studies.seal("own", [sealed("live", "0" * 32), sealed("fixed", "1" * 32)], sittings=2, alone=1)
    found = allocated(Wish(store.path, "Ana"), store, NOON)
    assert (found.study, found.arm) == ("own", "live")
    assert allocated(Wish(store.path, "Ana", level="strike-01"), store, NOON).study is None


def test_a_check_up_alone_is_no_turn_of_a_study_and_has_no_arm(store: Store) -> None:
    store.studies.seal("own", [sealed("fixed", "0" * 32), sealed("live", "1" * 32)], sittings=2, alone=1)
    ana = Wish(store.path, "Ana")
    first = unpaid(allocated(ana, store, NOON), programme(ana, store, NOON, has_gaze=False))
    assert (first.study, first.arm) == (None, "live")
    store.plans.assign(1, PLANS.text("starter"), NOON.date(), "Dr. Holm")
    games = unpaid(allocated(ana, store, NOON), programme(ana, store, NOON, has_gaze=False))
    assert (games.study, games.arm) == ("own", "fixed")
