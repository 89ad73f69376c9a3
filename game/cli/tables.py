"""Tables that commands write for other programs."""

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import typer


def refuse_overwriting(option: str, out: Path | None, *others: Path | None) -> None:
    """Leave with status 1 where a file to be written is one that is read, or written already."""
    if out and any(path and _is_same_file(path, out) for path in others):
        print(f"{out} is named twice: give another name with {option}.", file=sys.stderr)
        raise typer.Exit(1)


def _is_same_file(one: Path, other: Path) -> bool:
    both_there = one.exists() and other.exists()  # a hard link has two names
    return one.samefile(other) if both_there else one.resolve() == other.resolve()


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
