"""Facts about EEG and gaze over the Lab Streaming Layer, on the loopback."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from neuro.errors import BadAddress, DeviceUnavailable
from neuro.sources.lsl import LslEeg, LslGaze
from neuro.sources.lsl.feed import LOST_AFTER_S
from neuro.sources.uri import open_eeg, open_gaze
from neuro.types import Gaze
from tests.neuro.sources.live import collect, wait_for_loss, wait_for_return, wait_until
from tests.neuro.streams import named, pylsl

lsl = pylsl()
pytestmark = pytest.mark.real_time


class Sender:
    """Some program that streams sample k at its time: its first channel is k, whatever the others hold.

    Args: late_s: how long after its time each stamp is, at random, at most.
    """

    def __init__(self, info: Any, rate_hz: float, row: list[float], late_s: float) -> None:
        self._outlet = lsl.StreamOutlet(info)
        self._rate_hz, self._row, self._late_s = rate_hz, row, late_s
        self._rng = np.random.default_rng(1)
        self.silent, self._leaving = threading.Event(), threading.Event()
        self.start_s = lsl.local_clock()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> None:
        """The program crashes."""
        self._leaving.set()
        self._thread.join()
        self._outlet = None

    def _run(self) -> None:
        sent = 0
        while not self._leaving.wait(0.01):
            due = int((lsl.local_clock() - self.start_s) * self._rate_hz)
            for k in range(sent, due):
                t_s = self.start_s + k / self._rate_hz + self._rng.uniform(0, self._late_s)
                if not self.silent.is_set():
                    self._outlet.push_sample([float(k), *self._row], t_s)
            sent = max(sent, due)


@contextmanager
def sending(
    kind: str,
    labels: list[str],
    rate_hz: float = 250.0,
    *,
    row: list[float],
    name: str = "Cap",
    units: str | None = None,
    types: list[str] | None = None,
    late_s: float = 0.0,
) -> Iterator[Sender]:
    info = lsl.StreamInfo(named(name), kind, len(labels), rate_hz, "float32", named(name))
    info.set_channel_labels(labels)
    if types:
        info.set_channel_types(types)
    if units:
        info.set_channel_units(units)
    sender = Sender(info, rate_hz or 200.0, row, late_s)
    try:
        yield sender
    finally:
        sender.stop()


def seen(source: LslGaze, n: int) -> Gaze:
    """The newest portion of gaze, after n samples."""
    portions: list[Gaze] = []

    def enough() -> bool:
        portions.append(source.read())
        return sum(portion.t_s.size for portion in portions) >= n and portions[-1].t_s.size > 0

    wait_until(enough)
    return portions[-1]


def test_any_eeg_stream_is_a_headset() -> None:
    with sending("EEG", ["EEG Fp1-Ref", "fp2", "AUX"], row=[1.0, 2.0]), LslEeg(named("Cap"), time.monotonic) as cap:
        chunk = collect(cap, 250)
        now_s = time.monotonic()
    assert cap.headset.channels == ("Fp1", "Fp2")
    assert cap.headset.rate_hz == 250.0
    np.testing.assert_array_equal(np.diff(chunk.uv[0]), 1.0)  # nothing lost, nothing twice
    assert np.all(chunk.uv[1] == 1.0)
    assert now_s - 0.2 < chunk.t_s[-1] < now_s + 0.01


def test_stamps_are_host_time_without_the_senders_jitter() -> None:
    ahead_s = 1000.0

    def clock() -> float:
        return time.monotonic() + ahead_s

    with sending("EEG", ["Cz", "Pz"], 1000.0, row=[0.0], late_s=0.004) as sender, LslEeg(named("Cap"), clock) as cap:
        collect(cap, 1500)
        chunk = collect(cap, 100)
    to_host_s = time.monotonic() - lsl.local_clock() + ahead_s
    error_s = chunk.t_s - (sender.start_s + chunk.uv[0].astype(float) / 1000 + to_host_s)
    assert error_s.std() < 0.0004  # of 1.15 ms
    assert 0 < error_s.mean() < 0.004


def test_what_is_no_eeg_is_left_out_and_units_are_converted() -> None:
    with (
        sending("EEG", ["C3", "Trigger"], row=[9.0], units="millivolts", types=["EEG", "Trigger"]),
        LslEeg(named("Cap"), time.monotonic) as cap,
    ):
        chunk = collect(cap, 10)
    assert cap.headset.channels == ("C3",)
    np.testing.assert_allclose(np.diff(chunk.uv[0]), 1000.0)


def test_a_stream_that_ends_is_lost_and_taken_up_again() -> None:
    with sending("EEG", ["Cz", "Pz"], row=[0.0]) as first, LslEeg(named("Cap"), time.monotonic) as cap:
        collect(cap, 50)
        first.stop()
        gone_s = time.monotonic()
        assert "start it again" in wait_for_loss(cap)
        assert time.monotonic() - gone_s <= 1.0
        with sending("EEG", ["Cz", "Pz"], row=[0.0]) as second:
            back = wait_for_return(cap)
    to_host_s = time.monotonic() - lsl.local_clock()
    assert abs(back.t_s[0] - (second.start_s + float(back.uv[0, 0]) / 250 + to_host_s)) < 0.01


def test_a_stream_that_falls_silent_is_lost_too_and_its_silence_stays_a_gap() -> None:
    with sending("EEG", ["Cz", "Pz"], row=[0.0]) as sender, LslEeg(named("Cap"), time.monotonic) as cap:
        before = collect(cap, 50)
        sender.silent.set()
        wait_for_loss(cap)
        sender.silent.clear()
        after = wait_for_return(cap)
    assert after.t_s[0] - before.t_s[-1] > LOST_AFTER_S - 0.02  # but for the sender's pace of 10 ms


def test_another_stream_under_the_same_name_is_not_taken_for_the_first() -> None:
    with sending("EEG", ["Cz", "Pz"], row=[0.0]) as first, LslEeg(named("Cap"), time.monotonic) as cap:
        collect(cap, 50)
        first.stop()
        with sending("EEG", ["C3", "C4", "Cz"], row=[0.0, 0.0]):
            wait_for_loss(cap)
            with pytest.raises(AssertionError, match="did not happen"):
                wait_for_return(cap, limit_s=0.5)


def test_gaze_in_pixels_of_neons_scene_becomes_parts_of_the_picture() -> None:
    labels = ["sync", "x", "y", "PupilDiameterLeft", "PupilDiameterRight", "EyeballCenterLeftX"]
    row = [800.0, 300.0, 3.0, 4.0, -30.0]
    with sending("Gaze", labels, 0.0, row=row), LslGaze(named("Cap"), time.monotonic) as eyes:
        gaze = seen(eyes, 100)
        now_s = time.monotonic()
    np.testing.assert_allclose(gaze.xy[:, -1], [0.5, 0.25])
    assert gaze.pupil_mm[-1] == 3.5
    assert gaze.confidence[-1] == 1.0
    assert now_s - 0.2 < gaze.t_s[-1] < now_s + 0.01


def test_pupil_cores_gaze_counts_from_the_bottom_and_a_lost_eye_is_nan() -> None:
    labels = ["sync", "confidence", "norm_pos_x", "norm_pos_y"]
    with sending("Gaze", labels, 0.0, row=[0.75, 0.5, 0.25]), LslGaze(named("Cap"), time.monotonic) as eyes:
        gaze = seen(eyes, 20)
    np.testing.assert_allclose(gaze.xy[:, -1], [0.5, 0.75])
    assert gaze.confidence[-1] == 0.75
    assert np.isnan(gaze.pupil_mm).all()
    with sending("Gaze", labels, 0.0, row=[0.75, np.nan, 0.25]), LslGaze(named("Cap"), time.monotonic) as eyes:
        assert seen(eyes, 20).confidence[-1] == 0.0


def test_gaze_that_falls_silent_is_lost() -> None:
    with (
        sending("Gaze", ["k", "x", "y"], 0.0, row=[1.0, 1.0]) as sender,
        LslGaze(named("Cap"), time.monotonic) as eyes,
    ):
        seen(eyes, 20)
        sender.silent.set()
        assert "has stopped" in wait_for_loss(eyes)


@pytest.mark.parametrize(
    ("labels", "rate_hz", "sentence"), [(["AUX", "Trigger"], 250.0, "any EEG"), (["Cz", "Pz"], 0.0, "an even rate")]
)
def test_a_stream_that_cannot_be_used_is_told_apart(labels: list[str], rate_hz: float, sentence: str) -> None:
    with (
        sending("EEG", labels, rate_hz, row=[0.0]),
        pytest.raises(DeviceUnavailable, match=sentence),
        LslEeg(named("Cap"), time.monotonic),
    ):
        pass


def test_gaze_without_x_and_y_is_refused() -> None:
    with (
        sending("Gaze", ["left", "right"], 0.0, row=[0.0]),
        pytest.raises(DeviceUnavailable, match="no channels x and y"),
        LslGaze(named("Cap"), time.monotonic),
    ):
        pass


def test_a_stream_that_is_not_there_is_said_with_those_that_are() -> None:
    source = open_eeg("lsl:Nobody", time.monotonic)
    assert source is not None
    with (
        sending("EEG", ["Cz", "Pz"], row=[0.0], name="Other"),
        pytest.raises(DeviceUnavailable, match=f"'Nobody' of type EEG: choose from.*{named('Other')}"),
        source,
    ):
        pass


def test_an_address_names_a_stream() -> None:
    with pytest.raises(BadAddress, match="lsl:Muse"):
        open_eeg("lsl:", time.monotonic)


def test_without_pylsl_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylsl", None)
    eyes = open_gaze("lsl:Neon Gaze", time.monotonic)
    assert eyes is not None
    with pytest.raises(DeviceUnavailable, match=r"heron-focus\[lsl\]"), eyes:
        pass
