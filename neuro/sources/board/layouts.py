"""How each board that BrainFlow knows lays out a sample."""

import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from brainflow.board_shim import BoardIds, BoardShim, BrainFlowError

from neuro.errors import BadAddress, DeviceUnavailable
from neuro.sources.packets import Counter
from neuro.types import Headset

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
    board_id = board_id_of(board)
    use_brainflow()
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


def _short(board_id: int) -> str:
    return str(BoardIds(board_id).name).removesuffix("_BOARD").lower()


def board_id_of(board: str) -> BoardIds:
    names = {_short(board_id): board_id for board_id in BoardIds if board_id != BoardIds.NO_BOARD}
    names["playback"] = names["playback_file"]
    wanted = board.lower().replace("-", "_").removesuffix("_board")
    if wanted not in names:
        near = get_close_matches(wanted, names, n=3) or ["synthetic", "cyton", "muse_2"]
        raise BadAddress(
            f"There is no board {board!r}: try {', '.join(near)}, or see the list of boards in BrainFlow's guide."
        )
    return names[wanted]


@cache
def use_brainflow() -> None:
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
