"""What is no head never pays: a score travels with its state, and the state of these is never good.

A part of the grid of tests/neuro/sweep.py; docs/signals.md has the whole of it.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from neuro.baseline import Baseline
from neuro.pipeline import Pipeline
from neuro.scorer import Scorer
from neuro.sources.recording import load
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Chunk, Headset
from tests.neuro.nulls import NULLS, muscle
from tests.neuro.sweep import EIGHT, REST_S, Cell, found, grid, rests, twin_rests

EVERY = 47  # shares no factor with the grid's sides, so that every strength, rate and number of channels comes


def some_of(name: str) -> Iterator[Cell]:
    return (cell for cell in grid()[::EVERY] if cell.name == name)


@pytest.fixture(scope="module")
def heads(scorer: Scorer) -> dict[int, Baseline]:
    return twin_rests(scorer)


@pytest.fixture(scope="module")
def person(scorer: Scorer, heron_data: Path) -> dict[int, Baseline]:
    head = load(heron_data / "eegmat" / "Subject05_1.edf").pick(EIGHT)
    return rests(head.uv[:, : round(REST_S * head.headset.rate_hz)], head.headset.rate_hz, scorer)


@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_itself(scorer: Scorer, name: str) -> None:
    assert {cell: found(cell, scorer, None).good for cell in some_of(name)} == dict.fromkeys(some_of(name), 0)


@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_the_rest_of_a_head(scorer: Scorer, heads: dict[int, Baseline], name: str) -> None:
    good = {cell: found(cell, scorer, heads[cell.n_channels]).good for cell in some_of(name)}
    assert good == dict.fromkeys(some_of(name), 0)


@pytest.mark.parametrize("name", NULLS)
def test_no_null_is_good_against_the_rest_of_a_person(scorer: Scorer, person: dict[int, Baseline], name: str) -> None:
    assert found(Cell(name, 10.0, 250.0, 4), scorer, person[4]).good == 0


@pytest.mark.parametrize("name", ["pink", "desk", "copied", "phone"])
def test_no_null_is_good_on_thirty_two_channels(scorer: Scorer, name: str) -> None:
    assert found(Cell(name, 10.0, 250.0, 32), scorer, None).good == 0


@pytest.mark.parametrize("uv", [15.0, 40.0, 120.0, 1000.0])
def test_muscle_over_a_head_is_never_good(scorer: Scorer, baseline: Baseline, uv: float) -> None:
    n = round(30 * RATE_HZ)
    tight = Twin("adult", 1).brain.samples(n) + muscle(np.random.default_rng(14), len(CHANNELS), n, RATE_HZ, uv)
    chunk = Chunk(tight.astype(np.float32), np.arange(n) / RATE_HZ)
    said = Pipeline(Headset("Twin", CHANNELS, RATE_HZ), scorer, baseline).step(30.0, "play", chunk)
    assert {each.state for each in said} <= {"poor", "artifact", "not_worn"}
