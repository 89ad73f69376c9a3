"""What was exported, or recorded by another program, comes in with its marks, once, and counts as nobody's play."""

import json
from datetime import date
from pathlib import Path
from shutil import copy, copytree

import numpy as np
import pytest

from engine.store import Store
from game.exporting.sitting import Samples, read
from tests.game.exporting import sittings
from tests.game.exporting.sittings import CHANNELS, TORN, ZERO_S, play, rows
from tests.game.heron import Heron
from tests.neuro.sources.test_xdf import EEG, GAZE, MARKERS
from tests.neuro.sources.xdf import write
from tests.test_docs import keys_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home") / "heron.sqlite"
    play(home, *rows())
    return home


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "imported.sqlite"


def exported(heron: Heron, home: Path, form: str, out: Path) -> Path:
    said = heron("export", 1, "--format", form, "--out", out, "--db", home, "--for", "player", "--json")
    return Path(json.loads(said.out)["written"][0])


def imported(heron: Heron, db: Path, file: Path) -> dict[str, object]:
    said = heron("import", file, "--player", "Zoe", "--db", db, "--json")
    assert said.status == 0, said.err
    told: dict[str, object] = json.loads(said.out)
    assert set(told) == keys_of("import FILE")
    return told


def eeg_of(db: Path, session: int = 1) -> Samples:
    with Store.open(db, read_only=True) as store:
        kept = read(store, session)
    assert kept.eeg is not None
    assert kept.headset is not None
    assert kept.headset.channels == CHANNELS
    return kept.eeg


def marks_of(db: Path) -> list[dict[str, object]]:
    with Store.open(db, read_only=True) as store:
        return [json.loads(event.data_json) for event in store.sessions.events(1)]


@pytest.mark.parametrize(("form", "off_uv"), [("bids", 1e-4), ("edf", 0.01), ("csv", 0.0)])
def test_eeg_that_was_exported_comes_in_as_it_was(
    heron: Heron, home: Path, db: Path, tmp_path: Path, form: str, off_uv: float
) -> None:
    path = exported(heron, home, form, tmp_path)
    told = imported(heron, db, path / "eeg.csv" if form == "csv" else path)
    t_s, uv = sittings.eeg()
    came = eeg_of(db)
    whole = ~np.isnan(came.data).any(axis=0)
    np.testing.assert_allclose(came.data[:, whole], np.delete(uv, TORN, axis=1), atol=off_uv, rtol=1e-6)
    np.testing.assert_allclose(came.t_s[whole], np.delete(t_s, TORN) - ZERO_S, atol=1e-6)
    assert (told["channels"], told["is_new"]) == (4, True)


def test_marks_and_gaze_of_a_dataset_come_with_it(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    told = imported(heron, db, exported(heron, home, "bids", tmp_path))
    (trial,) = [mark for mark in marks_of(db) if str(mark["text"]).startswith("trial ")]
    assert (trial["t_s"], trial["duration_s"]) == (pytest.approx(2.0), 0.41)
    assert json.loads(str(trial["text"]).partition(" ")[2])["outcome"] == "hit"
    assert (told["gaze_samples"], told["dated"]) == (800, True)
    with Store.open(db, read_only=True) as store:
        kept = read(store, 1)
    t_s, seen = sittings.gaze(scene=True)
    assert kept.gaze is not None
    np.testing.assert_array_equal(kept.gaze.data, seen)
    np.testing.assert_allclose(kept.gaze.t_s, t_s - ZERO_S, atol=1e-6)
    assert kept.began.timestamp() == pytest.approx(sittings.BEGAN_UNIX_S, abs=1e-5)


def test_marks_leave_again_where_they_came_in(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    imported(heron, db, exported(heron, home, "edf", tmp_path / "one"))
    again = exported(heron, db, "edf", tmp_path / "two")
    other = tmp_path / "other.sqlite"
    imported(heron, other, again)
    assert marks_of(other) == marks_of(db)
    texts = [str(mark["text"]) for mark in marks_of(db)]
    assert texts[:2] == ["stage/block", "trial/strike/fish/hit"]
    assert "BAD_lost" not in texts  # the samples themselves are missing


def test_a_recording_of_labrecorder_comes_in_with_gaze_and_markers(heron: Heron, db: Path, tmp_path: Path) -> None:
    write(tmp_path / "sub.xdf", EEG, MARKERS, GAZE)
    told = imported(heron, db, tmp_path / "sub.xdf")
    assert (told["channels"], told["marks"], told["gaze_samples"], told["dated"]) == (2, 2, 300, False)
    assert [mark["text"] for mark in marks_of(db)] == ["block_done", "state:good"]


@pytest.mark.parametrize("scene", [True, False], ids=["camera", "surface"])
def test_gaze_of_pupil_cloud_comes_in(heron: Heron, db: Path, tmp_path: Path, scene: bool) -> None:
    mine = tmp_path / "mine.sqlite"
    play(mine, *rows(scene=scene))
    imported(heron, db, exported(heron, mine, "pupil", tmp_path))
    with Store.open(db, read_only=True) as store:
        kept = read(store, 1)
    _, seen = sittings.gaze(scene=scene)
    assert kept.gaze is not None
    np.testing.assert_array_equal(
        kept.gaze.data[4:] if scene else kept.gaze.data[:2], seen[4:] if scene else seen[:2]
    )
    np.testing.assert_allclose(kept.gaze.data[2], seen[2], rtol=1e-6)


def test_real_recordings_come_in(heron: Heron, db: Path, heron_data: Path) -> None:
    eeg = imported(heron, db, heron_data / "eegmat" / "Subject05_2.edf")
    neon = imported(heron, db, heron_data / "neon_native" / "demo_recording")
    assert (eeg["channels"], round(float(str(eeg["seconds"])))) == (19, 62)
    assert (neon["gaze_samples"], round(float(str(neon["seconds"])))) == (1788, 9)


def test_the_same_file_again_is_here_already(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    path = exported(heron, home, "edf", tmp_path)
    first = imported(heron, db, path)
    again = imported(heron, db, Path(copy(path, tmp_path / "another name.edf")))
    assert again == first | {"is_new": False}
    said = heron("import", path, "--player", "Zoe", "--db", db)
    assert said.out.startswith("It is here already, as sitting 1.\n")


def test_an_imported_recording_is_nobodys_play(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    imported(heron, db, exported(heron, home, "edf", tmp_path))
    said = heron("report", 1, "--db", db).out
    assert said.startswith("Sitting 1 is a recording that was imported, of 2025-06-15T15:08:07Z: 4.0 s of EEG, ")
    assert "was imported and never played" in heron("replay", 1, "--db", db).err
    with Store.open(db, read_only=True) as store:
        player = store.players.known("Zoe")
        assert store.sessions.history(player.id, "play").sittings == 0
        assert store.wellbeing.standing(player.id, date(2025, 6, 15)).played.today_s == 0


def test_no_name_of_a_file_is_kept(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    path = exported(heron, home, "edf", tmp_path)
    imported(heron, db, path.rename(tmp_path / "Ana-Lindqvist.edf"))
    assert b"Lindqvist" not in b"".join(file.read_bytes() for file in tmp_path.glob("imported.sqlite*"))


def test_a_torn_file_is_used_as_far_as_it_is_whole(heron: Heron, db: Path, heron_data: Path, tmp_path: Path) -> None:
    content = (heron_data / "eegmat" / "Subject05_2.edf").read_bytes()
    (tmp_path / "torn.edf").write_bytes(content[: len(content) // 2])
    said = heron("import", tmp_path / "torn.edf", "--player", "Zoe", "--db", db)
    assert said.status == 0
    assert "torn.edf is torn: its first" in said.out


@pytest.mark.parametrize("spoil", ["events.tsv", "recording-eye1_physio.tsv.gz", "recording-eye1_physio.json"])
def test_a_dataset_with_a_spoilt_part_is_refused_in_one_sentence_and_nothing_is_kept(
    heron: Heron, home: Path, db: Path, tmp_path: Path, spoil: str
) -> None:
    path = exported(heron, home, "bids", tmp_path)
    (part,) = path.rglob(f"*_{spoil}")
    part.write_bytes(b"onset\tduration\nnever\t0\n")
    said = heron("import", path, "--player", "Zoe", "--db", db)
    assert said.status == 1
    assert said.err.endswith("cannot be read: copy the dataset again from where it came.\n")
    assert not db.exists()


def test_of_several_sessions_one_has_to_be_named(heron: Heron, home: Path, db: Path, tmp_path: Path) -> None:
    path = exported(heron, home, "bids", tmp_path / "one")
    copytree(path, path.with_name("ses-2"))
    said = heron("import", tmp_path / "one", "--player", "Zoe", "--db", db)
    assert said.err == f"{tmp_path / 'one'} holds 2 recordings: give the folder of one session.\n"
    (tmp_path / "empty").mkdir()
    said = heron("import", tmp_path / "empty", "--player", "Zoe", "--db", db)
    assert "holds no BIDS recording of EEG: give" in said.err
