"""The shipped model, and models that must not be used."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import assets
from neuro.bands import BANDS
from neuro.errors import BadModel
from neuro.pipeline import Pipeline
from neuro.scorer import FORMAT, Scorer, load
from tests.neuro.conftest import Head


def other(metadata: dict[str, str], factor: float = 0.0) -> bytes:
    """A sound ONNX model that says this of itself and answers factor * (1 + the sum of its inputs)."""
    ones = numpy_helper.from_array(np.ones((3, 1), np.float32), "ones")
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["z", "ones", "ones_1"], ["score"], alpha=factor, beta=factor)],
        "other",
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, [1, 3])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [1, 1])],
        [ones, numpy_helper.from_array(np.ones(1, np.float32), "ones_1")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    helper.set_model_props(model, metadata)
    return bytes(model.SerializeToString())


def sentence(error: pytest.ExceptionInfo[BadModel]) -> str:
    said = str(error.value)
    assert said.count(".") >= 1
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_the_shipped_model_says_where_it_comes_from(scorer: Scorer) -> None:
    assert scorer.bands == tuple(BANDS)
    assert scorer.usual_spread.shape == (len(BANDS),)
    assert len(scorer.sha256) == 64
    assert {"version", "data", "data_licence", "licence", "channels", "rate_hz", "what"} <= scorer.metadata.keys()
    assert Scorer(scorer.onnx).sha256 == scorer.sha256


def test_at_rest_nobody_is_said_to_attend(scorer: Scorer) -> None:
    assert 0.3 < scorer(np.zeros(3)) < 0.5


def test_more_alpha_is_less_attention(scorer: Scorer) -> None:
    alpha = scorer.bands.index("alpha")
    scores = [scorer(np.eye(3)[alpha] * z) for z in np.linspace(-6, 6, 13)]
    assert np.all(np.diff(scores) < 0)
    assert 0 < scores[-1] < 0.1
    assert 0.9 < scores[0] < 1


@pytest.mark.parametrize("content", [b"", b"not a model at all", b"\x08\x08" + b"\xff" * 64])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "attention.onnx"
    path.write_bytes(content)
    with pytest.raises(BadModel) as error:
        load(path)
    assert "is damaged; reinstall Heron" in sentence(error)


def test_a_torn_model_is_refused(scorer: Scorer) -> None:
    for n in (10, len(scorer.onnx) // 2, len(scorer.onnx) - 1):
        with pytest.raises(BadModel) as error:
            Scorer(scorer.onnx[:n])
        sentence(error)


def test_a_model_of_another_kind_is_refused() -> None:
    for metadata in ({}, {"format": "something-else-2"}):
        with pytest.raises(BadModel) as error:
            Scorer(other(metadata))
        assert f"not of the kind {FORMAT}" in sentence(error)


@pytest.mark.parametrize(
    "papers",
    [
        {},
        {"bands": "theta,alpha,beta"},
        {"bands": "theta,alpha,beta", "usual_spread": "[0.3"},
        {"bands": "delta,gamma", "usual_spread": "[0.3, 0.3]"},  # the model takes three
        {"bands": "theta,alpha,beta", "usual_spread": "[0.3, 0.3]"},
        {"bands": "theta,alpha,beta", "usual_spread": "[0.3, 0.0, 0.3]"},
    ],
)
def test_a_model_with_false_papers_is_refused(papers: dict[str, str]) -> None:
    with pytest.raises(BadModel) as error:
        Scorer(other({"format": FORMAT} | papers))
    assert "choose another" in sentence(error)


def test_a_model_whose_answer_is_no_probability_is_refused() -> None:
    papers = {"format": FORMAT, "bands": "theta,alpha,beta", "usual_spread": "[0.3, 0.3, 0.3]"}
    assert Scorer(other(papers, 0.7))(np.zeros(3)) == pytest.approx(0.7)
    with pytest.raises(BadModel) as error:
        Scorer(other(papers, 7.0))
    assert "choose another" in sentence(error)


def test_a_model_that_wants_other_bands_is_refused(head: Head) -> None:
    papers = {"format": FORMAT, "bands": "delta,alpha,gamma", "usual_spread": "[0.3, 0.3, 0.3]"}
    with pytest.raises(BadModel) as error:
        Pipeline(head.headset, Scorer(other(papers)))
    assert sentence(error).startswith("This model wants delta, alpha, gamma and Heron has theta, alpha, beta")


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match=r"nowhere\.onnx cannot be read: No such file or directory"):
        load(tmp_path / "nowhere.onnx")


def test_scoring_never_imports_what_makes_models() -> None:
    code = (
        "import sys, assets; from neuro import offline; from neuro.listener import Listener; "
        "from neuro.scorer import load; load(assets.model()); "
        "print(sorted({'torch', 'onnx', 'tensorboard', 'matplotlib', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")


def test_the_shipped_model_is_sound() -> None:
    onnx.checker.check_model(onnx.load(assets.model()), full_check=True)
