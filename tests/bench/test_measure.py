"""The harness: who is called when, how far answers are apart, and what broken promises look like."""

from collections.abc import Callable

import numpy as np
import pytest

from bench.measure import LEAST_ROUNDS, STRIDE, Contender, Result, Row, distance, interleaved

TURN = 1 + STRIDE


def noting(hops: list[int]) -> Callable[[int], float]:
    """Notes each hop, and answers with its number."""

    def step(k: int) -> float:
        hops.append(k)
        return float(k)

    return step


def answer(value: float) -> np.ndarray:
    return np.array([value])


def test_who_remembers_hears_every_hop_in_order_and_others_only_what_is_asked() -> None:
    all_hops: list[int] = []
    some: list[int] = []
    rows, rounds, _ = interleaved(
        [Contender("a", noting(all_hops), carries=True), Contender("b", noting(some))],
        0.0,
        lambda _: None,
        warm_hops=50,
    )
    assert all_hops == list(range(50 + TURN * rounds))
    assert some == list(range(48, 50 + TURN * rounds))
    assert rounds == LEAST_ROUNDS
    assert [row.name for row in rows] == ["a", "b"]


def test_everybody_is_made_ready_before_each_hop() -> None:
    said: list[str] = []
    one = Contender("a", lambda k: said.append(f"step {k}"), lambda k: said.append(f"ready {k}"))
    interleaved([one], 0.0, lambda _: None, warm_hops=2)
    assert said == [f"{what} {k}" for k in range(2 + TURN * LEAST_ROUNDS) for what in ("ready", "step")]


def test_each_round_has_an_order_of_its_own_and_everybody_a_turn_of_several_hops() -> None:
    said: list[str] = []

    def says(name: str) -> Contender:
        return Contender(name, lambda _k: said.append(name))

    interleaved([says(name) for name in "abc"], 0.0, lambda _: None, 2)
    turns = said[6::TURN]
    rounds = ["".join(turns[i : i + 3]) for i in range(0, len(turns), 3)]
    assert said[6:] == [name for name in turns for _ in range(TURN)]
    assert {"".join(sorted(order)) for order in rounds} == {"abc"}
    assert len(set(rounds)) == 6


def test_no_median_is_quicker_than_the_quickest_call() -> None:
    (row,), _, _ = interleaved([Contender("sum", lambda _k: sum(range(100)))], 0.0, lambda _: None, 2)
    assert row.cold_us is not None
    assert 0 < row.best_us <= min(row.cold_us, row.median_us) <= row.p99_us


def test_an_answer_that_is_further_away_than_promised_is_told() -> None:
    def row_of(value: float, within: float | None) -> Row:
        ours = Contender("ours", lambda _k: 2.0, answer=answer)
        peer = Contender("peer", lambda _k: value, answer=answer, within=within)
        return interleaved([ours, peer], 0.0, lambda _: None, 2)[0][1]

    assert row_of(2.0, 1e-9).agrees
    assert not row_of(2.1, 1e-2).agrees
    assert row_of(2.1, 1e-1).agrees
    assert row_of(2.1, None).agrees
    assert row_of(2.1, None).apart == pytest.approx(0.05)


def test_whoever_gives_no_answer_is_compared_with_nothing() -> None:
    rows, _, _ = interleaved(
        [Contender("a", lambda _k: 1.0, answer=answer), Contender("b", str)], 0.0, lambda _: None, 2
    )
    assert [row.apart for row in rows] == [0.0, None]


def test_distance_is_the_rms_of_the_difference_over_the_rms_of_the_reference() -> None:
    reference = np.array([3.0, -4.0])
    assert distance(reference, reference) == 0.0
    assert distance(2 * reference, reference) == pytest.approx(1.0)
    assert distance(np.array([3.0, np.nan]), reference) == float("inf")
    assert distance(np.array([3.0]), reference) == float("inf")
    assert distance(np.array([3.0, np.nan]), np.array([3.0, np.nan])) == 0.0


def test_a_contender_is_found_by_its_name_and_its_work() -> None:
    result = Result("W7", "draw", (Row("pygame", 5.0, 6.0), Row("pygame", 7.0, 8.0, work="the marsh")))
    assert (result.us("pygame"), result.us("pygame", "the marsh")) == (5.0, 7.0)
    with pytest.raises(KeyError):
        result.us("Arcade")
