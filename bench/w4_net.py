"""W4: one call of the net that ships, in ONNX Runtime and in torch, and of a published net of the same task."""

import warnings
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime as ort
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

import assets
from bench import bounds
from bench.measure import Contender, Progress, Result, interleaved
from neuro.learn.config import Config
from neuro.learn.export import to_onnx
from neuro.learn.net import Net
from neuro.learn.smaller import in_bytes
from neuro.learn.train import Model
from neuro.scalp import places
from neuro.scorer import N_EYES, Desk, Scorer
from neuro.spectrum import BINS_HZ, N_NUMBERS
from neuro.tokens import ROWS, STEPS

PLACES = places(("Fp1", "Fp2", "T5", "T6"))
CLEAN = np.ones((len(PLACES), STEPS), bool)
INPUTS = np.random.default_rng(1).normal(size=(1000, len(PLACES), ROWS, N_NUMBERS)).astype(np.float32)
"""Deviations from rest."""

NOTES = (
    "torch runs a net of the same layers with other weights, written as it is trained; ONNX Runtime gets the same one"
    " as it is exported, in fewer operations, and the distance from the training data besides. The shipped file is"
    " timed beside it. ShallowFBCSPNet, written out here, reads four channels"
    " as 4 s of raw samples at 250 Hz (Schirrmeister et al. 2017, Hum Brain Mapp 38:5391).",
)
SAMPLES = 1000


def run(seconds: float, progress: Progress) -> Result:
    """The scorer, the bare session below it, and the same weights in torch eager."""
    model = untrained()
    onnx = to_onnx(model, {})
    scorer, shipped, coarse = Scorer(onnx), Scorer(assets.model().read_bytes()), Scorer(in_bytes(onnx))
    timed = interleaved(
        [
            Contender("Heron", lambda k: scorer(_z(k), CLEAN, PLACES).score, ours=True, answer=_one),
            Contender("ONNX Runtime, bare session", _session(onnx), answer=_one, within=1e-6),
            Contender("torch eager", torch_model(model), answer=_one, within=1e-5),
            Contender("the shipped file", lambda k: shipped(_z(k), CLEAN, PLACES).score, differs="other weights"),
            Contender("8 bits a weight", lambda k: coarse(_z(k), CLEAN, PLACES).score, answer=_one),
            Contender("ShallowFBCSPNet, ONNX Runtime", _shallow(), differs="another net, raw samples"),
            *bounds.contenders(),
        ],
        seconds,
        progress,
    )
    facts = bounds.net_facts(timed.rows, onnx, len(PLACES))
    return Result("W4", "the model, once", *timed, facts, NOTES)


def untrained() -> Model:
    """The layers of the shipped net, with any weights; none is nought, so that answers can differ."""
    torch.manual_seed(1)
    n, net = len(BINS_HZ), Net(Config()).eval()
    for weights in net.parameters():
        nn.init.normal_(weights, 0.0, 0.1)
    return Model(net, np.ones((2, N_NUMBERS)), np.zeros(n), np.eye(n))


def torch_model(model: Model, n_channels: int = len(PLACES)) -> Callable[[int], float]:
    """One call in eager mode, on one thread; the four channels again where there are more."""
    torch.set_num_threads(1)
    rows = np.resize(np.arange(len(PLACES)), n_channels)
    clean, at = torch.ones(1, n_channels, STEPS), torch.from_numpy(PLACES[rows])[None]
    eyes, seen = torch.zeros(1, STEPS, N_EYES), torch.zeros(1, STEPS)
    inputs = torch.from_numpy(INPUTS[:, rows])

    def step(k: int) -> float:
        with torch.inference_mode():
            mean, *_ = model.net(inputs[k % len(inputs)][None], clean, at, eyes, seen)
            return float(mean.sigmoid())

    return step


class Shallow(nn.Module):
    """ShallowFBCSPNet: (1, 1, C, SAMPLES) microvolts to (1, 2) log odds."""

    def __init__(self) -> None:
        super().__init__()
        self.in_time = nn.Conv2d(1, 40, (1, 25))
        self.in_space = nn.Conv2d(40, 40, (len(PLACES), 1), bias=False)
        self.norm = nn.BatchNorm2d(40)
        self.pool = nn.AvgPool2d((1, 75), (1, 15))
        self.classes = nn.Conv2d(40, 2, (1, 61))

    def forward(self, uv: Tensor) -> Tensor:
        power = self.pool(self.norm(self.in_space(self.in_time(uv))).square())
        return self.classes(power.clamp(min=1e-6).log())[:, :, 0, 0]


def _shallow() -> Callable[[int], float]:
    uv = np.random.default_rng(2).normal(size=(100, 1, 1, len(PLACES), SAMPLES)).astype(np.float32)
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter, that it is the older one
        path = Path(folder) / "shallow.onnx"
        torch.onnx.export(Shallow().eval(), (torch.from_numpy(uv[0]),), path, input_names=["uv"], dynamo=False)
        session = _one_thread(path.read_bytes())
    return lambda k: float(session.run(None, {"uv": uv[k % len(uv)]})[0][0, 0])


def _one_thread(onnx: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return ort.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])


def _session(onnx: bytes) -> Callable[[int], float]:
    session, desk = _one_thread(onnx), Desk(len(PLACES), STEPS, N_NUMBERS)

    def step(k: int) -> float:
        desk.lay(_z(k), CLEAN, PLACES, None)
        return float(session.run(None, desk.given())[0][0, 0])

    return step


def _z(k: int) -> NDArray[np.float32]:
    return np.asarray(INPUTS[k % len(INPUTS)])


def _one(score: float) -> NDArray[np.float64]:
    return np.array([score])
