"""`python -m bench`: all work against all peers in one run, then docs/performance.md."""

import sys
import time
from contextlib import suppress
from pathlib import Path
from platform import machine, python_version, system
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bench.measure import EVICTED_BYTES, Result
from bench.page import page
from bench.targets import judged
from bench.worker import WORKS, WorkFailed, done

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def main(
    only: Annotated[str | None, typer.Option(help="Some of the work, as W1,W2; prints, and leaves the page.")] = None,
    seconds: Annotated[float, typer.Option(help="How long the contenders of each work take turns.", min=1)] = 30.0,
) -> None:
    """Measure Heron's hot path against its peers, on this machine, in one run."""
    keys = _keys(only)
    began_s = time.perf_counter()
    try:
        results = _results(keys, seconds)
    except WorkFailed as why:
        print(why, file=sys.stderr)
        raise typer.Exit(1) from why
    verdicts = judged({result.key: result for result in results})
    minutes = (time.perf_counter() - began_s) / 60
    text = page(results, verdicts, _machine(), minutes, EVICTED_BYTES / 2**20)
    if only:
        print(text)
    else:
        PAGE.write_text(text, "utf-8")
        print(f"{PAGE} is written.")
    wrong = [f"{result.key} {row.name}" for result in results for row in result.rows if not row.agrees]
    if wrong:
        print(f"The answer is another than promised: {', '.join(wrong)}.", file=sys.stderr)
    if wrong or any(verdict.outcome == "missed" for verdict in verdicts):
        raise typer.Exit(1)


def _keys(only: str | None) -> list[str]:
    keys = [key.strip().upper() for key in only.split(",")] if only else list(WORKS)
    if unknown := [key for key in keys if key not in WORKS]:
        raise typer.BadParameter(f"There is no {', '.join(unknown)}: choose from {', '.join(WORKS)}.")
    return keys


def _results(keys: list[str], seconds: float) -> list[Result]:
    results: list[Result] = []
    with Progress(console=Console(stderr=True), refresh_per_second=2) as bar:
        task = bar.add_task("", total=len(keys))
        for key in keys:
            bar.update(task, description=key)
            results.append(done(WORKS[key], seconds, lambda share: bar.update(task, completed=len(results) + share)))
        bar.update(task, description="done", completed=len(keys))
    return results


def _machine() -> str:
    """The processor and the system, no names."""
    model = machine()
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return f"one core of an {model} ({machine()}), {system()}, Python {python_version()}"


if __name__ == "__main__":
    typer.run(main)
