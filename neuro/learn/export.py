"""A trained model as an ONNX file that says where it comes from."""

import json

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from neuro.bands import BANDS, TOTAL_HZ
from neuro.learn.train import Logistic
from neuro.scorer import FORMAT

OPSET = 17


def to_onnx(model: Logistic, metadata: dict[str, str]) -> bytes:
    """One matrix product and one sigmoid, float32, with the metadata that `Scorer` and people read."""
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["z", "weight", "bias"], ["logit"]),
            helper.make_node("Sigmoid", ["logit"], ["score"]),
        ],
        "attention",
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, len(BANDS)])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, 1])],
        [
            numpy_helper.from_array(model.weight.astype(np.float32)[:, None], "weight"),
            numpy_helper.from_array(np.array([model.bias], np.float32), "bias"),
        ],
    )
    onnx = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="heron-focus")
    onnx.ir_version = 8
    papers = metadata | {
        "format": FORMAT,
        "bands": ",".join(BANDS),
        "bands_hz": json.dumps({**BANDS, "total": TOTAL_HZ}),
        "usual_spread": json.dumps([round(float(s), 6) for s in model.usual_spread]),
    }
    helper.set_model_props(onnx, papers)
    return bytes(onnx.SerializeToString())
