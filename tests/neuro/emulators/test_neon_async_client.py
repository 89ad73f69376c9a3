"""Facts about the Neon emulator as the maker's asynchronous client sees it."""

import asyncio
from typing import Any

import numpy as np
import pytest
from pupil_labs.realtime_api import (
    Device,
    receive_eye_events_data,
    receive_gaze_data,
    receive_imu_data,
    receive_video_frames,
)
from pupil_labs.realtime_api.streaming.gaze import (
    BinoAndDualMonoGazeData,
    DualMonocularGazeData,
    EyestateEyelidDualMonoGazeData,
    EyestateEyelidGazeData,
    EyestateGazeData,
    GazeData,
)

from neuro.emulators.neon import NeonEmulator, Replay
from neuro.errors import DeviceUnavailable
from neuro.sources.recording import load_gaze
from neuro.sources.twin import Twin
from tests.neuro.emulators.eyes import RATE_HZ, Counting, restless

pytestmark = pytest.mark.real_time

LIMIT_S = 10.0


async def first(stream: Any, n: int) -> list[Any]:
    """n data, and then the goodbye."""
    got: list[Any] = []
    async with asyncio.timeout(LIMIT_S):
        async for datum in stream:
            got.append(datum)
            if len(got) == n:
                break
    await stream.aclose()
    await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=1)
    return got


async def url(neon: NeonEmulator, sensor: str, scheme: str = "rtsp") -> str:
    """The address of a sensor, from the status as the client reads it."""
    async with Device(neon.host, neon.port) as device:
        status = await device.get_status()
    address = getattr(status, f"direct_{sensor}_sensor")().url
    return str(address.replace("rtsp://", f"{scheme}://"))


@pytest.mark.parametrize(
    ("size", "form"),
    [
        (9, GazeData),
        (17, DualMonocularGazeData),
        (25, BinoAndDualMonoGazeData),
        (65, EyestateGazeData),
        (89, EyestateEyelidGazeData),
        (105, EyestateEyelidDualMonoGazeData),
    ],
)
@pytest.mark.parametrize("scheme", ["rtsp", "rtspt"])
def test_gaze_of_each_size_arrives_by_udp_and_within_tcp_without_a_gap(size: int, form: type, scheme: str) -> None:
    async def receive(neon: NeonEmulator) -> list[Any]:
        return await first(receive_gaze_data(await url(neon, "gaze", scheme)), 20)

    with NeonEmulator(Counting(), gaze_bytes=size) as neon:
        data = asyncio.run(receive(neon))
    assert {type(datum) for datum in data} == {form}
    steps_s = np.diff([datum.timestamp_unix_seconds for datum in data])
    np.testing.assert_allclose(steps_s, 1 / RATE_HZ, atol=3e-5)  # ticks of 11 us


@pytest.mark.parametrize("scheme", ["rtsp", "rtspt"])
def test_the_other_sensors_arrive_both_ways(scheme: str) -> None:
    async def receive(neon: NeonEmulator) -> tuple[list[Any], list[Any], list[Any]]:
        return (
            await first(receive_imu_data(await url(neon, "imu", scheme)), 5),
            await first(receive_eye_events_data(await url(neon, "eye_events", scheme)), 3),
            await first(receive_video_frames(await url(neon, "world", scheme)), 3),
        )

    with NeonEmulator(Replay(restless())) as neon:
        motion, events, frames = asyncio.run(receive(neon))
    assert np.diff([datum.timestamp_unix_seconds for datum in motion]) == pytest.approx(1 / 110, abs=1e-4)
    assert all(event.start_time_ns > 0 for event in events)
    assert [frame.bgr_buffer().shape for frame in frames] == [(1200, 1600, 3)] * 3


def test_nothing_has_a_time_before_the_first_sender_report() -> None:
    async def receive(neon: NeonEmulator) -> Any:
        stream: Any = receive_gaze_data(await url(neon, "gaze"))
        hidden = asyncio.ensure_future(anext(stream))
        await asyncio.wait([hidden], timeout=0.3)
        assert not hidden.done()
        await asyncio.to_thread(neon.show_reports)
        async with asyncio.timeout(LIMIT_S):
            datum = await hidden
        await stream.aclose()
        return datum

    with NeonEmulator(Counting()) as neon:
        neon.hide_reports()
        assert asyncio.run(receive(neon)).worn


def test_the_twin_and_a_recording_of_a_real_neon_drive_it(heron_data: Any) -> None:
    async def receive(neon: NeonEmulator) -> list[Any]:
        return await first(receive_gaze_data(await url(neon, "gaze")), 10)

    eyes = Twin("adult", 1).eyes
    with NeonEmulator(lambda n: eyes.samples(n, (0.5, 0.5))) as neon:
        looked = asyncio.run(receive(neon))
    assert np.hypot(looked[0].x - 800, looked[0].y - 600) < 200
    gaze = load_gaze(heron_data / "neon_native" / "demo_recording")
    with NeonEmulator(Replay(gaze)) as neon:
        (seen, *_rest) = asyncio.run(receive(neon))
        k = int(np.argmin(np.abs(gaze.t_s - (seen.timestamp_unix_seconds - neon.unix_s(neon.began_s)))))
    assert gaze.scene_px is not None
    assert (seen.x, seen.y) == pytest.approx(tuple(gaze.scene_px[:, k]), abs=0.01)


def test_two_emulators_cannot_share_a_port() -> None:
    with (
        NeonEmulator(Counting()) as neon,
        pytest.raises(DeviceUnavailable, match=f"Port {neon.port} is taken"),
        NeonEmulator(Counting(), port=neon.port),
    ):
        pass
