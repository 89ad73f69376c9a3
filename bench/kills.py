"""Sittings that are cut off by kill -9 while the journal writes, and what is left of each."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Event

from engine.store import Journal, Store
from engine.store.rows import EventRow, NewSession, TickRow

KILLS = 50
AT_ONCE = 10
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one sitting.

    stored:  events in the file
    lost:    events that somebody read from the file before the kill, or that came before a stored one, and are gone
    last_s:  how long before the kill the newest stored event was put
    corrupt: whether SQLite finds anything wrong with the file
    """

    stored: int
    lost: int
    last_s: float
    corrupt: bool


NEW = NewSession(
    player_id=0,
    level_id="strike-01",
    level_toml="",
    setup_json="{}",
    seed=1,
    kind="demo",
    anchor_mono_s=0.0,
    anchor_unix_s=0.0,
    headset_json=None,
    gaze=None,
    mode="live",
    model_sha=None,
    version="bench",
)
"""A sitting of nobody yet."""


def begin(path: Path) -> int:
    """The number of a new sitting in a new database."""
    with Store.open(path) as store:
        return store.sessions.begin(replace(NEW, player_id=store.players.named("Bench").id))


def killed(folder: Path, seed: int) -> list[Left]:
    """AT_ONCE sittings side by side, each killed at a moment of its own; what is left of them."""
    paths = [folder / f"{seed}-{i}.sqlite" for i in range(AT_ONCE)]
    dice = random.Random(seed)
    children = [
        subprocess.Popen([sys.executable, "-m", "bench.kills", path, str(begin(path))], cwd=Path(__file__).parents[1])
        for path in paths
    ]
    try:
        deadline_s = time.monotonic() + PATIENCE_S
        while not all(_events(path) for path in paths):
            if time.monotonic() > deadline_s:
                raise TimeoutError(f"the sittings did not begin to write within {PATIENCE_S:g} s")
            time.sleep(0.1)
        left = []
        for path, child in zip(paths, children, strict=True):
            time.sleep(dice.uniform(0.0, 0.25))
            read = len(_events(path))
            killed_s = time.monotonic()
            child.send_signal(signal.SIGKILL)
            child.wait()
            left.append(judge(path, read, killed_s))
        return left
    finally:
        for child in children:
            child.kill()
            child.wait()


def judge(path: Path, read: int, killed_s: float) -> Left:
    """Look at a file whose writer was killed after `read` events had been read from it."""
    if _is_damaged(path):
        return Left(0, read, 0.0, True)
    events = _events(path)
    number, put_s = events[-1]
    return Left(len(events), max(number + 1, read) - len(events), killed_s - put_s, False)


def _is_damaged(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        try:
            return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok")
        except sqlite3.DatabaseError:
            return True


def sit(path: Path, session: int) -> None:
    """Put a tick and an event sixty times a second, until killed. An event says which it is, and when it was put."""
    journal = Journal(path, session)
    pace = Event()
    for tick in count():
        journal.put(TickRow(tick, "{}", tick.to_bytes(8, "big")))
        journal.put(EventRow(tick, "now", json.dumps([tick, time.monotonic()])))
        pace.wait(1 / 60)


def _events(path: Path) -> list[tuple[int, float]]:
    """(number, monotonic seconds when it was put) of every stored event."""
    with Store.open(path, read_only=True) as store:
        return [tuple(json.loads(event.data_json)) for event in store.sessions.events(1)]


if __name__ == "__main__":
    sit(Path(sys.argv[1]), int(sys.argv[2]))
