"""The first picture: a window with the marsh in it, up before all that takes a second to come."""

import ctypes
import sys

import assets
from engine.errors import EngineError
from engine.level import LEVELS
from game.scenes.marsh import begun, world
from game.scenes.places import Mood, mood_of
from game.windows import Kind, Window, open_window

_M_MMAP_THRESHOLD, _LARGE_BYTES = -3, 2**18


def welcome(kind: Kind, level: str | None) -> Window | None:
    """The window that was asked for, with the place of the level in it; None where nobody would see it.

    It knows no signals and no store: these are imported while it is looked at.
    Raises: NoDisplay: there is no screen.
    """
    if kind == "memory":
        return None
    _give_back_what_is_large()
    window = open_window(kind, "Heron", assets.picture)
    window.paint(world(begun(_mood(level)), None, 0))
    window.show()
    return window


def _give_back_what_is_large() -> None:
    """glibc keeps more and more of what was freed, 12 MB in a play, unless it is told from what size on not to."""
    if sys.platform == "linux" and (told := getattr(ctypes.CDLL(None), "mallopt", None)):
        told(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def _mood(level: str | None) -> Mood:
    """What cannot be found is said later, by whoever needs it."""
    try:
        return Mood() if level is None else mood_of(LEVELS.find(level))
    except EngineError:
        return Mood()
