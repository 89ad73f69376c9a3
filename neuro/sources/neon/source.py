"""The source: the vendor's client in a thread of its own, `read()` takes what has arrived."""

import asyncio
import logging
import math
import struct
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from pupil_labs.realtime_api.device import Device
from pupil_labs.realtime_api.streaming.gaze import RTSPGazeStreamer

from neuro.clock.fit import ClockFit
from neuro.errors import DeviceLost, DeviceUnavailable
from neuro.screen import NEON_PINHOLE, Calibration, Picture
from neuro.sources.entering import entered
from neuro.sources.neon.beside import Beside, EyeEvent
from neuro.sources.neon.phone import Phone, Place, answer, calibration, discovered, status
from neuro.sources.neon.phone_time import PhoneTime
from neuro.sources.neon.sample import Lids, Sample, sample
from neuro.sources.neon.streams import SCHEMES, opened
from neuro.types import Gaze

Life = Literal["absent", "connecting", "streaming", "stale", "lost", "reconnecting"]
"""How the glasses are: not open; sought; sending; late; silent, with a pause before, or in, another attempt."""

STALE_AFTER_S, LOST_AFTER_S = 0.5, 0.9
"""Age of the newest sample: a loss is noticed within a second, also by who looks ten times a second."""

_FIRST_DATUM_S = 3.0  # a client waits for the first sender report
_DATUM_S = 1.0
_RETRY_S = (0.0, 0.5, 1.0, 2.0)  # pauses before the attempts to reconnect; then always the last
_ASK_TIME_EVERY_S = 30.0

_BELIEVABLE_S = 1.0  # no sample takes longer: the stream is given up before
_UNBELIEVABLE_S = 0.1  # after so much of stamps that cannot be true only a new stream helps: it brings a new report

_KEPT = 36_000  # three minutes: a reader that stopped reading does not fill the memory

_SILENT = (
    "Neon has stopped sending: wake the phone, open the Companion app and stay in the same network; "
    "it is taken up again as soon as it is back."
)

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class NeonSource:
    """A Neon that streams while the context lasts, taken up again by itself after every loss.

    What it measures is where in the scene camera's picture the eyes look: xy is for a `ScreenMapper` to say.

    Args: where: None to look for it by mDNS; clock: host monotonic seconds, running at real pace.
    """

    def __init__(self, where: Place | None, clock: Callable[[], float]) -> None:
        self._where, self._found, self._clock = where, where, clock
        self._phone: Phone | None = None
        self._time = PhoneTime(clock)
        self._arrived: deque[tuple[float, ...]] = deque(maxlen=_KEPT)  # t_s, device_s, x, y, pupil_mm, confidence
        self._beside = Beside(self._time, clock)
        self._calibration, self._record = NEON_PINHOLE, b""
        self._blinks: deque[float] = deque(maxlen=_KEPT)
        self._lids = Lids()
        self._last_s, self._last_good_s = -math.inf, -math.inf
        self._trouble: str | None = None
        self._trying = self._entered = False
        self.dropped = 0
        self._started, self._opened = threading.Event(), threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="Neon", daemon=True)

    def __enter__(self) -> Self:
        """Find the phone and wait for its first gaze, up to some seconds.

        Raises: DeviceUnavailable: there is none.
        """
        self._entered = True
        entered(self._thread, self._opened, lambda: self._failure, self._leave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def read(self) -> Gaze:
        """What has arrived since the last read.

        Raises: DeviceLost: the newest sample is almost a second old.
        """
        taken = [self._arrived.popleft() for _ in range(len(self._arrived))]
        if taken:
            t_s, device_s, *measured = np.array(taken).T
            x, y, pupil_mm, confidence = np.array(measured, np.float32)
            nowhere = np.full((2, t_s.size), np.nan, np.float32)
            return Gaze(t_s, nowhere, pupil_mm, confidence, device_s, np.array([x, y]))
        if self._failure is not None:
            raise self._failure
        if self._clock() - self._last_s > LOST_AFTER_S:
            raise DeviceLost(self._trouble or _SILENT)
        return Gaze.empty()

    def blinks(self) -> NDArray[np.float64]:
        """Host times of the middles of blinks since the last call, (n,): of lids, or else told by the phone."""
        return np.array([self._blinks.popleft() for _ in range(len(self._blinks))])

    def eye_events(self) -> list[EyeEvent]:
        """What the phone saw the eyes do since the last call; nothing where its app does not look for that."""
        events = self._beside.events
        return [events.popleft() for _ in range(len(events))]

    @property
    def head_motion_rad_s(self) -> float | None:
        """RMS of how fast the head turned in the last half second; None where nothing was heard of it."""
        return self._beside.head_motion_rad_s

    @property
    def calibration(self) -> Calibration:
        """The scene camera's; a lens-less one where the phone gives none. The same object for the same glasses."""
        return self._calibration

    def watch(self, wanted: bool) -> None:
        """Have the scene camera's video, or no longer; gaze comes in either case."""
        with suppress(RuntimeError):  # the loop has ended, and the video with it
            self._loop.call_soon_threadsafe(self._beside.want_pictures, wanted)

    def picture(self) -> Picture | None:
        """The newest since the last call; None while none came."""
        newest, self._beside.picture = self._beside.picture, None
        return newest

    @property
    def life(self) -> Life:
        if not self._entered:
            return "absent"
        if self._last_s == -math.inf:
            return "connecting"
        age_s = self._clock() - self._last_s
        if age_s <= LOST_AFTER_S:
            return "streaming" if age_s <= STALE_AFTER_S else "stale"
        return "reconnecting" if self._trying else "lost"

    @property
    def battery_percent(self) -> int | None:
        """Of the phone, half a minute old at most; None before it was first heard of."""
        return self._phone.battery_percent if self._phone else None

    @property
    def clock_fit(self) -> ClockFit | None:
        """The phone's clock; None before its first answer."""
        if self._last_s == -math.inf:
            return None
        clock = self._time.clock
        return ClockFit(clock.offset_s, clock.uncertainty_s, clock.drift_ppm, clock.residual_s)

    def start_recording(self) -> Future[str]:
        """Have the phone record; the future holds the recording's id, or DeviceUnavailable with the reason."""
        return self._request(lambda device: device.recording_start())

    def stop_recording(self) -> Future[None]:
        """Have the phone end and keep its recording."""
        return self._request(lambda device: device.recording_stop_and_save())

    def mark(self, name: str, host_s: float) -> Future[None]:
        """Put an event into the phone's recording, at a host time."""

        async def send(device: Device) -> None:
            await device.send_event(name, int(self._time.unix_s(host_s) * 1e9))

        return self._request(send)

    def _request(self, call: Callable[[Device], Awaitable[_T]]) -> Future[_T]:
        async def asked() -> _T:
            if self._found is None:
                raise DeviceUnavailable(_SILENT)
            return await answer(self._found, call)

        return asyncio.run_coroutine_threadsafe(asked(), self._loop)

    def _leave(self) -> None:
        self._started.wait()
        if self._thread.is_alive():
            with suppress(RuntimeError):  # the loop has just ended by itself
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()
        self._entered = False

    def _run(self) -> None:
        try:
            asyncio.run(self._live())
        except asyncio.CancelledError:
            pass
        except Exception as failure:  # nobody would hear it in this thread
            self._failure = failure
        finally:
            self._opened.set()

    async def _live(self) -> None:
        """One session after the other, until the context ends.

        Raises: DeviceUnavailable: the first brought nothing.
        """
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(_noted)
        task = asyncio.current_task()
        assert task is not None
        self._task, failed = task, 0
        self._started.set()
        while True:
            self._trying, before_s = True, self._last_s
            try:
                await self._session()
            except DeviceUnavailable as trouble:
                self._trouble = str(trouble)
            if self._last_s == -math.inf:
                raise DeviceUnavailable(self._trouble or _SILENT)
            self._trying = False
            failed = failed + 1 if self._last_s == before_s else 0
            await asyncio.sleep(_RETRY_S[min(failed, len(_RETRY_S) - 1)])

    async def _session(self) -> None:
        """From finding the phone to the end of its stream.

        Raises: DeviceUnavailable: it is not there, or has no gaze to give.
        """
        where = self._found or await discovered()
        try:
            phone = self._phone = await status(where)
            self._found = where
            await self._time.ask(phone.echo)
        except DeviceUnavailable:
            self._found = self._where  # it may have another address now
            raise
        with suppress(DeviceUnavailable):  # then with the last one, or without a lens
            self._calibrate(await calibration(where))
        others = [asyncio.create_task(work) for work in (self._keep_time(where, phone), self._listen_beside(phone))]
        try:
            for scheme in SCHEMES:
                if await self._stream(f"{scheme}://{phone.gaze}", phone.echo):
                    return
        finally:
            for other in others:
                other.cancel()
            await asyncio.wait(others)
        raise DeviceUnavailable("Neon answers but sends no gaze: close the Companion app, open it again, and retry.")

    def _calibrate(self, record: bytes) -> None:
        if record != self._record and (known := Calibration.from_bytes(record)):
            self._record, self._calibration = record, known

    async def _listen_beside(self, phone: Phone) -> None:
        def blinked(t_s: float) -> None:
            if not self._lids.measured:
                self._blinks.append(t_s)

        await self._beside.run(phone, blinked)

    async def _keep_time(self, where: Place, phone: Phone) -> None:
        while True:
            await asyncio.sleep(_ASK_TIME_EVERY_S)
            with suppress(DeviceUnavailable):  # if it is gone, the stream will tell
                await self._time.ask(phone.echo)
                self._phone = await status(where)

    async def _stream(self, url: str, echo: Place) -> bool:
        """Take gaze until no more comes; whether any came.

        Raises: DeviceUnavailable: it comes in a form that nobody knows, or at times that cannot be true.
        """
        came, self._lids = False, Lids()
        self._last_good_s = math.inf
        self._time.restart()
        async with opened(RTSPGazeStreamer, url, _FIRST_DATUM_S) as data:
            while True:
                try:
                    async with asyncio.timeout(_DATUM_S if came else _FIRST_DATUM_S):
                        datum = await anext(data)
                except (TimeoutError, StopAsyncIteration):  # silence and a closed connection are the same here
                    return came
                except (KeyError, struct.error) as error:
                    raise DeviceUnavailable(
                        "The Companion app sends gaze in a form that Heron does not know: update Heron."
                    ) from error
                came = True
                if not await self._take(datum, echo):
                    raise DeviceUnavailable(
                        "Neon stamps its gaze with a time that cannot be true: restart the Companion app."
                    )

    async def _take(self, datum: Any, echo: Place) -> bool:
        """Put a datum on the host's timeline and keep it, if its stamp can be true; False once none has been."""
        arrived_s, unix_s = self._clock(), datum.timestamp_unix_seconds
        credible = self._can_be(self._time.host_s(unix_s), arrived_s)
        await self._time.mind_the_delay(arrived_s - unix_s, echo, credible=credible)
        t_s = self._time.host_s(unix_s)
        if not self._can_be(t_s, arrived_s):
            self.dropped += 1
            self._last_good_s = min(self._last_good_s, arrived_s)
            return arrived_s - self._last_good_s < _UNBELIEVABLE_S
        self._keep(t_s, unix_s, sample(datum))
        self._last_good_s = arrived_s
        return True

    def _can_be(self, t_s: float, arrived_s: float) -> bool:
        return self._last_s < t_s and abs(arrived_s - t_s) <= _BELIEVABLE_S

    def _keep(self, t_s: float, unix_s: float, seen: Sample) -> None:
        if (blinked_s := self._lids(t_s, seen.shut)) is not None:
            self._blinks.append(blinked_s)
        self._arrived.append((t_s, unix_s, seen.x, seen.y, seen.pupil_mm, seen.confidence))
        self._last_s, self._trouble = t_s, None
        self._opened.set()


def _noted(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """The vendor's client leaves the failures of its tasks unread; a stream that ends is all that matters here."""
    _log.debug("%s", context.get("exception") or context["message"])
