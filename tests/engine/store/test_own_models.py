"""A player's own models: one plays, one waits, the past is kept, and what may not be used plays nothing new."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import NotFound, StoreError
from engine.store import Store
from engine.store.models import OWN
from tests.engine.store.sittings import NEW, play

COMMON_SHA = "c" * 64


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


def made(store: Store, onnx: bytes, learned: tuple[int, ...] = (), name: str = "Ana") -> tuple[int, str]:
    """A player, and a model of theirs that was made of the common one."""
    player = store.players.named(name).id
    common = store.models.add(b"common", "attention", {})
    return player, store.models.add(onnx, OWN, {}, player, common)


VERDICT = {"learned": [1, 2], "held": [3], "beside": [], "gain": 0.05}


def test_a_new_champion_retires_the_one_before_it(path: Path) -> None:
    with Store.open(path) as store:
        (player, first), (_, second) = made(store, b"one"), made(store, b"two")
        common = store.models.get(first).parent_sha or ""
        for sha in (first, second):
            store.models.judged(sha, "challenger", VERDICT)
            store.models.judged(sha, "champion", VERDICT)
        assert [(one.sha256, one.role) for one in store.models.own(player)] == [
            (second, "champion"),
            (first, "retired"),
        ]
        plays = store.models.at_work(player, "champion", common)
        assert plays
        assert (plays.sha256, plays.verdict) == (second, VERDICT)
        assert store.models.at_work(player, "challenger", common) is None


def test_going_back_takes_the_champion_and_whoever_waits(path: Path) -> None:
    with Store.open(path) as store:
        (player, first), (_, second) = made(store, b"one"), made(store, b"two")
        store.models.judged(first, "champion", VERDICT)
        store.models.judged(second, "challenger", VERDICT)
        assert store.models.send_back(player)
        assert {one.role for one in store.models.own(player)} == {"sent_back"}
        assert not store.models.send_back(player)


def test_a_model_of_another_common_one_or_that_was_withdrawn_is_not_at_work(path: Path) -> None:
    with Store.open(path) as store:
        player, sha = made(store, b"one")
        store.models.judged(sha, "champion", VERDICT)
        common = store.models.get(sha).parent_sha or ""
        assert store.models.at_work(player, "champion", COMMON_SHA) is None
        assert store.models.at_work(player, "champion", common)
        store.models.withdraw(sha, "somebody took it back")
        assert store.models.at_work(player, "champion", common) is None


def test_everybodys_model_has_no_role(path: Path) -> None:
    with Store.open(path) as store:
        common = store.models.add(b"common", "attention", {})
        with pytest.raises(NotFound, match="no player's own model"):
            store.models.judged(common, "champion", VERDICT)


def test_no_sitting_begins_with_a_model_that_was_withdrawn(path: Path) -> None:
    with Store.open(path) as store:
        player, sha = made(store, b"one")
        new = replace(NEW, player_id=player, model_sha=sha)
        old = store.sessions.begin(new)
        store.models.withdraw(sha, "it learned from somebody who took it back")
        with pytest.raises(StoreError, match="may score nothing new"):
            store.sessions.begin(new)
        assert store.models.get(str(store.sessions.get(old).model_sha)).onnx == b"one"


def test_a_model_that_learned_from_an_erased_sitting_is_withdrawn(path: Path) -> None:
    taught, other = play(path, name="Ana"), play(path, name="Ana")
    with Store.open(path) as store:
        player, sha = made(store, b"one")
        _, innocent = made(store, b"two")
        store.models.judged(sha, "champion", VERDICT | {"learned": [taught]})
        store.models.judged(innocent, "challenger", VERDICT | {"learned": [other]})
        store.privacy.discard(taught, "command line")
        told = {one.sha256: one.withdrawn_why for one in store.models.own(player)}
        assert told == {sha: f"it learned from sitting {taught}, which was erased", innocent: None}


def test_who_takes_back_the_consent_has_no_model_any_more(path: Path) -> None:
    with Store.open(path) as store:
        player, sha = made(store, b"one")
        store.models.judged(sha, "champion", VERDICT)
        store.privacy.withdraw(player, "personalise", "Ana", "player")
        assert store.models.own(player) == ()
        with pytest.raises(NotFound):
            store.models.get(sha)
