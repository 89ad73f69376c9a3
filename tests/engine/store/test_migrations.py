"""A file of any older Heron is brought up to date, and nothing in it is lost."""

import json
import sqlite3
import zlib
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from engine.store import Journal, Store
from engine.store.migrations import MIGRATIONS
from engine.store.rows import EstimateRow, SegmentRow
from tests.engine.store.sittings import BLOCK, NEW, TRIAL, poll

SEGMENT = SegmentRow("eeg", 1.0, 2.0, "Cyton", 250.0, 0, 0.1, None, None, None, None)
POLL = poll(3.0, 10)
SETUP = '{"setup":{"seed":7,"rest_s":1e-05},"player":"Zo\u00eb"}'
ESTIMATE = EstimateRow(3.5, 0.61, 0.8, "good", ("good", "good", "flat"), 90)

STEPS = (
    "m002_life_of_devices",
    "m003_stamps_of_devices",
    "m004_studies",
    "m005_tasks",
    "m006_people",
    "m007_keeping",
    "m008_travelling",
    "m011_pictures",
)
"""Each left a Heron before it, whose files are somewhere."""


def first_packing() -> dict[str, object]:
    """POLL as it was packed at first: all of it by byte plane, through zlib."""

    def planes(values: "np.ndarray[tuple[int, ...], np.dtype[np.int64 | np.float32]]") -> bytes:
        flat = np.ascontiguousarray(values).reshape(-1)
        return zlib.compress(flat.view(np.uint8).reshape(-1, values.itemsize).T.tobytes(), 1)

    steps = np.diff(POLL.t_s.view(np.int64), prepend=np.int64(0))
    looks = json.dumps([[POLL.now_s, len(POLL.t_s), POLL.phase]])
    return {
        "stream": "eeg",
        "n": len(POLL.t_s),
        "k": len(POLL.data),
        "polls": zlib.compress(looks.encode(), 1),
        "t_s": planes(steps),
        "data": planes(POLL.data),
    }


def file_before(step: str, path: Path) -> Path:
    """A file with one sitting, as the Heron before that step left it."""
    with Database(path, execute_plugins=False) as db:
        MIGRATIONS.apply(db, stop_before=step)

        def insert(table: str, row: dict[str, object]) -> None:
            there = db.table(table).columns_dict
            db.table(table).insert({name: value for name, value in row.items() if name in there})

        player = {"id": 1, "birth_year": 2015}
        insert("players", player | {"name": "Zo\u00eb", "pseudonym": "P-00000001"})
        if "people" in db.table_names():
            insert("people", {"name": "Zo\u00eb", "role": "player", "player_id": 1})
        begun = {"id": 7, "started_utc": "2025-06-15T15:06:40Z", "heartbeat_unix_s": 1.0, "ending": "done"}
        named = SETUP if "people" not in db.table_names() else SETUP.replace('"Zo\u00eb"', "null")
        insert("sessions", asdict(NEW) | begun | {"setup_json": named})
        of = {"session_id": 7, "seq": 0}
        insert("blocks", of | asdict(BLOCK))
        insert("trials", of | asdict(TRIAL) | {"speed": 0.2})
        insert("events", of | {"tick": 5, "kind": "cue", "data_json": "{}"})
        estimate = {name: value for name, value in asdict(ESTIMATE).items() if name != "channels"}
        insert("estimates", of | estimate | {"channels_json": json.dumps(ESTIMATE.channels)})
        insert("raw_chunks", of | first_packing())
        db.conn.commit()
    return path


def looked_at(path: Path, read_only: bool) -> None:
    """Everything of the sitting is there."""
    with Store.open(path, read_only=read_only) as store:
        player = store.players.known("Zo\u00eb")
        assert (player.id, player.birth_year) == (1, 2015)
        session = store.sessions.get(7)
        assert (session.ending, session.setup_json) == ("done", SETUP)
        assert store.sessions.recent(1) == (session,)
        assert [event.kind for event in store.sessions.events(7)] == ["cue"]
        assert store.sessions.estimates(7) == (ESTIMATE,)
        (kept,) = store.signals.polls(7, "eeg")
        assert (kept.now_s, kept.phase, kept.t_s.tobytes()) == (POLL.now_s, POLL.phase, POLL.t_s.tobytes())
        assert kept.data.tobytes() == POLL.data.tobytes()


@pytest.mark.parametrize("step", STEPS)
def test_a_file_of_an_older_heron_keeps_its_sitting_and_takes_what_came_since(step: str, tmp_path: Path) -> None:
    path = file_before(step, tmp_path / "heron.sqlite")
    for _ in range(2):
        looked_at(path, read_only=False)
    with Store.open(path) as store:
        assert store.sessions.trials(7) == (TRIAL,)
        assert store.sessions.blocks(7) == (BLOCK,)
        assert store.health.damage() == ()
        assert store.signals.segments(7) == ()
        assert store.players.known("Zo\u00eb").pseudonym.startswith("P-")
    with Journal(path, 7) as journal:
        journal.put(SEGMENT)
    assert journal.trouble is None


@pytest.mark.parametrize("step", STEPS)
def test_a_file_of_an_older_heron_can_be_read_as_it_is(step: str, tmp_path: Path) -> None:
    path = file_before(step, tmp_path / "heron.sqlite")
    before = path.read_bytes()
    looked_at(path, read_only=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", STEPS)
def test_a_file_that_was_brought_up_to_date_has_the_shape_of_a_new_one(step: str, tmp_path: Path) -> None:
    old, new = file_before(step, tmp_path / "heron.sqlite"), tmp_path / "new.sqlite"
    shapes = []
    for path in (old, new):
        Store.open(path).close()
        with closing(sqlite3.connect(path)) as raw:
            shapes.append(raw.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall())
    assert shapes[0] == shapes[1]


def test_what_old_sittings_came_to_is_summed_up_once(tmp_path: Path) -> None:
    path = file_before("m007_keeping", tmp_path / "heron.sqlite")
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT session_id, player_id, ending, blocks, trials FROM outcomes").fetchall()
        names = [line for line in raw.iterdump() if "Zo\u00eb" in line]
    assert rows == [(7, 1, "done", 1, 1)]
    assert len(names) == 1
