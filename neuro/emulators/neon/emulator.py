"""The emulator: all servers in a thread of its own, fed by a supply of gaze, with faults on command."""

import asyncio
import threading
import time
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from neuro.emulators.neon.announce import Announcement
from neuro.emulators.neon.echo import time_echo
from neuro.emulators.neon.phone import Mark, Phone, PhoneClock
from neuro.emulators.neon.rest import Rest
from neuro.emulators.neon.rtsp import Offer, rtsp_port
from neuro.emulators.neon.scene import Places
from neuro.emulators.neon.sensors import Sensors
from neuro.emulators.neon.supply import Supply
from neuro.emulators.neon.tcp import HOST
from neuro.errors import DeviceUnavailable

_ANSWER_S = 10.0


class NeonEmulator:
    """A Neon on the loopback interface while the context lasts: HTTP on `host`:`port`, all else as its status says.

    Args: supply:     what the eyes do; when it ends, so does the gaze.
          places:     the marks on the screen that the scene camera sees.
          gaze_bytes: which of the six sizes a gaze datum has.
          port:       of HTTP and WebSocket; 0 for any that is free.
          ahead_s, drift_ppm: the phone's clock against this computer's.
          began_s:    host time of the supply's zero; the moment of opening without it.
          announced:  whether it is to be found by mDNS, which takes a second to begin.
    """

    host = HOST

    def __init__(
        self,
        supply: Supply,
        *,
        places: Places | None = None,
        gaze_bytes: int = 105,
        port: int = 0,
        ahead_s: float = 0.0,
        drift_ppm: float = 0.0,
        began_s: float | None = None,
        announced: bool = False,
        name: str = "Heron emulator",
    ) -> None:
        self._phone = Phone(PhoneClock(ahead_s, drift_ppm), name)
        self._sensors = Sensors(self._phone, supply, places or {}, gaze_bytes)
        self._wanted_zero_s, self._announced = began_s, announced
        self._rest = Rest(self._phone, port)
        self._echo = time_echo(self._phone)
        self._interleaves = True
        streams, report = self._sensors.streams, self._sensors.report
        self._rtsp = rtsp_port(Offer(streams, lambda: self._phone.plugged, lambda: self._interleaves, report))
        self._pumps: list[asyncio.Task[None]] = []
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
        return self._sensors.began_s

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The events that the phone was told of."""
        return tuple(self._phone.marks)

    @property
    def saved(self) -> tuple[str, ...]:
        """The recordings that the phone has finished."""
        return tuple(self._phone.saved)

    @property
    def watched(self) -> bool:
        """Whether anybody takes the scene camera's video."""
        return bool(self._sensors.streams["world"].outlets)

    def unix_s(self, host_s: float) -> float:
        """What the phone's clock shows at a host time."""
        return self._phone.clock.unix_s(host_s)

    def show(self, places: Places) -> None:
        """Let the screen show these marks."""
        self._sensors.places = places

    def turn_head(self, right_deg: float, down_deg: float) -> None:
        """Turn the head so far from straight ahead, within 0.4 seconds, and keep it there."""
        self._sensors.head.turn(right_deg, down_deg, time.monotonic() - self.began_s)

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
        self._sensors.reporting = False

    def show_reports(self) -> None:
        self._sensors.reporting = True
        self._wait_for(self._report_all())

    def misreport(self, by_s: float) -> None:
        """Let sender reports tell another time than the time echo does; 0 to tell the truth again."""
        self._sensors.misreported_s = by_s
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

    def damage_video(self) -> None:
        """Let pictures come that nobody can read."""
        self._sensors.camera_works = False

    def mend_video(self) -> None:
        self._sensors.camera_works = True

    def take_off(self) -> None:
        """Gaze goes on, and means nothing."""
        self._phone.worn = False

    def put_on(self) -> None:
        self._phone.worn = True

    def set_battery(self, percent: int) -> None:
        """At a tenth and below the phone says LOW and does not record."""
        self._phone.battery_percent = percent
        self._wait_for(self._rest.push(self._phone.battery()))

    def _sleep(self) -> None:
        self._asleep.set()
        self._awake.wait()

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_ANSWER_S)

    async def _run(self) -> None:
        self._loop, self._leave = asyncio.get_running_loop(), asyncio.Event()
        self._sensors.began_s = time.monotonic() if self._wanted_zero_s is None else self._wanted_zero_s
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
        self._pumps = [asyncio.create_task(pump) for pump in self._sensors.pumps()]
        if self._announced:
            self._announcement = Announcement(self._phone.name, self._phone.device_id, self._rest.port)
            await self._announcement.tell()

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

    async def _wrap(self, in_s: float) -> None:
        self._sensors.ticks.wrap_at(self._phone.clock.unix_s(time.monotonic() + in_s))
        self._sensors.report_all()

    async def _report_all(self) -> None:
        self._sensors.report_all()
