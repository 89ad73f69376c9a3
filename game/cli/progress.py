"""Progress bars for whatever takes longer than a breath."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def sitting_bar(wanted: bool, words: str = "A simulated player plays") -> Iterator[Callable[[float], None]]:
    """A bar on stderr that takes a share 0..1; nothing where nobody looks."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _share: None
        return
    from rich.console import Console  # noqa: PLC0415 -- 40 ms that a pipe need not pay
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(words, total=1.0)
        yield lambda share: progress.update(task, completed=share)


def counted(things: Iterable[T], total: int, words: str) -> Iterator[T]:
    """The same things, with a bar on stderr."""
    with sitting_bar(True, words) as advance:
        for number, thing in enumerate(things, 1):
            yield thing
            advance(number / total)
