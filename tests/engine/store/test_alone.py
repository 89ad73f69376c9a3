"""A study of one player alone: its stretches come one after another, and nobody sees which."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.control import sealed, turns
from engine.errors import NotFound
from engine.store import Store
from tests.engine.store.sittings import BLOCK, play

ARMS = turns(("live", "performance_only"), 2, seed=5)
SEALS = [sealed(arm, f"{number:032x}") for number, arm in enumerate(ARMS)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "x.sqlite") as store:
        for name in ("Ana", "Ben"):
            store.players.named(name)
        store.studies.seal("own", SEALS, sittings=2, alone=1)
        yield store


def test_each_pair_has_both_arms_and_which_comes_first_is_drawn_by_lot() -> None:
    drawn = [turns(("live", "fixed"), 10, seed) for seed in range(40)]
    assert all({some[at], some[at + 1]} == {"live", "fixed"} for some in drawn for at in range(0, 20, 2))
    assert 0.4 < sum(some[0] == "live" for some in drawn) / 40 < 0.7
    assert len(set(drawn)) == 40


def test_the_arm_changes_when_a_stretch_is_over_until_the_study_is(store: Store) -> None:
    seen = []
    while store.studies.running(1) == "own":
        seen.append(store.studies.enrolled("own", 1).arm)
        play(store.path, BLOCK, name="Ana", study="own", mode=seen[-1])
    assert seen == [arm for arm in ARMS for _ in range(2)]
    assert store.studies.is_over("own")
    assert [place.player_id for place in store.studies.places("own")] == [1] * 4


def test_nobody_else_has_a_place_in_it(store: Store) -> None:
    assert store.studies.running(2) is None
    with pytest.raises(NotFound, match="not in the study"):
        store.studies.enrolled("own", 2)
    assert [place.player_id for place in store.studies.places("own")] == [None] * 4


def test_whoever_is_erased_takes_the_own_study_along(store: Store) -> None:
    store.privacy.erase(1, "Dr. Holm")
    assert store.studies.alone(1) == ()
