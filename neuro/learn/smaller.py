"""The same model with fewer weights, or with coarser ones."""

import logging
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from neuro.learn.graph import LINE
from neuro.learn.train import Model
from neuro.seal import sealed


def pruned(model: Model, share: float) -> Model:
    """The smallest weights of all matrices together set to zero, so many of them."""
    net = deepcopy(model.net)
    matrices = [weight for weight in net.parameters() if weight.dim() > 1]
    sizes = torch.cat([weight.detach().abs().flatten() for weight in matrices])
    limit = sizes.quantile(share)
    with torch.no_grad():
        for weight in matrices:
            weight[weight.abs() <= limit] = 0.0
    return replace(model, net=net)


def in_bytes(exported: bytes) -> bytes:
    """An ONNX model whose matrices have 8 bits a weight, and whose inputs are rounded as they come.

    All but the straight line: it has a hundred weights, and each speaks for itself.
    """
    with TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.onnx", Path(folder) / "after.onnx"
        before.write_bytes(exported)
        logging.disable(logging.WARNING)  # it advises, once for every shape that it leaves alone
        try:
            quantize_dynamic(before, after, weight_type=QuantType.QInt8, nodes_to_exclude=[LINE])
        finally:
            logging.disable(logging.NOTSET)
        coarse = onnx.load(after)
    papers = {entry.key: entry.value for entry in onnx.load_from_string(exported).metadata_props}
    onnx.helper.set_model_props(coarse, {name: value for name, value in papers.items() if name != "sealed"})
    return sealed(bytes(coarse.SerializeToString()))
