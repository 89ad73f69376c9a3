"""Tables that commands write for other programs."""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer


def write_csv(out: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a CSV file; where that fails, say why and leave with status 1."""
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(header)
            table.writerows(rows)
    except OSError as error:
        print(f"{out} cannot be written: {error.strerror}.", file=sys.stderr)
        raise typer.Exit(1) from error
