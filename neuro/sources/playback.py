"""A recording as a real board would send it: through BrainFlow's playback board."""

import math
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from neuro.errors import BadRecording, DeviceLost
from neuro.sources.board import Layout, layout, open_file
from neuro.types import Chunk, Headset

_MASTERS = ("cyton", "cyton_daisy", "freeeeg32", "freeeeg128")  # 8, 16, 32 and 128 channels
_LONGEST_PAUSE_S = 3.0


class PlaybackSource:
    """A recording, played at its own pace through BrainFlow's playback board.

    BrainFlow paces by the stamps in the file, whatever the master board's own rate; it runs 0.1 to 0.5 % slow. It
    sleeps through a gap and cannot be stopped there, so gaps of over three seconds are played as three.

    Args:   samples: the whole recording, stamps strictly increasing; loop: whether to start over at the end.
    Raises: BadRecording: it has more channels than the widest board.
    """

    def __init__(self, headset: Headset, samples: Chunk, clock: Callable[[], float], *, loop: bool = False) -> None:
        fitting = [shape for shape in map(layout, _MASTERS) if len(shape.eeg_rows) >= len(headset.channels)]
        if not fitting:
            raise BadRecording(f"{headset.name} has over 128 channels: play it with recording: instead of playback:.")
        self.headset = headset
        self._layout, self._samples, self._clock, self._loop = fitting[0], samples, clock, loop
        self._left = math.inf if loop else samples.t_s.size

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: BrainFlow could not play the file."""
        with ExitStack() as opened:
            folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="heron-playback-"))
            path = Path(folder) / "samples.csv"
            write_playback(path, self._layout, self._samples)
            board = open_file(path, self._layout, self.headset, self._clock, loop=self._loop)
            self._board = opened.enter_context(board)
            self._opened = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.__exit__(kind, error, trace)

    def read(self) -> Chunk:
        """What has been played since the last read.

        Raises: DeviceLost: the recording has ended, or pauses for a second or longer.
        """
        if self._left <= 0:
            raise DeviceLost(
                f"{self.headset.name} has ended: start it again, or add ?loop=1 to play it over and over."
            )
        chunk = self._board.read()
        self._left -= chunk.t_s.size
        return chunk


def write_playback(path: Path, shape: Layout, samples: Chunk) -> None:
    """Write samples as BrainFlow's own file: tabs, no header, one sample a line, every row of the board a column.

    Args: samples: stamps strictly increasing, for one step back would make BrainFlow play the whole rest at once.
    """
    columns = ["0"] * shape.n_rows
    for row in shape.eeg_rows[: samples.uv.shape[0]]:
        columns[row] = "%.4f"
    columns[shape.number_row], columns[shape.stamp_row] = "%d", "%.6f"
    line = "\t".join(columns) + "\n"
    order = np.argsort([*shape.eeg_rows[: samples.uv.shape[0]], shape.number_row, shape.stamp_row])
    number = np.arange(samples.t_s.size) % 256
    steps = np.minimum(np.diff(samples.t_s, prepend=samples.t_s[0]), _LONGEST_PAUSE_S)
    since_s = 1.0 + np.cumsum(steps)  # a stamp of zero might be taken for a missing one
    table = np.vstack([samples.uv, number, since_s])[order].T
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(line % tuple(row) for row in table.tolist())
