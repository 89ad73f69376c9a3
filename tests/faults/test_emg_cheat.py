"""A clenched jaw never pays: docs/signals.md has the same over twenty sittings and more strengths."""

import pytest

import assets
from neuro.scorer import Scorer, load
from tests.faults.cheat import JAWS, Body, Outcome, body, gain, honest, sit

PLAY_S = 60.0
Players = list[Body]


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load(assets.model())


@pytest.fixture(scope="module")
def players() -> Players:
    return [body(seed, PLAY_S) for seed in range(2)]


@pytest.fixture(scope="module")
def honestly(scorer: Scorer, players: Players) -> list[Outcome]:
    return [sit(each, scorer, honest, 0.0, PLAY_S) for each in players]


@pytest.mark.parametrize(("jaw", "uv"), [("until it pays", 5.0), ("until it pays", 15.0), ("in pulses", 15.0)])
def test_clenching_whenever_rewards_fall_brings_no_more_of_them(
    scorer: Scorer, players: Players, honestly: list[Outcome], jaw: str, uv: float
) -> None:
    cheating = [sit(each, scorer, JAWS[jaw], uv, PLAY_S) for each in players]
    by = gain(honestly, cheating)
    assert by.clenched > 0.02
    assert by.share <= 0.02
    assert by.per_min <= 1.0


def test_whoever_never_clenches_is_paid(honestly: list[Outcome]) -> None:
    assert all(each.per_min > 5 for each in honestly)
