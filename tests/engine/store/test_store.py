"""The door to the database: what opens, what does not, and what people are told then."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlite_utils import Database

from engine.errors import NewerSchema, NotFound, ReadOnly, StoreError
from engine.store import Store
from tests.engine.store.sittings import NEW, begin


@contextmanager
def as_anybody() -> Iterator[None]:
    """Modes bind everyone but root, so whoever is root is nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_away(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A database whose file and folder have the modes that the test asks for."""
    file_mode, folder_mode = request.param
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "heron.sqlite"
        begin(path)
        path.chmod(file_mode)
        path.parent.chmod(folder_mode)
        try:
            yield path
        finally:
            path.parent.chmod(0o700)


def test_opening_makes_folders_and_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "heron.sqlite"
    with Store.open(path) as store:
        assert store.sessions.latest() is None
    assert path.exists()


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    with Store.open(path) as store, Store.open(path) as again:
        assert store.sessions.latest() == again.sessions.latest()


def test_every_table_is_strict_and_the_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        tables = raw.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict").fetchall()
        assert {name for (name,) in tables if not name.startswith("sqlite_")} == {"_sqlite_migrations"}
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_session_needs_a_player(tmp_path: Path) -> None:
    with Store.open(tmp_path / "heron.sqlite") as store, pytest.raises(sqlite3.IntegrityError):
        store.sessions.begin(NEW)


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    with Database(path) as db:
        db.table("_sqlite_migrations").insert({"migration_set": "heron", "name": "m999_later", "applied_at": "later"})
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match="newer Heron: update Heron"):
        Store.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with Database(path) as db:
        db.table("bookmarks").insert({"id": 1})
    before = path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, only words\n" * 100)
    with pytest.raises(StoreError, match=r"notes\.txt is not a database.*name another"):
        Store.open(path)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder: name a file"):
        Store.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnly, match="cannot be made"):
        Store.open(tmp_path / "file" / "heron.sqlite")


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database"):
        Store.open(tmp_path / "heron.sqlite", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_only_read_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    with Store.open(path, read_only=True) as store:
        assert store.sessions.get(1).level_id == "strike-01"
        with pytest.raises(ReadOnly, match="cannot be written: allow writing"):
            store.players.named("Ben")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(
    "locked_away",
    [(0o444, 0o755), (0o444, 0o777), (0o666, 0o755)],
    ids=["file and folder", "file", "folder"],
    indirect=True,
)
def test_a_place_where_nothing_can_be_written_is_told_but_can_be_read(locked_away: Path) -> None:
    with as_anybody():
        with pytest.raises(ReadOnly, match=r"heron\.sqlite cannot be"):
            Store.open(locked_away)
        with Store.open(locked_away, read_only=True) as store:
            assert store.sessions.get(1).level_id == "strike-01"


def test_another_writer_is_told(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            Store.open(path)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)  # all pages but the first
    path.write_bytes(whole)
    with pytest.raises(StoreError, match="is damaged: put a backup in its place"), Store.open(path) as store:
        store.sessions.latest()


def test_a_player_is_made_once_however_the_name_is_typed(tmp_path: Path) -> None:
    with Store.open(tmp_path / "heron.sqlite") as store:
        zoe = store.players.named(" Zo\u00eb ")
        assert zoe == store.players.named("Zoe\u0308")
        assert zoe.name == "Zo\u00eb"
        assert store.players.named("小明").id != zoe.id


def test_a_player_needs_a_name(tmp_path: Path) -> None:
    with Store.open(tmp_path / "heron.sqlite") as store, pytest.raises(StoreError, match="needs a name"):
        store.players.named("  ")


def test_settings_are_remembered_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    with Store.open(path) as store:
        assert store.settings.get("sound") is None
        store.settings.put("sound", {"volume": 0.5})
        store.settings.put("sound", {"volume": 0.7, "名": [1, None, True]})
    with Store.open(path) as store:
        assert store.settings.get("sound") == {"volume": 0.7, "名": [1, None, True]}


def test_a_model_is_kept_once_and_found_by_its_content(tmp_path: Path) -> None:
    with Store.open(tmp_path / "heron.sqlite") as store:
        sha = store.models.add(b"\x08\x0a onnx", "first", {"rate_hz": 256})
        assert store.models.add(b"\x08\x0a onnx", "again", {}) == sha
        model = store.models.get(sha)
        assert (model.name, model.onnx, model.metadata) == ("first", b"\x08\x0a onnx", {"rate_hz": 256})
        with pytest.raises(NotFound, match="There is no model 0000"):
            store.models.get("0" * 64)
