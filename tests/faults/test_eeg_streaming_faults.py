"""What can go wrong between a program that owns a headset and one that receives it by BrainFlow's multicast."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import pytest

from neuro.emulators.board.feed import Replay
from neuro.emulators.board.injector import StreamingInjector
from neuro.errors import DeviceUnavailable
from neuro.sources.board import layout
from neuro.sources.uri import open_eeg
from tests.faults.sitting import (
    LOSSES,
    TRIFLES,
    Calm,
    Sitting,
    assert_live_is_offline,
    assert_loss,
    assert_trifle,
    newest_s,
    sit,
    states,
)
from tests.neuro.sources.live import collect, join


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as some:
        some.bind(("", 0))
        return int(some.getsockname()[1])


@pytest.fixture(scope="module")
def board(head: Calm) -> Iterator[StreamingInjector]:
    with ExitStack() as opened:
        try:
            yield opened.enter_context(StreamingInjector(Replay(head.uv), layout("cyton"), port=free_port()))
        except DeviceUnavailable as why:
            pytest.skip(str(why))


@pytest.fixture(scope="module")
def whole_sitting(head: Calm, board: StreamingInjector) -> Iterator[Sitting]:
    with sit(head, board) as sitting:
        if all(poll.chunk.t_s.size == 0 for poll in sitting.hear_for(1.0)):
            pytest.skip("this computer's network does not carry multicast back")
        yield sitting


@pytest.fixture
def sitting(whole_sitting: Sitting) -> Sitting:
    """All is well."""
    whole_sitting.hear_good()
    return whole_sitting


def test_without_a_fault_live_is_as_offline(sitting: Sitting) -> None:
    assert_live_is_offline(sitting)


@pytest.mark.parametrize("trifle", TRIFLES)
def test_a_trifle_is_marked_and_nobody_need_notice(sitting: Sitting, trifle: str) -> None:
    assert_trifle(sitting, TRIFLES[trifle])


def test_stamps_that_twelve_samples_share_are_spread(sitting: Sitting, board: StreamingInjector) -> None:
    board.radio.burst(12)
    board.stamp_alike(12)
    polls = sitting.hear_for(2.0)
    board.stamp_alike(1)
    board.radio.burst(1)
    assert states(polls) == {"good"}
    steps_s = np.diff(join([poll.chunk for poll in polls[len(polls) // 2 :]]).t_s)
    assert steps_s == pytest.approx(np.full(steps_s.size, 0.004), abs=0.001)
    sitting.account()


@pytest.mark.parametrize("step_s", [-2.0, 2.0, 3600.0])
def test_a_sender_whose_clock_is_set_changes_nothing(
    sitting: Sitting, board: StreamingInjector, step_s: float
) -> None:
    before = sitting.account()
    board.step_clock(step_s)
    polls = sitting.hear_for(1.2)
    account = sitting.account()
    assert states(polls) == {"good"}
    assert (account.marked, account.skipped) == (before.marked, before.skipped)
    assert time.monotonic() - newest_s(polls) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_noticed_within_a_second_and_over_in_six(sitting: Sitting, loss: str) -> None:
    assert_loss(sitting, LOSSES[loss])


def test_a_lost_bluetooth_packet_of_a_muse_is_twelve_marks(whole_sitting: Sitting) -> None:
    """`whole_sitting` has found that multicast works."""
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
