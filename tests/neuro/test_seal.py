"""A sealed model is still the same model, and one changed byte breaks the seal."""

import numpy as np
import onnxruntime as ort
import pytest
from onnx import TensorProto, checker, helper, load_from_string

from neuro.seal import is_sealed, sealed


@pytest.fixture(scope="module")
def model() -> bytes:
    """It doubles two numbers."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "double",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    helper.set_model_props(made, {"what": "doubles"})
    return bytes(made.SerializeToString())


def test_a_sealed_model_runs_as_before_and_keeps_its_papers(model: bytes) -> None:
    session = ort.InferenceSession(sealed(model), providers=["CPUExecutionProvider"])
    (doubled,) = session.run(None, {"x": np.array([1, 2], np.float32)})
    assert doubled.tolist() == [2, 4]
    papers = session.get_modelmeta().custom_metadata_map
    assert papers["what"] == "doubles"
    assert len(papers["sealed"]) == 64
    checker.check_model(load_from_string(sealed(model)), full_check=True)


def test_sealing_twice_is_sealing_once(model: bytes) -> None:
    assert sealed(sealed(model)) == sealed(model)


def test_a_model_that_was_never_sealed_is_not_sealed(model: bytes) -> None:
    assert not is_sealed(model)
    assert not is_sealed(b"")


def test_every_changed_byte_and_every_cut_breaks_the_seal(model: bytes) -> None:
    whole = sealed(model)
    assert is_sealed(whole)
    for at in range(len(whole)):
        torn = bytearray(whole)
        torn[at] ^= 1
        assert not is_sealed(bytes(torn)), at
        assert not is_sealed(whole[:at]), at
