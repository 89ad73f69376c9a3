"""A trained model as an ONNX file that says where it comes from."""

import json

from onnx import helper

from neuro.learn.graph import graph
from neuro.learn.train import Model
from neuro.scorer import FORMAT
from neuro.seal import sealed
from neuro.spectrum import BINS_HZ
from neuro.tokens import STEPS

OPSET, IR = 20, 9
"""Of ONNX: the first that knows GELU as one operation, and what belongs to it."""


def to_onnx(model: Model, metadata: dict[str, str]) -> bytes:
    """Float32, any number of channels, with the metadata that `Scorer` and people read."""
    made = helper.make_model(graph(model), opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
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
