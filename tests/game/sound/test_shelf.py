"""Files that are read beside the game."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.sound.shelf import Shelf

FILE = Path("a.ogg")


class Disk:
    """Gives nothing before its door is open."""

    def __init__(self) -> None:
        self.door = threading.Event()
        self.times = 0

    def load(self, path: Path) -> str:
        assert self.door.wait(10)
        self.times += 1
        return f"{path} once read"


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def shelf(disk: Disk) -> Iterator[Shelf]:
    shelf = Shelf(disk.load)
    yield shelf
    disk.door.set()
    shelf.close()


def got(shelf: Shelf) -> object:
    """The sound, as soon as it is there."""
    pause = threading.Event()
    for _ in range(1000):
        if (sound := shelf.get(FILE)) is not None:
            return sound
        pause.wait(0.01)
    raise AssertionError("it never came")


def test_nobody_waits_for_a_slow_disk(shelf: Shelf, disk: Disk) -> None:
    assert [shelf.get(FILE) for _ in range(100)] == [None] * 100
    disk.door.set()
    assert got(shelf) == "a.ogg once read"


def test_a_file_is_read_once_until_it_is_dropped(shelf: Shelf, disk: Disk) -> None:
    disk.door.set()
    assert got(shelf) is got(shelf)
    assert disk.times == 1
    shelf.drop(FILE)
    got(shelf)
    assert disk.times == 2


def test_what_cannot_be_read_is_said_where_it_is_asked_for() -> None:
    def broken(path: Path) -> str:
        raise LookupError(f"There is no {path}.")

    shelf = Shelf(broken)
    with pytest.raises(LookupError, match=r"There is no a\.ogg"):
        got(shelf)
    shelf.close()
