"""An OpenBCI Cyton on a pseudo-terminal: BrainFlow opens it as it opens the real dongle (POSIX only)."""

import os
import select
import tempfile
import threading
import time
import tty
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

UV_PER_COUNT = 4.5 / 24 / (2**23 - 1) * 1e6
"""ADS1299 at gain 24, reference 4.5 V (OpenBCI Cyton data format)."""

_GREETING = b"OpenBCI V3 8-16 channel\r\nOn Board ADS1299 Device ID: 0x3E\r\nFirmware: v3.1.2\r\n$$$"
_TICK_S = 0.004


class CytonEmulator:
    """Streams samples as Cyton packets on `port` while the context lasts.

    Args: samples: rows of eight microvolt values; when they end, so does the stream.
    """

    def __init__(self, samples: Iterable[Sequence[float]], rate_hz: float = 250.0) -> None:
        self._samples: Iterator[Sequence[float]] = iter(samples)
        self._rate_hz = rate_hz
        self._lock = threading.Lock()
        self._ends: tuple[int, int] | None = None
        self._number = 0
        self._to_drop = 0
        self._streaming = self._silent = False
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="Cyton emulator", daemon=True)

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="heron-cyton-")
        self.port = str(Path(self._folder.name) / "cyton")
        self.plug()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._thread.join()
        self.unplug()
        self._folder.cleanup()

    def drop(self, n_packets: int) -> None:
        """Lose the next packets in the air: their numbers are never seen."""
        with self._lock:
            self._to_drop += n_packets

    def silence(self) -> None:
        """Walk out of range: packets are lost until `resume`."""
        self._silent = True

    def resume(self) -> None:
        self._silent = False

    def unplug(self) -> None:
        """Pull the dongle: the port is gone, and what holds it open reads errors."""
        with self._lock:
            if self._ends is None:
                return
            Path(self.port).unlink()
            for end in self._ends:
                os.close(end)
            self._ends = None
            self._streaming = False

    def plug(self) -> None:
        """Put the dongle in, under the port's old name."""
        with self._lock:
            ours, theirs = os.openpty()
            tty.setraw(theirs)
            os.set_blocking(ours, False)
            Path(self.port).symlink_to(os.ttyname(theirs))
            self._ends = ours, theirs

    def _run(self) -> None:
        due_s = time.monotonic()
        while not self._leaving.wait(_TICK_S):
            with self._lock:
                if self._ends is not None:
                    self._obey(self._ends[0])
                if self._ends is None or not self._streaming:
                    due_s = time.monotonic()
                    continue
                while due_s <= time.monotonic() and self._streaming:
                    self._send(self._ends[0])
                    due_s += 1 / self._rate_hz

    def _obey(self, port: int) -> None:
        if not select.select([port], [], [], 0)[0]:
            return
        for command in os.read(port, 1024).decode("latin-1"):
            if command == "v":
                os.write(port, _GREETING)
            elif command == "d":
                os.write(port, b"updating channel settings to default$$$")
            elif command in "bs":
                self._streaming = command == "b"

    def _send(self, port: int) -> None:
        row = next(self._samples, None)
        if row is None:
            self._streaming = False
            return
        packet = cyton_packet(self._number, row)
        self._number = (self._number + 1) % 256
        if self._to_drop:
            self._to_drop -= 1
        elif not self._silent:
            with suppress(BlockingIOError):  # nobody reads: a dongle, too, throws away what does not fit
                os.write(port, packet)


def cyton_packet(number: int, uv: Sequence[float]) -> bytes:
    """33 bytes: 0xA0, the number, eight 24-bit values, six of accelerometer, 0xC0 (OpenBCI Cyton data format)."""
    counts = (max(-(2**23), min(2**23 - 1, round(value / UV_PER_COUNT))) for value in uv)
    values = b"".join(count.to_bytes(3, "big", signed=True) for count in counts)
    return bytes((0xA0, number)) + values + bytes(6) + b"\xc0"
