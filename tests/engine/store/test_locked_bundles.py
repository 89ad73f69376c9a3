"""Sittings travel between locked databases: opened out of the one, sealed to their new number in the other."""

from pathlib import Path

import pytest

from engine.store import Store
from engine.store.locking import lock
from tests.engine.store.sittings import TRIAL, begin, play, poll
from tests.engine.store.test_locking import SENTENCE, a_computer_without_a_keyring

pytest.importorskip("sqlcipher3", reason="the extra `secure` is not installed")

pytestmark = pytest.mark.usefixtures(a_computer_without_a_keyring.__name__)


@pytest.mark.parametrize("locked", [("home",), ("clinic",), ("home", "clinic")], ids="+".join)
def test_signals_arrive_as_they_were(tmp_path: Path, locked: tuple[str, ...]) -> None:
    polls = [poll(100.0 + i, 10) for i in range(3)]
    paths = {name: tmp_path / f"{name}.sqlite" for name in ("home", "clinic")}
    play(paths["home"], TRIAL, *polls)
    begin(paths["clinic"], "Ben")
    for name in locked:
        lock(paths[name], SENTENCE)
    with Store.open(paths["home"]) as home, Store.open(paths["clinic"]) as clinic:
        bundle = home.bundles.write(1, clinic.bundles.own()[0])
        session = clinic.bundles.merge(bundle, trust=home.bundles.own()[1]).session_id
        assert session == 2
        came = list(clinic.signals.polls(session, "eeg"))
        assert [row.data.tobytes() for row in came] == [row.data.tobytes() for row in polls]
