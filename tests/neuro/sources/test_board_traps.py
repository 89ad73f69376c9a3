"""Each way in which BrainFlow and its boards are known to surprise, and that Heron is not surprised."""

import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from neuro.emulators.board.feed import Replay
from neuro.errors import DeviceLost, DeviceUnavailable
from neuro.sources.board import LOST_AFTER_S, layout, open_board
from neuro.sources.playback import PlaybackSource
from neuro.types import Chunk, Headset
from tests.neuro.sources.live import collect, join, wait_for_loss, wait_for_return, wait_until

if sys.platform != "win32":
    from neuro.emulators.board.cyton import CytonEmulator

pytestmark = pytest.mark.real_time

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX systems")
RAMP = np.tile(np.arange(60 * 250.0) % 250, (8, 1))


@pytest.fixture
def cyton() -> Iterator["CytonEmulator"]:
    with CytonEmulator(Replay(RAMP)) as emulator:
        yield emulator


def played(t_s: np.ndarray, *, loop: bool = False) -> PlaybackSource:
    """A recording of three channels; each sample's value is its number."""
    uv = np.tile(np.arange(t_s.size, dtype=np.float32), (3, 1))
    return PlaybackSource(Headset("rest.edf", ("Fp1", "Fp2", "Cz"), 128.0), Chunk(uv, t_s), time.monotonic, loop=loop)


# A1: packaging


def test_a1_a_program_that_never_closes_its_board_ends_quietly() -> None:
    program = (
        "import time\nfrom neuro.sources.board import open_board\n"
        "source = open_board('synthetic', {}, time.monotonic).__enter__()\n"
        "while not source.read().t_s.size: pass\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=30, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


# A2: boards


def test_a2_a_board_without_names_gets_numbers_or_the_names_that_are_given() -> None:
    assert layout("ganglion").headset().channels == ("Ch1", "Ch2", "Ch3", "Ch4")
    assert layout("ganglion").headset(("Fp1", "Fp2", "C3", "C4")).channels == ("Fp1", "Fp2", "C3", "C4")


def test_a2_a_board_without_eeg_is_refused() -> None:
    with pytest.raises(DeviceUnavailable, match="measures no EEG"):
        layout("emotibit")


# A3: virtual boards


def test_a3_a_recording_plays_at_its_own_rate_not_at_its_master_boards() -> None:
    with played(np.arange(256) / 128) as source:
        chunk = collect(source, 256)
    np.testing.assert_array_equal(chunk.uv[0], np.arange(256))
    assert 255 / (chunk.t_s[-1] - chunk.t_s[0]) == pytest.approx(128, rel=0.2)
    assert source.headset.rate_hz == 128.0


def test_a3_the_end_of_a_recording_is_said() -> None:
    with played(np.arange(64) / 128) as source:
        assert collect(source, 64).t_s.size == 64
        with pytest.raises(DeviceLost, match=r"rest\.edf has ended"):
            source.read()


def test_a3_a_loop_goes_on_and_its_seam_is_no_loss() -> None:
    with played(np.arange(64) / 128, loop=True) as source:
        chunk = collect(source, 150)
    np.testing.assert_array_equal(chunk.uv[0, 60:70], np.arange(60, 70) % 64)
    assert np.all(np.diff(chunk.t_s) > 0)


def test_a3_nan_passes_through_playback() -> None:
    uv = np.ones((1, 64), np.float32)
    uv[0, 10] = np.nan
    with PlaybackSource(Headset("x", ("Cz",), 128.0), Chunk(uv, np.arange(64) / 128), time.monotonic) as source:
        np.testing.assert_array_equal(np.isnan(collect(source, 64).uv[0]), np.arange(64) == 10)


def test_a3_a_pause_of_an_hour_is_played_as_three_seconds_so_that_leaving_never_waits_longer() -> None:
    t_s = np.arange(64) / 128
    t_s[32:] += 3600.0
    with played(t_s) as source:
        collect(source, 32)
        assert "goes on by itself" in wait_for_loss(source)
        left_s = time.monotonic()
    assert time.monotonic() - left_s < 4.0


def test_a3_a_streaming_board_brings_what_another_process_sends() -> None:
    group, port, shape, leaving = "225.1.1.1", 16_677, layout("cyton"), threading.Event()
    with ExitStack() as end:
        sender = end.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        try:
            sender.sendto(b"", (group, port))
        except OSError:
            pytest.skip("this computer has no network that carries multicast")

        def send() -> None:
            for first in count(0, 3):
                if leaving.wait(0.012):
                    return
                samples = np.zeros((3, shape.n_rows))
                samples[:, shape.number_row] = np.arange(first, first + 3) % 256
                samples[:, shape.eeg_rows[0]] = np.arange(first, first + 3)
                samples[:, shape.stamp_row] = time.time() + np.arange(-2, 1) * 0.004
                sender.sendto(samples.tobytes(), (group, port))

        thread = threading.Thread(target=send)
        thread.start()
        end.callback(thread.join)
        end.callback(leaving.set)
        options = {"master": "cyton", "ip_address": group, "ip_port": str(port)}
        source = end.enter_context(open_board("streaming", options, time.monotonic))
        try:
            chunk = collect(source, 100, limit_s=4.0)
        except (AssertionError, DeviceLost):
            pytest.skip("this computer's network does not carry multicast back")
    assert source.headset.channels[:2] == ("Fp1", "Fp2")
    received = chunk.uv[0][np.isfinite(chunk.uv[0])]
    assert np.all(np.diff(received) >= 1)
    assert np.all(np.diff(chunk.t_s) > 0)


# A4: stamps and losses


@posix
def test_a4_lost_cyton_packets_become_nan_and_keep_the_time(cyton: "CytonEmulator") -> None:
    with open_board("cyton", {"serial_port": cyton.port}, time.monotonic) as source:
        first = collect(source, 50)
        cyton.radio.drop(7)
        chunk = join([first, collect(source, 100)])
    lost = np.isnan(chunk.uv[0])
    assert lost.sum() == 7
    start = chunk.uv[0, 0]
    expected = (np.arange(chunk.t_s.size) + round(float(start))) % 250
    np.testing.assert_allclose(chunk.uv[0][~lost], expected[~lost], atol=0.03)
    assert np.all(np.diff(chunk.t_s) > 0)


def test_a4_stamps_are_host_time_not_wall_time() -> None:
    with open_board("synthetic", {}, time.monotonic) as source:
        chunk = collect(source, 50)
        now_s = time.monotonic()
    assert now_s - 1.0 < chunk.t_s[-1] <= now_s


@posix
def test_a4_radio_silence_is_said_and_stays_a_gap(cyton: "CytonEmulator") -> None:
    with open_board("cyton", {"serial_port": cyton.port}, time.monotonic) as source:
        before = collect(source, 50)
        cyton.radio.silence()
        wait_for_loss(source)
        cyton.radio.resume()
        after = wait_for_return(source)
    assert after.t_s[0] - before.t_s[-1] > LOST_AFTER_S - 0.02  # but for the jitter of arrivals
    assert not np.isnan(after.uv).any()


# A5: errors


@posix
def test_a5_an_unplugged_board_is_soon_missed_and_taken_up_again(cyton: "CytonEmulator") -> None:
    with open_board("cyton", {"serial_port": cyton.port}, time.monotonic) as source:
        collect(source, 50)
        cyton.unplug()
        gone_s = time.monotonic()
        assert "switched on" in wait_for_loss(source)
        assert time.monotonic() - gone_s < 3.0
        cyton.plug()
        wait_for_return(source)
        assert collect(source, 100).uv.shape[0] == 8  # and the session stays open


@posix
def test_a5_leaving_while_the_board_is_gone_is_clean(cyton: "CytonEmulator") -> None:
    with open_board("cyton", {"serial_port": cyton.port}, time.monotonic) as source:
        collect(source, 10)
        cyton.unplug()
        wait_for_loss(source)


@pytest.mark.parametrize(
    ("board", "options", "sentence"),
    [
        ("cyton", {"serial_port": "/dev/no-such-port"}, "check the port"),
        ("cyton", {}, "serial_port="),
    ],
)
def test_a5_why_a_board_cannot_be_opened_is_said(board: str, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(DeviceUnavailable, match=sentence), open_board(board, options, time.monotonic):
        pass


def test_a5_a_second_source_on_one_board_is_refused_and_the_first_goes_on() -> None:
    with open_board("synthetic", {}, time.monotonic) as first:
        collect(first, 10)
        with pytest.raises(DeviceUnavailable, match="already open"), open_board("synthetic", {}, time.monotonic):
            pass
        collect(first, 300)
    with open_board("synthetic", {}, time.monotonic) as third:
        collect(third, 10)


# A6: threads


@posix
def test_a6_reading_never_waits_while_another_board_is_opened(tmp_path: Path) -> None:
    """A port that stays mute holds BrainFlow's one lock for six seconds."""
    ours, theirs = os.openpty()
    failures: list[DeviceUnavailable] = []  # they hold all that failed, as long as they live

    def open_mute() -> None:
        try:
            with open_board("cyton", {"serial_port": os.ttyname(theirs)}, time.monotonic):
                pass
        except DeviceUnavailable as error:
            failures.append(error)

    with open_board("synthetic", {}, time.monotonic) as source:
        chunks = [collect(source, 10)]
        opening = threading.Thread(target=open_mute)
        opening.start()
        slowest_s = 0.0

        def read() -> bool:
            nonlocal slowest_s
            before_s = time.monotonic()
            with suppress(DeviceLost):  # said while BrainFlow is held up; nothing is lost
                chunks.append(source.read())
            slowest_s = max(slowest_s, time.monotonic() - before_s)
            return not opening.is_alive()

        wait_until(read, limit_s=20.0)
        opening.join()
        chunks.append(wait_for_return(source))
    os.close(ours)
    os.close(theirs)
    assert "does not answer" in str(failures[0])
    assert slowest_s < 0.5
    assert not np.isnan(join(chunks).uv).any()
    assert np.diff(join(chunks).t_s).max() < 0.5


def test_a6_three_readers_share_the_samples_and_none_is_scrambled() -> None:
    with open_board("synthetic", {}, time.monotonic) as source:
        taken: list[Chunk] = []
        enough = threading.Event()

        def read() -> None:
            while not enough.wait(0.001):
                taken.append(source.read())

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        wait_until(lambda: sum(chunk.t_s.size for chunk in taken) >= 250)
        enough.set()
        for reader in readers:
            reader.join()
    t_s = np.sort(np.concatenate([chunk.t_s for chunk in taken]))
    assert np.unique(t_s).size == t_s.size
    assert not np.any(np.all(join(taken).uv == 0, axis=0))


@posix
def test_a6_a_failed_board_that_is_collected_as_garbage_never_waits_for_brainflow() -> None:
    with (
        pytest.raises(DeviceUnavailable) as failed,
        open_board("cyton", {"serial_port": "/dev/none"}, time.monotonic),
    ):
        pass
    ours, theirs = os.openpty()

    def open_mute() -> None:
        with suppress(DeviceUnavailable), open_board("cyton", {"serial_port": os.ttyname(theirs)}, time.monotonic):
            pass

    opening = threading.Thread(target=open_mute)
    opening.start()
    os.read(ours, 1)  # BrainFlow greets the board: from here on it holds its lock
    before_s = time.monotonic()
    del failed
    gc.collect()
    took_s = time.monotonic() - before_s
    os.write(ours, b"$$$Failure")
    opening.join()
    os.close(ours)
    os.close(theirs)
    assert took_s < 2.0  # without the handling it waits for BrainFlow's lock, 5 s and more
