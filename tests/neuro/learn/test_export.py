"""The file that ships says the same as the net that was trained, on any number of channels."""

import json

import numpy as np
import onnx
import pytest
import torch

from neuro.learn.config import Config
from neuro.learn.export import to_onnx
from neuro.learn.metrics import Calibration
from neuro.learn.net import Net
from neuro.learn.train import Model
from neuro.scalp import places
from neuro.scorer import N_EYES, Scorer
from neuro.spectrum import BINS_HZ, N_NUMBERS
from neuro.tokens import ROWS, STEPS

NAMES = ("Fp1", "Fp2", "T5", "T6", "C3", "C4", "O1", "Ch8")


@pytest.fixture(scope="module")
def model() -> Model:
    """Weights that nobody trained, so that no part of the net is idle."""
    torch.manual_seed(3)
    net = Net(Config(width=16, hidden=16, heads=2)).eval()
    for weights in net.parameters():
        torch.nn.init.normal_(weights, 0, 0.2)
    n = len(BINS_HZ)
    return Model(
        net, np.full((2, N_NUMBERS), 0.3), np.linspace(-1, 1, n), np.eye(n) / 9 + 0.01, Calibration(1.7, -0.3)
    )


@pytest.fixture(scope="module")
def scorer(model: Model) -> Scorer:
    return Scorer(to_onnx(model, {"licence": "Apache-2.0"}))


@pytest.mark.parametrize("n_channels", [1, 2, 4, 8])
@pytest.mark.parametrize("looks", [True, False])
def test_the_exported_model_says_what_the_net_says(
    model: Model, scorer: Scorer, n_channels: int, looks: bool
) -> None:
    rng = np.random.default_rng(n_channels)
    for turn in range(20):
        z = rng.normal(0, 2, (n_channels, ROWS, N_NUMBERS)).astype(np.float32)
        clean = rng.random((n_channels, STEPS)) > (0.2 if turn else 1.0)  # the first time nothing is
        eyes = rng.normal(0, 1, (STEPS, N_EYES)).astype(np.float32)
        seen = (rng.random(STEPS) > 0.3) & looks
        at = places(NAMES[:n_channels])
        said = scorer(z, clean, at, np.where(seen[:, None], eyes, np.nan))
        told = said.score, said.variance, said.distance, said.channels, said.moments
        for one, other in zip(told, by_torch(model, z, clean, at, eyes * seen[:, None], seen), strict=True):
            assert one == pytest.approx(other, abs=1e-5)


def by_torch(model: Model, *given: np.ndarray) -> tuple[np.ndarray | float, ...]:
    """What a `Verdict` should be, the long way; z, clean, places, eyes, seen as `Net` takes them."""
    with torch.inference_mode():
        mean, log_variance, channels, moments = model.net(*(torch.from_numpy(each).float()[None] for each in given))
    z, clean = given[:2]
    spectrum = (clean.mean(axis=1)[:, None] * z[:, 0]).sum(axis=0)[:-1] / max(clean.mean(axis=1).sum(), 1e-6)
    distance = float(np.linalg.norm((spectrum - model.centre) @ model.whiten))
    score = 1 / (1 + np.exp(-model.calibration(mean.numpy())[0]))
    return score, float(log_variance.exp()[0]), distance, channels[0].numpy(), moments[0].numpy()


def test_the_exported_model_carries_its_papers(scorer: Scorer) -> None:
    assert scorer.metadata["licence"] == "Apache-2.0"
    assert json.loads(scorer.metadata["bins_hz"])[0] == [1.0, 3.0]
    assert scorer.usual_spread.tolist() == [[0.3] * N_NUMBERS] * 2
    assert float(scorer.metadata["temperature"]) == 1.7
    assert float(scorer.metadata["shift"]) == -0.3
    assert int(scorer.metadata["parameters"]) > 1000


def test_a_model_of_this_size_has_few_nodes(scorer: Scorer) -> None:
    assert len(onnx.load_from_string(scorer.onnx).graph.node) <= 90  # each costs about half a microsecond
