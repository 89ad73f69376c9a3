"""From what an address says to a board that can be opened."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from pathlib import Path

from brainflow.board_shim import BoardIds, BrainFlowInputParams

from neuro.errors import BadAddress
from neuro.sources.board.layouts import Layout, board_id_of, layout
from neuro.sources.board.source import BoardSource
from neuro.types import Headset


def open_board(board: str, options: Mapping[str, str], clock: Callable[[], float]) -> BoardSource:
    """A board by its name.

    Args:   options: any field of BrainFlowInputParams; `channels`, names separated by commas; `master`, the board
                     that a streaming board repeats.
            clock:   host monotonic seconds, running at real pace.
    Raises: BadAddress: there is no such board or option; DeviceUnavailable: the board measures no EEG.
    """
    board_id = board_id_of(board)
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
        params.master_board = int(board_id_of(shape))
    for key, value in given.items():
        setattr(params, key, _parameter(board, key, value))
    described = layout(shape)
    return BoardSource(int(board_id), params, described, described.headset(channels), clock)


def open_file(path: Path, shape: Layout, headset: Headset, clock: Callable[[], float], *, loop: bool) -> BoardSource:
    """BrainFlow's playback board on a file that `shape` would have written; it paces by the file's own stamps."""
    params = BrainFlowInputParams()
    params.master_board = int(board_id_of(shape.board))
    params.file = str(path)
    command = "loopback_true" if loop else "loopback_false"
    playback = int(BoardIds.PLAYBACK_FILE_BOARD)
    return BoardSource(playback, params, shape, headset, clock, command=command, reconnects=False)


def _parameter(board: str, key: str, value: str) -> str | int:
    """The value of an option, of the type that BrainFlow wants."""
    known = vars(BrainFlowInputParams())
    if key not in known:
        near = get_close_matches(key, [*known, "channels", "master"], n=1) or ["serial_port, mac_address or channels"]
        raise BadAddress(f"board:{board} has no option {key!r}: did you mean {near[0]}?")
    if key == "master_board":
        return int(board_id_of(value))
    if not isinstance(known[key], int):
        return value
    try:
        return int(value)
    except ValueError:
        raise BadAddress(f"board:{board} wants a whole number for {key}, not {value!r}.") from None
