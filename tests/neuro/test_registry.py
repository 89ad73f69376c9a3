"""A better model is taken up while Heron runs; a worse file changes nothing."""

from pathlib import Path

import onnx
import pytest

import assets
from neuro.errors import BadModel
from neuro.registry import Registry, put
from neuro.seal import sealed


def again(note: str) -> bytes:
    """The shipped model with one more line in its papers, so that it is another file."""
    model = onnx.load(assets.model())
    for at in [at for at, entry in enumerate(model.metadata_props) if entry.key == "sealed"]:
        del model.metadata_props[at]
    model.metadata_props.add(key="note", value=note)
    return sealed(model.SerializeToString())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "models" / "attention.onnx"


def test_nothing_is_newer_until_something_is_put_there(path: Path) -> None:
    first = put(again("first"), path)
    models = Registry(path)
    assert models.scorer.sha256 == first.sha256
    assert models.newer() is None
    second = put(again("second"), path)
    taken = models.newer()
    assert taken is not None
    assert taken.sha256 == second.sha256 == models.scorer.sha256
    assert taken.metadata["note"] == "second"
    assert models.newer() is None


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
def test_a_torn_file_is_refused_in_one_sentence_and_the_last_good_one_goes_on(path: Path, kept: float) -> None:
    good, better = put(again("good"), path), again("better")
    models = Registry(path)
    path.write_bytes(better[: int(kept * len(better))])
    assert models.newer() is None
    assert models.scorer.sha256 == good.sha256
    assert models.trouble is not None
    assert "the model before it goes on." in models.trouble
    assert "\n" not in models.trouble


def test_after_a_corrupt_file_a_good_one_is_taken_up(path: Path) -> None:
    put(again("good"), path)
    models = Registry(path)
    path.write_bytes(b"torn")
    assert models.newer() is None
    put(again("better"), path)
    taken = models.newer()
    assert taken is not None
    assert taken.metadata["note"] == "better"
    assert models.trouble is None


def test_a_file_that_is_taken_away_changes_nothing(path: Path) -> None:
    good = put(again("good"), path)
    models = Registry(path)
    path.unlink()
    assert models.newer() is None
    assert models.scorer.sha256 == good.sha256
    assert models.trouble is not None
    assert models.newer() is None


def test_the_same_model_written_again_is_no_newer_one(path: Path) -> None:
    put(again("good"), path)
    models = Registry(path)
    put(again("good"), path)
    assert models.newer() is None
    assert models.trouble is None


def test_without_a_good_model_there_is_no_beginning(path: Path) -> None:
    with pytest.raises(BadModel, match="cannot be read"):
        Registry(path)


def test_a_bad_model_is_not_put_over_a_good_one(path: Path) -> None:
    good = put(again("good"), path)
    with pytest.raises(BadModel):
        put(good.onnx[:-10], path)
    assert path.read_bytes() == good.onnx
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_that_cannot_be_written_is_named(path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    with pytest.raises(BadModel, match=r"attention\.onnx cannot be written: .*; choose another place\."):
        put(again("good"), path)
