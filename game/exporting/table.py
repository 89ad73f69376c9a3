"""A table with names, units and words for its columns, before anybody knows in which kind of file it will lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cell = str | float | int | bool | None
Values = Sequence[Cell] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """values: one a row; NaN and None are absence. unit: None where there is none."""

    name: str
    values: Values
    what: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length."""

    name: str
    what: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def __len__(self) -> int:
        return len(self.columns[0].values)


def text(table: Table, delimiter: str, missing: str, header: bool = True) -> str:
    """The table as lines. Numbers are as short as they can be and still come back to the last bit."""
    lines = [delimiter.join(table.names)] if header else []
    columns = [_cells(column.values, delimiter, missing) for column in table.columns]
    lines += map(delimiter.join, zip(*columns, strict=True))
    return "\n".join(lines) + "\n"


def _cells(values: Values, delimiter: str, missing: str) -> list[str]:
    if isinstance(values, np.ndarray):
        digits = "%.9g" if values.dtype == np.float32 else "%r"  # nine digits say every float32
        return [missing if value != value else digits % value for value in values.tolist()]  # noqa: PLR0124 -- NaN
    return [missing if value is None else _cell(value, delimiter) for value in values]


def _cell(value: str | float | int | bool, delimiter: str) -> str:
    if isinstance(value, bool):
        return str(int(value))
    word = str(value)
    if delimiter == "\t":
        return " ".join(word.split()) if set(word) & set("\t\r\n") else word
    return '"' + word.replace('"', '""') + '"' if set(word) & set('",\r\n') else word
