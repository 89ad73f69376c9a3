"""A family's own study, from its seals to its answer."""

import json
from dataclasses import replace
from pathlib import Path

from engine.store import Store
from tests.engine.store.sittings import BLOCK, TRIAL, play
from tests.game.heron import Heron
from tests.test_docs import keys_of


def sealed(heron: Heron, path: Path, *more: object) -> list[str]:
    with Store.open(path) as store:
        store.players.named("Ana")
    said = heron("study", "alone", "own", "--player", "Ana", "--sittings", 1, *more, "--db", path, "--json")
    assert said.status == 0, said.err
    told = json.loads(said.out)
    assert set(told) == keys_of("study alone NAME")
    return list(told["commitments"])


def played_on(path: Path, sittings: int) -> None:
    """Answers take a third longer wherever rewards follow them alone."""
    for _ in range(sittings):
        with Store.open(path, read_only=True) as store:
            arm = store.studies.enrolled("own", 1).arm
        slow = replace(TRIAL, reaction_s=0.4 if arm == "live" else 0.6)
        play(path, slow, BLOCK, name="Ana", study="own", mode=arm)


def test_a_study_of_six_pairs_is_answered_when_it_is_over_and_not_before(heron: Heron, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    assert len(sealed(heron, path)) == 12
    played_on(path, 11)
    assert json.loads(heron("outcomes", "Ana", "--db", path, "--json").out)["alone"] == []
    played_on(path, 1)
    (told,) = json.loads(heron("outcomes", "Ana", "--db", path, "--json").out)["alone"]
    live_first = 1 if told["arms"][0] == "live" else -1
    assert round(told["reaction_s"]["difference"] * live_first, 6) == -0.2
    assert (told["reaction_s"]["p"], told["reaction_s"]["orders"]) == (2 / 64, 64)
    assert "p 0.031 of 64 orders; below 0.031 it cannot be" in heron("outcomes", "Ana", "--db", path).out


def test_one_study_at_a_time_and_two_arms_that_one_player_can_play(heron: Heron, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    sealed(heron, path, "--pairs", 5)
    again = heron("study", "alone", "more", "--player", "Ana", "--db", path)
    assert (again.status, "not over yet" in again.err) == (1, True)
    yoked = heron("study", "alone", "more", "--player", "Ana", "--arm", "live", "--arm", "yoked_replay", "--db", path)
    assert (yoked.status, "nobody to be yoked to" in yoked.err) == (1, True)
    shown = json.loads(heron("study", "show", "own", "--db", path, "--json").out)
    assert (shown["enrolled"], len(shown["commitments"])) == (0, 10)
