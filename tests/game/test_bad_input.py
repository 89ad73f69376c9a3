"""Whatever goes wrong is one plain sentence and exit status 1 or 2, and nothing is lost."""

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.store import Store
from tests.game.heron import Heron, Played, Said

HEADLESS = ("--headless", "--seconds", 10)


def is_one_sentence(said: Said, *words: str) -> bool:
    """No traceback, one line, and the words that a person needs."""
    lines = said.err.strip().splitlines()
    return said.status == 1 and len(lines) == 1 and said.out == "" and all(word in said.err for word in words)


def test_a_missing_recording(heron: Heron, tmp_path: Path) -> None:
    said = heron("score", tmp_path / "nothing.edf")
    assert is_one_sentence(said, "nothing.edf"), said


def test_a_file_that_is_no_recording(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "letter.edf").write_text("Dear marsh,")
    assert is_one_sentence(heron("score", tmp_path / "letter.edf"), "letter.edf")


def test_a_torn_recording_is_scored_as_far_as_it_goes(heron: Heron, tmp_path: Path, heron_data: Path) -> None:
    whole = (heron_data / "eegmat" / "Subject05_1.edf").read_bytes()
    torn = tmp_path / "torn.edf"
    torn.write_bytes(whole[: len(whole) // 2 + 777])
    said = heron("score", torn, "--channels", "Fp1,Fp2", "--json")
    assert said.status == 0
    assert len(said.err.strip().splitlines()) == 1, said.err


def test_a_channel_that_is_not_there(heron: Heron, tmp_path: Path) -> None:
    said = heron("score", noise_csv(tmp_path / "a.csv", np.zeros((2, 2500)), 250), "--channels", "Fp1,Xy9")
    assert is_one_sentence(said, "Xy9", "Fp1"), said


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("bord:synthetic", ("bord:synthetic",)),
        ("board:mews_2", ("mews_2",)),
        ("twin:giraffe", ("giraffe", "adult")),
        ("playback:nowhere.edf", ("nowhere.edf",)),
        ("board:cyton?serial_port=/dev/heron-is-not-here", ("Cyton", "port")),
    ],
)
def test_an_address_that_leads_nowhere(heron: Heron, tmp_path: Path, address: str, words: tuple[str, ...]) -> None:
    said = heron("play", "--eeg", address, *HEADLESS, "--db", tmp_path / "x.sqlite")
    assert is_one_sentence(said, *words), said


def test_a_level_with_three_mistakes_names_all_three(heron: Heron, tmp_path: Path) -> None:
    level = tmp_path / "mine.toml"
    good = (Path(__file__).parents[2] / "levels" / "strike-01.toml").read_text("utf-8")
    spoilt = good.replace("speed = [0.10, 0.48]", "speed = [0.48, 0.10]")
    spoilt = spoilt.replace("ages = [6, 99]", "ages = [99, 6]").replace("block_s = 60", 'block_s = "long"')
    level.write_text(spoilt)
    said = heron("play", "--level", level, *HEADLESS, "--db", tmp_path / "x.sqlite")
    assert said.status == 1
    assert [key for key in ("speed", "ages", "block_s") if key in said.err] == ["speed", "ages", "block_s"]
    assert "Traceback" not in said.err


def test_an_unknown_level(heron: Heron, tmp_path: Path) -> None:
    said = heron("play", "--level", "strike-99", *HEADLESS, "--db", tmp_path / "x.sqlite")
    assert is_one_sentence(said, "strike-99", "did you mean strike-0"), said


def test_a_corrupt_model(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"\x08\x07not a model")
    recording = noise_csv(tmp_path / "a.csv", np.zeros((2, 2500)), 250)
    assert is_one_sentence(heron("score", recording, "--model", tmp_path / "broken.onnx"), "model")


def test_a_database_of_a_newer_heron_is_left_alone(heron: Heron, played: Played, tmp_path: Path) -> None:
    db = played.copy(tmp_path)
    connection = sqlite3.connect(db)
    with connection:
        connection.execute("UPDATE _sqlite_migrations SET name = 'm9999_from_the_future' WHERE name LIKE 'm002%'")
    connection.close()
    before = db.read_bytes()
    said = heron("demo", *HEADLESS, "--db", db)
    assert is_one_sentence(said, "newer"), said
    assert db.read_bytes() == before


def test_a_place_that_cannot_hold_a_database(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    said = heron("demo", *HEADLESS, "--db", tmp_path / "a-file" / "heron.sqlite")
    assert said.status == 1
    assert len(said.err.strip().splitlines()) == 1, said.err


def test_a_sitting_that_never_was(heron: Heron, played: Played) -> None:
    for command in (("report", 99), ("replay", 99, "--check")):
        assert is_one_sentence(heron(*command, "--db", played.db), "99")


def test_a_replay_of_damaged_ticks(heron: Heron, played: Played, tmp_path: Path) -> None:
    db = played.copy(tmp_path)
    connection = sqlite3.connect(db)
    with connection:
        connection.execute("UPDATE ticks SET inputs_jsonl = zeroblob(40) WHERE first_tick = 1")
    connection.close()
    assert is_one_sentence(heron("replay", played.outcome.session, "--check", "--db", db), "damaged")


def test_a_database_that_is_still_empty(heron: Heron, tmp_path: Path) -> None:
    (tmp_path / "new.sqlite").touch()
    assert is_one_sentence(heron("report", 1, "--db", tmp_path / "new.sqlite"), "no sitting yet")


def test_evaluation_without_its_data(heron: Heron, tmp_path: Path) -> None:
    assert is_one_sentence(heron("evaluate", "--data", tmp_path), "--data")


def test_wrong_usage_is_status_two(heron: Heron) -> None:
    assert heron("demo", "--seconds", "soon").status == 2
    assert heron("fly").status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kills in another way")
def test_a_sitting_killed_in_mid_block_is_found_at_the_next_start(tmp_path: Path, heron: Heron) -> None:
    db = tmp_path / "killed.sqlite"
    words = ("demo", "--headless", "--seconds", "40", "--db", str(db))
    child = subprocess.Popen([sys.executable, "-m", "game", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        kept_ticks = wait_for_a_block(db, child)
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
    connection = sqlite3.connect(db)
    with connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        # the next start is a minute later
        connection.execute("UPDATE sessions SET heartbeat_unix_s = heartbeat_unix_s - 60")
    connection.close()
    said = heron("demo", *HEADLESS, "--db", db)
    assert said.status == 0
    assert "cut off" in said.err, said.err
    with Store.open(db, read_only=True) as store:
        assert store.sessions.get(1).ending == "interrupted"
        assert sum(1 for _ in store.sessions.ticks(1)) >= kept_ticks
        assert store.sessions.trials(1)


def wait_for_a_block(db: Path, child: "subprocess.Popen[bytes]") -> int:
    """Ticks that are in the file once a block has begun and something has been written after it."""
    while child.poll() is None:
        threading.Event().wait(0.05)
        if not db.exists():
            continue
        try:
            connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=5)
            begun = connection.execute(
                "SELECT max(tick) FROM events WHERE kind = 'stage_started' AND data_json LIKE '%\"stage\":\"block\"%'"
            ).fetchone()[0]
            ticks = connection.execute("SELECT max(first_tick + n) FROM ticks").fetchone()[0]
            connection.close()
        except sqlite3.OperationalError:
            continue
        if begun and ticks and ticks > begun + 300:
            return int(ticks) - 1
    raise AssertionError("the demonstration ended by itself")


def noise_csv(path: Path, uv: np.ndarray, rate_hz: float) -> Path:
    """A CSV with a header, one column a channel."""
    names = ("Fp1", "Fp2", "T5", "T6")[: len(uv)]
    t_s = np.arange(uv.shape[1]) / rate_hz
    np.savetxt(path, np.vstack([t_s, uv]).T, delimiter=",", header=",".join(("t_s", *names)), comments="", fmt="%.5f")
    return path


@pytest.mark.parametrize("kind", ["white noise", "flat line", "headset on a desk"])
def test_what_is_no_head_never_gets_a_good_score(heron: Heron, tmp_path: Path, kind: str) -> None:
    rng, rate_hz, n = np.random.default_rng(7), 250, 90 * 250
    t_s = np.arange(n) / rate_hz
    hum = 30 * np.sin(2 * np.pi * 50 * t_s)
    uv = {
        "white noise": 20 * rng.normal(size=(4, n)),
        "flat line": np.zeros((4, n)),
        "headset on a desk": hum + 1.5 * rng.normal(size=(4, n)) + 0.1 * rng.normal(size=(4, n)).cumsum(axis=1),
    }[kind]
    out = tmp_path / "scores.csv"
    said = heron("score", noise_csv(tmp_path / "null.csv", uv, rate_hz), "--out", out)
    assert said.status == 0, said.err
    rows = [line.split(",") for line in out.read_text().splitlines()[1:]]
    assert len(rows) > 800
    assert not [row for row in rows if row[3] == "good" and float(row[1]) > 0.5]


def test_scores_never_take_the_place_of_their_recording(heron: Heron, tmp_path: Path) -> None:
    recording = noise_csv(tmp_path / "a.csv", np.zeros((2, 2500)), 250)
    before = recording.read_bytes()
    assert is_one_sentence(heron("score", recording, "--out", recording), "--out")
    assert recording.read_bytes() == before
