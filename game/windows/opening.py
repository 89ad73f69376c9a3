"""The one way to a window: the kind that was asked for, or the nearest that this machine can give."""

import os
import sys
from typing import Literal

from game.errors import NoDisplay
from game.windows.shapes import Pictures
from game.windows.window import Window

Kind = Literal["arcade", "pygame", "memory"]

NO_OPENGL = "No OpenGL 3.3 was found for Arcade's window; Heron paints in software instead and plays the same."
SLOW_OPENGL = "This computer's OpenGL has no graphics card behind it; Heron paints by itself, which is faster here."


def open_window(kind: Kind, title: str, pictures: Pictures) -> Window:
    """Open a window of 1280 x 720; `pictures` tells where the picture of a name is kept.

    Raises: NoDisplay: there is no screen, and it is not "memory" that was asked for.
    """
    # Arcade and pygame take a moment to import, so only the one that paints is.
    if kind == "memory":
        from game.windows.pygame_window import MemoryWindow  # noqa: PLC0415

        return MemoryWindow(pictures)
    if not _has_display(kind):
        raise NoDisplay
    if kind == "arcade":
        return _arcade_or_pygame(title, pictures)
    from game.windows.pygame_window import PygameWindow  # noqa: PLC0415

    return PygameWindow(title, pictures)


def _has_display(kind: Kind) -> bool:
    told = {"arcade": "ARCADE_HEADLESS", "pygame": "SDL_VIDEODRIVER"}[kind]
    return sys.platform != "linux" or any(os.environ.get(name) for name in (told, "DISPLAY", "WAYLAND_DISPLAY"))


def _arcade_or_pygame(title: str, pictures: Pictures) -> Window:
    try:
        from game.windows.arcade_window import ArcadeWindow  # noqa: PLC0415

        window = ArcadeWindow(title, pictures)
        if window.has_card or os.environ.get("ARCADE_HEADLESS"):
            return window
        window.close()
        note = SLOW_OPENGL
    except Exception:  # each driver fails in a way of its own, and another window is better than none
        note = NO_OPENGL
    from game.windows.pygame_window import PygameWindow  # noqa: PLC0415

    return PygameWindow(title, pictures, note)
