"""The players of the home as portraits."""

from engine.said import Said
from game.scenes.home.told import Face, Home
from game.widgets.choices import Card, Choice

MOST = 5
"""Portraits beside one another."""
FEW = 3
"""So many lie on a sheet beside the heron."""


def after(shown: int, home: Home) -> int:
    """The first of the next portraits; after the last come the first again."""
    return shown + MOST if shown + MOST < len(home.faces) else 0


def card(face: Face) -> Choice:
    """A player's portrait with the name under it."""
    return Card(f"who {face.name}", face.picture, 0.58, 22.0, (152.0, 176.0), words=Said("{name}", name=face.name))


def whose(key: str) -> str:
    """The name on the card with that key."""
    return key.removeprefix("who ")
