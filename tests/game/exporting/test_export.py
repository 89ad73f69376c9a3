"""What is exported is opened again by other people's programs, and says the same as the database."""

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import mne
import mne_bids
import numpy as np
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from engine.store import Store
from neuro.sources.looks import load_look
from neuro.sources.recording import load
from tests.game.exporting import sittings
from tests.game.exporting.sittings import CHANNELS, RATE_HZ, TORN, ZERO_S, agree, play, pseudonym, rows
from tests.game.heron import Heron
from tests.test_docs import keys_of

FORMATS = ("bids", "edf", "csv", "parquet", "pupil")
ONSET_S = 2.0  # tick 90: a second and a half after tick 0, which is half a second after the first sample


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sitting of somebody who shares with a therapist."""
    db = tmp_path_factory.mktemp("exported") / "heron.sqlite"
    play(db, *rows())
    agree(db, "share")
    with Store.open(db) as store:
        store.players.born(1, 2015)
    return db


def exported(heron: Heron, db: Path, form: str, out: Path, *more: object) -> Path:
    said = heron("export", 1, "--format", form, "--out", out, "--db", db, "--json", *more)
    assert said.status == 0, said.err
    told = json.loads(said.out)
    assert set(told) == keys_of("export SESSION|PLAYER")
    return Path(told["written"][0])


def bids_errors(root: Path) -> list[str]:
    """Codes of the errors that the validator of the BIDS standard finds."""
    validate = "import bids_validator_deno; bids_validator_deno.cli()"
    ran = subprocess.run(
        [sys.executable, "-c", validate, root, "--json"], capture_output=True, text=True, check=False
    )
    found = json.loads(ran.stdout)["issues"]["issues"]
    return [issue["code"] for issue in found if issue["severity"] == "error"]


def on_the_grid() -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Which places of an even grid are taken, and by what; the torn sample aside."""
    t_s, uv = sittings.eeg()
    place = np.round((t_s - ZERO_S) * RATE_HZ).astype(int)
    return np.delete(place, TORN), np.delete(uv, TORN, axis=1)


def beside(path: Path, suffix: str) -> Path:
    (found,) = path.rglob(f"*_{suffix}")
    return found


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


@pytest.mark.parametrize("devices", [(True, True), (True, False), (False, True), (False, False)])
def test_the_validator_of_the_standard_finds_no_error(
    heron: Heron, tmp_path: Path, devices: tuple[bool, bool]
) -> None:
    mine, out = tmp_path / "mine.sqlite", tmp_path / "bids"
    play(mine, *rows(*devices, scene=devices[0]))
    play(mine, *rows(*devices), anchor_unix_s=1_750_100_000.0)
    assert heron("export", "Ana", "--for", "player", "--out", out, "--db", mine).status == 0
    assert bids_errors(out) == []
    assert len(lines(next(out.glob("sub-*/*_sessions.tsv")))) == 2


def test_a_dataset_that_is_not_sound_would_be_noticed(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = exported(heron, db, "bids", tmp_path)
    beside(path, "channels.tsv").write_text("name\ttype\nTP9\tEEG\n")
    assert bids_errors(tmp_path)


@pytest.mark.parametrize(("form", "digits"), [("bids", 2**24), ("edf", 2**16)])
def test_eeg_comes_back_in_mne_as_it_was(heron: Heron, db: Path, tmp_path: Path, form: str, digits: int) -> None:
    path = exported(heron, db, form, tmp_path)
    read, path = (mne.io.read_raw_bdf, beside(path, "eeg.bdf")) if form == "bids" else (mne.io.read_raw_edf, path)
    raw = read(path, preload=True, verbose="error")
    place, uv = on_the_grid()
    assert tuple(raw.ch_names) == CHANNELS
    assert raw.info["sfreq"] == RATE_HZ
    assert raw.info["meas_date"].timestamp() == int(sittings.BEGAN_UNIX_S)
    step_uv = (np.ceil(uv.max(axis=1)) - np.floor(uv.min(axis=1))) / digits
    off_uv = np.abs(raw.get_data()[:, place] * 1e6 - uv).max(axis=1)
    assert (off_uv <= 0.51 * step_uv + 1e-5).all()


def test_what_was_lost_is_marked_where_it_was_lost(heron: Heron, db: Path, tmp_path: Path) -> None:
    raw = mne.io.read_raw_edf(exported(heron, db, "edf", tmp_path), verbose="error")
    lost = [(each["onset"], each["duration"]) for each in raw.annotations if each["description"] == "BAD_lost"]
    torn = TORN + 3  # three samples before it never came
    np.testing.assert_allclose(lost, [(400 / RATE_HZ, 3 / RATE_HZ), (torn / RATE_HZ, 1 / RATE_HZ)], atol=1e-6)


def test_trials_stages_and_adaptation_are_marks(heron: Heron, db: Path, tmp_path: Path) -> None:
    raw = mne.io.read_raw_edf(exported(heron, db, "edf", tmp_path), verbose="error")
    marks = {each["description"]: (each["onset"], each["duration"]) for each in raw.annotations}
    assert marks["trial/strike/fish/hit"] == pytest.approx((ONSET_S, 0.41))
    assert marks["stage/block"] == pytest.approx((0.5, 0))
    (changed,) = [text for text in marks if text.startswith("difficulty_changed")]
    assert json.loads(changed.partition(" ")[2])["reason"] == "hit, of course"


def test_events_of_bids_tell_each_trial_once_and_why_a_loop_acted(heron: Heron, db: Path, tmp_path: Path) -> None:
    found = lines(beside(exported(heron, db, "bids", tmp_path), "events.tsv"))
    (trial,) = [row for row in found if row["trial_type"] == "trial"]
    assert float(trial["onset"]) == pytest.approx(ONSET_S)
    assert float(trial["response_time"]) == 0.41
    assert float(trial["shown_late"]) == 0.0075
    assert (trial["task"], trial["kind"], trial["outcome"], trial["success"]) == ("strike", "fish", "hit", "1")
    assert json.loads(trial["detail"])["speed"] == 0.2
    kinds = [row["trial_type"] for row in found]
    assert kinds == ["stage_started", "BAD_lost", "trial", "difficulty_changed", "BAD_lost"]
    assert (found[3]["difficulty"], found[3]["reason"]) == ("0.6", "hit, of course")


def test_mne_bids_reads_the_dataset_and_leaves_out_what_was_lost(heron: Heron, db: Path, tmp_path: Path) -> None:
    exported(heron, db, "bids", tmp_path)
    (found,) = mne_bids.find_matching_paths(tmp_path, suffixes="eeg", extensions=".bdf")
    raw = mne_bids.read_raw_bids(found, verbose="error")
    (trial,) = [each for each in raw.annotations if each["description"] == "trial"]
    assert (trial["onset"], trial["extras"]["outcome"]) == (pytest.approx(ONSET_S), "hit")
    kept = raw.get_data(reject_by_annotation="omit", verbose="error")
    assert kept.shape == (4, 1024 - 4)


def test_gaze_follows_the_rules_for_eye_tracking(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = beside(exported(heron, db, "bids", tmp_path), "recording-eye1_physio.tsv.gz")
    papers = json.loads(path.with_name(path.name.replace(".tsv.gz", ".json")).read_text("utf-8"))
    table = np.genfromtxt(io.BytesIO(gzip.decompress(path.read_bytes())), delimiter="\t", names=papers["Columns"])
    t_s, seen = sittings.gaze(scene=True)
    assert papers["PhysioType"] == "eyetrack"
    assert papers["Columns"][:4] == ["timestamp", "x_coordinate", "y_coordinate", "pupil_size"]
    assert papers["SamplingFrequency"] == pytest.approx(200)
    assert papers["StartTime"] == pytest.approx(0.01)
    np.testing.assert_array_equal(table["x_coordinate"].astype(np.float32), seen[0])
    np.testing.assert_array_equal(table["pupil_size"].astype(np.float32), seen[2])
    np.testing.assert_array_equal(table["timestamp"], 7.0 + t_s / 1.00001)
    np.testing.assert_allclose(table["t_s"], t_s - ZERO_S, atol=1e-6)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_hold_the_samples_to_the_last_bit(heron: Heron, db: Path, tmp_path: Path, form: str) -> None:
    path = exported(heron, db, form, tmp_path)
    t_s, uv = sittings.eeg()
    if form == "csv":
        table = np.genfromtxt(path / "eeg.csv", delimiter=",", names=True)
        data = np.stack([table[name] for name in CHANNELS]).astype(np.float32)
        at = table["t_s"]
    else:
        columns = pq.read_table(path / "eeg.parquet")
        data = np.stack([columns[name].to_numpy() for name in CHANNELS])
        at = columns["t_s"].to_numpy()
        assert columns.schema.field("TP9").metadata[b"unit"] == b"uV"
        assert json.loads(columns.schema.metadata[b"heron"])["player"] == pseudonym(db)
    np.testing.assert_array_equal(data, uv)
    np.testing.assert_allclose(at, t_s - ZERO_S, atol=1e-6)


def test_every_column_of_a_table_has_words_and_quantities_have_units(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = exported(heron, db, "csv", tmp_path)
    said = json.loads((path / "about.json").read_text("utf-8"))["tables"]
    for name, table in said.items():
        header = (path / f"{name}.csv").read_text("utf-8").splitlines()[0].split(",")
        assert list(table["columns"]) == header
        assert all(column["description"] for column in table["columns"].values())
        assert all(column["unit"] == "s" for key, column in table["columns"].items() if key.endswith("t_s"))
    assert set(said) == {"eeg", "gaze", "estimates", "trials", "blocks", "events", "devices"}


def test_events_of_the_tables_leave_nothing_out(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = exported(heron, db, "csv", tmp_path)
    kinds = [row["kind"] for row in lines(path / "events.csv")]
    assert kinds == ["stage_started", "stimulus_shown", "drawn", "trial_done", "difficulty_changed", "why"]
    assert len(lines(path / "estimates.csv")) == 20


def test_the_csv_and_the_dataset_are_recordings_that_heron_reads(heron: Heron, db: Path, tmp_path: Path) -> None:
    table = load(exported(heron, db, "csv", tmp_path / "csv") / "eeg.csv")
    bdf = load(beside(exported(heron, db, "bids", tmp_path / "bids"), "eeg.bdf"))
    _, uv = sittings.eeg()
    assert table.headset.channels == bdf.headset.channels == CHANNELS
    assert table.headset.rate_hz == bdf.headset.rate_hz == RATE_HZ
    np.testing.assert_array_equal(table.uv, np.delete(uv, TORN, axis=1))


def test_gaze_of_pupil_cloud_is_read_as_such(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = exported(heron, db, "pupil", tmp_path)
    t_s, seen = sittings.gaze(scene=True)
    table = lines(path / "gaze.csv")
    ns = np.array([int(row["timestamp [ns]"]) for row in table])
    np.testing.assert_allclose(ns / 1e9, sittings.BEGAN_UNIX_S + t_s - ZERO_S, atol=2e-6)
    assert np.array([row["gaze x [px]"] for row in table], np.float32).tolist() == seen[4].tolist()
    looked = load_look(path).look
    np.testing.assert_allclose(looked.deg[0], np.degrees(np.arctan((seen[4] - 800) / 892)), atol=1e-4)
    np.testing.assert_allclose(looked.pupil_mm, seen[2], atol=1e-6)
    assert "trial/strike/fish/hit" in [row["name"] for row in lines(path / "events.csv")]


def test_gaze_without_a_camera_lies_on_the_surface_of_the_game(heron: Heron, tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine, *rows(scene=False))
    table = lines(exported(heron, mine, "pupil", tmp_path, "--for", "player") / "gaze.csv")
    x = np.array([row["gaze position on surface x [normalized]"] for row in table], np.float32)
    assert x.tolist() == sittings.gaze(scene=False)[1][0].tolist()


@pytest.mark.parametrize("form", FORMATS)
def test_nobodys_name_is_in_any_file_and_every_file_is_named_by_the_pseudonym(
    heron: Heron, db: Path, tmp_path: Path, form: str
) -> None:
    path = exported(heron, db, form, tmp_path)
    who = pseudonym(db)
    assert who in path.name or f"sub-{who.replace('-', '')}" in str(path)
    for file in filter(Path.is_file, tmp_path.rglob("*")):
        content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        assert b"Ana" not in content


@pytest.mark.parametrize("form", ["bids", "csv", "pupil"])
def test_versions_and_the_uncertainty_of_the_clocks_travel_along(
    heron: Heron, db: Path, tmp_path: Path, form: str
) -> None:
    path = exported(heron, db, form, tmp_path)
    if form == "bids":
        said = json.loads(beside(path, "events.json").read_text("utf-8"))["Heron"]
    else:
        said = json.loads((path / ("about.json" if form == "csv" else "info.json")).read_text("utf-8"))
        said = said.get("heron", said)
    assert said["heron_version"] == said["adaptation"]["version"] == "0.1.0"
    assert said["adaptation"]["mode"] == "live"
    assert said["timeline"]["uncertainty_s"] == {"eeg": 0.004, "gaze": 0.002}
    assert said["timeline"]["zero_unix_s"] == pytest.approx(sittings.BEGAN_UNIX_S, abs=1e-6)


def test_an_export_opens_no_seal(heron: Heron, tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine, *rows(), study="blue", mode="yoked_replay")
    exported(heron, mine, "bids", tmp_path / "bids", "--for", "player")
    exported(heron, mine, "csv", tmp_path / "csv", "--for", "player")
    for file in (
        *(tmp_path / "bids").rglob("*.json"),
        *(tmp_path / "bids").rglob("*.tsv"),
        *(tmp_path / "csv").rglob("*.*"),
    ):
        assert "yoked" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("audience", "purpose"), [("therapist", "share"), ("research", "pool")], ids=["therapist", "research"]
)
def test_who_has_not_agreed_is_not_exported(heron: Heron, tmp_path: Path, audience: str, purpose: str) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine, *rows())
    said = heron("export", 1, "--for", audience, "--out", tmp_path / "out", "--db", mine)
    assert said.status == 1
    assert said.err.startswith(f"{pseudonym(mine)} has not agreed to")
    assert not (tmp_path / "out").exists()
    agree(mine, purpose)
    assert heron("export", 1, "--for", audience, "--out", tmp_path / "out", "--db", mine).status == 0


def test_nothing_is_written_over(heron: Heron, db: Path, tmp_path: Path) -> None:
    path = exported(heron, db, "edf", tmp_path)
    before = path.read_bytes()
    said = heron("export", 1, "--format", "edf", "--out", tmp_path, "--db", db)
    assert said.status == 1
    assert "is there already: remove it" in said.err
    assert path.read_bytes() == before
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "letter.txt").write_text("dear")
    said = heron("export", 1, "--out", strange, "--db", db)
    assert "is neither empty nor a BIDS dataset" in said.err
    assert [file.name for file in strange.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(("form", "devices"), [("edf", (False, True)), ("pupil", (True, False))])
def test_what_a_sitting_does_not_have_is_said_and_nothing_is_left_behind(
    heron: Heron, tmp_path: Path, form: str, devices: tuple[bool, bool]
) -> None:
    mine, out = tmp_path / "mine.sqlite", tmp_path / "out"
    play(mine, *rows(*devices))
    said = heron("export", 1, "--format", form, "--out", out, "--db", mine, "--for", "player")
    assert said.status == 1
    assert "that is kept: export it with --format" in said.err
    assert list(out.iterdir()) == []


def test_a_sitting_that_runs_is_not_exported(heron: Heron, db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine, *rows())
    with sqlite3.connect(mine) as opened:
        opened.execute("UPDATE sessions SET ending = NULL")
    said = heron("export", 1, "--out", tmp_path / "out", "--db", mine)
    assert "is still being played, or was cut off" in said.err
    assert "Nobody called 'Zoe' has played" in heron("export", "Zoe", "--out", tmp_path / "out", "--db", mine).err
