"""A board as a source of EEG: one owner thread talks to BrainFlow, `read()` takes what has arrived."""

import atexit
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from neuro.clock import WallClock
from neuro.clock.fit import ClockFit
from neuro.errors import DeviceLost, DeviceUnavailable
from neuro.sources.board.layouts import Layout, use_brainflow
from neuro.sources.board.session import Session, alone
from neuro.sources.entering import entered
from neuro.sources.packets import Packets, increasing, joined
from neuro.sources.sender import SenderClock
from neuro.types import Chunk, Headset

LOST_AFTER_S = 0.9
"""BrainFlow never says that a device has gone: almost a second without a new sample is the only sign."""

_FIRST_SAMPLE_S = 5.0  # a Bluetooth headset takes a few seconds to its first sample
_POLL_S = 0.02
_RETRY_S = (0.5, 3.0)  # first and longest pause between attempts: 6 s after a Cyton is back its samples are, too
_KEPT_CHUNKS = 9_000  # three minutes of polls: a reader that stopped reading does not fill the memory

_log = logging.getLogger(__name__)


class BoardSource:
    """A board that streams while the context lasts.

    Only the owner thread calls BrainFlow: the library has one lock for all boards and allows one reader. After almost
    a second without a sample the owner closes the board and opens it again, until it is back or not wanted.

    Args: reconnects: False for a file that is played back, whose silence is only a pause.
    """

    def __init__(
        self,
        board_id: int,
        params: Any,
        described: Layout,
        headset: Headset,
        clock: Callable[[], float],
        *,
        command: str = "",
        reconnects: bool = True,
    ) -> None:
        self.headset = headset
        self.clock_fit: ClockFit | None = None  # the wall clock that stamps arrivals, and the board's own pace
        self._board_id, self._params, self._layout = board_id, params, described
        self._clock, self._command, self._reconnects = clock, command, reconnects
        self._packets = Packets(described.counter, headset.rate_hz)
        self._wall, self._sender = WallClock(), SenderClock()
        self._asked_s = math.inf
        self._newest_s = -math.inf
        self._arrived: deque[Chunk] = deque(maxlen=_KEPT_CHUNKS)
        self._leaving, self._opened = threading.Event(), threading.Event()
        self._failure: DeviceUnavailable | None = None
        self._silent_since_s = math.inf
        self._owner = threading.Thread(target=self._own, name=f"board {headset.name}", daemon=True)

    def __enter__(self) -> Self:
        """Open the board and start it; takes as long as the board takes, up to some seconds.

        Raises: DeviceUnavailable: it could not be opened.
        """
        use_brainflow()
        atexit.register(self._leave)
        entered(self._owner, self._opened, lambda: self._failure, self._leave)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def read(self) -> Chunk:
        """What has arrived since the last read.

        Raises: DeviceLost: nothing has, for almost a second or longer.
        """
        chunks: list[Chunk] = []
        with suppress(IndexError):
            while True:
                chunks.append(self._arrived.popleft())
        if chunks:
            return joined(chunks)
        if self._clock() - self._silent_since_s > LOST_AFTER_S:
            if not self._reconnects:
                raise DeviceLost(f"{self.headset.name} pauses here: wait, it goes on by itself.")
            raise DeviceLost(
                f"{self.headset.name} has stopped sending: check that it is switched on, charged and near; "
                "it is taken up again as soon as it is back."
            )
        return Chunk.empty(len(self.headset.channels))

    def _leave(self) -> None:
        atexit.unregister(self._leave)
        self._leaving.set()
        if self._owner.ident is not None:
            self._owner.join()

    def _own(self) -> None:
        try:
            with alone(self._board_id, self._params, self.headset.name) as session:
                session.start(self._command)
                self._opened.set()
                self._stream(session)
        except DeviceUnavailable as error:
            self._failure = error
        finally:
            self._opened.set()

    def _stream(self, session: Session) -> None:
        silent_since_s = self._silent_since_s = self._first_sample_due_s()
        self._asked_s = self._clock()
        while not self._leaving.wait(_POLL_S):
            if self._poll(session):
                silent_since_s = self._silent_since_s
            elif self._reconnects and self._clock() - silent_since_s > LOST_AFTER_S:
                self._reconnect(session)
                silent_since_s = self._first_sample_due_s()

    def _first_sample_due_s(self) -> float:
        return self._clock() + _FIRST_SAMPLE_S - LOST_AFTER_S

    def _reconnect(self, session: Session) -> None:
        """Close, and open again until that works or the context ends."""
        _log.warning("%s has stopped sending; reconnecting", self.headset.name)
        session.close()
        self._packets.forget()
        pause_s, longest_s = _RETRY_S
        while not self._leaving.wait(pause_s):
            try:
                session.start(self._command)
            except DeviceUnavailable as error:
                session.close()
                _log.info("%s", error)
                pause_s = min(2 * pause_s, longest_s)
            else:
                return

    def _poll(self, session: Session) -> bool:
        """Take what BrainFlow has, put it on the host's timeline, and hand it over; whether there was any."""
        since_s, self._asked_s = self._asked_s, self._clock()
        data = session.data()
        step_s = self._wall.reading(self._clock(), time.time(), self._clock())
        if step_s:
            _log.warning("the wall clock was stepped by %+.3f s; stamps follow", step_s)
        if data is None:
            return False
        uv = data[self._eeg_rows()].astype(np.float32)
        device_s = data[self._layout.stamp_row].copy()  # a view would keep all rows alive
        t_s = self._sender(self._wall.to_host(device_s), since_s, self._clock())
        chunk = self._chunk(data[self._layout.number_row], uv, t_s, device_s)
        self._silent_since_s = self._clock()  # before a reader can take the chunk and look again
        self._arrived.append(chunk)
        return True

    def _chunk(
        self,
        number: NDArray[np.float64],
        uv: NDArray[np.float32],
        t_s: NDArray[np.float64],
        device_s: NDArray[np.float64],
    ) -> Chunk:
        """A board keeps its own pace; a file that is played back has its pauses, and its numbers mean nothing."""
        if self._reconnects:
            chunk, pace = self._packets(number, uv, t_s, device_s), self._packets.clock
            doubt_s = self._wall.uncertainty_s + pace.uncertainty_s
            drift_ppm = 1e6 * (pace.rate_hz / self.headset.rate_hz - 1)
            self.clock_fit = ClockFit(-self._wall.offset_s, doubt_s, drift_ppm, pace.jitter_s)
            return chunk
        chunk = Chunk(uv, increasing(t_s, self._newest_s), device_s)
        self._newest_s = float(chunk.t_s[-1])
        return chunk

    def _eeg_rows(self) -> list[int]:
        """As many rows as there are channels: a recording that is played back may not fill its master board."""
        return list(self._layout.eeg_rows[: len(self.headset.channels)])
