"""What all tests share."""

import gc
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import settings

from game.wiring import play
from neuro.kernels import compiled
from tests.game.heron import Heron, Played, demonstration
from tests.neuro.sources.live import wait_until

settings.register_profile("heron", deadline=None)  # a busy computer is slow, and no example is wrong for it
settings.load_profile("heron")

CALLING_OUT_PORT = 51_353
"""Is held by whoever calls out; nothing is ever sent to it."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: who plays against the wall clock mostly waits."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who plays against the wall clock may be late on a busy computer, but not three times in a row."""
    waits = {item.path for item in items if item.get_closest_marker("real_time")}
    for item in items:
        if item.get_closest_marker("real_time"):
            item.add_marker(pytest.mark.flaky(reruns=2))
    items[:] = spread(items, waits)


def spread(items: list[pytest.Item], waits: set[Path]) -> list[pytest.Item]:
    """Files that wait evenly among those that work, and none of them last: a processor never waits for two."""
    files = {path: list(some) for path, some in groupby(items, lambda item: item.path)}
    waiting, working = [path for path in files if path in waits], [path for path in files if path not in waits]
    places = {path: 0.75 * n / len(waiting) for n, path in enumerate(waiting)}
    places |= {path: n / len(working) for n, path in enumerate(working)}
    return [item for path in sorted(files, key=places.__getitem__) for item in files[path]]


def pytest_collection(session: pytest.Session) -> None:
    """What is imported stays: the collector would look through it again and again for a quarter of this time."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Whoever hands out the tests has the hot path compiled, once, while the others list them."""
    if hasattr(config, "workerinput") or config.option.collectonly or compiled.is_ready():
        return
    words = [sys.executable, "-c", "from neuro.kernels import compiled; compiled.prepare()"]
    compiler = subprocess.Popen(words, cwd=config.rootpath)
    config.add_cleanup(compiler.wait)


@pytest.fixture(scope="session", autouse=True)
def hot_path() -> None:
    """Compiled before anything is compared: the last bits of the plain path depend on how samples are cut."""
    limit_s = time.monotonic() + 100.0
    while not compiled.is_ready() and time.monotonic() < limit_s:
        threading.Event().wait(0.2)
    compiled.prepare()


@pytest.fixture(scope="module")
def calling_out() -> Iterator[None]:
    """Nobody else calls out by mDNS meanwhile, in no process of these tests: whoever looks for glasses takes any."""
    limit_s = time.monotonic() + 100.0
    while True:
        try:
            with socket.create_server(("127.0.0.1", CALLING_OUT_PORT)):
                yield
                return
        except OSError:
            assert time.monotonic() < limit_s, "somebody else calls out for too long"
            threading.Event().wait(0.2)


@pytest.fixture(scope="session")
def heron_data() -> Path:
    """The folder of real recordings; see HERON_DATA in the guide for developers."""
    beside = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("HERON_DATA", beside))
    if not folder.is_dir():
        pytest.skip(
            f"there are no recordings in {folder}: set HERON_DATA to the folder that holds eegmat and neon_native"
        )
    return folder


@pytest.fixture
def heron(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Heron:
    """A prompt."""
    return Heron(monkeypatch, capsys)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Played:
    """A demonstration of twelve seconds of play: the first process that asks plays it, and all look at it."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine if worker_id == "master" else mine.parent) / "played-by-all"
    made = folder / "made"
    try:
        folder.mkdir()
    except FileExistsError:
        wait_until(made.exists, 100.0)
        return Played(*pickle.loads(made.read_bytes()))
    said: list[str] = []
    db = folder / "heron.sqlite"
    one = Played(db, play(demonstration(db, "adult", 3, said.append)), said)
    (folder / "making").write_bytes(pickle.dumps(tuple(one)))
    (folder / "making").rename(made)
    return one
