"""A champion plays through the whole path: its sitting names it, the report says so, and a replay takes it again."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

import assets
from engine.errors import StoreError
from engine.store import Store
from engine.store.models import OWN
from game.replay import check
from game.wiring import play
from neuro.seal import sealed
from tests.game.heron import Heron, Played, demonstration

COMMON = assets.model().read_bytes()
MINE = sealed(COMMON + b"\x72\x08\x0a\x02of\x12\x02me")
"""The common model with a word more in its papers."""


@pytest.fixture
def db(played: Played, tmp_path: Path) -> Path:
    """A sitting that the common model scored, and since then a champion."""
    path = played.copy(tmp_path)
    with Store.open(path) as store:
        player = store.sessions.get(played.outcome.session).player_id
        sha = store.models.add(MINE, OWN, {}, player, sha256(COMMON).hexdigest())
        store.models.judged(sha, "champion", {"learned": []})
    return path


def test_the_next_sitting_is_scored_by_the_champion_and_each_replay_by_its_own_model(
    played: Played, db: Path, heron: Heron
) -> None:
    wish = replace(demonstration(db, "adult", 3), play_s=10.0)
    session = play(wish).session
    with Store.open(db) as store:
        before, now = store.sessions.get(played.outcome.session), store.sessions.get(session)
        assert before.model_sha == sha256(COMMON).hexdigest()
        assert now.model_sha == sha256(MINE).hexdigest()
        assert check(store, now).identical
        told = [json.loads(one.data_json) for one in store.sessions.events(session) if one.kind == "model"]
        assert told == [{"whose": "own", "why": None}]
        store.models.withdraw(sha256(COMMON).hexdigest(), "somebody who taught it took it back")
        store.models.withdraw(sha256(MINE).hexdigest(), "its player took it back")
    assert "from the player's own model" in heron("report", session, "--db", db).out
    with pytest.raises(StoreError, match="may score nothing new"):
        play(wish)
