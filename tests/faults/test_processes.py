"""Emulators in processes of their own are killed and started again during `heron play`: the same sitting goes on."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGINT
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import StoreError
from engine.store import Store
from engine.store.rows import SegmentRow, Session, Stream
from tests.faults.processes import Emulated, emulated
from tests.neuro.sources.live import wait_until

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="an emulated Cyton needs pseudo-terminals"),
    pytest.mark.real_time,
]

START_S, SAVED_S, BACK_S = 30.0, 1.5, 6.0
"""Until all runs on a busy computer; until it can be read in the file; from a device's return to its samples'."""

LEAST_GAP_S = 0.9
"""A killed emulator takes longer to start again."""

DEVICES: tuple[Stream, Stream] = ("eeg", "gaze")


class Played:
    """`heron play --headless`, seen through its database."""

    def __init__(self, db: Path, process: "subprocess.Popen[str]") -> None:
        self._db, self._process = db, process

    def lives(self, device: Stream) -> list[str]:
        if not self._db.exists():
            return []
        try:
            with Store.open(self._db, read_only=True) as store:
                latest = store.sessions.latest()
                events = store.sessions.events(latest.id) if latest else ()
        except StoreError:  # it is just being made
            return []
        told = [json.loads(event.data_json) for event in events if event.kind == "device_life"]
        return [each["state"] for each in told if each["device"] == device]

    def wait_for(self, device: Stream, state: str, limit_s: float) -> None:
        def is_so() -> bool:
            assert self._process.poll() is None, "heron play has ended"
            return self.lives(device)[-1:] == [state]

        wait_until(is_so, limit_s)

    def leave(self) -> None:
        """Ctrl+C."""
        self._process.send_signal(SIGINT)
        self._process.wait(START_S)


@contextmanager
def playing(eeg: Emulated, gaze: Emulated, db: Path) -> Iterator[Played]:
    command = (sys.executable, "-m", "game", "play", "--headless", "--seconds", "600", "--db", str(db))
    process = subprocess.Popen(
        [*command, "--eeg", eeg.address, "--gaze", gaze.address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield Played(db, process)
    finally:
        process.kill()
        process.wait()


class Sitting(NamedTuple):
    """What was stored; of each device when it was killed, and when it said that it was there again."""

    session: Session
    ticks: list[int]
    segments: tuple[SegmentRow, ...]
    t_s: dict[Stream, NDArray[np.float64]]
    killed_unix_s: dict[Stream, float]
    back_unix_s: dict[Stream, float]

    def host_s(self, unix_s: float) -> float:
        return unix_s - self.session.anchor_unix_s + self.session.anchor_mono_s


@pytest.fixture(scope="module")
def sitting(calling_out: None, tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """The Cyton is killed and started again, then the Neon; then the player leaves. Asserts that all is in time."""
    killed_unix_s, back_unix_s = dict[Stream, float](), dict[Stream, float]()
    folder = tmp_path_factory.mktemp("processes")
    db = folder / "heron.sqlite"
    with emulated(folder) as (cyton, neon), playing(cyton, neon, db) as played:
        for device in DEVICES:
            played.wait_for(device, "streaming", START_S)
        for device, process in zip(DEVICES, (cyton, neon), strict=True):
            process.kill()
            killed_unix_s[device] = time.time()
            played.wait_for(device, "lost", 1.0 + SAVED_S)
            process.start()
            process.wait()
            back_unix_s[device] = time.time()
            played.wait_for(device, "streaming", BACK_S + SAVED_S)
        played.leave()
    with Store.open(db, read_only=True) as store:
        session = store.sessions.latest()
        assert session is not None
        return Sitting(
            session,
            [row.tick for row in store.sessions.ticks(session.id)],
            store.signals.segments(session.id),
            {each: np.concatenate([row.t_s for row in store.signals.polls(session.id, each)]) for each in DEVICES},
            killed_unix_s,
            back_unix_s,
        )


def test_one_sitting_holds_all_of_it(sitting: Sitting) -> None:
    assert (sitting.session.id, sitting.session.ending) == (1, "left")
    assert sitting.ticks == list(range(1, len(sitting.ticks) + 1))


@pytest.mark.parametrize("device", DEVICES)
def test_an_emulator_that_is_killed_and_started_again_is_taken_up_after_a_gap(
    sitting: Sitting, device: Stream
) -> None:
    """A busy computer may lose a device besides; of the killed one's gap both ends are in the file all the same."""
    t_s = sitting.t_s[device]
    after = int(np.searchsorted(t_s, sitting.host_s(sitting.killed_unix_s[device]) + LEAST_GAP_S / 2))
    stretches = [each for each in sitting.segments if each.device == device]
    assert np.all(np.diff(t_s) > 0)
    assert t_s[after] - t_s[after - 1] > LEAST_GAP_S
    assert t_s[after] < sitting.host_s(sitting.back_unix_s[device]) + BACK_S
    assert t_s[after] in [each.from_s for each in stretches]
    assert [each.reason is not None for each in stretches if each.until_s == t_s[after - 1]] == [True]
