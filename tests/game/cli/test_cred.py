"""`heron cred`: the checklist of a player, filled from the file."""

import json
from pathlib import Path

from pydantic_core import to_json

from engine.control import sealed
from engine.events import CheckedIn, name
from engine.store import Store
from engine.store.rows import EventRow
from tests.engine.store.sittings import BLOCK, TRIAL, play
from tests.game.heron import Heron
from tests.test_docs import keys_of


def test_the_24_items_are_filled_and_what_is_missing_is_named(heron: Heron, tmp_path: Path) -> None:
    db = tmp_path / "heron.sqlite"
    with Store.open(db) as store:
        store.studies.seal("reeds", [sealed("live", "0" * 32), sealed("fixed", "1" * 32)], 24)
        player = store.players.named("Ana").id
        store.studies.enrolled("reeds", player)
    play(db, BLOCK, TRIAL, name="Ana", study="reeds")
    assert "has not agreed to sharing" in heron("cred", "Ana", "--db", db).err
    heron("consent", "Ana", "--yes", "share", "--who", "Ana", "--db", db)
    before = json.loads(heron("cred", "Ana", "--db", db, "--json").out)
    assert set(before) == keys_of("cred PLAYER")
    assert len(before["items"]) == 24
    assert {"1a", "3a", "3b", "6a"} <= set(before["missing"])
    assert heron("study", "describe", "reeds", "--preregistered", "osf.io/abcde", "--db", db).status == 0
    assert heron("study", "describe", "reeds", "--criterion", "half an SD", "--db", db).status == 0
    after = json.loads(heron("cred", "Ana", "--db", db, "--json").out)
    assert set(before["missing"]) - set(after["missing"]) == {"1a", "6a"}
    felt = CheckedIn(4, 2, 4, 3, None, None)
    play(db, EventRow(1, name(felt), to_json(felt).decode()), name="Ana", study="reeds")
    told = heron("cred", "Ana", "--db", db).out
    assert "mood after 1 of 2 sittings" in told
    assert "osf.io/abcde" in told
    assert "MISSING" in told
