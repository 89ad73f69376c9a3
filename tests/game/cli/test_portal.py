"""`heron portal` as it is started: several processes behind one address, and none that stays behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.game.heron import Heron


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    words = ["portal", "--port", "0", "--processes", "2", "--db", str(tmp_path / "x.sqlite")]
    started = subprocess.Popen([sys.executable, "-m", "game", *words], stdout=subprocess.PIPE, text=True)
    yield started
    started.kill()
    started.wait()
    assert started.stdout is not None
    started.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_all_processes_answer_with_one_code_and_end_with_the_first_however_it_ends(
    portal: subprocess.Popen[str],
) -> None:
    assert portal.stdout is not None
    address = httpx.URL(portal.stdout.readline().strip())
    place = ("127.0.0.1", address.port or 0)
    assert httpx.get(address, timeout=60).status_code == 200
    others = psutil.Process(portal.pid).children(recursive=True)
    assert others
    first = {httpx.get(address.copy_with(path="/", query=None), timeout=60).headers["location"] for _ in range(6)}
    assert first == {"/begin"}
    os.kill(portal.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(others, timeout=60)
    assert alive == []
    with pytest.raises(ConnectionRefusedError), socket.create_connection(place, timeout=5):
        pass


def test_nobody_else_is_let_in_without_tls(heron: Heron, tmp_path: Path) -> None:
    said = heron("portal", "--host", "0.0.0.0", "--db", tmp_path / "x.sqlite")
    assert said.status == 1
    assert "give --cert and --key" in said.err
