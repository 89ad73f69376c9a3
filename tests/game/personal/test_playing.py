"""Whose model plays: the player's own while it may, and the common one, with a word on why, when it may not."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

import assets
from engine.store import Store
from engine.store.models import OWN
from game.personal.playing import Which, which
from neuro.scorer import Scorer, load
from neuro.seal import sealed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "heron.sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def common() -> Scorer:
    return load(assets.model())


@pytest.fixture(scope="module")
def own(common: Scorer) -> bytes:
    """The common model with a word more in its papers: another file, which says the same."""
    return sealed(common.onnx + b"\x72\x08\x0a\x02of\x12\x02me")


def crowned(store: Store, own: bytes, parent_sha: str) -> int:
    """A player with a champion."""
    player = store.players.named("Ana").id
    parent = store.models.add(b"another", "attention", {}) if parent_sha == "another" else parent_sha
    sha = store.models.add(own, OWN, {}, player, parent)
    store.models.judged(sha, "champion", {"learned": []})
    return player


def test_a_champion_plays_for_its_player_alone(store: Store, common: Scorer, own: bytes) -> None:
    store.models.add(common.onnx, "attention", common.metadata)
    ana, ben = crowned(store, own, common.sha256), store.players.named("Ben").id
    mine, others = which(store, ana, common), which(store, ben, common)
    assert (mine.scorer.onnx, mine.whose, mine.why) == (own, "own", None)
    assert (others.scorer, others.whose, others.why) == (common, "common", None)


def test_the_common_model_takes_the_place_of_one_that_was_withdrawn_and_says_so(
    store: Store, common: Scorer, own: bytes
) -> None:
    store.models.add(common.onnx, "attention", common.metadata)
    ana = crowned(store, own, common.sha256)
    store.models.withdraw(sha256(own).hexdigest(), "it learned from sitting 3, which was erased")
    found = which(store, ana, common)
    assert (found.scorer, found.whose) == (common, "common")
    assert "sitting 3, which was erased" in str(found.why)


def test_a_newer_common_model_is_to_be_beaten_anew(store: Store, common: Scorer, own: bytes) -> None:
    found = which(store, crowned(store, own, "another"), common)
    assert found.scorer is common
    assert "older common one" in str(found.why)


def test_whoever_was_sent_back_plays_with_the_common_model_and_hears_nothing_of_it(
    store: Store, common: Scorer, own: bytes
) -> None:
    store.models.add(common.onnx, "attention", common.metadata)
    ana = crowned(store, own, common.sha256)
    store.models.send_back(ana)
    assert which(store, ana, common) == Which(common, "common")
