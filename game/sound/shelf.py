"""Where sounds lie once they are read: long ones are read beside the game, so that no frame waits for a file."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any


class Shelf:
    """Reads with one thread. load: makes a sound of a file"""

    def __init__(self, load: Callable[[Path], Any]) -> None:
        self._load = load
        self._reader = ThreadPoolExecutor(1, "sounds")
        self._held: dict[Path, Future[Any]] = {}

    def get(self, path: Path) -> Any | None:
        """The sound, or None while it is being read; the first call begins to."""
        if path not in self._held:
            self._held[path] = self._reader.submit(self._load, path)
        found = self._held[path]
        return found.result() if found.done() else None

    def drop(self, path: Path) -> None:
        """Forget it; what is still being heard goes on."""
        self._held.pop(path, None)

    def close(self) -> None:
        self._reader.shutdown(wait=True, cancel_futures=True)
        self._held.clear()
