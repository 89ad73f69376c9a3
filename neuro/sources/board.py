"""Any BrainFlow board as a source of EEG: one owner thread talks to BrainFlow, `read()` takes what has arrived."""

import atexit
import logging
import math
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from brainflow.board_shim import BoardIds, BoardShim, BrainFlowError, BrainFlowInputParams
from numpy.typing import NDArray

from neuro.clock import WallClock
from neuro.clock.fit import ClockFit
from neuro.errors import BadAddress, DeviceLost, DeviceUnavailable
from neuro.sources.packets import Counter, Packets, increasing, joined
from neuro.sources.sender import SenderClock
from neuro.types import Chunk, Headset

LOST_AFTER_S = 0.9
"""BrainFlow never says that a device has gone: almost a second without a new sample is the only sign."""

_FIRST_SAMPLE_S = 5.0  # a Bluetooth headset takes a few seconds to its first sample
_POLL_S = 0.02
_RETRY_S = (0.5, 3.0)  # first and longest pause between attempts: 6 s after a Cyton is back its samples are, too
_RING_SAMPLES = 45_000  # BrainFlow's own default allocates 115 MB for 32 rows
_KEPT_CHUNKS = 9_000  # three minutes of polls: a reader that stopped reading does not fill the memory

_ADS1299_FULL_SCALE_UV = 187_500.0  # 4.5 V at gain 24
_FULL_SCALE_UV = {BoardIds.CYTON_BOARD: _ADS1299_FULL_SCALE_UV, BoardIds.CYTON_DAISY_BOARD: _ADS1299_FULL_SCALE_UV}

_MUSE = Counter(65_536, samples=12)  # one 16-bit number a Bluetooth packet of 12 samples
_COUNTERS = {
    BoardIds.SYNTHETIC_BOARD: Counter(256),
    BoardIds.CYTON_BOARD: Counter(256),
    BoardIds.CYTON_DAISY_BOARD: Counter(256, stride=2),  # two packets make one sample
    BoardIds.MUSE_2_BOARD: _MUSE,
    BoardIds.MUSE_S_BOARD: _MUSE,
    BoardIds.MUSE_2016_BOARD: _MUSE,
    BoardIds.MUSE_2_BLED_BOARD: _MUSE,
    BoardIds.MUSE_S_BLED_BOARD: _MUSE,
    BoardIds.MUSE_2016_BLED_BOARD: _MUSE,
}

_WHY = {
    1: "another program holds its port; close that program and try again.",
    2: "it is not to be found; plug it in or switch on Bluetooth, check the port in the address, and try again.",
    3: "its port refuses its settings; unplug the dongle, plug it in again, and retry.",
    4: "it takes no commands; check the cable or the network and try again.",
    7: "it does not answer; switch it on, bring it near, check the port in the address, and try again.",
    13: "its address is not complete; add what it needs, such as ?serial_port=, ?mac_address= or ?ip_address=.",
    14: "this kind of computer cannot use it; choose another board or another computer.",
    15: "it was closed meanwhile; open it again.",
    16: "it is already open in this program; close it there first.",
    18: "it does not answer in time; switch it off and on, bring it near, and try again.",
}
_WHY_ELSE = "its driver does not say why; switch it off and on, close the maker's own program, and try again."

_log = logging.getLogger(__name__)

_open_sessions: set[str] = set()  # BrainFlow keeps one set of sessions for the whole process: see _alone
_open_sessions_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a board lays out one sample.

    board:    its name in an address, as in "muse_2"
    eeg_rows: which rows hold microvolts; channels: their names, empty where the board has none
    counter:  None where the package numbers say nothing about losses
    """

    board: str
    name: str
    n_rows: int
    eeg_rows: tuple[int, ...]
    channels: tuple[str, ...]
    number_row: int
    stamp_row: int
    rate_hz: float
    full_scale_uv: float | None
    counter: Counter | None

    def headset(self, channels: tuple[str, ...] = ()) -> Headset:
        """The headset, its channels named by the caller, else by the board, else numbered.

        Raises: BadAddress: there are more or fewer names than channels, or one name twice.
        """
        n = len(self.eeg_rows)
        names = channels or self.channels or tuple(f"Ch{i + 1}" for i in range(n))
        if len(names) != n or len(set(names)) != n:
            raise BadAddress(
                f"{self.name} has {n} channels: give channels= that many different names, separated by commas."
            )
        return Headset(self.name, names, self.rate_hz, self.full_scale_uv)


@cache
def layout(board: str) -> Layout:
    """The layout of a board by its name, as in "cyton", "CYTON_BOARD" or "Muse_2".

    Raises: BadAddress: there is no such board; DeviceUnavailable: it measures no EEG.
    """
    board_id = _board_id(board)
    _use_brainflow()
    try:
        descr: dict[str, Any] = BoardShim.get_board_descr(board_id)
    except BrainFlowError as error:
        raise BadAddress(f"{board} stands for another board: name that one with ?master=.") from error
    rows = tuple(descr.get("eeg_channels", ()))
    if not rows:
        raise DeviceUnavailable(
            f"{descr['name']} measures no EEG: choose a board that does, such as muse_2 or cyton."
        )
    names = descr.get("eeg_names", "")
    return Layout(
        board=_short(board_id),
        name=descr["name"],
        n_rows=descr["num_rows"],
        eeg_rows=rows,
        channels=tuple(names.split(",")) if names else (),
        number_row=descr["package_num_channel"],
        stamp_row=descr["timestamp_channel"],
        rate_hz=float(descr["sampling_rate"]),
        full_scale_uv=_FULL_SCALE_UV.get(board_id),
        counter=_COUNTERS.get(board_id),
    )


def layouts() -> tuple[Layout, ...]:
    """Every board that measures EEG."""
    found = []
    for board_id in BoardIds:
        with suppress(BadAddress, DeviceUnavailable):
            found.append(layout(_short(board_id)))
    return tuple(found)


def open_board(board: str, options: Mapping[str, str], clock: Callable[[], float]) -> "BoardSource":
    """A board by its name.

    Args:   options: any field of BrainFlowInputParams; `channels`, names separated by commas; `master`, the board
                     that a streaming board repeats.
            clock:   host monotonic seconds, running at real pace.
    Raises: BadAddress: there is no such board or option; DeviceUnavailable: the board measures no EEG.
    """
    board_id = _board_id(board)
    given = dict(options)
    channels = tuple(name.strip() for name in given.pop("channels", "").split(",") if name.strip())
    params = BrainFlowInputParams()
    shape = board
    if board_id in (BoardIds.STREAMING_BOARD, BoardIds.PLAYBACK_FILE_BOARD):
        if "master" not in given:
            raise BadAddress(
                f"board:{board} needs to know which board it repeats: add ?master=cyton or another board."
            )
        shape = given.pop("master")
        params.master_board = int(_board_id(shape))
    for key, value in given.items():
        setattr(params, key, _parameter(board, key, value))
    described = layout(shape)
    return BoardSource(int(board_id), params, described, described.headset(channels), clock)


def open_file(
    path: Path, shape: Layout, headset: Headset, clock: Callable[[], float], *, loop: bool
) -> "BoardSource":
    """BrainFlow's playback board on a file that `shape` would have written; it paces by the file's own stamps."""
    params = BrainFlowInputParams()
    params.master_board = int(_board_id(shape.board))
    params.file = str(path)
    command = "loopback_true" if loop else "loopback_false"
    playback = int(BoardIds.PLAYBACK_FILE_BOARD)
    return BoardSource(playback, params, shape, headset, clock, command=command, reconnects=False)


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
        _use_brainflow()
        atexit.register(self._leave)
        self._owner.start()
        try:
            self._opened.wait()
            if self._failure is not None:
                raise self._failure
        except BaseException:
            self._leave()
            raise
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
            with _alone(self._board_id, self._params, self.headset.name) as board:
                self._start(board)
                self._opened.set()
                self._stream(board)
        except DeviceUnavailable as error:
            self._failure = error
        finally:
            self._opened.set()

    def _stream(self, board: Any) -> None:
        silent_since_s = self._silent_since_s = self._first_sample_due_s()
        self._asked_s = self._clock()
        while not self._leaving.wait(_POLL_S):
            if self._poll(board):
                silent_since_s = self._silent_since_s
            elif self._reconnects and self._clock() - silent_since_s > LOST_AFTER_S:
                self._reconnect(board)
                silent_since_s = self._first_sample_due_s()

    def _first_sample_due_s(self) -> float:
        return self._clock() + _FIRST_SAMPLE_S - LOST_AFTER_S

    def _start(self, board: Any) -> None:
        try:
            board.prepare_session()
            if self._command:
                board.config_board(self._command)
            board.start_stream(_RING_SAMPLES)
        except BrainFlowError as error:
            why = _WHY.get(error.exit_code, _WHY_ELSE)
            raise DeviceUnavailable(f"{self.headset.name} could not be opened: {why}") from error

    def _reconnect(self, board: Any) -> None:
        """Close, and open again until that works or the context ends."""
        _log.warning("%s has stopped sending; reconnecting", self.headset.name)
        _close(board)
        self._packets.forget()
        pause_s, longest_s = _RETRY_S
        while not self._leaving.wait(pause_s):
            try:
                self._start(board)
            except DeviceUnavailable as error:
                _close(board)
                _log.info("%s", error)
                pause_s = min(2 * pause_s, longest_s)
            else:
                return

    def _poll(self, board: Any) -> bool:
        """Take what BrainFlow has, put it on the host's timeline, and hand it over; whether there was any."""
        since_s, self._asked_s = self._asked_s, self._clock()
        try:
            data = board.get_board_data()
        except BrainFlowError as error:  # silence, whatever the reason: the watchdog opens the board again
            _log.info("%s gives no data: %s", self.headset.name, error)
            return False
        step_s = self._wall.reading(self._clock(), time.time(), self._clock())
        if step_s:
            _log.warning("the wall clock was stepped by %+.3f s; stamps follow", step_s)
        if not data.shape[1]:
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


@contextmanager
def _alone(board_id: int, params: Any, name: str) -> Iterator[Any]:
    """The one BoardShim of a session, closed at the end.

    Two with equal parameters are one session to BrainFlow, and closing either closes both. So there is one for the
    whole life of a source, reconnections included, and a second source is refused.

    Raises: DeviceUnavailable: the session is in use.
    """
    session = f"{board_id} {params.to_json()}"
    with _open_sessions_lock:
        if session in _open_sessions:
            raise DeviceUnavailable(f"{name} could not be opened: {_WHY[16]}")
        _open_sessions.add(session)
    board = BoardShim(board_id, params)
    # Its finaliser would call BrainFlow, and wait for the one lock, in whichever thread happens to collect garbage.
    board.is_prepared = lambda: False
    try:
        yield board
    finally:
        _close(board)
        with _open_sessions_lock:
            _open_sessions.remove(session)


def _close(board: Any) -> None:
    """Stop and release; a board that has gone refuses the first and is content with the second."""
    with suppress(BrainFlowError):
        board.stop_stream()
    with suppress(BrainFlowError):
        board.release_session()


def _short(board_id: int) -> str:
    return str(BoardIds(board_id).name).removesuffix("_BOARD").lower()


def _board_id(board: str) -> BoardIds:
    names = {_short(board_id): board_id for board_id in BoardIds if board_id != BoardIds.NO_BOARD}
    names["playback"] = names["playback_file"]
    wanted = board.lower().replace("-", "_").removesuffix("_board")
    if wanted not in names:
        near = get_close_matches(wanted, names, n=3) or ["synthetic", "cyton", "muse_2"]
        raise BadAddress(
            f"There is no board {board!r}: try {', '.join(near)}, or see the list of boards in BrainFlow's guide."
        )
    return names[wanted]


def _parameter(board: str, key: str, value: str) -> str | int:
    """The value of an option, of the type that BrainFlow wants."""
    known = vars(BrainFlowInputParams())
    if key not in known:
        near = get_close_matches(key, [*known, "channels", "master"], n=1) or ["serial_port, mac_address or channels"]
        raise BadAddress(f"board:{board} has no option {key!r}: did you mean {near[0]}?")
    if key == "master_board":
        return int(_board_id(value))
    if not isinstance(known[key], int):
        return value
    try:
        return int(value)
    except ValueError:
        raise BadAddress(f"board:{board} wants a whole number for {key}, not {value!r}.") from None


@cache
def _use_brainflow() -> None:
    """Load BrainFlow's library once, quietly: its log goes to stderr, and its reasons come as sentences from here.

    Raises: DeviceUnavailable: the library does not run on this computer.
    """
    with warnings.catch_warnings():
        if sys.version_info < (3, 12):  # BrainFlow finds its library by pkg_resources, which warns of its own end
            warnings.simplefilter("ignore")
        try:
            BoardShim.disable_board_logger()
        except (OSError, ImportError) as error:
            raise DeviceUnavailable(
                "BrainFlow has no library for this computer: it runs on Windows, macOS and 64-bit Intel Linux, "
                "with setuptools below 82 under Python 3.11."
            ) from error
