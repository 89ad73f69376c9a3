"""Logistic regression against cases that can be done by hand, and the same numbers again from ONNX."""

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.bands import BANDS
from neuro.learn.data import Windows
from neuro.learn.export import to_onnx
from neuro.learn.train import RIDGE, Logistic, fit, train
from neuro.scorer import Scorer
from tests.neuro.learn.people import people

SPREAD = np.full(3, 0.3)


def part(z: NDArray[np.float64], task: NDArray[np.float64]) -> Windows:
    return Windows(z, task, np.full(len(z), 1 / len(z)))


def test_two_points_with_known_odds_give_those_odds() -> None:
    z = np.repeat([[1.0], [-1.0]], 5000, axis=0)
    task = np.concatenate([np.repeat([1.0, 0.0], [4000, 1000]), np.repeat([1.0, 0.0], [1000, 4000])])
    model = fit([part(z, task)], SPREAD[:1])
    assert model.weight == pytest.approx([np.log(4)], abs=1e-3)
    assert model.bias == pytest.approx(0, abs=1e-3)


def test_no_small_step_from_the_answer_is_better() -> None:
    rng = np.random.default_rng(1)
    z, task = rng.standard_normal((200, 3)), (rng.random(200) < 0.4).astype(float)
    model = fit([part(z, task)], SPREAD)

    def loss(weight: NDArray[np.float64], bias: float) -> float:
        logit = z @ weight + bias
        return float((np.logaddexp(0, logit) - task * logit).sum() + RIDGE / 2 * (weight**2).sum())

    best = loss(model.weight, model.bias)
    for step in (*np.eye(3) * 0.01, *np.eye(3) * -0.01):
        assert loss(model.weight + step, model.bias) > best
    assert min(loss(model.weight, model.bias + step) for step in (0.01, -0.01)) > best


def test_a_person_with_many_windows_weighs_no_more_than_one_with_few() -> None:
    rng = np.random.default_rng(2)
    few, many = (part(rng.standard_normal((n, 1)), (np.arange(n) % 2).astype(float)) for n in (40, 40))
    often = Windows(np.tile(many.z, (25, 1)), np.tile(many.task, 25), np.tile(many.weight / 25, 25))
    one, other = fit([few, many], SPREAD[:1]), fit([few, often], SPREAD[:1])
    assert one.weight == pytest.approx(other.weight, abs=0.05)


def test_training_finds_the_band_that_differs() -> None:
    model = train(people(5, shift=2.0))
    alpha = list(BANDS).index("alpha")
    assert model.weight[alpha] < -0.5
    assert np.abs(np.delete(model.weight, alpha)).max() < -model.weight[alpha] / 3
    assert model.usual_spread == pytest.approx(np.full(3, 0.3), abs=0.05)


def test_the_exported_model_scores_as_the_formula_does() -> None:
    model = Logistic(np.array([-0.3, -0.8, 0.1]), -0.45, np.array([0.31, 0.32, 0.33]))
    scorer = Scorer(to_onnx(model, {"licence": "Apache-2.0"}))
    for z in np.random.default_rng(3).uniform(-6, 6, (200, 3)):
        assert scorer(z) == pytest.approx(1 / (1 + np.exp(-model.logit(z[None])[0])), abs=1e-6)


def test_the_exported_model_carries_its_papers() -> None:
    model = Logistic(np.zeros(3), 0.0, np.array([0.31, 0.32, 0.33]))
    scorer = Scorer(to_onnx(model, {"licence": "Apache-2.0"}))
    assert scorer.metadata["licence"] == "Apache-2.0"
    assert scorer.bands == tuple(BANDS)
    assert scorer.usual_spread.tolist() == [0.31, 0.32, 0.33]
    assert json.loads(scorer.metadata["bands_hz"])["total"] == [2.0, 20.0]
    assert scorer(np.zeros(3)) == 0.5
