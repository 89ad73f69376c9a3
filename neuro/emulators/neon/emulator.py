"""The emulator: all servers in a thread of its own, fed by a supply of gaze, with faults on command."""

import asyncio
import base64
import threading
import time
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

from neuro.emulators.neon import payloads
from neuro.emulators.neon.announce import Announcement
from neuro.emulators.neon.echo import time_echo
from neuro.emulators.neon.eye_events import EyeEvents
from neuro.emulators.neon.phone import Mark, Phone, PhoneClock
from neuro.emulators.neon.rest import Rest
from neuro.emulators.neon.rtp import Stream, Ticks, fragments
from neuro.emulators.neon.rtsp import Offer, rtsp_port
from neuro.emulators.neon.scene import RATE_HZ as SCENE_HZ
from neuro.emulators.neon.scene import Scene
from neuro.emulators.neon.supply import Looks, Supply
from neuro.emulators.neon.tcp import HOST
from neuro.errors import DeviceUnavailable

_REPORT_S = 5.0
"""Between sender reports (RFC 3550, 6.2; what the Companion app does is not known)."""

_TOO_LATE_S = 0.25  # what was due while the phone hung was never measured
_IMU_HZ = 110.0
_ANSWER_S = 10.0


class NeonEmulator:
    """A Neon on the loopback interface while the context lasts: HTTP on `host`:`port`, all else as its status says.

    Args: supply:     what the eyes do; when it ends, so does the gaze.
          gaze_bytes: which of the six sizes a gaze datum has.
          port:       of HTTP and WebSocket; 0 for any that is free.
          ahead_s, drift_ppm: the phone's clock against this computer's.
          announced:  whether it is to be found by mDNS, which takes a second to begin.
    """

    host = HOST

    def __init__(
        self,
        supply: Supply,
        *,
        gaze_bytes: int = 105,
        port: int = 0,
        ahead_s: float = 0.0,
        drift_ppm: float = 0.0,
        announced: bool = False,
        name: str = "Heron emulator",
    ) -> None:
        self._phone = Phone(PhoneClock(ahead_s, drift_ppm), name)
        self._looks, self._held, self._events = Looks(supply), payloads.HeldGaze(), EyeEvents()
        self._gaze_bytes, self._announced = gaze_bytes, announced
        self._rest = Rest(self._phone, port)
        self._echo = time_echo(self._phone)
        self._ticks = Ticks(self._phone.clock.unix_s(time.monotonic()))
        self._scene: Scene | None = None
        self._streams = self._sensors()
        self._rtsp = rtsp_port(
            Offer(self._streams, lambda: self._phone.plugged, lambda: self._interleaves, self._report)
        )
        self._pumps: list[asyncio.Task[None]] = []
        self._reporting = self._interleaves = True
        self._misreported_s = 0.0
        self._looking_px = payloads.SCENE_PX[0] / 2, payloads.SCENE_PX[1] / 2
        self._awake, self._asleep, self._open = threading.Event(), threading.Event(), threading.Event()
        self._awake.set()
        self._failure: DeviceUnavailable | None = None
        self._announcement: Announcement | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="Neon emulator", daemon=True)

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: the port is taken."""
        self._thread.start()
        self._open.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.thaw()
        self._loop.call_soon_threadsafe(self._leave.set)
        self._thread.join()

    @property
    def port(self) -> int:
        return self._rest.port

    @property
    def began_s(self) -> float:
        """Host time of the supply's zero."""
        return self._began_s

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The events that the phone was told of."""
        return tuple(self._phone.marks)

    @property
    def saved(self) -> tuple[str, ...]:
        """The recordings that the phone has finished."""
        return tuple(self._phone.saved)

    def unix_s(self, host_s: float) -> float:
        """What the phone's clock shows at a host time."""
        return self._phone.clock.unix_s(host_s)

    def kill(self) -> None:
        """End the app: connections break, nobody answers. Recorded gaze goes on unseen."""
        self._wait_for(self._close())

    def revive(self) -> None:
        """Start the app again, on the same ports."""
        self._wait_for(self._start())

    def freeze(self) -> None:
        """Hang, or walk out of the Wi-Fi: connections stay, nothing comes."""
        self._asleep.clear()
        self._awake.clear()
        self._loop.call_soon_threadsafe(self._sleep)
        self._asleep.wait()

    def thaw(self) -> None:
        self._awake.set()

    def hide_reports(self) -> None:
        """Send no sender reports: a new client gets packets, but never learns their time."""
        self._reporting = False

    def show_reports(self) -> None:
        self._reporting = True
        self._wait_for(self._report_all())

    def misreport(self, by_s: float) -> None:
        """Let sender reports tell another time than the time echo does; 0 to tell the truth again."""
        self._misreported_s = by_s
        self._wait_for(self._report_all())

    def refuse_tcp(self) -> None:
        """Give data by UDP only."""
        self._interleaves = False

    def wrap(self, in_s: float) -> None:
        """Let the 32 bits of the streams' counter run over in so many seconds."""
        self._wait_for(self._wrap(in_s))

    def jump(self, by_s: float) -> None:
        """Step the phone's clock, as NTP does."""
        self._phone.clock.step(by_s)

    def unplug(self) -> None:
        """Pull the glasses out of the phone: the sensors are gone, and so are their streams."""
        self._phone.plugged = False
        self._wait_for(self._rtsp.cut())
        self._wait_for(self._rest.push(*self._phone.sensors()))

    def plug(self) -> None:
        self._phone.plugged = True
        self._wait_for(self._rest.push(*self._phone.sensors()))

    def take_off(self) -> None:
        """Gaze goes on, and means nothing."""
        self._phone.worn = False

    def put_on(self) -> None:
        self._phone.worn = True

    def set_battery(self, percent: int) -> None:
        """At a tenth and below the phone says LOW and does not record."""
        self._phone.battery_percent = percent
        self._wait_for(self._rest.push(self._phone.battery()))

    def _sensors(self) -> dict[str, Stream]:
        return {
            "gaze": Stream("application", "com.pupillabs.gaze1", self._ticks),
            "eye_events": Stream("application", "com.pupillabs.eye_events1", self._ticks),
            "imu": Stream("application", "com.pupillabs.imu1", self._ticks),
            "world": Stream("video", "H264", self._ticks, self._video_details),
        }

    def _video_details(self) -> str:
        sps, pps = self._camera().parameter_sets
        sets = ",".join(base64.b64encode(unit).decode() for unit in (sps, pps))
        return f"packetization-mode=1;profile-level-id={sps[1:4].hex()};sprop-parameter-sets={sets}"

    def _camera(self) -> Scene:
        """The encoder, made when somebody first asks for video."""
        if self._scene is None:
            self._scene = Scene()
        return self._scene

    def _sleep(self) -> None:
        self._asleep.set()
        self._awake.wait()

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_ANSWER_S)

    async def _run(self) -> None:
        self._loop, self._leave = asyncio.get_running_loop(), asyncio.Event()
        self._began_s = time.monotonic()
        try:
            await self._start()
        except OSError as error:
            self._failure = DeviceUnavailable(f"Port {self._rest.port} is taken: choose another.")
            self._failure.__cause__ = error
            self._leave.set()
        finally:
            self._open.set()
        await self._leave.wait()
        await self._close()

    async def _start(self) -> None:
        await self._rtsp.open()
        await self._echo.open()
        self._phone.rtsp_port, self._phone.echo_port = self._rtsp.number, self._echo.number
        await self._rest.open()
        self._pumps = [asyncio.create_task(pump()) for pump in self._what_pumps()]
        if self._announced:
            self._announcement = Announcement(self._phone.name, self._phone.device_id, self._rest.port)
            await self._announcement.tell()

    def _what_pumps(self) -> tuple[Callable[[], Coroutine[Any, Any, None]], ...]:
        return self._pump_gaze, self._pump_imu, self._pump_world, self._pump_reports

    async def _close(self) -> None:
        for pump in self._pumps:
            pump.cancel()
        pumps, self._pumps = self._pumps, []
        ended = await asyncio.gather(*pumps, return_exceptions=True)
        await self._rest.close()
        await self._rtsp.close()
        await self._echo.close()
        if self._announcement is not None:
            await self._announcement.withdraw()
            self._announcement = None
        for failure in ended:
            if isinstance(failure, Exception):
                raise failure

    async def _pump_gaze(self) -> None:
        while (look := self._looks.next()) is not None:
            due_s = self._began_s + look.t_s
            if await _until(due_s) and self._phone.plugged:
                x, y, shut = self._held(look.x, look.y)
                self._looking_px = x, y
                lids_mm = 0.0 if shut else payloads.OPEN_MM
                worn = look.worn and self._phone.worn
                unix_s = self._phone.clock.unix_s(due_s)
                datum = payloads.gaze(self._gaze_bytes, x, y, worn=worn, pupil_mm=look.pupil_mm, lids_mm=lids_mm)
                self._streams["gaze"].send([datum], unix_s)
                for event in self._events(int(unix_s * 1e9), (x, y), shut=shut):
                    self._streams["eye_events"].send([event], unix_s)

    async def _pump_imu(self) -> None:
        due_s = time.monotonic()
        while True:
            due_s += 1 / _IMU_HZ
            if await _until(due_s) and self._phone.plugged:
                unix_s = self._phone.clock.unix_s(due_s)
                self._streams["imu"].send([payloads.imu(int(unix_s * 1e9), due_s - self._began_s)], unix_s)

    async def _pump_world(self) -> None:
        due_s, world = time.monotonic(), self._streams["world"]
        while True:
            due_s += 1 / SCENE_HZ
            if await _until(due_s) and world.outlets and self._phone.plugged:
                key, world.newcomers = world.newcomers, False
                units = await asyncio.to_thread(self._camera().picture, *self._looking_px, key=key)
                world.send([part for unit in units for part in fragments(unit)], self._phone.clock.unix_s(due_s))

    async def _pump_reports(self) -> None:
        while True:
            await asyncio.sleep(_REPORT_S)
            await self._report_all()
            self._streams["eye_events"].send([payloads.keep_alive()], self._phone.clock.unix_s(time.monotonic()))

    async def _wrap(self, in_s: float) -> None:
        self._ticks.wrap_at(self._phone.clock.unix_s(time.monotonic() + in_s))
        await self._report_all()

    async def _report_all(self) -> None:
        for stream in self._streams.values():
            self._report(stream)

    def _report(self, stream: Stream) -> None:
        if self._reporting:
            stream.report(self._phone.clock.unix_s(time.monotonic()), self._misreported_s)


async def _until(due_s: float) -> bool:
    """Wait for a host time; False at once where it has passed too long ago."""
    left_s = due_s - time.monotonic()
    if left_s > 0:
        await asyncio.sleep(left_s)
    return left_s > -_TOO_LATE_S
