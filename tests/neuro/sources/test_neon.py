"""Facts about a Neon as a source of gaze."""

import http.server
import threading
import time
from math import isnan, nan
from typing import Any

import numpy as np
import pytest
from pupil_labs.realtime_api.streaming import RTSPData
from pupil_labs.realtime_api.streaming.gaze import (
    BinoAndDualMonoGazeData,
    DualMonocularGazeData,
    EyestateEyelidDualMonoGazeData,
    EyestateEyelidGazeData,
    EyestateGazeData,
    GazeData,
)

from neuro.emulators.neon import NeonEmulator, Replay
from neuro.emulators.neon.payloads import gaze as payload
from neuro.errors import BadAddress, DeviceUnavailable
from neuro.sources.neon import NeonSource, Place, place
from neuro.sources.neon.sample import Lids, Sample, sample
from neuro.sources.uri import open_gaze
from tests.neuro.emulators.eyes import restless
from tests.neuro.sources.glasses import Watch, assert_true, counting

pytestmark = pytest.mark.real_time

FORMS = {
    9: GazeData,
    17: DualMonocularGazeData,
    25: BinoAndDualMonoGazeData,
    65: EyestateGazeData,
    89: EyestateEyelidGazeData,
    105: EyestateEyelidDualMonoGazeData,
}


@pytest.mark.parametrize(("size", "form"), FORMS.items())
def test_every_form_gives_the_same_point_and_what_else_it_measures(size: int, form: Any) -> None:
    def seen(*, worn: bool, lids_mm: float) -> Sample:
        raw = payload(size, 400.0, 300.0, worn=worn, pupil_mm=3.5, lids_mm=lids_mm)
        return sample(form.from_raw(RTSPData(raw, 0.0)))

    x, y, pupil_mm, confidence, shut = seen(worn=True, lids_mm=8.0)
    assert (x, y, confidence) == (400.0, 300.0, 1.0)
    assert pupil_mm == pytest.approx(3.5) if size >= 65 else isnan(pupil_mm)
    assert shut is (False if size >= 89 else None)
    assert seen(worn=True, lids_mm=0.2)[3:] == ((0.0, True) if size >= 89 else (1.0, None))
    assert seen(worn=False, lids_mm=8.0)[3:] == (0.0, None)


def test_the_pupil_that_is_seen_stands_for_both() -> None:
    raw = payload(65, 400.0, 300.0, worn=True, pupil_mm=3.5, lids_mm=8.0)
    datum = EyestateGazeData.from_raw(RTSPData(raw, 0.0))._replace(pupil_diameter_left=nan)
    assert sample(datum).pupil_mm == pytest.approx(3.4)


def test_what_the_phone_stamped_is_kept_beside() -> None:
    with counting() as (neon, source):
        gaze = Watch(source).more(50)
    assert gaze.device_s == pytest.approx([neon.unix_s(t_s) for t_s in gaze.t_s], abs=0.002)


def test_a_blink_is_in_its_middle_and_eyes_kept_shut_are_none() -> None:
    lids = Lids()
    shut = [None, True, False, False, True, True, False, None, True, False, True] + [True] * 10 + [False]
    told = [lids(0.1 * k, is_shut) for k, is_shut in enumerate(shut)]
    assert [(k, t_s) for k, t_s in enumerate(told) if t_s is not None] == [(6, pytest.approx(0.5))]


@pytest.mark.parametrize("gaze_bytes", FORMS)
def test_no_sample_is_lost_and_each_has_its_true_time(gaze_bytes: int) -> None:
    with counting(gaze_bytes=gaze_bytes) as (neon, source):
        gaze = Watch(source).more(100)
        assert_true(neon, gaze)
        np.testing.assert_allclose(np.diff(gaze.t_s), 1 / 200, atol=1e-3)
        assert source.dropped == 0
        assert source.clock_fit is not None
        assert source.clock_fit.uncertainty_s < 0.005


def test_blinks_are_told_and_gaze_is_lost_while_the_lids_are_shut() -> None:
    with (
        NeonEmulator(Replay(restless())) as neon,
        NeonSource(Place(neon.host, neon.port), time.monotonic) as source,
    ):
        watch = Watch(source)
        watch.until(lambda: watch.gaze.t_s.max(initial=0) > neon.began_s + 1.6)
        blinks = source.blinks() - neon.began_s
        gaze = watch.gaze
    np.testing.assert_allclose(blinks[-3:], [0.45, 0.95, 1.45], atol=0.003)
    shut = (gaze.t_s - neon.began_s + 0.0025) % 0.5 >= 0.4
    assert gaze.scene_px is not None
    assert np.isnan(gaze.scene_px[:, shut]).all()
    assert np.isfinite(gaze.scene_px[:, ~shut]).all()
    assert (gaze.confidence == ~shut).all()


def test_marks_and_recordings_are_kept_by_the_phone_in_its_own_time() -> None:
    with counting() as (neon, source):
        recording = source.start_recording().result(5)
        at_s = time.monotonic() - 0.25
        source.mark("level 3", at_s).result(5)
        source.stop_recording().result(5)
        (mark,) = neon.marks
        assert (mark.name, mark.recording_id) == ("level 3", recording)
        assert mark.timestamp_ns / 1e9 == pytest.approx(neon.unix_s(at_s), abs=0.002)
        assert neon.saved == (recording,)
        with pytest.raises(DeviceUnavailable, match="not running"):
            source.stop_recording().result(5)


def test_what_is_asked_of_a_phone_that_has_gone_fails_with_a_sentence() -> None:
    with counting() as (neon, source):
        neon.kill()
        with pytest.raises(DeviceUnavailable, match="Companion app"):
            source.mark("level 3", time.monotonic()).result(5)


def test_where_nobody_answers_the_glasses_cannot_be_opened() -> None:
    with (
        pytest.raises(DeviceUnavailable, match=r"No Neon answers at 127.0.0.1:9:"),
        NeonSource(Place("127.0.0.1", 9), time.monotonic),
    ):
        pass


def test_what_is_no_companion_app_is_told_so() -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Stranger) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with (
                pytest.raises(DeviceUnavailable, match="is no Companion app"),
                NeonSource(Place("127.0.0.1", server.server_port), time.monotonic),
            ):
                pass
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("target", "where"),
    [
        ("auto", None),
        ("", None),
        ("//192.168.1.20", Place("192.168.1.20", 8080)),
        ("//neon.local:9000/", Place("neon.local", 9000)),
    ],
)
def test_an_address_names_a_place_or_leaves_it_to_the_network(target: str, where: Place | None) -> None:
    assert place(target) == where


def test_a_bad_address_is_told_what_would_work() -> None:
    with pytest.raises(BadAddress, match="use neon:auto or neon://"):
        open_gaze("neon:192.168.1.20", time.monotonic)
    with pytest.raises(BadAddress, match="leave it out"):
        open_gaze("neon:auto?seed=1", time.monotonic)
    with pytest.raises(BadAddress, match="use profile or seed"):
        open_gaze("neon:emulate?port=1", time.monotonic)


class _Stranger(http.server.BaseHTTPRequestHandler):
    """Some other server, which speaks JSON."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"hello": "world"}')

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""
