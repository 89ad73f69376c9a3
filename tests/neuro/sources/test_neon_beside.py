"""Facts about what a Neon tells beside gaze: events of the eyes, how the head moves, and its camera's video."""

import threading
import time

import numpy as np
import pytest

from neuro.emulators.neon import NeonEmulator, Replay
from neuro.emulators.neon.rest import calibration
from neuro.screen import NEON_PINHOLE, Calibration, Picture
from neuro.sources.neon import EyeEvent, NeonSource, Place
from tests.neuro.emulators.eyes import restless
from tests.neuro.sources.glasses import Watch, assert_true, counting
from tests.neuro.sources.live import wait_until

pytestmark = pytest.mark.real_time


def test_the_phones_events_come_at_their_true_times() -> None:
    events: list[EyeEvent] = []

    def blinked() -> bool:
        events.extend(source.eye_events())
        return any(event.kind == "blink" and event.end_s > neon.began_s + 1.4 for event in events)

    with (
        NeonEmulator(Replay(restless()), ahead_s=-572.0) as neon,
        NeonSource(Place(neon.host, neon.port), time.monotonic) as source,
    ):
        Watch(source).until(blinked)
    last = {event.kind: event for event in events}
    blink, saccade = last["blink"], last["saccade"]
    assert (blink.start_s - neon.began_s) % 0.5 == pytest.approx(0.4, abs=0.003)
    assert blink.end_s - blink.start_s == pytest.approx(0.1, abs=1e-6)
    assert blink.amplitude_deg is None
    assert saccade.amplitude_deg == pytest.approx(51, abs=1)  # 800 px
    assert last["fixation"].end_s > last["fixation"].start_s


def test_glasses_that_do_not_measure_lids_tell_blinks_by_the_phones_events() -> None:
    with (
        NeonEmulator(Replay(restless()), gaze_bytes=9) as neon,
        NeonSource(Place(neon.host, neon.port), time.monotonic) as source,
    ):
        watch = Watch(source)
        watch.until(lambda: watch.gaze.t_s.max(initial=0) > neon.began_s + 1.6)
        blinks = source.blinks() - neon.began_s
    np.testing.assert_allclose(blinks[-2:], [0.95, 1.45], atol=0.003)


def test_a_head_that_turns_is_felt_and_forgotten_half_a_second_later() -> None:
    with counting() as (neon, source):
        wait_until(lambda: source.head_motion_rad_s is not None)
        neon.turn_head(20.0, 0.0)  # in 0.4 s: 0.87 rad/s on average
        wait_until(lambda: (source.head_motion_rad_s or 0) > 0.5)
        wait_until(lambda: (source.head_motion_rad_s or 9) < 0.03)  # it only nods
        neon.freeze()
        wait_until(lambda: source.head_motion_rad_s is None)
        neon.thaw()


def test_the_camera_is_known_as_soon_as_the_glasses_are_open() -> None:
    with counting() as (neon, source):
        known = source.calibration
        assert known is not NEON_PINHOLE
        assert (known.matrix == _lens().matrix).all()
        neon.kill()
        neon.revive()
        Watch(source).more(20)
        assert source.calibration is known


def test_video_comes_only_while_it_is_wanted() -> None:
    with counting() as (neon, source):
        Watch(source).more(50)
        assert source.picture() is None
        source.watch(True)
        picture = _next_picture(source)
        assert picture.grey.shape == (1200, 1600)
        assert picture.grey[:100].mean() == pytest.approx(50, abs=5)  # the room
        assert 0 <= time.monotonic() - picture.t_s < 1.0
        source.watch(False)
        wait_until(lambda: not neon.watched)
        assert source.picture() is None


def test_a_loss_of_video_touches_no_gaze() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        source.watch(True)
        _next_picture(source)
        before = source.dropped
        neon.damage_video()
        watch.until(lambda: not neon.watched)  # the stream was given up
        watch.more(200)
        assert_true(neon, watch.gaze)
        assert not watch.lost
        assert source.dropped == before
        neon.mend_video()
        _next_picture(source)


def test_no_thread_is_left_behind_by_video_and_losses() -> None:
    def open_and_lose() -> int:
        with counting() as (neon, source):
            source.watch(True)
            _next_picture(source)
            neon.kill()
            neon.revive()
            Watch(source).more(20)
            _next_picture(source)
        return threading.active_count()

    first = open_and_lose()
    assert open_and_lose() == first


def _next_picture(source: NeonSource) -> Picture:
    pictures: list[Picture] = []

    def came() -> bool:
        pictures.extend(filter(None, [source.picture()]))
        return bool(pictures)

    wait_until(came, 20.0)
    return pictures[-1]


def _lens() -> Calibration:
    known = Calibration.from_bytes(calibration("000000"))
    assert known is not None
    return known
