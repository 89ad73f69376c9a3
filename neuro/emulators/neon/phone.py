"""The phone: its clock, its battery, what it says of itself, and the recording that it keeps."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SENSORS = ("gaze", "world", "imu", "eye_events")
MEMORY_BYTES = 64 * 2**30
LOW_PERCENT = 10
"""Under it the phone calls its battery low and records no more (own choice)."""

Component = dict[str, Any]
"""One message of the status: {"model": name, "data": fields}."""


class PhoneClock:
    """The phone's wall clock, which runs ahead of the host's and a little too fast.

    Args: ahead_s: at the start; drift_ppm: how much faster it runs.
    """

    def __init__(self, ahead_s: float, drift_ppm: float) -> None:
        self._start_s = time.monotonic()
        self._start_unix_s = time.time() + ahead_s
        self._rate = 1 + drift_ppm * 1e-6

    def unix_s(self, host_s: float) -> float:
        """What the phone's clock shows at a host monotonic time."""
        return self._start_unix_s + (host_s - self._start_s) * self._rate

    def step(self, by_s: float) -> None:
        self._start_unix_s += by_s


class Refused(Exception):
    """The phone does not do what it was asked to; says why."""


class Mark(NamedTuple):
    """An event as the phone keeps it: stamped by its own clock, within a recording or not."""

    name: str
    timestamp_ns: int
    recording_id: str | None


@dataclass
class Phone:
    """What the phone knows; the servers ask it, the faults change it."""

    clock: PhoneClock
    name: str
    device_id: str = field(default_factory=lambda: uuid.uuid4().hex[:16])
    battery_percent: int = 90
    plugged: bool = True
    worn: bool = True
    rtsp_port: int = 0
    echo_port: int = 0
    marks: list[Mark] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    _recording: tuple[str, int] | None = None

    def now_ns(self) -> int:
        return int(self.clock.unix_s(time.monotonic()) * 1e9)

    def components(self) -> list[Component]:
        """All that the phone says of itself, as its status does."""
        running = [self._said("START")] if self._recording else []
        return [self.battery(), self._hardware(), *self.sensors(), *running]

    def battery(self) -> Component:
        """The component with the battery; the client wants the rest of it, too."""
        return _component(
            "Phone",
            battery_level=self.battery_percent,
            battery_state="OK" if self.battery_percent > LOW_PERCENT else "LOW",
            device_id=self.device_id,
            device_name=self.name,
            ip="127.0.0.1",
            memory=MEMORY_BYTES,
            memory_state="OK",
            time_echo_port=self.echo_port,
        )

    def sensors(self) -> list[Component]:
        return [
            _component(
                "Sensor",
                sensor=sensor,
                conn_type="DIRECT",
                connected=self.plugged,
                ip="127.0.0.1",
                params=f"camera={sensor}",
                port=self.rtsp_port,
                protocol="rtsp",
                stream_error=False,
            )
            for sensor in SENSORS
        ]

    def start(self) -> Component:
        """Begin a recording. Raises: Refused: one is running, or the battery is low."""
        if self._recording:
            raise Refused("Recording already running")
        if self.battery_percent <= LOW_PERCENT:
            raise Refused("Low battery")
        self._recording = str(uuid.uuid4()), self.now_ns()
        return self._said("START")

    def stop(self, action: str) -> Component:
        """End the recording by SAVE or DISCARD. Raises: Refused: there is none."""
        if not self._recording:
            raise Refused("Recording not running")
        said = self._said(action)
        if action == "SAVE":
            self.saved.append(self._recording[0])
        self._recording = None
        return said

    def mark(self, name: str, timestamp_ns: int | None) -> Mark:
        """Keep an event, of now where it has no stamp."""
        recording_id = self._recording[0] if self._recording else None
        self.marks.append(Mark(name, self.now_ns() if timestamp_ns is None else timestamp_ns, recording_id))
        return self.marks[-1]

    def _said(self, action: str) -> Component:
        assert self._recording is not None
        recording_id, since_ns = self._recording
        duration_ns = self.now_ns() - since_ns
        return _component("Recording", action=action, id=recording_id, message="", rec_duration_ns=duration_ns)

    def _hardware(self) -> Component:
        serial = "000000" if self.plugged else "unknown"
        return _component("Hardware", version="2", module_serial=serial)


def _component(model: str, **data: Any) -> Component:
    return {"model": model, "data": data}
