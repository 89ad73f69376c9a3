"""What the phone streams beside gaze: pictures while they are wanted, the head's motion, events of the eyes."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from pupil_labs.realtime_api.streaming.eye_events import BlinkEventData, FixationEventData, RTSPEyeEventStreamer
from pupil_labs.realtime_api.streaming.imu import RTSPImuStreamer
from pupil_labs.realtime_api.streaming.video import RTSPVideoFrameStreamer

from neuro.screen import Picture
from neuro.sources.neon.phone import Phone
from neuro.sources.neon.phone_time import PhoneTime
from neuro.sources.neon.streams import kept_open

MOTION_S = 0.5
"""How far back head motion goes."""

_BELIEVABLE_S = 1.0  # nothing takes longer than this to come; an event is told at its end
_KEPT = 36_000  # of events: those of some hours, for who never asks for them
EyeEventKind = Literal["blink", "fixation", "saccade"]
_KINDS: dict[int, EyeEventKind] = {0: "saccade", 1: "fixation"}


@dataclass(frozen=True, slots=True)
class EyeEvent:
    """What the phone saw the eyes do.

    start_s, end_s: host monotonic seconds. The phone stamps events by another clock than gaze, so the end is taken to
                    be when the event was told; start_s is earlier by what it lasted
    amplitude_deg:  how far the gaze went; None for a blink
    """

    kind: EyeEventKind
    start_s: float
    end_s: float
    amplitude_deg: float | None


class Beside:
    """Holds what came last, for one reader in another thread.

    Args: time: kept by somebody else; clock: host monotonic seconds.
    """

    def __init__(self, time: PhoneTime, clock: Callable[[], float]) -> None:
        self.picture: Picture | None = None
        self.events: deque[EyeEvent] = deque(maxlen=_KEPT)
        self._time, self._clock = time, clock
        self._turning: deque[tuple[float, float]] = deque()  # arrived_s, (rad/s)^2
        self._motion = -math.inf, 0.0
        self._pictures_wanted, self._always = asyncio.Event(), asyncio.Event()
        self._always.set()

    @property
    def head_motion_rad_s(self) -> float | None:
        """RMS of how fast the head turned in the last half second; None where nothing was heard of it."""
        arrived_s, rms = self._motion
        return rms if self._clock() - arrived_s < MOTION_S else None

    def want_pictures(self, wanted: bool) -> None:
        """In the loop's thread."""
        if wanted:
            self._pictures_wanted.set()
        else:
            self._pictures_wanted.clear()
            self.picture = None

    async def run(self, phone: Phone, blink: Callable[[float], None]) -> None:
        """Take all that this phone has, until cancelled. blink: is told the middle of each."""

        def event(datum: Any) -> None:
            if (seen := self._event(datum)) is not None:
                self.events.append(seen)
                if seen.kind == "blink":
                    blink((seen.start_s + seen.end_s) / 2)

        async with asyncio.TaskGroup() as group:
            if phone.world:
                group.create_task(kept_open(RTSPVideoFrameStreamer, phone.world, self._see, self._pictures_wanted))
            if phone.imu:
                group.create_task(kept_open(RTSPImuStreamer, phone.imu, self._turn, self._always))
            if phone.eye_events:
                group.create_task(kept_open(RTSPEyeEventStreamer, phone.eye_events, event, self._always))

    def _host_s(self, unix_s: float) -> float | None:
        """On the host's timeline; None where it cannot be true."""
        t_s = self._time.host_s(unix_s)
        return t_s if abs(self._clock() - t_s) < _BELIEVABLE_S else None

    def _see(self, frame: Any) -> None:
        if self._pictures_wanted.is_set() and (t_s := self._host_s(frame.timestamp_unix_seconds)) is not None:
            luma, picture = frame.av_frame.planes[0], frame.av_frame
            rows = np.frombuffer(luma, np.uint8).reshape(-1, luma.line_size)
            self.picture = Picture(rows[: picture.height, : picture.width], t_s)

    def _turn(self, datum: Any) -> None:
        now_s = self._clock()
        self._turning.append((now_s, sum(math.radians(rate) ** 2 for rate in datum.gyro_data)))
        while self._turning[0][0] < now_s - MOTION_S:
            self._turning.popleft()
        self._motion = now_s, math.sqrt(sum(square for _, square in self._turning) / len(self._turning))

    def _event(self, datum: Any) -> EyeEvent | None:
        """None for the mere beginning of something, and where the time cannot be true."""
        end_s = self._host_s(datum.rtp_ts_unix_seconds)
        if end_s is None or not isinstance(datum, BlinkEventData | FixationEventData):
            return None
        start_s = end_s - (datum.end_time_ns - datum.start_time_ns) / 1e9
        if isinstance(datum, BlinkEventData):
            return EyeEvent("blink", start_s, end_s, None)
        return EyeEvent(_KINDS[datum.event_type], start_s, end_s, datum.amplitude_angle_deg)
