"""The one error tree of game.

GameError
├── NoDisplay   there is no screen to open a window on
├── NotToday    no sitting may begin now, or none is asked for
└── NotWritten  a video or a picture could not be written

Every message is one plain sentence that says what to do next.
"""


class GameError(Exception):
    """Anything that game tells people."""


class NoDisplay(GameError):
    """There is no screen to open a window on."""

    def __init__(self, instead: str = "heron play --headless") -> None:
        super().__init__(f"There is no display here to open a window on; type `{instead}` instead.")


class NotToday(GameError):
    """No sitting may begin now, or the plan asks for none."""


class NotWritten(GameError):
    """A video or a picture could not be written."""
