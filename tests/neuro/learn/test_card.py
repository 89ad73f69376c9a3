"""The papers of a model hold the figures of its recipe, and the card is made from the file alone."""

import json

import pytest

pytest.importorskip("onnx")

import assets
from neuro.learn.card import card, headline, with_metrics
from neuro.scorer import Scorer, load

STUDY = {
    "people": 24,
    "channels": ["Fp1", "Fp2"],
    "schemes": {
        "leave one out": {
            "windows": {
                "auc": {"value": 0.81234, "low": 0.7, "high": 0.9},
                "accuracy": {"value": 0.75, "low": 0.7, "high": 0.8},
                "calibration_error": {"value": 0.04, "low": 0.03, "high": 0.06},
            },
            "minutes": {"accuracy": {"value": 0.88, "low": 0.8, "high": 0.95}},
        }
    },
    "controls": {
        "signs flipped at random, turn 1": {"windows": {"auc": {"value": 0.52}}},
        "only muscle": {"windows": {"auc": {"value": 0.6}}},
    },
}


@pytest.fixture
def judged() -> Scorer:
    return Scorer(with_metrics(load(assets.model()).onnx, headline(STUDY)))


def test_figures_become_part_of_the_file_and_nothing_else_changes(judged: Scorer) -> None:
    before = load(assets.model()).metadata
    after = dict(judged.metadata)
    told = json.loads(after.pop("metrics"))
    assert told["auc"] == [0.8123, 0.7, 0.9]
    assert told["sign_flip_auc"] == [0.52]
    ours = ("sealed", "metrics")
    assert {k: v for k, v in after.items() if k not in ours} == {k: v for k, v in before.items() if k not in ours}


def test_writing_figures_twice_keeps_the_later_ones(judged: Scorer) -> None:
    again = Scorer(with_metrics(judged.onnx, headline(STUDY) | {"people": 36}))
    assert json.loads(again.metadata["metrics"])["people"] == 36


def test_the_card_says_what_it_is_where_from_and_how_good(judged: Scorer) -> None:
    text = card(judged)
    assert judged.sha256 in text
    for line in ("EEGMAT", "Apache-2.0", "ODC-By 1.0", "| auc | 0.812 (0.700-0.900) |", "no diagnosis"):
        assert line in text
    assert "| auc with signs flipped at random (.5 is honest) | 0.520 |" in text


def test_a_card_without_figures_says_so(judged: Scorer) -> None:
    assert "Nobody has written figures into this file." in card(Scorer(with_metrics(judged.onnx, {})))
