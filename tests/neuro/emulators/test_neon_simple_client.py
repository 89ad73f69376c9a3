"""Facts about the Neon emulator as the maker's simple client sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from pupil_labs.realtime_api.device import DeviceError
from pupil_labs.realtime_api.simple import Device

from neuro.emulators.neon import NeonEmulator, Replay
from tests.neuro.emulators.eyes import restless
from tests.neuro.sources.live import wait_until

pytestmark = pytest.mark.real_time

AHEAD_S = -572.0


@pytest.fixture(scope="module")
def neon() -> Iterator[NeonEmulator]:
    with NeonEmulator(Replay(restless()), ahead_s=AHEAD_S) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def device(neon: NeonEmulator) -> Iterator[Device]:
    with connected(neon) as device:
        yield device


@contextmanager
def connected(neon: NeonEmulator) -> Iterator[Device]:
    """This client waits for ever if it is closed while one of its streams goes on: so the phone goes first."""
    device = Device(neon.host, neon.port)
    yield device
    neon.kill()
    device.close()
    neon.revive()


def test_it_is_a_neon_with_a_phone(device: Any) -> None:
    assert device.phone_name == "Heron emulator"
    assert device.version_glasses == "2"
    assert device.battery_level_percent == 90
    assert device.gaze_sensor().connected
    assert device.get_errors() == []


def test_gaze_arrives_with_the_phones_own_time(device: Any, neon: NeonEmulator) -> None:
    datum = device.receive_gaze_datum(timeout_seconds=5)
    assert datum.worn
    assert (datum.pupil_diameter_left + datum.pupil_diameter_right) / 2 == pytest.approx(3.5)
    since_began = datum.timestamp_unix_seconds - neon.unix_s(neon.began_s)
    assert since_began * 200 == pytest.approx(round(since_began * 200), abs=0.01)


def test_head_motion_arrives(device: Any) -> None:
    datum = device.receive_imu_datum(timeout_seconds=5)
    assert datum.accel_data.z == 1.0
    assert np.linalg.norm([*datum.quaternion]) == pytest.approx(1.0)


def test_all_five_eye_events_arrive(device: Any) -> None:
    kinds: set[int] = set()

    def all_came() -> bool:
        event = device.receive_eye_events(timeout_seconds=5)
        kinds.add(event.event_type)
        return kinds == {0, 1, 2, 3, 4}

    wait_until(all_came)


def test_the_scene_arrives_as_video_with_a_dot_where_the_wearer_looks(device: Any) -> None:
    scene, gaze = device.receive_matched_scene_video_frame_and_gaze(timeout_seconds=5)
    assert scene.bgr_pixels.shape == (1200, 1600, 3)
    assert scene.bgr_pixels[600, 320].max() > 200 or scene.bgr_pixels[600, 1120].max() > 200
    assert abs(scene.timestamp_unix_seconds - gaze.timestamp_unix_seconds) < 0.1


def test_a_recording_starts_once_takes_marks_and_is_saved(device: Any, neon: NeonEmulator) -> None:
    recording = device.recording_start()
    with pytest.raises(DeviceError, match="already running"):
        device.recording_start()
    event = device.send_event("go", event_timestamp_unix_ns=123)
    device.recording_stop_and_save()
    assert (event.recording_id, event.timestamp) == (recording, 123)
    assert neon.marks[-1] == ("go", 123, recording)
    assert neon.saved[-1] == recording
    with pytest.raises(DeviceError, match="not running"):
        device.recording_cancel()


def test_a_cancelled_recording_is_not_saved_and_a_mark_outside_belongs_to_none(
    device: Any, neon: NeonEmulator
) -> None:
    before = neon.saved
    device.recording_start()
    device.recording_cancel()
    assert neon.saved == before
    assert device.send_event("late").recording_id is None


def test_the_template_is_read_and_filled(device: Any) -> None:
    (item,) = device.get_template().items
    device.post_template_data({str(item.id): "calm"})
    assert device.get_template_data(template_format="api") == {str(item.id): ["calm"]}


def test_the_camera_is_set(device: Any) -> None:
    device.set_camera_state(ae_mode="manual", gain=12)
    state = device.get_camera_state()
    assert state.ae_mode.current_value == "manual"
    assert state.gain.current_value == 12


def test_the_calibration_is_that_of_a_scene_camera(device: Any) -> None:
    calibration = device.get_calibration()
    assert calibration.scene_camera_matrix[0, 2] == 800
    assert np.array_equal(calibration.right_extrinsics_affine_matrix, np.eye(4))


def test_the_phone_echoes_its_time(device: Any) -> None:
    estimate = device.estimate_time_offset(number_of_measurements=20)
    assert estimate.time_offset_ms.median == pytest.approx(-1000 * AHEAD_S, abs=1)


def test_status_changes_are_told_as_they_happen(neon: NeonEmulator) -> None:
    with connected(neon) as device:
        neon.set_battery(7)
        wait_until(lambda: device.battery_state == "LOW")
        with pytest.raises(DeviceError, match="Low battery"):
            device.recording_start()
        neon.set_battery(90)
        neon.unplug()
        wait_until(lambda: not device.gaze_sensor().connected)
        with pytest.raises(DeviceError, match="might not be connected"):
            device.get_camera_state()
        neon.plug()
        wait_until(lambda: device.gaze_sensor().connected)
        assert device.receive_gaze_datum(timeout_seconds=5) is not None
