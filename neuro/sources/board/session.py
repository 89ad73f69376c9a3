"""BrainFlow's sessions: one of a kind at a time, and its errors as sentences."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
from brainflow.board_shim import BoardShim, BrainFlowError
from numpy.typing import NDArray

from neuro.errors import DeviceUnavailable

_RING_SAMPLES = 45_000  # BrainFlow's own default allocates 115 MB for 32 rows

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

_open_sessions: set[str] = set()  # BrainFlow keeps one set of sessions for the whole process: see alone
_open_sessions_lock = threading.Lock()


class Session:
    """What one board is asked for, in the one thread that owns it."""

    def __init__(self, board: Any, name: str) -> None:
        self._board = board
        self._name = name

    def start(self, command: str) -> None:
        """Open the board, configure it by a command of its own if there is one, and let it stream.

        Raises: DeviceUnavailable: it cannot be opened.
        """
        try:
            self._board.prepare_session()
            if command:
                self._board.config_board(command)
            self._board.start_stream(_RING_SAMPLES)
        except BrainFlowError as error:
            why = _WHY.get(error.exit_code, _WHY_ELSE)
            raise DeviceUnavailable(f"{self._name} could not be opened: {why}") from error

    def data(self) -> NDArray[np.float64] | None:
        """What has arrived since it was asked last: (rows, samples); None where the board gives nothing."""
        try:
            data: NDArray[np.float64] = self._board.get_board_data()
        except BrainFlowError as error:  # silence, whatever the reason: who asks opens the board again
            _log.info("%s gives no data: %s", self._name, error)
            return None
        return data if data.shape[1] else None

    def close(self) -> None:
        """Stop and release; a board that has gone refuses the first and is content with the second."""
        with suppress(BrainFlowError):
            self._board.stop_stream()
        with suppress(BrainFlowError):
            self._board.release_session()


@contextmanager
def alone(board_id: int, params: Any, name: str) -> Iterator[Session]:
    """The one session of its kind, closed at the end.

    Two with equal parameters are one session to BrainFlow, and closing either closes both. So there is one for the
    whole life of a source, reconnections included, and a second source is refused.

    Raises: DeviceUnavailable: the session is in use.
    """
    known = f"{board_id} {params.to_json()}"
    with _open_sessions_lock:
        if known in _open_sessions:
            raise DeviceUnavailable(f"{name} could not be opened: {_WHY[16]}")
        _open_sessions.add(known)
    board = BoardShim(board_id, params)
    session = Session(board, name)
    # Its finaliser would call BrainFlow, and wait for the one lock, in whichever thread happens to collect garbage.
    board.is_prepared = lambda: False
    try:
        yield session
    finally:
        session.close()
        with _open_sessions_lock:
            _open_sessions.remove(known)
