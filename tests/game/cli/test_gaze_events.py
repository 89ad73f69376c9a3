"""Facts about `heron gaze-events`."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from tests.game.heron import Heron
from tests.neuro.eyes.made import made
from tests.test_docs import keys_of


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Twenty seconds at 500 Hz in degrees."""
    look = made(500, 20, seed=3).look
    path = tmp_path / "gaze.csv"
    table = np.column_stack([look.t_s, *look.deg])
    np.savetxt(path, table, delimiter=",", header="t_s,x_deg,y_deg", comments="", fmt="%.6f")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_sample_has_a_label_and_events_are_those_of_the_labels(heron: Heron, recording: Path) -> None:
    events, samples = recording.with_name("events.csv"), recording.with_name("samples.csv")
    said = heron("gaze-events", recording, "--out", events, "--samples", samples)
    assert said.status == 0, said.err
    labels = rows(samples)
    assert len(labels) == 10_000
    assert list(labels[0]) == ["t_s", "label"]
    assert [float(row["t_s"]) for row in labels] == [float(row["t_s"]) for row in rows(recording)]
    assert {row["label"] for row in labels} <= {"fixation", "saccade", "pso", "pursuit", "blink", "lost"}
    found = rows(events)
    assert list(found[0]) == ["onset_s", "duration_s", "kind", "amplitude_deg", "peak_deg_per_s"]
    first = next(row for row in found if row["kind"] == "saccade")
    assert labels[round(float(first["onset_s"]) * 500)]["label"] == "saccade"
    assert 0.2 < float(first["amplitude_deg"]) < 30
    assert next(row for row in found if row["kind"] == "blink")["amplitude_deg"] == ""


def test_the_keys_are_documented(heron: Heron, recording: Path) -> None:
    facts = json.loads(heron("gaze-events", recording, "--json").out)
    assert set(facts) == keys_of("gaze-events FILE")
    assert facts["by"] == "rules"
    assert sum(facts["shares"].values()) == pytest.approx(1, abs=0.001)
    assert 20 < facts["events"]["saccade"] < 80


@pytest.mark.parametrize("method", ["rules", "ivt", "neon", "net"])
def test_saccades_are_found_by_the_method_that_was_asked_for(heron: Heron, recording: Path, method: str) -> None:
    facts = json.loads(heron("gaze-events", recording, "--method", method, "--json").out)
    assert facts["by"] == method
    assert 5 < facts["events"]["saccade"] < 80
    assert (facts["events"]["pso"] > 0) is (method == "rules")


def test_without_json_a_person_reads_it(heron: Heron, recording: Path) -> None:
    said = heron("gaze-events", recording)
    assert "10000 samples in 19.998 s, 500.0 a second" in said.out
    assert "saccade" in said.out


def test_a_sample_that_time_left_behind_is_lost_and_said(heron: Heron, recording: Path) -> None:
    lines = recording.read_text().splitlines()
    recording.write_text("\n".join([*lines[:101], *lines[51:], ""]))
    samples = recording.with_name("samples.csv")
    said = heron("gaze-events", recording, "--samples", samples)
    assert "50 samples of gaze.csv do not come after the one before" in said.err
    labels = rows(samples)
    assert len(labels) == 10_050
    assert {row["label"] for row in labels[100:150]} == {"lost"}


def test_glasses_are_read_as_they_are(heron: Heron, heron_data: Path) -> None:
    facts = json.loads(heron("gaze-events", heron_data / "neon_native" / "demo_recording", "--json").out)
    assert facts["by"] == "neon"
    assert facts["events"]["blink"] == 2
    assert 15 < facts["events"]["saccade"] < 40


def test_an_eye_camera_is_left_to_the_net(heron: Heron, tmp_path: Path) -> None:
    deg = made(200, 5, seed=2, noise_deg=0.03, follows=0.5).look.deg
    head = "pupil_timestamp,eye_id,confidence,norm_pos_x,norm_pos_y,diameter_3d\n"
    text = "".join(f"{i / 200},0,0.95,{0.4 + x / 100},{0.5 - y / 100},3.2\n" for i, (x, y) in enumerate(deg.T))
    (tmp_path / "pupil_positions.csv").write_text(head + text)
    said = heron("gaze-events", tmp_path / "pupil_positions.csv", "--json")
    assert json.loads(said.out)["by"] == "net"
    assert "not calibrated" in said.err


def test_nothing_is_written_over_the_recording_or_where_it_cannot(heron: Heron, recording: Path) -> None:
    before = recording.read_bytes()
    assert heron("gaze-events", recording, "--samples", recording).status == 1
    assert recording.read_bytes() == before
    said = heron("gaze-events", recording, "--out", recording.parent / "nowhere" / "x.csv")
    assert said.status == 1
    assert "cannot be written" in said.err.splitlines()[-1]


def test_a_file_that_is_no_gaze_is_one_sentence(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "letter.csv").write_text("Dear marsh,\nhow are you?\n")
    said = heron("gaze-events", tmp_path / "letter.csv")
    assert (said.status, said.out) == (1, "")
    assert "give a CSV file with t_s,x_deg,y_deg" in said.err
