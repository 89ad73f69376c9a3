"""A trained model as an ONNX file that says where it comes from."""

import json

import numpy as np
from onnx import helper

from neuro.learn.graph import graph
from neuro.learn.train import Model
from neuro.scorer import FORMAT
from neuro.seal import sealed
from neuro.spectrum import BINS_HZ
from neuro.tokens import STEPS

OPSET, IR = 20, 9
"""Of ONNX: the first that knows GELU as one operation, and what belongs to it."""


FEATURES = (
    "log spectra of what is each channel's own, 2 s every 0.5 s and the mean of 4 s, in 2 Hz bins of 1-45 Hz without "
    "their mean, against the own rest"
)


def to_onnx(model: Model, metadata: dict[str, str]) -> bytes:
    """Float32, any number of channels, with the metadata that `Scorer` and people read."""
    made = helper.make_model(graph(model), opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    papers = metadata | {
        "format": FORMAT,
        "steps": str(STEPS),
        "bins_hz": json.dumps(BINS_HZ),
        "usual_spread": json.dumps(np.round(model.usual_spread, 6).tolist()),
        "temperature": f"{model.calibration.temperature:.4f}",
        "shift": f"{model.calibration.shift:.4f}",
        "parameters": str(sum(weights.numel() for weights in model.net.parameters())),
        "features": FEATURES,
    }
    helper.set_model_props(made, papers)
    return sealed(bytes(made.SerializeToString()))
