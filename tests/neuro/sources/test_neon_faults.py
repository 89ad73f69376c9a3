"""Facts about a Neon that fails: the loss is noticed within a second, and it is taken up again by itself."""

import time

import numpy as np
import pytest

from neuro.emulators.neon import NeonEmulator
from neuro.errors import DeviceUnavailable
from neuro.sources.neon import NeonSource, Place
from tests.neuro.emulators.eyes import Counting, numbers
from tests.neuro.sources.glasses import Watch, assert_true, counting

pytestmark = pytest.mark.real_time

NOTICED_S, BACK_S = 1.0, 6.0


@pytest.mark.parametrize(
    ("fault", "repair", "said"),
    [
        ("kill", "revive", "open the Companion app"),
        ("freeze", "thaw", "wake the phone"),
        ("unplug", "plug", "plug their cable in"),
    ],
)
def test_a_loss_is_noticed_said_and_taken_up_again(fault: str, repair: str, said: str) -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(50)
        assert source.life == "streaming"
        getattr(neon, fault)()
        watch.until(lambda: bool(watch.lost))
        assert watch.lost_after_s[0] <= NOTICED_S
        watch.until(lambda: any(said in sentence for sentence in watch.lost))
        watch.until(lambda: source.life in ("lost", "reconnecting"))
        getattr(neon, repair)()
        watch.more(50, limit_s=BACK_S)
        watch.until(lambda: source.life == "streaming")
        assert_true(neon, watch.gaze)
        assert np.diff(watch.gaze.t_s).max() > NOTICED_S / 2  # the gap stays a gap


def test_the_life_of_the_glasses_goes_from_absent_to_streaming_to_stale_to_lost() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(20)
        lives = [source.life]
        neon.freeze()

        def lost() -> bool:
            if source.life != lives[-1]:
                lives.append(source.life)
            return "lost" in lives or "reconnecting" in lives

        watch.until(lost)
        neon.thaw()
    assert lives[:2] == ["streaming", "stale"]
    assert source.life == "absent"
    assert NeonSource(None, time.monotonic).life == "absent"


def test_without_sender_reports_nothing_is_invented_and_all_is_well_when_they_come() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(20)
        neon.hide_reports()
        neon.kill()
        neon.revive()  # the new stream brings packets, but no time for them
        watch.until(lambda: bool(watch.lost))
        before = watch.gaze.t_s.size
        wait_end_s = time.monotonic() + 0.5
        watch.until(lambda: time.monotonic() > wait_end_s)
        assert watch.gaze.t_s.size == before
        neon.show_reports()
        watch.more(50, limit_s=BACK_S)
        assert_true(neon, watch.gaze)


def test_stamps_that_ran_over_are_dropped_and_a_new_stream_sets_them_right() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(20)
        neon.wrap(in_s=0.2)
        watch.until(lambda: source.dropped > 0)
        watch.more(50, limit_s=BACK_S)
        assert_true(neon, watch.gaze)
        assert np.diff(watch.gaze.t_s).max() < NOTICED_S
        assert not watch.lost


def test_stamps_by_a_clock_that_the_phone_does_not_have_are_dropped_until_they_are_true() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(20)
        neon.misreport(by_s=5.0)
        watch.until(lambda: bool(watch.lost))
        watch.until(lambda: any("cannot be true" in sentence for sentence in watch.lost))
        with (
            pytest.raises(DeviceUnavailable, match="cannot be true"),
            NeonSource(Place(neon.host, neon.port), time.monotonic),
        ):
            pass
        neon.misreport(by_s=0.0)
        watch.more(50, limit_s=BACK_S)
        assert source.dropped > 20
        assert_true(neon, watch.gaze)


def test_steps_of_the_phones_clock_move_no_stamp_and_lose_no_sample_however_soon_one_follows_the_other() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        watch.more(50)
        for by_s in (3600.0, -0.3, 0.3):
            neon.jump(by_s)
            watch.more(70)
        assert_true(neon, watch.gaze)
        assert (np.diff(numbers(watch.gaze)) == 1).all()


def test_gaze_of_glasses_that_are_not_worn_is_not_believed() -> None:
    with counting() as (neon, source):
        watch = Watch(source)
        assert watch.more(20).confidence.min() == 1
        neon.take_off()
        watch.until(lambda: watch.gaze.confidence[-1] == 0)
        off = watch.more(20)
        assert off.scene_px is not None
        assert np.isnan(off.scene_px).all()
        assert np.isnan(off.pupil_mm).all()
        assert source.life == "streaming"
        neon.put_on()
        watch.until(lambda: watch.gaze.confidence[-1] == 1)
        assert_true(neon, watch.gaze)


def test_a_low_battery_is_seen_and_the_refused_recording_says_why() -> None:
    with counting() as (neon, source):
        assert source.battery_percent == 90
        neon.set_battery(7)
        with pytest.raises(DeviceUnavailable, match="Low battery"):
            source.start_recording().result(5)
        neon.kill()
        neon.revive()
        watch = Watch(source)
        watch.until(lambda: source.battery_percent == 7)


def test_where_tcp_is_refused_gaze_comes_by_udp() -> None:
    with NeonEmulator(Counting(), ahead_s=5.0) as neon:
        neon.refuse_tcp()
        with NeonSource(Place(neon.host, neon.port), time.monotonic) as source:
            assert_true(neon, Watch(source).more(50))


def test_gaze_in_a_form_of_tomorrow_is_named_as_the_reason() -> None:
    with (
        NeonEmulator(Counting(), gaze_bytes=121) as neon,
        pytest.raises(DeviceUnavailable, match="update Heron"),
        NeonSource(Place(neon.host, neon.port), time.monotonic),
    ):
        pass


def test_a_phone_that_hangs_cannot_be_opened_and_nobody_waits_for_it_for_long() -> None:
    with NeonEmulator(Counting()) as neon:
        neon.freeze()
        began_s = time.monotonic()
        with (
            pytest.raises(DeviceUnavailable, match="No Neon answers"),
            NeonSource(Place(neon.host, neon.port), time.monotonic),
        ):
            pass
        assert time.monotonic() - began_s < BACK_S


def test_glasses_that_are_unplugged_from_the_start_cannot_be_opened() -> None:
    with counting() as (neon, _source):
        neon.unplug()
        with (
            pytest.raises(DeviceUnavailable, match="plug their cable in"),
            NeonSource(Place(neon.host, neon.port), time.monotonic),
        ):
            pass
