"""Backup, restore, lock, consent, erase and doctor, as they are typed."""

import io
import json
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from engine.store import Store, keys
from tests.engine.store.sittings import TRIAL, begin, play, poll
from tests.game.heron import Heron
from tests.test_docs import keys_of


@pytest.fixture
def db(tmp_path: Path) -> Path:
    db = tmp_path / "heron.sqlite"
    play(db, TRIAL, poll(1.0, 10), name="Ana", anchor_unix_s=time.time())
    return db


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What somebody types next."""
    lines = io.StringIO()
    monkeypatch.setattr("sys.stdin", lines)
    return lines


def type_in(lines: io.StringIO, *words: str) -> None:
    lines.seek(0)
    lines.truncate()
    lines.write("".join(f"{word}\n" for word in words))
    lines.seek(0)


def test_a_backup_comes_back_and_what_it_replaced_is_named(heron: Heron, db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    assert "holds everything" in heron("backup", copy, "--db", db).out
    begin(db, "Ben")
    said = heron("restore", copy, "--db", db)
    assert f"What was there before is {tmp_path / 'heron.before-1.sqlite'}." in said.out
    with Store.open(db) as store:
        assert [player.name for player in store.players.all()] == ["Ana"]
        assert store.audit.page()[0].action == "restored"
    assert heron("backup", copy, "--db", db).err == f"There is a file {copy} already: name another one.\n"


def test_consent_is_shown_given_and_withdrawn(heron: Heron, db: Path) -> None:
    assert "not asked" in heron("consent", "Ana", "--db", db).out
    said = heron(
        "consent", "Ana", "--yes", "pool", "--yes", "keep_raw", "--who", "Eva", "--role", "parent", "--db", db
    )
    assert (
        "pool         use signals, without the name, together with others' for research and models: yes" in said.out
    )
    facts = json.loads(heron("consent", "Ana", "--no", "keep_raw", "--who", "Eva", "--db", db, "--json").out)
    assert set(facts) == keys_of("consent PLAYER")
    assert (facts["pool"]["given"], facts["keep_raw"]["given"], facts["play"]) == (True, False, None)
    with Store.open(db) as store:
        assert list(store.signals.polls(1, "eeg")) == []
    assert heron("consent", "Ana", "--yes", "pool", "--db", db).err.endswith("give --who.\n")


def test_erasing_says_what_goes_and_asks_for_the_name(heron: Heron, db: Path, typed: io.StringIO) -> None:
    with Store.open(db) as store:
        pseudonym = store.players.known("Ana").pseudonym
    bundle = db.with_name("bundles") / f"{pseudonym}_2026-03-02.heron"
    bundle.parent.mkdir()
    bundle.write_bytes(b"sealed")
    type_in(typed, "Anna")
    said = heron("erase", "Ana", "--db", db)
    assert "1 sittings with 0.0 MB of raw signals" in said.out
    assert "1 bundles beside the database" in said.out
    assert said.err == "Nothing was erased.\n"
    type_in(typed, "Ana")
    assert "Ana is erased." in heron("erase", "Ana", "--db", db).out
    assert not bundle.exists()
    assert heron("erase", "Ana", "--yes", "--db", db).status == 1


def test_erasing_by_a_script_tells_what_went(heron: Heron, db: Path) -> None:
    facts = json.loads(heron("erase", "Ana", "--yes", "--json", "--db", db).out)
    assert set(facts) == keys_of("erase PLAYER")
    assert facts["sittings"] == 1


def test_a_sitting_that_was_cut_off_is_named_and_can_be_discarded(heron: Heron, db: Path) -> None:
    cut = begin(db, "Ana")
    assert f"cut off: {cut} of P-" in heron("doctor", "--db", db).out
    heron("erase", "Ana", "--sitting", cut, "--yes", "--db", db)
    assert "none was cut off" in heron("doctor", "--db", db).out
    other = begin(db, "Ben")
    assert "is not this player's" in heron("erase", "Ana", "--sitting", other, "--yes", "--db", db).err


def test_doctor_finds_nothing_in_a_sound_database_and_says_what_has_had_its_time(heron: Heron, db: Path) -> None:
    begun = play(db, poll(1.0, 10), name="Ana", anchor_unix_s=time.time() - 100 * 86_400)
    findings = json.loads(heron("doctor", "--db", db, "--json").out)
    assert set(findings[0]) == keys_of("doctor")
    assert all(finding["well"] for finding in findings)
    assert "raw signals of 1 sittings" in heron("doctor", "--db", db).out
    assert "nothing has had its time" in heron("doctor", "--tidy", "--db", db).out
    with Store.open(db) as store:
        assert list(store.signals.polls(begun, "eeg")) == []
        assert len(list(store.signals.polls(1, "eeg"))) == 1


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE models SET onnx = x'00'", "is not what was added"),
        ("DROP TRIGGER audit_never_changes; UPDATE audit SET who = 'nobody'", "Line 1 of the audit log"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM sessions", "a row of .* belongs to nothing"),
    ],
)
def test_doctor_finds_what_is_wrong(heron: Heron, db: Path, harm: str, said: str) -> None:
    with Store.open(db) as store:
        store.models.add(b"onnx", "attention", {})
        store.audit.note("command line", "looked", "here")
    with closing(sqlite3.connect(db)) as raw:
        raw.executescript(harm)
    told = heron("doctor", "--db", db)
    assert told.status == 1
    (line,) = [line for line in told.out.splitlines() if line.startswith("LOOK")]
    assert re.search(said, line)


def test_a_database_is_locked_and_unlocked_as_it_is_typed(
    heron: Heron, db: Path, typed: io.StringIO, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("sqlcipher3", reason="the extra `secure` is not installed")
    monkeypatch.setattr(keys, "_ring", lambda: None)
    monkeypatch.setattr(keys, "user_runtime_path", lambda *_, **__: tmp_path / "runtime")
    sentence = "the heron waits in the reeds"
    type_in(typed, sentence, "another one")
    assert heron("lock", "--db", db).err == "The two are not the same: try again.\n"
    type_in(typed, sentence, sentence)
    (line,) = [line for line in heron("lock", "--db", db).out.splitlines() if "recovery key" in line]
    assert heron("report", 1, "--db", db).status == 0
    assert "heron unlock opens it" in heron("lock", "--db", db).out
    assert heron("report", 1, "--db", db).err == f"{db} is locked: type heron unlock, and try again.\n"
    type_in(typed, line.rpartition(": ")[2])
    assert "open to you" in heron("unlock", "--db", db).out
    assert heron("report", 1, "--db", db).status == 0
