"""What can go wrong between a program that owns a headset and one that receives it by BrainFlow's multicast."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest

from neuro.emulators.board.feed import Replay
from neuro.emulators.board.injector import StreamingInjector
from neuro.errors import DeviceUnavailable
from neuro.sources.board import layout
from neuro.sources.uri import open_eeg
from tests.faults.catalogue import STREAMING, Fault
from tests.faults.observed import assert_as_it_must_be, assert_live_is_offline, observe
from tests.faults.sitting import Calm, Sitting, newest_s, sit
from tests.neuro.sources.live import collect, join

pytestmark = pytest.mark.real_time


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as some:
        some.bind(("", 0))
        return int(some.getsockname()[1])


@contextmanager
def streamed(head: Calm) -> Iterator[Sitting]:
    with ExitStack() as opened:
        try:
            board = opened.enter_context(StreamingInjector(Replay(head.uv), layout("cyton"), port=free_port()))
        except DeviceUnavailable as why:
            pytest.skip(str(why))
        sitting = opened.enter_context(sit(head, board))
        if all(poll.chunk.t_s.size == 0 for poll in sitting.hear_for(1.0)):
            pytest.skip("this computer's network does not carry multicast back")
        yield sitting


@pytest.fixture(scope="module")
def sitting(head: Calm) -> Iterator[Sitting]:
    with streamed(head) as sitting:
        yield sitting


def test_without_a_fault_live_is_as_offline(head: Calm) -> None:
    with streamed(head) as sitting:  # its own: another try begins before whatever a busy computer has lost
        sitting.hear_good()
        assert_live_is_offline(sitting, head)


@pytest.mark.parametrize("fault", STREAMING, ids=lambda fault: fault.name)
def test_a_fault_on_the_way_comes_to_what_it_must(sitting: Sitting, fault: Fault) -> None:
    assert_as_it_must_be(observe(sitting, fault))


def test_stamps_that_twelve_samples_share_are_spread(sitting: Sitting) -> None:
    sitting.hear_good()
    sitting.device.radio.burst(12)
    sitting.device.stamp_alike(12)
    polls = sitting.hear_for(2.0)
    sitting.device.stamp_alike(1)
    sitting.device.radio.burst(1)
    steps_s = np.diff(join([poll.chunk for poll in polls[len(polls) // 2 :]]).t_s)
    assert steps_s == pytest.approx(np.full(steps_s.size, 0.004), abs=0.001)


def test_a_sender_whose_clock_was_set_does_not_move_the_timeline(sitting: Sitting) -> None:
    sitting.hear_good()
    sitting.device.step_clock(5.0)
    polls = sitting.hear_for(0.5)
    assert time.monotonic() - newest_s(polls, "eeg") == pytest.approx(0.0, abs=0.1)


def test_a_lost_bluetooth_packet_of_a_muse_is_twelve_marks(sitting: Sitting) -> None:
    """`sitting` has found that multicast works."""
    uv = np.arange(20 * 256.0).reshape(1, -1).repeat(4, axis=0) / 100
    with StreamingInjector(Replay(uv), layout("muse_2"), port=free_port()) as board:
        source = open_eeg(board.address, time.monotonic)
        assert source is not None
        with source:
            chunks = [collect(source, 100)]
            board.radio.drop(1)
            chunks.append(collect(source, 200))
    came = join(chunks)
    lost = np.isnan(came.uv[0])
    assert lost.sum() == 12
    number = np.rint(came.uv[0] * 100)
    assert np.array_equal(number[~lost] - number[0], np.flatnonzero(~lost))
