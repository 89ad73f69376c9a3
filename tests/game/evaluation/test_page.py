"""The page and the pictures show the figures of the study, all of them and no others."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from game.evaluation.page import page, robustness
from game.evaluation.pictures import pictures
from tests.game.evaluation import made_up

Numbers = dict[str, Any]


@pytest.fixture
def study() -> Numbers:
    return made_up.study()


def test_the_page_opens_with_the_figure_and_its_control(study: Numbers) -> None:
    opening = page(study).split("## ")[0]
    assert "AUC 0.812 (0.762-0.862)" in opening
    assert "With signs flipped at random AUC\n0.523." in opening
    assert "Told apart: this & that." in opening
    assert "width 80, optimiser adamw, seed 1." in opening


def test_every_row_of_the_study_is_a_row_of_the_page(study: Numbers) -> None:
    lines = page(study).splitlines()
    for group in ("schemes", "montages", "ungated", "baselines", "controls"):
        for name, one in study[group].items():
            (row,) = (line for line in lines if line.startswith(f"| {name} |") and "1234" in line)
            assert f"{one['windows']['auc']['value']:.3f}" in row
    tables = [line for line in lines if line.startswith("|")]
    for at in range(1, len(tables)):
        if tables[at].startswith("|---"):
            assert tables[at].count("|") == tables[at - 1].count("|") == tables[at + 1].count("|")


def test_what_it_goes_by_has_its_sign(study: Numbers) -> None:
    assert "| alpha | -0.120 | +0.340 |" in page(study).splitlines()


def test_what_nobody_passes_has_no_figure(study: Numbers) -> None:
    (row,) = (line for line in robustness(study).splitlines() if line.startswith("| a hammer"))
    assert row == "| a hammer | 5 uV | the baseline's end | 0 | 50% | - | - | - | - | - |"


def test_no_place_of_the_text_was_left_open(study: Numbers) -> None:
    assert "{" not in page(study)


def test_the_pictures_are_sound_and_are_those_that_the_page_shows(study: Numbers) -> None:
    drawn = pictures(study)
    for name, svg in drawn.items():
        assert f"(model/{name})" in page(study)
        assert ET.fromstring(svg).tag.endswith("svg")


def test_the_bars_name_everything_that_is_compared(study: Numbers) -> None:
    words = "".join(ET.fromstring(pictures(study)["comparison.svg"]).itertext())
    for name in ("leaky: both sides", "sensors: 2: Fp1 Fp2", "baseline: none", "control: only muscle"):
        assert name in words
    harmed = "".join(ET.fromstring(pictures(study)["robustness.svg"]).itertext())
    assert "muscle, 5 uV" in harmed
    assert "a hammer" not in harmed
