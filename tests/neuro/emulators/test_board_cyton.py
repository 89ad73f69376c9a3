"""A Cyton as its serial port shows it."""

import os
import sys
import tty
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from neuro.emulators.board.feed import Replay
from neuro.emulators.board.run import run_cyton
from neuro.errors import DeviceUnavailable
from tests.neuro.sources.live import wait_until

if sys.platform != "win32":
    from neuro.emulators.board.cyton import CytonEmulator, cyton_packet

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX systems"),
    pytest.mark.real_time,
]
QUIET = np.zeros((8, 5000))


class Host:
    """Whoever opens the port."""

    def __init__(self, port: str) -> None:
        self._end = os.open(port, os.O_RDWR | os.O_NONBLOCK)
        tty.setraw(self._end)

    def close(self) -> None:
        os.close(self._end)

    def say(self, command: bytes) -> None:
        os.write(self._end, command)

    def hear(self, n: int) -> bytes:
        """At least n bytes."""
        heard = b""

        def enough() -> bool:
            nonlocal heard
            try:
                heard += os.read(self._end, 4096)
            except BlockingIOError:
                return False
            return len(heard) >= n

        wait_until(enough, limit_s=2.0)
        return heard


@pytest.fixture
def cyton() -> Iterator["CytonEmulator"]:
    with CytonEmulator(Replay(QUIET)) as emulator:
        yield emulator


@pytest.fixture
def host(cyton: "CytonEmulator") -> Iterator[Host]:
    host = Host(cyton.port)
    yield host
    host.close()


def test_a_packet_is_as_the_maker_says() -> None:
    packet = cyton_packet(7, [0.0, 187_500.0, -187_500.0, 1.0, -1.0, 0.0, 0.0, 0.0])
    assert len(packet) == 33
    assert packet[:11] == bytes.fromhex("a0 07 000000 7fffff 800001")
    assert packet[11:17] == (45).to_bytes(3, "big") + (-45).to_bytes(3, "big", signed=True)
    assert packet[-1] == 0xC0


def test_it_greets_and_streams_only_when_it_is_told_to(cyton: "CytonEmulator", host: Host) -> None:
    host.say(b"v")
    assert host.hear(80).endswith(b"$$$")
    assert cyton.measured == 0
    host.say(b"b")
    stream = host.hear(33 * 20)
    assert stream[0 : 33 * 20 : 33] == b"\xa0" * 20
    assert list(stream[1 : 33 * 20 : 33]) == list(range(20))


def test_out_of_range_the_dongle_says_that_nobody_is_there(cyton: "CytonEmulator", host: Host) -> None:
    cyton.radio.silence()
    host.say(b"v")
    assert host.hear(60).startswith(b"Failure")


def test_an_unplugged_dongle_leaves_no_port_and_comes_back_under_its_name(cyton: "CytonEmulator") -> None:
    cyton.unplug()
    assert not Path(cyton.port).exists()
    cyton.unplug()
    cyton.plug()
    assert Path(cyton.port).exists()


def test_a_head_goes_on_while_nobody_listens(cyton: "CytonEmulator", host: Host) -> None:
    host.say(b"b")
    host.hear(33)
    host.say(b"s")
    before = cyton.measured
    wait_until(lambda: cyton.measured > before + 20)


def test_a_cyton_for_people_says_how_to_play_with_it_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    said: list[str] = []

    def say(sentence: str) -> None:
        said.append(sentence)
        assert port.exists()
        raise KeyboardInterrupt

    port = tmp_path / "cyton"
    run_cyton(Replay(QUIET[:4]), 256.0, port, say)
    assert f"--eeg board:cyton?serial_port={port}" in said[0]
    assert not port.exists()


def test_what_an_emulator_that_was_killed_left_behind_is_replaced(tmp_path: Path) -> None:
    port = tmp_path / "cyton"
    port.symlink_to(tmp_path / "a terminal that is no more")
    with CytonEmulator(Replay(QUIET), port=port):
        assert port.exists()
    assert not port.is_symlink()


def test_a_port_that_is_already_there_is_left_alone(tmp_path: Path) -> None:
    port = tmp_path / "taken"
    port.touch()
    with pytest.raises(DeviceUnavailable, match="give another name with --port"):
        run_cyton(Replay(QUIET), 250.0, port, print)
    assert port.is_file()
