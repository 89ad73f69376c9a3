"""The glasses: gaze, events of the eyes, head motion and scene camera, measured in real time and streamed."""

import asyncio
import base64
import time
from collections.abc import Coroutine
from typing import Any

from neuro.emulators.neon import payloads
from neuro.emulators.neon.eye_events import EyeEvents
from neuro.emulators.neon.head import Head
from neuro.emulators.neon.phone import Phone
from neuro.emulators.neon.rtp import Stream, Ticks, fragments
from neuro.emulators.neon.scene import RATE_HZ as SCENE_HZ
from neuro.emulators.neon.scene import Places, Scene, Sight
from neuro.emulators.neon.supply import Looks, Supply

_REPORT_S = 5.0
"""Between sender reports (RFC 3550, 6.2; what the Companion app does is not known)."""

_TOO_LATE_S = 0.25  # what was due while the phone hung was never measured
_IMU_HZ = 110.0
_NO_PICTURE = b"\xff"  # the first bit of a NAL unit is never set


class Sensors:
    """Their streams, and the pumps that fill these from `began_s` on, the host time of the supply's zero.

    places:       the marks on the screen
    reporting:    whether sender reports go out, wrong by misreported_s
    camera_works: whether pictures can be read

    Args: supply: what the eyes do; gaze_bytes: which of the six sizes a gaze datum has.
    """

    def __init__(self, phone: Phone, supply: Supply, places: Places, gaze_bytes: int) -> None:
        self.began_s = time.monotonic()
        self.places = places
        self.head = Head()
        self.reporting = self.camera_works = True
        self.misreported_s = 0.0
        self.ticks = Ticks(phone.clock.unix_s(self.began_s))
        self.streams = {
            "gaze": Stream("application", "com.pupillabs.gaze1", self.ticks),
            "eye_events": Stream("application", "com.pupillabs.eye_events1", self.ticks),
            "imu": Stream("application", "com.pupillabs.imu1", self.ticks),
            "world": Stream("video", "H264", self.ticks, self._video_details),
        }
        self._phone, self._gaze_bytes = phone, gaze_bytes
        self._looks, self._held, self._events = Looks(supply, self.head), payloads.HeldGaze(), EyeEvents()
        self._looking_px = payloads.SCENE_PX[0] / 2, payloads.SCENE_PX[1] / 2
        self._scene: Scene | None = None

    def pumps(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """Each fills a stream until it is cancelled."""
        return self._pump_gaze(), self._pump_imu(), self._pump_world(), self._pump_reports()

    def report(self, stream: Stream) -> None:
        if self.reporting:
            stream.report(self._phone.clock.unix_s(time.monotonic()), self.misreported_s)

    def report_all(self) -> None:
        for stream in self.streams.values():
            self.report(stream)

    async def _pump_gaze(self) -> None:
        while (look := self._looks.next()) is not None:
            due_s = self.began_s + look.t_s
            if await _until(due_s) and self._phone.plugged:
                x, y, shut = self._held(look.x, look.y)
                self._looking_px = x, y
                lids_mm = 0.0 if shut else payloads.OPEN_MM
                worn = look.worn and self._phone.worn
                unix_s = self._phone.clock.unix_s(due_s)
                datum = payloads.gaze(self._gaze_bytes, x, y, worn=worn, pupil_mm=look.pupil_mm, lids_mm=lids_mm)
                self.streams["gaze"].send([datum], unix_s)
                for event in self._events(int(unix_s * 1e9), (x, y), shut=shut):
                    self.streams["eye_events"].send([event], unix_s)

    async def _pump_imu(self) -> None:
        due_s = time.monotonic()
        while True:
            due_s += 1 / _IMU_HZ
            if await _until(due_s) and self._phone.plugged:
                unix_s, t_s = self._phone.clock.unix_s(due_s), due_s - self.began_s
                motion = self.head.turned_deg(t_s), self.head.rates_deg_s(t_s)
                self.streams["imu"].send([payloads.imu(int(unix_s * 1e9), *motion)], unix_s)

    async def _pump_world(self) -> None:
        due_s, world = time.monotonic(), self.streams["world"]
        while True:
            due_s += 1 / SCENE_HZ
            if await _until(due_s, 1 / SCENE_HZ) and world.outlets and self._phone.plugged:
                key, world.newcomers = world.newcomers, False
                sight = Sight(self.head.view(due_s - self.began_s), self._looking_px, self.places)
                units = await asyncio.to_thread(self._camera().picture, sight, key=key)
                parts = [part for unit in units for part in fragments(unit)]
                world.send(parts if self.camera_works else [_NO_PICTURE], self._phone.clock.unix_s(due_s))

    async def _pump_reports(self) -> None:
        while True:
            await asyncio.sleep(_REPORT_S)
            self.report_all()
            self.streams["eye_events"].send([payloads.keep_alive()], self._phone.clock.unix_s(time.monotonic()))

    def _video_details(self) -> str:
        sps, pps = self._camera().parameter_sets
        sets = ",".join(base64.b64encode(unit).decode() for unit in (sps, pps))
        return f"packetization-mode=1;profile-level-id={sps[1:4].hex()};sprop-parameter-sets={sets}"

    def _camera(self) -> Scene:
        """The encoder, made when somebody first asks for video."""
        if self._scene is None:
            self._scene = Scene()
        return self._scene


async def _until(due_s: float, late_s: float = _TOO_LATE_S) -> bool:
    """Wait for a host time; False at once where it passed longer ago than late_s."""
    left_s = due_s - time.monotonic()
    if left_s > 0:
        await asyncio.sleep(left_s)
    return left_s > -late_s
