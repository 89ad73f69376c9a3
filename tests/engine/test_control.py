"""Control arms: each shows what it says, allocations stay sealed, and a log of who looked cannot be bent."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.control import (
    ARMS,
    CYCLE_S,
    MARGIN_Z,
    Guess,
    Own,
    allocation,
    blinding_index,
    checked,
    opened,
    score,
    sealed,
    unblinded,
)
from engine.errors import BrokenSeal

OWN = Own(score=0.7, t_s=3.0, centre=0.5, spread=0.1, threshold_z=0.2, good=4, succeeded=True, goal=0.7)
TAPE = (0.5, -1.0, 2.0)
NONCE = "0123456789abcdef" * 2


def margin(arm: str, own: Own) -> float:
    """How far above the player's threshold the loops see attention, in SD."""
    seen = score(arm, TAPE, own)  # type: ignore[arg-type]
    return (seen - own.centre) / own.spread - own.threshold_z


def test_the_live_arm_shows_the_players_own_score() -> None:
    assert score("live", (), OWN) == 0.7


@given(st.floats(0, 1), st.integers(0, 10_000))
def test_a_yoked_score_knows_nothing_of_this_player(own_score: float, good: int) -> None:
    own = replace(OWN, score=own_score, good=good)
    assert margin("yoked_replay", own) == pytest.approx(TAPE[good % 3])


def test_performance_alone_moves_the_score_with_success() -> None:
    assert margin("performance_only", OWN) == pytest.approx(MARGIN_Z)
    assert margin("performance_only", replace(OWN, succeeded=False)) == pytest.approx(-MARGIN_Z)
    assert margin("performance_only", replace(OWN, succeeded=None)) == pytest.approx(MARGIN_Z)


def test_the_fixed_arm_is_above_for_its_share_of_the_time() -> None:
    above = [margin("fixed", replace(OWN, t_s=k / 10)) > 0 for k in range(round(10 * CYCLE_S))]
    assert sum(above) / len(above) == pytest.approx(0.7, abs=0.01)


def test_a_seal_opens_to_its_own_arm_alone() -> None:
    seal = sealed("yoked_replay", NONCE)
    assert "yoked" not in seal.commitment
    assert opened(seal.commitment, seal.arm, seal.nonce) == "yoked_replay"
    with pytest.raises(BrokenSeal, match="not the one that was sealed"):
        opened(seal.commitment, "live", NONCE)


def test_a_nonce_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="32 hexadecimal"):
        sealed("live", "ab")


@given(st.integers(0, 2**40))
def test_arms_stay_of_one_size_in_every_block_of_allocations(seed: int) -> None:
    first = Counter(allocation(ARMS, number, seed) for number in range(2 * len(ARMS)))
    assert set(first.values()) == {2}


def test_allocations_cannot_be_read_off_their_order() -> None:
    orders = {tuple(allocation(ARMS, number, seed) for number in range(8)) for seed in range(50)}
    assert len(orders) > 45


def test_a_log_of_unblinding_cannot_be_bent() -> None:
    log = unblinded((), "Dr. Mira Holm", "adverse event", 1e9, "c1")
    log = unblinded(log, "Dr. Mira Holm", "end of course", 2e9, "c2")
    checked(log)
    for bent in (log[1:], (replace(log[0], why="curiosity"), log[1]), (log[1], log[0])):
        with pytest.raises(BrokenSeal, match="unblinding log"):
            checked(bent)


def test_the_blinding_index_is_one_when_all_know_and_nothing_when_they_guess() -> None:
    knows = [Guess("player", "live", "live")] * 4
    guesses = [Guess("player", "live", "live"), Guess("parent", "live", "control"), Guess("parent", "live", None)]
    assert blinding_index(knows, live=True) == 1
    assert blinding_index(guesses, live=True) == 0
    assert blinding_index(guesses, live=False) is None
