"""A simulated clinic: some sittings are really played, the others look like them, and everybody is looked after."""

import json
from pathlib import Path

from engine.store import Store
from engine.store.clinic import Asker
from tests.game.heron import Heron


def test_a_clinic_of_simulated_players_is_played_and_drawn_into_a_new_file(heron: Heron, tmp_path: Path) -> None:
    db = tmp_path / "clinic.sqlite"
    fill = ("simulate", "--into", db, "--players", 2, "--sessions", 3, "--played", 2, "--seconds", 10)
    assert json.loads(heron(*fill, "--json").out) == {"players": 2, "played": 2, "drawn": 4}
    assert "name a new one" in heron(*fill).err
    with Store.open(db) as store:
        child, other = store.players.all()
        assert (child.name, other.name) == ("Simulated 0001 (child)", "Simulated 0002 (adhd)")
        for player in (child, other):
            newest, _, played = store.sessions.recent(player.id)
            assert len(list(store.signals.polls(played.id, "eeg"))) > 100
            assert len(store.sessions.trials(played.id)) > 0
            assert played.kind == "play"
            assert store.sessions.trials(newest.id) == ()
            assert newest.anchor_unix_s - played.anchor_unix_s == 3 * 86_400
            parent, therapist = store.people.looking_after(player.id)
            assert (parent.role, therapist.role) == ("parent", "therapist")
        heads = [json.loads(store.sessions.recent(player.id)[-1].setup_json) for player in (child, other)]
        assert heads[0] != heads[1]
        assert store.health.damage() == ()
        for person in (parent, therapist):
            assert [len(store.clinic.sittings(Asker(person.id, person.role), one.id)) for one in (child, other)] == [
                3,
                3,
            ]
