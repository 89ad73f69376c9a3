"""Players move the line as far as they may, homes hide each of them, and together they get where one would get."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime, minimize

from neuro.learn.federate.learning import Recipe, along, clipped, directions, moved, of_home, wrong
from neuro.learn.federate.line import N_LINE, Seen

K = 6
RECIPE = Recipe(directions=K, noise=0.0)


def player(seed: int, effect: float = 1.0, windows: int = 120) -> Seen:
    """Whose first number tells the task, and whose second rises with muscle."""
    rng = np.random.default_rng(seed)
    engaged = (np.arange(windows) % 2).astype(float)
    calm = rng.standard_normal((windows, K))
    calm[:, 0] += effect * (engaged - 0.5)
    tense = calm.copy()
    tense[:, 1] += 1.0
    odds = 0.1 * rng.standard_normal(windows)
    return Seen(calm, tense, odds, odds.copy(), engaged)


def mean_cost(at: np.ndarray, players: list[Seen]) -> float:
    return float(np.mean([wrong(at, one, RECIPE)[0] for one in players]))


def test_the_way_uphill_is_the_slope_of_what_it_costs() -> None:
    one, at = player(1), np.array([0.3, 0.8, -0.2, 0.0, 0.1, 0.5])
    by_steps = approx_fprime(at, lambda here: wrong(here, one, RECIPE)[0], 1e-6)
    assert wrong(at, one, RECIPE)[1] == pytest.approx(by_steps, abs=1e-5)


def test_that_muscle_raises_the_score_costs_and_that_it_lowers_it_does_not() -> None:
    one, up = player(1), np.eye(K)[1]
    free = replace(RECIPE, rise=0.0)
    assert wrong(up, one, RECIPE)[0] == pytest.approx(wrong(up, one, free)[0] + RECIPE.rise)
    assert wrong(-up, one, RECIPE)[0] == wrong(-up, one, free)[0]


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=5), st.floats(1e-3, 10))
@settings(max_examples=50)
def test_no_way_is_longer_than_it_may_be_and_none_turns(way: list[float], longest: float) -> None:
    cut = clipped(np.array(way), longest)
    assert np.linalg.norm(cut) <= longest * (1 + 1e-9)
    assert np.allclose(cut * np.linalg.norm(way), np.array(way) * np.linalg.norm(cut), atol=1e-6)


def test_without_a_player_the_sum_of_a_home_differs_by_no_more_than_the_clip() -> None:
    players, at = [player(seed, effect=20.0) for seed in range(4)], np.zeros(K)
    tight = replace(RECIPE, clip=0.01)
    total = len(players) * of_home(at, players, tight, np.random.default_rng(1))
    for left_out in range(4):
        others = sum(moved(at, one, tight) for i, one in enumerate(players) if i != left_out)
        assert np.linalg.norm(total - others) <= 0.01 + 1e-12


def test_the_noise_of_a_home_is_as_large_as_agreed() -> None:
    players, chance = [player(1), player(2)], np.random.default_rng(1)
    noisy = replace(RECIPE, noise=3.0, clip=0.1)
    sent = np.array([of_home(np.zeros(K), players, noisy, chance) for _ in range(400)])
    assert sent.std(axis=0).mean() == pytest.approx(3.0 * 0.1 / 2, rel=0.05)


def test_three_homes_get_to_where_one_would_get_with_all_signals() -> None:
    players = [player(seed, effect=0.5 + 0.1 * seed) for seed in range(9)]
    at, chance = np.zeros(K), np.random.default_rng(1)
    for _ in range(RECIPE.rounds):
        at = np.mean([of_home(at, players[home::3], RECIPE, chance) for home in range(3)], axis=0)
    best = minimize(mean_cost, np.zeros(K), players).fun
    before = mean_cost(np.zeros(K), players)
    assert (before - mean_cost(at, players)) / (before - best) > 0.9


def test_directions_are_how_sure_to_be_and_those_in_which_players_differ_most() -> None:
    rng = np.random.default_rng(1)
    size = 3.0 / (1 + np.arange(N_LINE))
    numbers = rng.standard_normal((4000, N_LINE)) * size
    odds = 0.5 * numbers[:, K + 5]  # what the model says
    public = Seen(numbers, numbers, odds, odds, np.zeros(4000))
    basis = directions([public], K)
    assert basis.shape == (N_LINE, K)
    assert np.abs(basis).argmax(axis=0)[0] == K + 5
    assert np.abs(basis[: K - 1, 1:]).argmax(axis=0).tolist() == list(range(K - 1))
    seen_along = along(public, basis)
    assert 0.25 * seen_along.calm.std(axis=0) ** 2 == pytest.approx(np.ones(K), rel=0.1)
    assert np.abs(np.corrcoef(seen_along.calm.T)[0, 1:]).max() < 0.05
