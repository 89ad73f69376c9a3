"""Who of a database takes part in a federation, and what is written down of it."""

from pathlib import Path

import assets
from engine.store import Store
from game.cli.federate import agreed
from neuro.scorer import load
from tests.game.personal.sat import sit

SPENT = {"epsilon": 3.3, "delta": 1e-5}


def test_a_home_learns_from_those_alone_who_agreed_and_writes_it_down(tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    sit(db, "Ana", 1, seconds=40.0)
    sit(db, "Otto", 1, seconds=40.0, person=4)
    scorer = load(assets.model())
    assert agreed(scorer, db, SPENT) == []
    with Store.open(db) as store:
        ana = store.players.known("Ana").id
        store.consents.say(ana, "pool", True, "Ana", "player")
    (seen,) = agreed(scorer, db, SPENT)
    with Store.open(db) as store:
        (line, *_) = store.audit.page(None, 5)
    assert (line.action, line.what) == ("learned together", '1 players, {"epsilon": 3.3, "delta": 1e-05}')
    assert len(seen.calm) > 0
