"""Any board on BrainFlow's multicast, as if another program had opened it: the streaming board receives it."""

import socket
import threading
import time
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from neuro.emulators.board.faults import Electrodes, Radio
from neuro.emulators.board.feed import Feed, Supply, Uv
from neuro.errors import DeviceUnavailable

GROUP, PORT = "225.1.1.1", 6677
"""BrainFlow's own examples stream here."""

_SAMPLES_A_DATAGRAM = 3  # BrainFlow's own, on both sides, unless its environment says otherwise
_RAIL_UV = 1000.0  # where a board does not say: a Muse has 12 bits of 0.488 uV
_TICK_S = 0.004


class Counter(Protocol):
    """Packet numbers run from 0 to modulus - 1 in strides; so many samples share one."""

    @property
    def modulus(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def samples(self) -> int: ...


class Layout(Protocol):
    """How the board that is repeated lays out one sample; `neuro.sources.board.layout` knows it for every board."""

    @property
    def board(self) -> str: ...
    @property
    def n_rows(self) -> int: ...
    @property
    def eeg_rows(self) -> tuple[int, ...]: ...
    @property
    def number_row(self) -> int: ...
    @property
    def stamp_row(self) -> int: ...
    @property
    def rate_hz(self) -> float: ...
    @property
    def full_scale_uv(self) -> float | None: ...
    @property
    def counter(self) -> Counter | None: ...


class StreamingInjector:
    """Sends a supply to a multicast group while the context lasts; faults by `electrodes`, `radio` and the stamps.

    Args: supply: as many rows as the board has channels.
          rate_hz: of the supply, where it is not the board's own.
    """

    def __init__(
        self, supply: Supply, layout: Layout, rate_hz: float | None = None, group: str = GROUP, port: int = PORT
    ) -> None:
        self.electrodes = Electrodes(len(layout.eeg_rows), layout.rate_hz, layout.full_scale_uv or _RAIL_UV)
        self.radio = Radio()
        self._layout, self._group, self._port = layout, group, port
        self._feed = Feed(supply, rate_hz or layout.rate_hz, layout.rate_hz)
        self._lock = threading.Lock()
        self._plugged = True
        self._numbered = 0  # samples since the program that sends was started
        self._step_s, self._alike = 0.0, 1
        self._packet: list[bytes] = []
        self._unsent = b""
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="streaming injector", daemon=True)

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: no network of this computer takes multicast."""
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.sendto(b"", (self._group, self._port))
        except OSError as error:
            self._socket.close()
            raise DeviceUnavailable(
                f"No network takes multicast to {self._group}: connect this computer to one and try again."
            ) from error
        self._start_unix_s = time.time()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._thread.join()
        self._socket.close()

    @property
    def address(self) -> str:
        """What to open it by, as a source of EEG."""
        return f"board:streaming?master={self._layout.board}&ip_address={self._group}&ip_port={self._port}"

    @property
    def measured(self) -> int:
        """Samples since the start; the head goes on while nobody sends."""
        return self._feed.measured

    def unplug(self) -> None:
        """The program that sends has ended."""
        with self._lock:
            self._plugged = False

    def plug(self) -> None:
        """It is started again, and counts from 0."""
        with self._lock:
            self._plugged = True
            self._numbered = 0
            self._packet.clear()
            self._unsent = b""

    def step_clock(self, by_s: float) -> None:
        """Its wall clock is set forward, or back."""
        with self._lock:
            self._step_s += by_s

    def stamp_alike(self, n: int) -> None:
        """So many samples share one stamp, as when they came in one Bluetooth packet; 1 for none."""
        with self._lock:
            self._alike = n

    def _run(self) -> None:
        while not self._leaving.wait(_TICK_S):
            with self._lock:
                first = self.measured
                uv = self.electrodes(self._feed.due(time.monotonic()))
                if self._plugged:
                    self._send(first, uv)

    def _send(self, first: int, uv: Uv) -> None:
        """Samples from number `first` on, three a datagram."""
        rows = self._rows(first, uv)
        together = self._layout.counter.samples if self._layout.counter else 1
        for row in rows:
            self._packet.append(row.tobytes())
            if len(self._packet) == together:
                self._unsent += self.radio(b"".join(self._packet))
                self._packet.clear()
        size = _SAMPLES_A_DATAGRAM * rows.itemsize * rows.shape[1]
        while len(self._unsent) >= size:
            self._socket.sendto(self._unsent[:size], (self._group, self._port))
            self._unsent = self._unsent[size:]

    def _rows(self, first: int, uv: Uv) -> NDArray[np.float64]:
        """(n, n_rows) samples as the board lays them out."""
        shape, k = self._layout, np.arange(uv.shape[1])
        rows = np.zeros((uv.shape[1], shape.n_rows))
        rows[:, shape.eeg_rows] = uv.T
        rows[:, shape.number_row] = self._numbers(self._numbered + k)
        same = first + k - (first + k) % self._alike
        rows[:, shape.stamp_row] = self._start_unix_s + self._step_s + same / shape.rate_hz
        self._numbered += k.size
        return rows

    def _numbers(self, k: NDArray[np.int64]) -> NDArray[np.int64]:
        counter = self._layout.counter
        if counter is None:
            return k % 256
        return k // counter.samples * counter.stride % counter.modulus
