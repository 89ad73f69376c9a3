"""The journal: what was put is what comes back, the game never waits, and a kill loses no more than a second."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.store import Journal, Store, journal
from engine.store.batch import AT_ONCE
from engine.store.packing import pack_polls, pack_ticks, unpack_polls, unpack_ticks
from engine.store.rows import CalibrationRow, EstimateRow, EventRow, PollRow, SegmentRow, TickRow
from tests.engine.store.sittings import BLOCK, TRIAL, begin, poll

PATIENCE_S = 20.0
ROOT = Path(__file__).parents[3]


def until(true: Callable[[], bool], what: str) -> None:
    """Looks again and again, and gives up after a while."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s for {what}"
        Event().wait(0.01)


def same(a: PollRow, b: PollRow) -> bool:
    """To the last bit, NaN too; of a poll that brought nothing nobody counts the rows."""
    return (a.stream, repr(a.now_s), a.phase) == (b.stream, repr(b.now_s), b.phase) and (
        len(a.t_s) == len(b.t_s) == 0 or _bits(a) == _bits(b)
    )


def _bits(row: PollRow) -> tuple[object, ...]:
    stamped = None if row.device_s is None else row.device_s.tobytes()
    return row.data.shape, row.t_s.tobytes(), row.data.tobytes(), stamped


@contextmanager
def busy(path: Path) -> Iterator[None]:
    """Another program writes for as long as this lasts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heron.sqlite"


def test_what_is_put_comes_back(path: Path) -> None:
    session = begin(path)
    trials = (TRIAL, replace(TRIAL, trial=2, kind="frog", outcome="held", reaction_s=None, valid=False))
    events = (EventRow(90, "reward_paid", '{"z":0.1}'), EventRow(90, "cue", '{"kind":"novelty"}'))
    estimates = (EstimateRow(3.5, 0.61, 0.8, "good", ("good", "flat"), 90), EstimateRow(3.6, 0.5, 0.0, "absent", ()))
    calibrations = (CalibrationRow("rest", 63.25, '{"median":[0.1]}'),)
    segments = (
        SegmentRow("eeg", 10.5, 70.25, "Muse 2", 256.01, 12, 0.4, None, None, None, "It has gone: charge it."),
        SegmentRow("gaze", 11.0, 99.0, "neon:auto", 199.9, 0, 0.01, 572.3, 0.0003, 35.0, None),
    )
    ticks = tuple(TickRow(i, f'{{"pressed":["strike"],"tick":{i}}}', i.to_bytes(8, "big")) for i in range(100))
    with Journal(path, session) as writer:
        for row in (*trials, BLOCK, *events, *estimates, *calibrations, *segments, *ticks):
            writer.put(row)
    assert (writer.dropped, writer.trouble) == (0, None)
    with Store.open(path, read_only=True) as store:
        assert store.sessions.trials(session) == trials
        assert store.sessions.blocks(session) == (BLOCK,)
        assert store.sessions.events(session) == events
        assert store.sessions.estimates(session) == estimates
        assert store.signals.calibrations(session) == calibrations
        assert store.signals.segments(session) == segments
        assert tuple(store.sessions.ticks(session)) == ticks
        assert store.sessions.trials(session)[0].practice is False


def test_every_poll_comes_back_as_it_was(path: Path) -> None:
    session = begin(path)
    polls = [poll(100.0 + i / 25, n=(i * 7) % 12, phase="rest" if i < 50 else "task") for i in range(100)]
    gaze = [poll(100.01 + i / 25, n=8, k=4, stream="gaze") for i in range(100)]
    with Journal(path, session) as writer:
        for pair in zip(polls, gaze, strict=True):
            for row in pair:
                writer.put(row)
    with Store.open(path, read_only=True) as store:
        stored = list(store.signals.polls(session, "eeg"))
        assert len(stored) == 100
        assert all(map(same, stored, polls))
        assert all(map(same, store.signals.polls(session, "gaze"), gaze))


POLLS = st.integers(0, 4).flatmap(
    lambda n: st.builds(
        PollRow,
        stream=st.sampled_from(["eeg", "gaze"]),
        now_s=st.floats(allow_nan=False, allow_infinity=False),
        phase=st.sampled_from(["fit", "rest", "task", "play"]),
        t_s=arrays(np.float64, n),
        data=arrays(np.float32, st.tuples(st.integers(0, 3), st.just(n))),
        device_s=st.none() | arrays(np.float64, n),
    )
)


@settings(max_examples=50, deadline=None)
@given(st.lists(POLLS, max_size=12))
def test_packing_polls_loses_not_a_bit(polls: list[PollRow]) -> None:
    back = [row for blob in pack_polls(polls) for row in unpack_polls(blob)]
    in_order = [row for stream in ("eeg", "gaze") for row in polls if row.stream == stream]
    assert len(back) == len(in_order)
    assert all(map(same, back, in_order))


TICKS = st.lists(
    st.tuples(
        st.integers(0, 20), st.dictionaries(st.text(max_size=3), st.floats()), st.binary(min_size=8, max_size=8)
    )
)


@settings(max_examples=50, deadline=None)
@given(TICKS)
def test_packing_ticks_loses_not_a_bit(given_ticks: list[tuple[int, dict[str, float], bytes]]) -> None:
    ticks = [TickRow(tick, json.dumps(inputs), digest) for tick, inputs, digest in given_ticks]
    assert [row for blob in pack_ticks(ticks) for row in unpack_ticks(blob)] == ticks


def test_stamps_and_data_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        PollRow("eeg", 1.0, "play", np.zeros(3), np.zeros((4, 2), np.float32))
    with pytest.raises(ValueError, match="of the device"):
        PollRow("eeg", 1.0, "play", np.zeros(2), np.zeros((4, 2), np.float32), np.zeros(3))
    with pytest.raises(ValueError, match="float64"):
        PollRow("eeg", 1.0, "play", np.zeros(2), np.zeros((4, 2)))  # type: ignore[arg-type]


def test_rows_are_in_the_file_before_the_journal_is_closed(path: Path) -> None:
    session = begin(path)
    with (
        Journal(path, session, now_unix=lambda: 1_750_000_042.0) as writer,
        Store.open(path, read_only=True) as store,
    ):
        writer.put(TRIAL)
        until(lambda: store.sessions.trials(session) == (TRIAL,), "the trial")
        assert store.sessions.get(session).heartbeat_unix_s == 1_750_000_042.0


def test_while_another_program_writes_everything_is_kept_and_saved_afterwards(path: Path) -> None:
    session = begin(path)
    with Journal(path, session) as writer, Store.open(path, read_only=True) as store:
        with busy(path):
            writer.put(TRIAL)
            until(lambda: writer.trouble is not None, "trouble")
            assert writer.trouble is not None
            assert "in use by another program: close that program" in writer.trouble
            writer.put(replace(TRIAL, trial=2))
        until(lambda: [trial.trial for trial in store.sessions.trials(session)] == [1, 2], "both trials")
        assert writer.trouble is None
    assert writer.dropped == 0


def test_a_file_that_is_gone_is_told_and_everything_is_saved_when_it_is_back(path: Path) -> None:
    session = begin(path)
    away = path.with_name("away.sqlite")
    with Journal(path, session) as writer:
        path.rename(away)
        writer.put(TRIAL)
        until(lambda: writer.trouble is not None, "trouble")
        assert writer.trouble == f"{path} is gone: put it back, and what was played since will be saved."
        away.rename(path)
        until(lambda: writer.trouble is None, "the end of the trouble")
    with Store.open(path) as store:
        assert store.sessions.trials(session) == (TRIAL,)


def test_another_file_in_its_place_is_told(path: Path) -> None:
    begin(path)
    session = begin(path)
    with Journal(path, session) as writer:
        path.rename(path.with_name("away.sqlite"))
        begin(path)
        until(lambda: writer.trouble is not None, "trouble")
        assert writer.trouble == f"{path} does not hold session {session}: put the right file back."


FULL_DISK = """
import resource, sys
from pathlib import Path
from threading import Event
from engine.store import Journal
from tests.engine.store.sittings import TRIAL, poll
path, session = Path(sys.argv[1]), int(sys.argv[2])
journal = Journal(path, session)
journal.put(TRIAL)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size // 2, resource.RLIM_INFINITY))
for i in range(500):
    journal.put(poll(i / 25, n=10, k=8))
while journal.trouble is None:
    Event().wait(0.01)
print(journal.trouble, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
journal.close()
print(journal.dropped, journal.trouble)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot limit a file's size")
def test_a_full_disk_is_told_and_everything_is_saved_when_there_is_room(path: Path) -> None:
    session = begin(path)
    command = [sys.executable, "-c", FULL_DISK, path, str(session)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    said, after = run.stdout.splitlines()
    assert "full" in said
    assert after == "0 None"
    with Store.open(path) as store:
        assert store.sessions.trials(session) == (TRIAL,)
        assert len(list(store.signals.polls(session, "eeg"))) == 500


def test_without_room_signals_are_dropped_and_counted_but_never_what_the_player_did(path: Path) -> None:
    session = begin(path)
    writer = Journal(path, session)
    with busy(path):
        for i in range(journal.LIMIT + 10):
            writer.put(TickRow(i, "{}", bytes(8)))
        assert writer.dropped == 10
        writer.put(TRIAL)
        writer.put(EventRow(1, "cue", "{}"))
    writer.close()
    assert (writer.dropped, writer.trouble) == (10, None)
    with Store.open(path) as store:
        assert (store.sessions.trials(session), len(store.sessions.events(session))) == ((TRIAL,), 1)
        assert len(list(store.sessions.ticks(session))) == journal.LIMIT


@pytest.mark.parametrize("n", [2, 2 * AT_ONCE + 3])
def test_an_impossible_row_holds_up_no_other(path: Path, n: int) -> None:
    session = begin(path)
    good = tuple(EstimateRow(float(k), 0.5, 0.5, "good", ()) for k in range(n))
    with Journal(path, session) as writer:
        for row in (*good[:1], replace(good[0], score=float("nan")), *good[1:]):
            writer.put(row)
    assert (writer.dropped, writer.trouble) == (1, None)
    with Store.open(path) as store:
        assert store.sessions.estimates(session) == good


def test_after_the_end_nothing_is_taken_and_nothing_raises(path: Path) -> None:
    session = begin(path)
    writer = Journal(path, session)
    writer.close()
    writer.put(TRIAL)
    writer.close()
    assert writer.dropped == 1


SITTING = """
import sys, time
from itertools import count
from pathlib import Path
from threading import Event
from engine.store import Journal
from engine.store.rows import EventRow, TickRow
journal = Journal(Path(sys.argv[1]), int(sys.argv[2]))
pace = Event()
for tick in count():
    journal.put(TickRow(tick, '{}', tick.to_bytes(8, "big")))
    journal.put(EventRow(tick, "now", str(time.monotonic())))
    pace.wait(1 / 60)
"""


def test_a_kill_in_mid_block_loses_no_more_than_the_last_second(path: Path) -> None:
    session = begin(path)
    with Store.open(path, read_only=True) as store:
        sitting = subprocess.Popen([sys.executable, "-c", SITTING, path, str(session)], cwd=ROOT)
        try:
            until(lambda: len(store.sessions.events(session)) > 60, "a second of play")
        finally:
            killed_s = time.monotonic()
            sitting.kill()
        assert sitting.wait() == (1 if sys.platform == "win32" else -signal.SIGKILL)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store.open(path) as store:
        events = store.sessions.events(session)
        assert killed_s - float(events[-1].data_json) < 2.0  # 1 s, and patience with a machine that does other work
        assert [tick.tick for tick in store.sessions.ticks(session)] == [event.tick for event in events]
        (cut,) = store.sessions.recover(time.time() + 60)
        assert (cut.session_id, cut.kept_s) == (session, pytest.approx(len(events) / 60))
