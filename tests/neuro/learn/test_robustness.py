"""Attacks hurt, pruning counts right, 8 bits still run, and a harmed recording is judged as it came."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from neuro.baseline import FARTHEST
from neuro.learn import evaluate, metrics, robustness
from neuro.learn.attack import attacked, hardened
from neuro.learn.config import Config
from neuro.learn.contributions import by_band, contributions
from neuro.learn.data import eegmat, pairs
from neuro.learn.export import to_onnx
from neuro.learn.folds import leave_one_out
from neuro.learn.harm import Harm, gain, white
from neuro.learn.running import Running
from neuro.learn.smaller import in_bytes, pruned
from neuro.learn.study import BAND
from neuro.learn.train import Model, fit
from neuro.scorer import Scorer
from tests.neuro.learn.minds import Linear, people

QUICK = Config(epochs=3, steps=20)


@pytest.fixture(scope="module")
def model() -> Model:
    """Taught by people whose rhythm falls a lot."""
    return fit(people(4, effect=3.0), QUICK, seed=1)


def accuracy(model: evaluate.Model, step: float = 0.0) -> float:
    someone = people(2, effect=3.0, seed=9)[1]
    some = model.windows(someone)
    if step:
        assert isinstance(model, Model)
        some = attacked(model, some, step)
    return metrics.accuracy(evaluate.judged(model, 0, some))


def test_contributions_add_up_and_the_rhythm_that_falls_is_what_counts(model: Model) -> None:
    someone = people(2, effect=3.0, seed=9)[1]
    some = model.windows(someone)
    nothing = replace(some, z=np.zeros_like(some.z))
    added = contributions(model, some)
    moved = model.predict(some)[0] - model.predict(nothing)[0]
    assert added.sum(axis=(1, 2, 3)) == pytest.approx(moved, abs=0.02)
    bands = by_band([model], [someone])
    rises = {name: task - rest for name, (rest, task) in bands.items()}
    assert max(rises, key=lambda name: rises[name]) == "alpha"


def test_an_attack_moves_every_number_by_its_step_and_hurts(model: Model) -> None:
    some = model.windows(people(2, effect=3.0, seed=9)[1])
    moved = attacked(model, some, 0.5).z - some.z
    inside = np.abs(some.z) < FARTHEST - 0.5
    assert np.abs(moved).max() <= 0.5 + 1e-5
    assert np.mean(np.isclose(np.abs(moved[inside]), 0.5, atol=1e-5)) > 0.9
    assert accuracy(model, 0.5) < accuracy(model) - 0.2


def test_who_learned_to_stand_an_attack_stands_it_better(model: Model) -> None:
    before = [weight.clone() for weight in model.net.parameters()]
    tougher = hardened(model, people(4, effect=3.0), 0.3, seed=2)
    assert accuracy(tougher, 0.3) > accuracy(model, 0.3)
    assert all((old == new).all() for old, new in zip(before, model.net.parameters(), strict=True))


def test_pruning_sets_the_smallest_weights_of_matrices_to_zero(model: Model) -> None:
    matrices = [weight for weight in pruned(model, 0.8).net.parameters() if weight.dim() > 1]
    n, zeros = sum(weight.numel() for weight in matrices), sum(int((weight == 0).sum()) for weight in matrices)
    assert zeros / n == pytest.approx(0.8, abs=0.01)
    kept = pruned(model, 0.0)
    assert accuracy(kept) == accuracy(model)


def test_eight_bits_are_smaller_and_say_nearly_the_same(model: Model) -> None:
    exported = to_onnx(model, {})
    coarse = in_bytes(exported)
    assert len(coarse) < 0.6 * len(exported)
    some = model.windows(people(2, effect=3.0, seed=9)[1])
    whole, rounded = (Running(Scorer(one)).predict(some)[0] for one in (exported, coarse))
    assert np.abs(whole - rounded).max() < 0.5
    assert whole == pytest.approx(model.predict(some)[0], abs=1e-3)


def test_harmed_recordings_are_judged_and_those_without_a_baseline_are_counted(heron_data: Path) -> None:
    found = pairs(heron_data / "eegmat")[:3]
    teaching = list(eegmat(found, BAND))
    models = evaluate.taught(teaching, leave_one_out(3), Linear, lambda: None)
    harms = (
        Harm("gain", "x 1.1", False, gain(1.1)),
        Harm("hail", "200 uV", False, white(200.0)),
    )
    none, louder, hail = robustness.harmed(found, models, np.random.default_rng(1), lambda: None, harms)
    assert none["people"] == 3
    assert louder["auc"]["value"] == pytest.approx(none["auc"]["value"], abs=0.03)
    assert (hail["people"], hail["left"], hail["auc"]) == (0, 0.0, None)
