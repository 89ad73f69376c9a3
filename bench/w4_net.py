"""W4: one call of the shipped model, in ONNX Runtime and in torch."""

from collections.abc import Callable

import numpy as np
import onnx
import onnxruntime as ort
import torch
from numpy.typing import NDArray

import assets
from bench.measure import Contender, Progress, Result, interleaved
from neuro.scorer import Scorer

INPUTS = np.random.default_rng(1).normal(size=(1000, 3))
"""Deviations from rest, (1000, n_bands)."""

NOTES = (
    "The shipped model is a logistic regression on three bands: this measures the cost of calling, not of "
    "computing. The fusion net, for which T4, T5 and half of T7 are meant, does not exist yet.",
)


def run(seconds: float, progress: Progress) -> Result:
    """The shipped scorer, the bare session below it, and the same weights in torch eager."""
    model = assets.model().read_bytes()
    scorer = Scorer(model)
    timed = interleaved(
        [
            Contender("Heron", lambda k: scorer(_z(k)), ours=True, answer=_one),
            Contender("ONNX Runtime, bare session", _session(model), answer=_one, within=1e-6),
            Contender("torch eager", _torch(model), answer=_one, within=1e-5),
        ],
        seconds,
        progress,
    )
    return Result("W4", "the model, once", *timed, notes=NOTES)


def torch_model(onnx_bytes: bytes) -> torch.nn.Module:
    """The same weights as a torch module: (1, n_bands) float32 to (1, 1)."""
    graph = onnx.load_from_string(onnx_bytes).graph
    weights = {one.name: onnx.numpy_helper.to_array(one) for one in graph.initializer}
    linear = torch.nn.Linear(len(weights["weight"]), 1)
    linear.weight.data = torch.from_numpy(weights["weight"].T.copy())
    linear.bias.data = torch.from_numpy(weights["bias"].copy())
    return torch.nn.Sequential(linear, torch.nn.Sigmoid()).eval()


def _session(model: bytes) -> Callable[[int], float]:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return lambda k: float(session.run(None, {"z": _z(k).astype(np.float32)[None]})[0][0, 0])


def _torch(model: bytes) -> Callable[[int], float]:
    torch.set_num_threads(1)
    net = torch_model(model)

    def step(k: int) -> float:
        with torch.inference_mode():
            return float(net(torch.from_numpy(_z(k).astype(np.float32)[None]))[0, 0])

    return step


def _z(k: int) -> NDArray[np.float64]:
    return np.asarray(INPUTS[k % len(INPUTS)])


def _one(score: float) -> NDArray[np.float64]:
    return np.array([score])
