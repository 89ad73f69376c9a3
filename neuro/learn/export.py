"""A trained model as an ONNX file that says where it comes from."""

import json
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnx import helper
from torch import Tensor, nn

from neuro.learn.train import Model
from neuro.scalp import N_PLACE
from neuro.scorer import FORMAT, N_EYES
from neuro.seal import sealed
from neuro.spectrum import BINS_HZ, N_NUMBERS
from neuro.tokens import STEPS

OPSET = 17
INPUTS = ("z", "clean", "places", "eyes", "seen")
OUTPUTS = ("score", "variance", "distance", "channels", "moments")


class Shipped(nn.Module):
    """A model as the game calls it: scores instead of log odds, and how far the window is from the training data."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.net = model.net
        self.calibration = model.calibration
        self.centre = torch.from_numpy(model.centre).float()
        self.whiten = torch.from_numpy(model.whiten).float()

    def forward(self, z: Tensor, clean: Tensor, places: Tensor, eyes: Tensor, seen: Tensor) -> tuple[Tensor, ...]:
        mean, log_variance, channels, moments = self.net(z, clean, places, eyes, seen)
        share = clean / clean.sum((1, 2), keepdim=True).clamp(min=1.0)  # (B, C, T)
        spectrum = (share[..., None] * z).sum((1, 2))[:, :-1]  # (B, bins)
        distance = ((spectrum - self.centre) @ self.whiten).square().sum(1).sqrt()
        return (
            (mean / self.calibration.temperature + self.calibration.shift).sigmoid(),
            log_variance.exp(),
            distance,
            channels,
            moments,
        )


def to_onnx(model: Model, metadata: dict[str, str]) -> bytes:
    """Float32, any number of channels, with the metadata that `Scorer` and people read."""
    shapes = ((1, 2, STEPS, N_NUMBERS), (1, 2, STEPS), (1, 2, N_PLACE), (1, STEPS, N_EYES), (1, STEPS))
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        path = Path(folder) / "model.onnx"
        warnings.simplefilter("ignore")  # of the exporter, that it is the older one: the newer needs a package more
        torch.onnx.export(
            Shipped(model).eval(),
            tuple(torch.ones(shape) for shape in shapes),
            path,
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={name: {1: "channel"} for name in ("z", "clean", "places", "channels")},
            opset_version=OPSET,
            dynamo=False,
        )
        made = onnx.load(path)
    papers = metadata | {
        "format": FORMAT,
        "steps": str(STEPS),
        "bins_hz": json.dumps(BINS_HZ),
        "usual_spread": json.dumps([round(float(s), 6) for s in model.usual_spread]),
        "temperature": f"{model.calibration.temperature:.4f}",
        "shift": f"{model.calibration.shift:.4f}",
        "parameters": str(sum(weights.numel() for weights in model.net.parameters())),
        "features": "log spectra of 2 s every 0.5 s in 2 Hz bins of 1-45 Hz without their mean, against the own rest",
    }
    helper.set_model_props(made, papers)
    return sealed(bytes(made.SerializeToString()))
