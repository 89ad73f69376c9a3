"""The one error tree of game.

GameError
└── NoDisplay  there is no screen to open a window on

Every message is one plain sentence that says what to do next.
"""


class GameError(Exception):
    """Anything that game tells people."""


class NoDisplay(GameError):
    """There is no screen to open a window on."""

    def __init__(self) -> None:
        super().__init__("There is no display here to open a window on; type `heron play --headless` instead.")
