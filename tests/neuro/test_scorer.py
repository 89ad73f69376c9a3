"""The shipped model, and models that must not be used."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import assets
from neuro.errors import BadModel
from neuro.scalp import places
from neuro.scorer import FORMAT, N_EYES, Desk, Scorer, Verdict, load
from neuro.seal import sealed
from neuro.spectrum import N_NUMBERS
from neuro.tokens import ROWS, STEPS

GIVEN = Desk(2, STEPS, N_NUMBERS).given()
BY_CHANNEL, BY_TOKEN = ("whole", "share", "place"), ("tokens", "token_place")
ANSWERS = ("score", "variance", "distance", "looked", "moments")
PAPERS = {"format": FORMAT, "steps": str(STEPS), "usual_spread": str([[0.3] * N_NUMBERS] * 2)}
MUSE = places(["TP9", "AF7", "AF8", "TP10"])
ALPHA = [3, 4, 5]  # bins of 7-13 Hz


def judged(scorer: Scorer, z: float = 0.0, bins: list[int] | None = None, n: int = 4) -> Verdict:
    """A headset whose bins are all so many spreads from rest; the eyes are not seen."""
    deviations = np.zeros((n, ROWS, N_NUMBERS))
    deviations[..., bins if bins is not None else slice(None)] = z
    return scorer(deviations, np.ones((n, STEPS), bool), MUSE[:n])


def other(metadata: dict[str, str], factor: float = 0.0) -> bytes:
    """A sound model that says this of itself and answers factor * (1 + the mean of its deviations)."""
    constants = [numpy_helper.from_array(np.array([value], np.float32), f"c{value:g}") for value in (factor, 1.0)]
    made_of = [
        helper.make_node("ReduceMean", ["whole"], ["mean"], axes=[0, 1], keepdims=0),
        helper.make_node("Add", ["mean", "c1"], ["sum"]),
        helper.make_node("Mul", ["sum", f"c{factor:g}"], ["score"]),
        helper.make_node("Abs", ["mean"], ["variance"]),
        helper.make_node("Abs", ["mean"], ["distance"]),
        helper.make_node("ReduceMean", ["clean"], ["looked"], axes=[0], keepdims=0),
        helper.make_node("ReduceMean", ["known"], ["moments"], axes=[0], keepdims=0),
    ]
    floats = [helper.make_tensor_value_info(name, TensorProto.FLOAT, _shape(name)) for name in GIVEN]
    graph = helper.make_graph(made_of, "other", floats, [_any(name) for name in ANSWERS], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    helper.set_model_props(model, metadata)
    return sealed(bytes(model.SerializeToString()))


def _shape(name: str) -> list[int | str]:
    fixed: list[int | str] = list(GIVEN[name].shape)
    if name in ("clean", "hidden"):
        return [fixed[0], "token"]
    first = "channel" if name in BY_CHANNEL else "token" if name in BY_TOKEN else fixed[0]
    return [first, *fixed[1:]]


def _any(name: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, None)


def sentence(error: pytest.ExceptionInfo[BadModel]) -> str:
    said = str(error.value)
    assert said.count(".") >= 1
    assert said.endswith(".")
    assert "\n" not in said
    return said


def test_the_shipped_model_says_where_it_comes_from(scorer: Scorer) -> None:
    assert scorer.usual_spread.shape == (2, N_NUMBERS)
    assert len(scorer.sha256) == 64
    told = {"version", "data", "people", "seed", "data_licence", "licence", "channels", "rate_hz", "what", "features"}
    assert told <= scorer.metadata.keys()
    assert Scorer(scorer.onnx).sha256 == scorer.sha256


def odds(score: float) -> float:
    """Their logarithm."""
    return float(np.log(score / (1 - score)))


def test_where_nothing_differs_from_rest_the_score_says_little(scorer: Scorer) -> None:
    assert 0.3 < judged(scorer).score < 0.65


def test_the_opposite_of_a_deviation_says_as_much_for_the_opposite(scorer: Scorer) -> None:
    there, rest, back = (odds(judged(scorer, z, ALPHA).score) for z in (1.5, 0.0, -1.5))
    assert there - rest == pytest.approx(rest - back, abs=1e-4)
    assert abs(there - rest) > 0.5


def test_more_alpha_is_less_attention(scorer: Scorer) -> None:
    scores = [judged(scorer, z, ALPHA).score for z in np.linspace(-3, 3, 7)]
    assert np.all(np.diff(scores) < 0)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_attention_is_shared_out_over_channels_and_time(scorer: Scorer, n: int) -> None:
    verdict = judged(scorer, 1.0, n=n)
    assert verdict.channels.shape == (n,)
    assert verdict.moments.shape == (2, STEPS)
    assert verdict.channels.sum() == pytest.approx(1, abs=1e-5)
    assert verdict.moments.sum() == pytest.approx(1, abs=1e-5)
    assert verdict.moments[1].sum() == 0  # the eyes were not seen


def test_a_channel_that_may_not_be_looked_at_changes_nothing(scorer: Scorer) -> None:
    z = np.random.default_rng(1).normal(0, 1, (4, ROWS, N_NUMBERS))
    clean = np.ones((4, STEPS), bool)
    clean[2] = False
    one = scorer(z, clean, MUSE)
    z[2] = 6.0
    assert scorer(z, clean, MUSE).score == pytest.approx(one.score, abs=1e-6)
    assert one.channels[2] == 0


def test_the_order_of_channels_means_nothing(scorer: Scorer) -> None:
    z = np.random.default_rng(2).normal(0, 1, (4, ROWS, N_NUMBERS))
    clean, order = np.ones((4, STEPS), bool), [2, 0, 3, 1]
    assert scorer(z[order], clean, MUSE[order]).score == pytest.approx(scorer(z, clean, MUSE).score, abs=1e-5)


def test_a_channel_with_a_name_that_nobody_knows_does_not_drown_the_others(scorer: Scorer) -> None:
    z = np.random.default_rng(4).normal(0, 0.5, (4, ROWS, N_NUMBERS))
    clean, at = np.ones((4, STEPS), bool), MUSE.copy()
    whole = odds(scorer(z, clean, at).score)
    at[3] = 0.0
    assert abs(odds(scorer(z, clean, at).score) - whole) < 1.0


def test_what_is_far_from_all_training_is_not_trusted(scorer: Scorer) -> None:
    usual = np.random.default_rng(3).normal(0, 1, (4, ROWS, N_NUMBERS))
    near, far = scorer(usual, np.ones((4, STEPS), bool), MUSE), judged(scorer, 6.0, [0, 7, 14, 21])
    assert near.trust > 0.8
    assert far.distance > 2
    assert far.trust == 0


def test_eyes_count_where_they_are_seen(scorer: Scorer) -> None:
    z, clean = np.zeros((4, ROWS, N_NUMBERS)), np.ones((4, STEPS), bool)
    calm, roving = (scorer(z, clean, MUSE, np.full((STEPS, N_EYES), value)) for value in (-1.0, 2.0))
    hidden = scorer(z, clean, MUSE, np.full((STEPS, N_EYES), np.nan))
    assert calm.score > roving.score
    assert hidden.score == judged(scorer).score
    assert roving.moments[1].sum() > 0


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
        {"steps": "5"},
        {"steps": "five", "usual_spread": PAPERS["usual_spread"]},
        {"steps": "5", "usual_spread": "[0.3"},
        {"steps": "5", "usual_spread": "[[0.3, 0.3], [0.3, 0.3]]"},  # the model takes more
        {"steps": "4", "usual_spread": PAPERS["usual_spread"]},
        {"steps": "5", "usual_spread": str([[0.0] * N_NUMBERS] * 2)},
    ],
)
def test_a_model_with_false_papers_is_refused(papers: dict[str, str]) -> None:
    with pytest.raises(BadModel) as error:
        Scorer(other({"format": FORMAT} | papers))
    assert "choose another" in sentence(error)


def test_a_model_whose_answer_is_no_probability_is_refused() -> None:
    assert judged(Scorer(other(PAPERS, 0.7))).score == pytest.approx(0.7)
    with pytest.raises(BadModel) as error:
        Scorer(other(PAPERS, 7.0))
    assert "choose another" in sentence(error)


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
