"""What goes over the wire to BrainFlow's streaming board; here from a computer to itself, without a network."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.emulators.board.feed import Replay
from neuro.emulators.board.injector import StreamingInjector
from neuro.errors import DeviceUnavailable
from neuro.sources.board import Layout, layout

pytestmark = pytest.mark.real_time

RAMP = np.arange(5000.0).reshape(1, -1) + 1000 * np.arange(8).reshape(-1, 1)


class Receiver:
    """Takes datagrams of a board's samples."""

    def __init__(self, udp: socket.socket, shape: Layout) -> None:
        self._udp, self.shape = udp, shape

    def samples(self, n: int) -> NDArray[np.float64]:
        """At least n samples, (n_rows, n)."""
        came: list[NDArray[np.float64]] = []
        while sum(map(len, came)) < n:
            datagram = self._udp.recv(65_536)
            if datagram:
                came.append(np.frombuffer(datagram).reshape(3, self.shape.n_rows))
        return np.concatenate(came).T


@contextmanager
def sending(board: str = "cyton", n_channels: int = 8) -> Iterator[tuple[StreamingInjector, Receiver]]:
    shape = layout(board)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(5.0)
        port = udp.getsockname()[1]
        with StreamingInjector(Replay(RAMP[:n_channels]), shape, group="127.0.0.1", port=port) as injector:
            yield injector, Receiver(udp, shape)


def test_samples_come_in_order_in_the_rows_of_the_board() -> None:
    with sending() as (_, receiver):
        came = receiver.samples(60)
    np.testing.assert_array_equal(came[list(receiver.shape.eeg_rows)], RAMP[:, : came.shape[1]])
    np.testing.assert_array_equal(came[receiver.shape.number_row], np.arange(came.shape[1]))


def test_stamps_are_of_the_wall_clock_and_of_the_boards_pace() -> None:
    before_s = time.time()
    with sending() as (_, receiver):
        stamps_s = receiver.samples(60)[receiver.shape.stamp_row]
    assert stamps_s[0] == pytest.approx(before_s, abs=1.0)
    assert np.diff(stamps_s) == pytest.approx(np.full(stamps_s.size - 1, 0.004), abs=1e-6)


def test_a_clock_that_is_set_back_stamps_what_comes_after_it_earlier() -> None:
    with sending() as (injector, receiver):
        before = receiver.samples(9)
        injector.step_clock(-2.0)
        came = np.hstack([before, receiver.samples(60)])
    steps_s = np.diff(came[receiver.shape.stamp_row])
    assert steps_s.min() == pytest.approx(-1.996, abs=1e-6)
    assert np.sort(steps_s)[1] == pytest.approx(0.004, abs=1e-6)


def test_samples_of_one_bluetooth_packet_share_a_stamp() -> None:
    with sending() as (injector, receiver):
        injector.stamp_alike(12)
        stamps_s = receiver.samples(90)[receiver.shape.stamp_row][-60:]
    assert len(set(stamps_s)) <= 6


def test_a_lost_datagram_is_three_samples() -> None:
    with sending() as (injector, receiver):
        before = receiver.samples(9)
        injector.radio.drop(3)
        came = np.hstack([before, receiver.samples(60)])
    assert sorted(set(np.diff(came[receiver.shape.number_row]))) == [1, 4]


def test_a_program_that_starts_anew_counts_from_nought() -> None:
    with sending() as (injector, receiver):
        before = receiver.samples(30)
        injector.unplug()
        injector.plug()
        came = np.hstack([before, receiver.samples(60)])
    assert np.count_nonzero(came[receiver.shape.number_row] == 0) == 2


def test_twelve_samples_of_a_muse_share_a_number_and_are_lost_together() -> None:
    with sending("muse_2", 4) as (injector, receiver):
        injector.radio.drop(1)
        numbers = receiver.samples(60)[receiver.shape.number_row]
    np.testing.assert_array_equal(numbers[:36], np.repeat([1, 2, 3], 12))


def test_a_computer_without_a_network_for_it_says_what_to_do() -> None:
    injector = StreamingInjector(Replay(RAMP), layout("cyton"), group="255.255.255.255")
    with pytest.raises(DeviceUnavailable, match="connect this computer to one"), injector:
        pass
