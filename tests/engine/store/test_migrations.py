"""A file of an older Heron is brought up to date, and nothing in it is lost."""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlite_utils import Database

from engine.store import Journal, Store
from engine.store.migrations import MIGRATIONS
from engine.store.packing import pack_polls
from engine.store.rows import SegmentRow
from tests.engine.store.sittings import NEW, poll

SEGMENT = SegmentRow("eeg", 1.0, 2.0, "Cyton", 250.0, 0, 0.1, None, None, None, None)
POLL = poll(3.0, 10)


@pytest.fixture
def first_light(tmp_path: Path) -> Path:
    """A file as the first Heron left it, with one sitting."""
    path = tmp_path / "heron.sqlite"
    with Database(path, execute_plugins=False) as db:
        MIGRATIONS.apply(db, stop_before="m002_life_of_devices")
        db.table("players").insert({"id": 1, "name": "Ana"})
        db.table("sessions").insert(
            {name: value for name, value in asdict(NEW).items() if name != "study"}
            | {"id": 7, "started_utc": "2025-06-15T15:06:40Z", "heartbeat_unix_s": 1.0, "ending": "done"}
        )
        db.table("events").insert({"session_id": 7, "seq": 0, "tick": 5, "kind": "cue", "data_json": "{}"})
        raw = {name: value for name, value in asdict(pack_polls([POLL])[0]).items() if name != "device_s"}
        db.table("raw_chunks").insert({"session_id": 7, "seq": 1} | raw)
        assert "device_segments" not in db.table_names()
    return path


def test_a_file_of_the_first_heron_keeps_its_sittings_and_takes_segments(first_light: Path) -> None:
    with Store.open(first_light) as store:
        assert store.sessions.get(7).level_id == NEW.level_id
        assert [event.kind for event in store.sessions.events(7)] == ["cue"]
        assert store.signals.segments(7) == ()
    with Journal(first_light, 7) as journal:
        journal.put(SEGMENT)
    assert journal.trouble is None


def test_a_file_that_was_brought_up_to_date_has_the_shape_of_a_new_one(first_light: Path, tmp_path: Path) -> None:
    Store.open(first_light).close()
    Store.open(tmp_path / "new.sqlite").close()
    shapes = []
    for path in (first_light, tmp_path / "new.sqlite"):
        with closing(sqlite3.connect(path)) as raw:
            shapes.append(raw.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall())
    assert shapes[0] == shapes[1]


def test_a_file_of_the_first_heron_can_be_read_as_it_is(first_light: Path) -> None:
    before = first_light.read_bytes()
    with Store.open(first_light, read_only=True) as store:
        assert store.sessions.get(7).ending == "done"
        assert store.signals.segments(7) == ()
        assert [row.t_s.tolist() for row in store.signals.polls(7, "eeg")] == [POLL.t_s.tolist()]
    assert first_light.read_bytes() == before
