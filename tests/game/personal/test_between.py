"""By itself only where it is wished, and never while somebody plays."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.store import Store
from engine.store.models import OWN
from game.personal.between import Interrupted, is_wished, unless_somebody_plays
from tests.engine.store.sittings import NEW, begin

DB = "heron.sqlite"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / DB) as opened:
        yield opened


def test_nobody_is_learned_from_who_has_not_agreed(store: Store) -> None:
    ana = store.players.named("Ana").id
    assert not is_wished(store, ana)
    store.consents.say(ana, "personalise", True, "Ana", "player")
    assert is_wished(store, ana)
    store.privacy.withdraw(ana, "personalise", "Ana", "player")
    assert not is_wished(store, ana)


def test_what_was_taken_back_is_not_tried_again_until_somebody_asks(store: Store) -> None:
    ana = store.players.named("Ana").id
    store.consents.say(ana, "personalise", True, "Ana", "player")
    sha = store.models.add(b"own", OWN, {}, ana)
    store.models.judged(sha, "champion", {"learned": []})
    assert is_wished(store, ana)
    store.models.send_back(ana)
    assert not is_wished(store, ana)
    store.models.judged(sha, "challenger", {"learned": []})  # as after a try that somebody asked for
    assert is_wished(store, ana)


def test_learning_gives_up_as_soon_as_a_sitting_runs(store: Store, tmp_path: Path) -> None:
    watch = unless_somebody_plays(store, time.time)
    watch(0.1)
    session = begin(tmp_path / DB, anchor_unix_s=time.time())
    with pytest.raises(Interrupted, match="after the sitting"):
        watch(0.2)
    store.sessions.end(session, "done", time.time())
    watch(0.3)
    begin(tmp_path / DB, anchor_unix_s=NEW.anchor_unix_s)  # one that was cut off long ago
    watch(0.4)
