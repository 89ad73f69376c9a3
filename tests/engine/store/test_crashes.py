"""Power that fails and a disk that fills: the file opens, and what was saved is there up to one moment."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.store import Store
from engine.store.batch import save
from engine.store.connection import connect
from engine.store.rows import EventRow, Row, TickRow
from tests.engine.store.sittings import begin, poll

ROOT = Path(__file__).parents[3]

SECONDS, EVENTS = 40, 10
PAGE = 4096
FRAME = PAGE + 24


@pytest.fixture
def mid_play(tmp_path: Path) -> Path:
    """A folder with a database and its WAL as they lie on the disk in mid-play: SECONDS transactions of EVENTS."""
    path = tmp_path / "heron.sqlite"
    session = begin(path)
    with closing(connect(path, "write")) as writer:
        writer.isolation_level = None
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for second in range(SECONDS):
            rows: list[Row] = [EventRow(second, "now", str(second * EVENTS + k)) for k in range(EVENTS)]
            rows += [TickRow(second * 60 + k, "{}", bytes(8)) for k in range(60)]
            rows += [poll(float(second + k / 25), 10, k=8) for k in range(25)]
            writer.execute("BEGIN IMMEDIATE")
            save(writer, session, list(enumerate(rows, second * len(rows))))
            writer.execute("COMMIT")
        for part in ("", "-wal"):
            shutil.copy(path.with_name(path.name + part), tmp_path / f"lies{part}")
    return tmp_path


def saved(folder: Path, wal: bytes) -> int:
    """How many seconds are there after the power came back; all of each, and all before each."""
    path = folder / "back.sqlite"
    for part in folder.glob("back.sqlite*"):
        part.unlink()
    shutil.copy(folder / "lies", path)
    path.with_name("back.sqlite-wal").write_bytes(wal)
    with Store.open(path) as store:
        assert store.health.damage() == ()
        numbers = [int(event.data_json) for event in store.sessions.events(1)]
        assert numbers == list(range(len(numbers)))
        seconds, rest = divmod(len(numbers), EVENTS)
        assert rest == 0
        assert len(list(store.sessions.ticks(1))) == 60 * seconds
        assert len(list(store.signals.polls(1, "eeg"))) == 25 * seconds
        return seconds


def test_power_that_fails_while_the_wal_is_written_costs_its_end_alone(mid_play: Path) -> None:
    wal = (mid_play / "lies-wal").read_bytes()
    cuts = np.sort(np.random.default_rng(5).integers(0, len(wal), 24))
    found = [saved(mid_play, wal[:cut]) for cut in (*cuts.tolist(), len(wal))]
    assert found == sorted(found)
    assert found[-1] == SECONDS
    assert len(set(found)) > 10


def test_pages_that_never_reached_the_disk_cost_what_came_after_them_alone(mid_play: Path) -> None:
    wal = (mid_play / "lies-wal").read_bytes()
    n_frames = (len(wal) - 32) // FRAME
    for lost in np.random.default_rng(6).integers(0, n_frames, 16).tolist():
        torn = bytearray(wal)
        at = 32 + lost * FRAME + 24
        torn[at : at + PAGE] = bytes(PAGE)
        assert saved(mid_play, bytes(torn)) <= SECONDS * (lost + 1) / n_frames + 2


FULL_DISK = """
import resource, sys
from pathlib import Path
from threading import Event
from engine.store import Journal, journal
from tests.engine.store.sittings import poll
from engine.store.rows import EventRow
journal.BEAT_S = 0.02
path, points = Path(sys.argv[1]), int(sys.argv[2])
writer, wal = Journal(path, 1), path.with_name(path.name + "-wal")
told, put, pause = set(), 0, Event()
def wait(true):
    for _ in range(1500):
        if true():
            return
        pause.wait(0.01)
    sys.exit("waited for too long")
for point in range(points):
    size = max(path.stat().st_size, wal.stat().st_size if wal.exists() else 0)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2 + point * size // (2 * points), resource.RLIM_INFINITY))
    for k in range(30):
        writer.put(poll(put / 25, n=10, k=8))
        writer.put(EventRow(put, "now", str(put)))
        put += 1
    wait(lambda: writer.trouble is not None)
    told.add(writer.trouble)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    wait(lambda: writer.trouble is None)
writer.close()
print(put, writer.dropped, writer.trouble)
print(*sorted(told), sep="\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit a file's size")
def test_a_disk_that_is_full_at_twenty_points_loses_nothing_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "heron.sqlite"
    begin(path)
    command = [sys.executable, "-c", FULL_DISK, path, "20"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110, check=True)
    first, *told = run.stdout.splitlines()
    assert first == "600 0 None"
    assert all("full" in sentence for sentence in told)
    with Store.open(path) as store:
        assert store.health.damage() == ()
        assert [int(event.data_json) for event in store.sessions.events(1)] == list(range(600))
        assert len(list(store.signals.polls(1, "eeg"))) == 600
