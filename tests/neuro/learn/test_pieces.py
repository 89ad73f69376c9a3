"""What is done with one recording, one person or one fold is what the commands for one do, and travels unharmed."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

import assets
from neuro import offline
from neuro.errors import BadModel, BadRecording
from neuro.learn import evaluate, pieces
from neuro.learn.data import Person
from neuro.learn.evaluate import only
from neuro.scorer import Scorer, load
from neuro.sources.recording import load as load_recording
from neuro.types import Chunk
from tests.neuro.learn import people
from tests.neuro.learn.test_train import SMALL

MODEL = assets.model()


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return load(MODEL)


def written(folder: Path, seconds: float = 40.0) -> Path:
    """Two channels of noise as CSV."""
    rng, n = np.random.default_rng(1), round(128 * seconds)
    rows = np.column_stack([np.arange(n) / 128, rng.normal(0, 10, (n, 2))])
    path = folder / "noise.csv"
    np.savetxt(path, rows, "%.4f", ",", header="t_s,Fp1,Fp2", comments="")
    return path


def done(piece: pieces.Piece) -> bytes:
    return piece.work(*piece.given, *piece.places)


def test_a_recording_is_scored_as_it_is_alone(tmp_path: Path, scorer: Scorer) -> None:
    path = written(tmp_path)
    told = json.loads(done(pieces.to_score(path, "noise", ("Fp2", "Fp1"), 15.0, scorer, MODEL)))
    recorded = load_recording(path).pick(("Fp2", "Fp1"))
    alone = offline.score(recorded.headset, Chunk(recorded.uv, recorded.t_s), load(MODEL), None, 15.0)
    figures = offline.summed([estimate for _, some in alone for estimate in some])
    assert {name: told[name] for name in figures} == figures
    assert len(told["minutes"]) == 1


def test_a_simulated_recording_is_the_same_again(scorer: Scorer) -> None:
    piece = pieces.twin_to_score(3, 70.0, 30.0, scorer, MODEL)
    assert piece.name == "medicated 3"
    first = done(piece)
    assert done(piece) == first
    assert json.loads(first)["good_share"] > 0.5


def test_another_model_is_never_taken_for_the_one_that_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadModel, match="start again"):
        pieces.scored_file(pieces.stamp(written(tmp_path)), None, 15.0, "0" * 64, str(MODEL))


def test_recordings_are_found_in_folders_but_not_among_results(tmp_path: Path) -> None:
    for name in ("b.edf", "a/c.BDF", "a/notes.md", "out/scores.csv", "out/kept/x.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = pieces.recordings(tmp_path, tmp_path / "out")
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/c.BDF", "b.edf"]


def test_a_person_is_kept_whole_and_always_in_the_same_bytes(tmp_path: Path) -> None:
    (one,) = people.people(1, shift=0.5)
    kept = pieces.to_bytes(one)
    assert kept == pieces.to_bytes(one)
    (tmp_path / "one").write_bytes(kept)
    again = pieces.person_of(tmp_path / "one")
    for field in fields(Person):
        before, after = getattr(one, field.name), getattr(again, field.name)
        assert type(before) is type(after)
        assert np.array_equal(before, after, equal_nan=field.name == "eyes")


def test_a_person_of_whom_nothing_can_be_learned_is_refused() -> None:
    (one,) = people.people(1, shift=0.5)
    with pytest.raises(BadRecording, match="no clean window at rest"):
        pieces.to_bytes(only(one, one.engaged == 1))


def test_somebody_is_judged_by_a_model_of_the_others(tmp_path: Path) -> None:
    some = people.people(3, shift=1.0)
    paths = [tmp_path / one.name for one in some]
    for one, path in zip(some, paths, strict=True):
        path.write_bytes(pieces.to_bytes(one))
    piece = pieces.fold_to_judge("without the last", paths[:2], paths[2], SMALL, 1)
    (tmp_path / "fold").write_bytes(done(piece))
    found = pieces.fold_of(tmp_path / "fold", 7)
    assert set(found.person.tolist()) == {7}
    assert evaluate.metrics.auc(found) > 0.8
