"""`heron evaluate` judges one split with its control, and writes what it found."""

from pathlib import Path

import numpy as np
import pytest
import typer

pytest.importorskip("torch")

from game.cli.evaluate import Split, judged, write_page
from neuro.learn import metrics
from neuro.learn.data import pairs
from tests.game.evaluation import made_up
from tests.neuro.learn.minds import Linear


def test_a_split_is_told_with_its_control(heron_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "RESAMPLES", 20)
    told = judged(pairs(heron_data / "eegmat")[:6], Linear, ("Fp1", "Fp2"), Split.one, seed=1)
    assert (told["people"], told["channels"], told["split"]) == (6, ["Fp1", "Fp2"], "leave-one-out")
    for name in (*metrics.FIGURES, "minute_auc", "minute_accuracy"):
        low, high = told[f"{name}_interval"]
        assert low <= high, name
    assert 0 <= told["sign_flip_auc"] <= 1
    assert told["minutes"] >= 12
    assert "not attention in a game" in told["what"]
    assert all(np.isfinite(value) for value in told.values() if isinstance(value, float))


def test_the_page_comes_with_its_pictures_and_figures(tmp_path: Path) -> None:
    write_page(tmp_path / "docs", made_up.study())
    written = {str(each.relative_to(tmp_path / "docs")) for each in (tmp_path / "docs").rglob("*.*")}
    assert written == {"model.md", "model/figures.json"} | {
        f"model/{name}.svg" for name in ("calibration", "comparison", "robustness")
    }


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").write_text("a file where the folder should be")
    with pytest.raises(typer.Exit):
        write_page(tmp_path / "docs", made_up.study())
    assert "cannot be written" in capsys.readouterr().err
