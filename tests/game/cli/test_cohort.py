"""Many recordings at once, typed as a person would: good ones are scored, bad ones named, sittings scored again."""

import csv
import json
from pathlib import Path

import pytest

from engine.store import Store
from neuro.learn.pieces import told
from neuro.types import Estimate
from tests.game.heron import Heron, Played
from tests.neuro.learn.test_pieces import written
from tests.test_docs import keys_of


def test_a_folder_is_scored_and_what_is_no_recording_is_named(heron: Heron, tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "broken.edf").write_bytes(b"no EDF")
    words = ("cohort", "score", tmp_path, "--out", tmp_path / "out", "--workers", 1, "--baseline", 15, "--json")
    first = heron(*words)
    numbers = json.loads(first.out)
    assert first.status == 0
    assert set(numbers) == keys_of("cohort score")
    assert (numbers["recordings"], numbers["scored"], numbers["done_before"]) == (2, 1, 0)
    assert set(numbers["failed"]) == {"broken.edf"}
    assert "broken.edf" in first.err
    with (tmp_path / "out" / "scores.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["name"] for row in table] == ["broken.edf", "noise.csv"]
    assert table[0]["failed"]
    assert float(table[1]["seconds"]) > 38
    assert json.loads(heron(*words).out)["done_before"] == 1


def test_sittings_are_scored_again_by_their_own_model_to_what_they_had(
    heron: Heron, played: Played, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert heron("cohort", "score", "--db", played.db, "--out", out, "--workers", 1).status == 0
    number = played.outcome.session
    with Store.open(played.db, read_only=True) as store:
        stored = [Estimate(row.t_s, row.score, row.trust, row.state) for row in store.sessions.estimates(number)]
    (kept,) = (out / "kept").iterdir()
    assert kept.read_bytes() == told(stored)


@pytest.mark.parametrize("words", [(), ("--simulated", 3, "--db", "heron.sqlite")])
def test_what_is_to_be_scored_is_said_once(heron: Heron, words: tuple[object, ...]) -> None:
    said = heron("cohort", "score", *words)
    assert said.status == 2
    assert "Give one of" in said.err


def test_a_folder_without_recordings_is_said(heron: Heron, tmp_path: Path) -> None:
    said = heron("cohort", "score", tmp_path)
    assert said.status == 1
    assert "nothing to score" in said.err


def test_a_cluster_says_what_it_needs(heron: Heron, tmp_path: Path) -> None:
    said = heron("cohort", "score", "--simulated", 1, "--cluster", "nowhere", "--out", tmp_path)
    assert said.status == 1
    assert "dask scheduler" in said.err
