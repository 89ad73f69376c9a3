"""Reads EEG from text tables: BrainFlow, muse-lsl, Mind Monitor, OpenBCI and plain CSV files."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.errors import BadRecording, DeviceUnavailable
from neuro.sources.board import Layout, layout, layouts
from neuro.sources.montage import channel_name
from neuro.sources.packets import Packets
from neuro.sources.recorded import Recording
from neuro.sources.timeline import repaired

_TIME = re.compile(
    r"(t|time|seconds|(unix_?|lsl_?)?time_?stamps?)(?:[ _]*[(\[]?(?P<unit>s|sec|ms|us|µs|ns)[)\]]?)?", re.I
)
_UNITS_S = {"s": 1.0, "sec": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_WIDEST_S = 0.25  # stamps further apart cannot be seconds, for no EEG is that slow; so they are thousandths, or less
_LIKELY = ("cyton", "cyton_daisy", "synthetic", "muse_2", "ganglion_native", "unicorn", "crown", "freeeeg32")


_WANTED = "EEG: give a CSV file with a time column and one column a channel"


class Table(NamedTuple):
    """Text cut into a header, which may be missing, and lines of cells."""

    name: str
    header: list[str]
    body: str
    delimiter: str
    notes: list[str]


def read(path: Path, content: bytes, board: str | None, channels: tuple[str, ...] | None) -> Recording:
    """The EEG of a text table.

    Raises: BadRecording: it is no such table.
    """
    table = table_of(path, content)
    if not table.header:
        return _brainflow(table, board, channels)
    if board:
        raise BadRecording(f"{path.name} has a header, so it is not BrainFlow's own: leave out board=.")
    return _named(table, channels)


def table_of(path: Path, content: bytes, wanted: str = _WANTED) -> Table:
    """Text as a table; what is wrong with its end is noted.

    Args:   wanted: what a good table is, as told to who gave a bad one.
    Raises: BadRecording: it is not text, or has no two lines.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise BadRecording(f"{path.name} is no recording that Heron knows: give an EDF, BDF or CSV file.")
    notes = []
    body, newline, last = text.replace("\r\n", "\n").rpartition("\n")
    if last.strip():
        notes.append(f"The last line of {path.name} has no end and was left out.")
    while body.startswith(("%", "\n")):  # OpenBCI's remarks
        body = body.partition("\n")[2]
    first = body.partition("\n")[0]
    delimiter = next((mark for mark in "\t;," if mark in first), ",")
    cells = next(csv.reader([first], delimiter=delimiter), [])
    if len(cells) < 2 or not newline:
        raise BadRecording(f"{path.name} is no table of {wanted}.")
    header = [] if _is_number(cells[0]) and _is_number(cells[-2]) else [cell.strip() for cell in cells]
    return Table(path.name, header, body.partition("\n")[2] if header else body, delimiter, notes)


def _named(table: Table, channels: tuple[str, ...] | None) -> Recording:
    """A table whose header says which column is what."""
    time = _time_column(table)
    columns, names = _channel_columns(table, time)
    if channels:
        if not all(re.fullmatch(r"Ch\d+", name) for name in names):
            raise BadRecording(f"{table.name} names its own channels: leave out channels=.")
        names = _given(table, channels, len(names))
    if not columns:
        raise BadRecording(f"{table.name} has no column that could be EEG: give one column a channel, in microvolts.")
    data = cells(table, [time, *columns])
    data = data[np.isfinite(data[:, 0]) & ~np.isnan(data[:, 1:]).all(axis=1)]
    if len(data) < 2:
        raise BadRecording(f"{table.name} holds too few samples to be EEG: choose a longer recording.")
    t_s = data[:, 0] * _seconds_a_unit(table.header[time], data[:, 0])
    return Recording.of(table.name, names, data[:, 1:].T.astype(np.float32), t_s, notes=table.notes)


def _time_column(table: Table) -> int:
    """Raises: BadRecording: no column has the name of a time."""
    found = [i for i, name in enumerate(table.header) if name and _TIME.fullmatch(name)]
    if not found:
        raise BadRecording(
            f"{table.name} has no time column: name one of {', '.join(table.header)} t_s, time or timestamp."
        )
    return found[0]


def _channel_columns(table: Table, time: int) -> tuple[list[int], list[str]]:
    """Mind Monitor marks EEG with RAW_, OpenBCI with EXG; elsewhere a column that is nothing else is a channel."""
    for mark in ("RAW_", "EXG Channel "):
        marked = [i for i, name in enumerate(table.header) if name.startswith(mark)]
        if marked:
            names = [table.header[i].removeprefix(mark) for i in marked]
            return marked, [f"Ch{int(name) + 1}" if name.isdigit() else name for name in names]
    named = [
        (i, channel_name(name)) for i, name in enumerate(table.header) if i != time and not _TIME.fullmatch(name)
    ]
    return [i for i, name in named if name], [name for _, name in named if name]


def _seconds_a_unit(name: str, stamps: NDArray[np.float64]) -> float:
    """Seconds in one of the time column: as its name says (t_ms), else by how far apart the stamps are."""
    said = _TIME.fullmatch(name)
    if said and said["unit"]:
        return _UNITS_S[said["unit"].lower()]
    step = abs(stamps[-1] - stamps[0]) / (stamps.size - 1)
    return next((unit for unit in (1.0, 1e-3, 1e-6) if step * unit < _WIDEST_S), 1e-9)


def _brainflow(table: Table, board: str | None, channels: tuple[str, ...] | None) -> Recording:
    """BrainFlow's own file: no header, every row of the board a column; losses are filled as they are live."""
    n_columns = table.body.partition("\n")[0].count(table.delimiter) + 1
    data = cells(table, range(n_columns)).T
    try:
        shape = layout(board) if board else _guess(table, data)
    except DeviceUnavailable as error:
        raise BadRecording(str(error)) from error
    if shape.n_rows != n_columns:
        raise BadRecording(
            f"{table.name} has {n_columns} columns and {shape.name} writes {shape.n_rows}: give its board=."
        )
    names = _given(table, channels, len(shape.eeg_rows)) if channels else list(shape.headset().channels)
    data = data[:, np.isfinite(data[shape.stamp_row])]
    try:
        t_s = repaired(data[shape.stamp_row] - data[shape.stamp_row, 0])
    except (ValueError, IndexError) as error:
        raise BadRecording(
            f"{table.name} holds no stamps of {shape.name}: give the board= that it came from."
        ) from error
    uv = data[list(shape.eeg_rows)].astype(np.float32)
    chunk = Packets(shape.counter, shape.rate_hz)(data[shape.number_row], uv, t_s, data[shape.stamp_row])
    return Recording.of(table.name, names, chunk.uv, chunk.t_s, full_scale_uv=shape.full_scale_uv, notes=table.notes)


def _guess(table: Table, data: NDArray[np.float64]) -> Layout:
    """The board that writes so many columns, has stamps where this file has them, and comes nearest to its rate.

    Raises: BadRecording: none does.
    """
    fitting = [
        (abs(np.log(rate / shape.rate_hz)) > 0.05, shape) for shape in layouts() for rate in _rates(shape, data)
    ]
    order = {board: place for place, board in enumerate(_LIKELY)}
    if not fitting:
        raise BadRecording(
            f"{table.name} has no header, and no BrainFlow board writes such a file: say which with ?board=."
        )
    shape = min(fitting, key=lambda entry: (entry[0], order.get(entry[1].board, len(order))))[1]
    table.notes.append(f"{table.name} was taken for a file of {shape.name}: say ?board= if it is another board's.")
    return shape


def _rates(shape: Layout, data: NDArray[np.float64]) -> list[float]:
    """The rate of the stamps if the file could be this board's, else nothing."""
    if shape.n_rows != data.shape[0]:
        return []
    stamps = data[shape.stamp_row]
    steps = np.diff(stamps[np.isfinite(stamps)])
    if not steps.size or not (np.median(steps) >= 0 and 0 < steps.mean() < _WIDEST_S and stamps[0] > 0):
        return []
    return [float(1 / steps.mean())]


def _given(table: Table, channels: tuple[str, ...], n: int) -> list[str]:
    if len(set(channels)) != n or len(channels) != n:
        raise BadRecording(f"{table.name} has {n} channels: give channels= that many different names.")
    return list(channels)


def cells(table: Table, columns: Sequence[int]) -> NDArray[np.float64]:
    """(n_lines, n_columns) numbers; dates become unix seconds. Lines that cannot be read are left out."""
    if not table.body.strip():
        return np.empty((0, len(columns)))
    try:
        return np.loadtxt(
            io.StringIO(table.body),
            delimiter=table.delimiter,
            usecols=list(columns),
            ndmin=2,
            comments=None,
            quotechar='"',
        )
    except ValueError:  # dates, empty cells, or a torn line: the slow way takes them one by one
        return _cells_one_by_one(table, columns)


def _cells_one_by_one(table: Table, columns: Sequence[int]) -> NDArray[np.float64]:
    rows, bad = [], 0
    for cells in csv.reader(io.StringIO(table.body), delimiter=table.delimiter):
        try:
            rows.append([_number(cells[i]) for i in columns])
        except (ValueError, IndexError):
            bad += bool(cells)
    if bad > len(rows):
        raise BadRecording(
            f"{table.name} is no table of numbers: give a CSV file with a time column and one column a channel."
        )
    if bad:
        table.notes.append(f"{bad} of {bad + len(rows)} lines of {table.name} could not be read and were left out.")
    return np.array(rows, np.float64).reshape(-1, len(columns))


def _number(cell: str) -> float:
    """A number, a date as unix seconds, or NaN for an empty cell."""
    if not cell.strip():
        return float("nan")
    try:
        return float(cell)
    except ValueError:
        date = datetime.fromisoformat(cell.strip())
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
