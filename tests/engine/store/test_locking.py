"""A locked database is unreadable without its key, and with it everything is as before."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import Locked, StoreError
from engine.store import Journal, Store, keys
from engine.store.backups import backup, restore
from engine.store.locking import lock, put_away, unlock
from tests.engine.store.sittings import TRIAL, begin, play, poll

pytest.importorskip("sqlcipher3", reason="the extra `secure` is not installed")
keyring = pytest.importorskip("keyring", reason="the extra `secure` is not installed")

SENTENCE = "the heron waits in the reeds"


@pytest.fixture(autouse=True)
def a_computer_without_a_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from keyring.backends.fail import Keyring  # noqa: PLC0415

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    monkeypatch.setattr(keys, "user_runtime_path", lambda *_, **__: tmp_path / "runtime")
    yield
    keyring.set_keyring(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "heron.sqlite"
    play(path, TRIAL, *(poll(100.0 + i, 10) for i in range(3)), name="Wilhelmina")
    return path


def test_a_locked_database_shows_nothing_and_opens_as_before(path: Path) -> None:
    with Store.open(path) as store:
        before = [row.data.tobytes() for row in store.signals.polls(1, "eeg")]
    lock(path, SENTENCE)
    for part in path.parent.glob("heron.sqlite*"):
        content = part.read_bytes()
        assert b"Wilhelmina" not in content
        assert b"CREATE TABLE" not in content
    with Store.open(path) as store:
        assert store.sessions.trials(1) == (TRIAL,)
        assert [row.data.tobytes() for row in store.signals.polls(1, "eeg")] == before
        assert store.health.damage() == ()
    with Store.open(path, read_only=True) as store:
        assert store.players.known("Wilhelmina").id == 1


def test_a_sitting_is_written_into_a_locked_database_and_its_raw_signals_are_sealed_twice(path: Path) -> None:
    lock(path, SENTENCE)
    session = begin(path)
    rows = [poll(200.0 + i / 25, 10) for i in range(50)]
    with Journal(path, session) as writer:
        for row in rows:
            writer.put(row)
    assert (writer.dropped, writer.trouble) == (0, None)
    with Store.open(path) as store:
        assert [row.data.tobytes() for row in store.signals.polls(session, "eeg")] == [r.data.tobytes() for r in rows]
        kept = store._tables.rows("SELECT t_s, data FROM raw_chunks")
        assert all(blob.startswith(b"\xae") for row in kept for blob in row.values())
        cipher = store.cipher
    assert cipher is not None
    moved = cipher.sealed(session, b"microvolts")
    assert cipher.opened(session, moved) == b"microvolts"
    with pytest.raises(StoreError, match="not what was kept"):
        cipher.opened(session + 1, moved)


def test_without_its_key_a_database_opens_only_by_passphrase_or_recovery_key(path: Path) -> None:
    recovery = lock(path, SENTENCE)
    for secret in (SENTENCE, f" {SENTENCE} ", recovery, recovery.lower().replace("-", " ")):
        put_away(path)
        with pytest.raises(Locked, match="type heron unlock"):
            Store.open(path)
        with pytest.raises(Locked, match="type heron unlock"):
            Store.open(path, read_only=True)
        unlock(path, secret)
        Store.open(path).close()
    put_away(path)
    with pytest.raises(Locked, match="neither the passphrase nor the recovery key"):
        unlock(path, "the heron waits in the weeds")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_held_key_is_for_this_user_alone(path: Path, tmp_path: Path) -> None:
    lock(path, SENTENCE)
    (held,) = (tmp_path / "runtime").iterdir()
    assert held.stat().st_mode & 0o077 == 0
    assert keys.key_file(path).stat().st_mode & 0o077 == 0
    put_away(path)
    assert list((tmp_path / "runtime").iterdir()) == []


def test_what_cannot_be_locked_stays_as_it_was(path: Path) -> None:
    with pytest.raises(StoreError, match="at least 10 letters"):
        lock(path, "short")
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT count(*) FROM players").fetchone()
        with pytest.raises(StoreError, match="in use by another program"):
            lock(path, SENTENCE)
    with pytest.raises(StoreError, match="is not locked"):
        unlock(path, SENTENCE)
    with Store.open(path) as store:
        assert store.sessions.trials(1) == (TRIAL,)
    lock(path, SENTENCE)
    with pytest.raises(StoreError, match="locked already"):
        lock(path, SENTENCE)


def test_a_key_file_that_was_left_beside_a_plain_database_changes_nothing(path: Path) -> None:
    keys.key_file(path).write_text("{}")
    with Store.open(path) as store:
        assert store.sessions.trials(1) == (TRIAL,)


def test_a_damaged_or_missing_key_file_is_told(path: Path) -> None:
    lock(path, SENTENCE)
    put_away(path)
    told = json.loads(keys.key_file(path).read_text("utf-8"))
    del told["salt"]
    keys.key_file(path).write_text(json.dumps(told))
    with pytest.raises(StoreError, match=r"\.key is damaged"):
        unlock(path, SENTENCE)
    keys.key_file(path).unlink()
    with pytest.raises(StoreError, match="not a database, or it is locked"):
        Store.open(path)


def test_a_backup_of_a_locked_database_is_locked_and_comes_back(path: Path, tmp_path: Path) -> None:
    lock(path, SENTENCE)
    copy = tmp_path / "away" / "copy.sqlite"
    backup(path, copy)
    assert b"Wilhelmina" not in copy.read_bytes()
    with pytest.raises(Locked, match="type heron unlock"):
        Store.open(copy)
    unlock(copy, SENTENCE)
    with Store.open(copy, read_only=True) as store:
        assert store.players.known("Wilhelmina").id == 1
    path.unlink()
    shutil.rmtree(tmp_path / "runtime")
    unlock(copy, SENTENCE)
    restore(path, copy)
    unlock(path, SENTENCE)
    with Store.open(path) as store:
        assert store.sessions.trials(1) == (TRIAL,)
