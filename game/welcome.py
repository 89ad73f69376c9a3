"""The first picture: a window with the marsh in it, up before all that takes a second to come."""

import assets
from engine.errors import EngineError
from engine.level import LEVELS
from game.scenes.marsh import begun, world
from game.scenes.places import Mood, mood_of
from game.windows import Kind, Window, open_window


def welcome(kind: Kind, level: str | None) -> Window | None:
    """The window that was asked for, with the place of the level in it; None where nobody would see it.

    It knows no signals and no store: these are imported while it is looked at.
    Raises: NoDisplay: there is no screen.
    """
    if kind == "memory":
        return None
    window = open_window(kind, "Heron", assets.picture)
    window.paint(world(begun(_mood(level)), None, 0))
    window.show()
    return window


def _mood(level: str | None) -> Mood:
    """What cannot be found is said later, by whoever needs it."""
    try:
        return Mood() if level is None else mood_of(LEVELS.find(level))
    except EngineError:
        return Mood()
