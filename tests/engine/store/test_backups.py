"""A backup is whole though somebody plays, and a restore loses neither what comes nor what was there."""

from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import NewerSchema, StoreError
from engine.store import Journal, Store
from engine.store.backups import backup, restore
from engine.store.connection import connect
from tests.engine.store.sittings import TRIAL, begin, play


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "heron.sqlite"
    play(path, TRIAL, name="Ana")
    return path


def players(path: Path) -> list[str]:
    with Store.open(path, read_only=True) as store:
        return [player.name for player in store.players.all()]


def test_a_backup_is_made_while_somebody_plays_and_is_one_file(path: Path, tmp_path: Path) -> None:
    session, copy = begin(path, "Ben"), tmp_path / "away" / "copy.sqlite"
    with Journal(path, session) as writer:
        writer.put(TRIAL)
        assert backup(path, copy) == copy.stat().st_size
    assert writer.trouble is None
    assert [part.name for part in copy.parent.iterdir()] == ["copy.sqlite"]
    assert players(copy) == ["Ana", "Ben"]


def test_a_backup_never_takes_the_place_of_another_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="There is a file"):
        backup(path, tmp_path / "notes.txt")
    with pytest.raises(StoreError, match="cannot be made"):
        backup(path, tmp_path / "notes.txt" / "copy.sqlite")


def test_what_a_restore_replaces_is_set_aside(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    begin(path, "Ben")
    first = restore(path, copy)
    assert players(path) == ["Ana"]
    assert first is not None
    assert players(first) == ["Ana", "Ben"]
    second = restore(path, copy)
    assert second not in (None, first)
    path.unlink()
    assert restore(path, copy) is None
    assert players(path) == ["Ana"]


def test_a_backup_that_is_damaged_foreign_or_newer_replaces_nothing(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    with closing(connect(copy, "write")) as raw:
        raw.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('heron', 'm999', 'later')"
        )
        raw.commit()
    with pytest.raises(NewerSchema):
        restore(path, copy)
    whole = bytearray(path.read_bytes())
    whole[8192:] = b"\xff" * (len(whole) - 8192)
    copy.write_bytes(whole)
    with pytest.raises(StoreError, match="is damaged"):
        restore(path, copy)
    copy.write_text("words" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        restore(path, copy)
    assert players(path) == ["Ana"]
    assert [part.name for part in path.parent.glob("*before*")] == []


def test_a_damaged_database_is_set_aside_too(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    path.write_bytes(b"\xff" * 8192)
    aside = restore(path, copy)
    assert aside is not None
    assert aside.read_bytes() == b"\xff" * 8192
    assert players(path) == ["Ana"]


def test_while_somebody_plays_nothing_is_restored(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    backup(path, copy)
    with Store.open(path) as store:
        assert store.players.all()
        with pytest.raises(StoreError, match="in use by another program"):
            restore(path, copy)
    assert players(path) == ["Ana"]
