"""A sitting as a folder of tables, one file each: CSV for everybody, Parquet for who analyses many."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from game.errors import GameError
from game.exporting.about import about
from game.exporting.sitting import Sitting
from game.exporting.table import Column, Table, text
from game.exporting.tables import tables


def write_csv(sitting: Sitting, folder: Path) -> None:
    """Nothing stands for what is absent; about.json says what each column is, and in which unit."""
    for table in tables(sitting):
        (folder / f"{table.name}.csv").write_text(text(table, ",", ""), "utf-8")
    _papers(sitting, folder)


def write_parquet(sitting: Sitting, folder: Path) -> None:
    """The same, each column with its unit in the file itself.

    Raises: GameError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 -- an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise GameError('Parquet needs an extra: python3 -m pip install "heron-focus[parquet]".') from error
    papers = {"heron": json.dumps(about(sitting), ensure_ascii=False)}
    for table in tables(sitting):
        arrays = [pa.array(_plain(column), from_pandas=True) for column in table.columns]
        fields = [
            pa.field(column.name, array.type, metadata={"unit": column.unit or "", "description": column.what})
            for column, array in zip(table.columns, arrays, strict=True)
        ]
        schema = pa.schema(fields, metadata=papers | {"description": table.what})
        parquet.write_table(pa.table(arrays, schema=schema), folder / f"{table.name}.parquet", compression="zstd")
    _papers(sitting, folder)


def _plain(column: Column) -> Any:
    return column.values if isinstance(column.values, np.ndarray) else list(column.values)


def _papers(sitting: Sitting, folder: Path) -> None:
    said = about(sitting) | {"tables": {table.name: _words(table) for table in tables(sitting)}}
    (folder / "about.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _words(table: Table) -> dict[str, Any]:
    columns = {column.name: {"description": column.what, "unit": column.unit} for column in table.columns}
    return {"description": table.what, "columns": columns}
