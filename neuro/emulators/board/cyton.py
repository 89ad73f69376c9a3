"""An OpenBCI Cyton on a pseudo-terminal: BrainFlow opens it as it opens the real dongle (POSIX only)."""

import os
import select
import tempfile
import threading
import time
import tty
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from neuro.emulators.board.faults import Electrodes, Radio
from neuro.emulators.board.feed import Feed, Supply, Uv, on_eight

RATE_HZ = 250.0
N_CHANNELS = 8
RAIL_UV = 187_500.0
UV_PER_COUNT = RAIL_UV / (2**23 - 1)
"""ADS1299 at gain 24, reference 4.5 V (OpenBCI Cyton data format)."""

_GREETING = b"OpenBCI V3 8-16 channel\r\nOn Board ADS1299 Device ID: 0x3E\r\nFirmware: v3.1.2\r\n$$$"
_NOBODY_THERE = b"Failure: Communications timeout - Device failed to poll Host$$$"
_TICK_S = 0.004


class CytonEmulator:
    """Streams a supply as Cyton packets on `port` while the context lasts; faults by `electrodes` and `radio`.

    Args: supply: eight rows, or the twin's four, which are then spread over eight sites.
          rate_hz: of the supply; the board itself always has 250 samples a second.
          port: the name to give to the serial port; one in a temporary folder where not given.
    """

    def __init__(self, supply: Supply, rate_hz: float = RATE_HZ, port: Path | None = None) -> None:
        self.electrodes = Electrodes(N_CHANNELS, RATE_HZ, RAIL_UV)
        self.radio = Radio()
        self._feed = Feed(on_eight(supply), rate_hz, RATE_HZ)
        self._wanted_port = port
        self._lock = threading.Lock()
        self._ends: tuple[int, int] | None = None
        self._streaming = self._begun = False
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="Cyton emulator", daemon=True)

    def __enter__(self) -> Self:
        with ExitStack() as undo:
            folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="heron-cyton-"))
            self.port = str(self._wanted_port or Path(folder) / "cyton")
            self.plug()
            undo.callback(self.unplug)
            self._thread.start()
            undo.callback(self._thread.join)
            undo.callback(self._leaving.set)
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._undo.close()

    @property
    def address(self) -> str:
        """What to open it by, as a source of EEG."""
        return f"board:cyton?serial_port={self.port}"

    @property
    def measured(self) -> int:
        """Samples since the first stream began; the head goes on while nobody listens."""
        return self._feed.measured

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
        """Put the dongle in, under the port's old name. Raises: OSError: there already is such a port."""
        with self._lock:
            _clear(Path(self.port))
            ours, theirs = os.openpty()
            tty.setraw(theirs)
            os.set_blocking(ours, False)
            try:
                Path(self.port).symlink_to(os.ttyname(theirs))
            except OSError:
                os.close(ours)
                os.close(theirs)
                raise
            self._ends = ours, theirs

    def _run(self) -> None:
        while not self._leaving.wait(_TICK_S):
            with self._lock:
                if self._ends is not None:
                    self._obey(self._ends[0])
                if self._begun:
                    self._send(self.measured, self._feed.due(time.monotonic()))

    def _obey(self, port: int) -> None:
        if not select.select([port], [], [], 0)[0]:
            return
        for command in os.read(port, 1024).decode("latin-1"):
            if self.radio.is_silent:
                if command in "vd":
                    os.write(port, _NOBODY_THERE)  # says the dongle
            elif command == "v":
                os.write(port, _GREETING)
            elif command == "d":
                os.write(port, b"updating channel settings to default$$$")
            elif command in "bs":
                self._streaming = command == "b"
                self._begun |= self._streaming

    def _send(self, first: int, uv: Uv) -> None:
        """Samples from number `first` on, as far as anybody wants them."""
        uv = self.electrodes(uv)
        if self._ends is None or not self._streaming:
            return
        for number, sample in enumerate(uv.T.tolist(), first):
            with suppress(BlockingIOError):  # nobody reads: a dongle, too, throws away what does not fit
                os.write(self._ends[0], self.radio(cyton_packet(number % 256, sample)))


def _clear(port: Path) -> None:
    """Take away what an emulator that was killed left behind: a link to a terminal that is no more."""
    if port.is_symlink() and not port.exists():
        port.unlink()


def cyton_packet(number: int, uv: list[float]) -> bytes:
    """33 bytes: 0xA0, the number, eight 24-bit values, six of accelerometer, 0xC0 (OpenBCI Cyton data format)."""
    counts = (round(value / UV_PER_COUNT) for value in uv)
    values = b"".join(count.to_bytes(3, "big", signed=True) for count in counts)
    return bytes((0xA0, number)) + values + bytes(6) + b"\xc0"
