"""Pictures held by their anchor: the feet of a heron, the waterline of a splash, the middle of the whole scene."""

from math import radians, sin

import assets
from game.draw import Blend, Sprite


def put(
    name: str,
    x: float,
    y: float,
    scale: float = 1.0,
    alpha: float = 1.0,
    angle: float = 0.0,
    flip: bool = False,
    blend: Blend = "normal",
) -> Sprite:
    """The picture with its anchor at x, y; `angle` turns it about its middle."""
    (width, height), (across, down) = _size(name), assets.pictures()[name]["anchor"]
    dx, dy = width / 2 - across, height / 2 - down
    return Sprite(name, x + (-dx if flip else dx) * scale, y + dy * scale, scale, angle, alpha, blend, flip)


def rooted(name: str, x: float, y: float, angle: float) -> Sprite:
    """The same, bent by an angle about the middle of its lower edge, which sinks so far that it shows no gap."""
    (width, height), bend = _size(name), sin(radians(angle))
    return put(name, x + bend * height / 2, y + abs(bend) * width / 2 + 1, angle=angle)


def fitted(name: str, x: float, y: float, box: tuple[float, float], alpha: float = 1.0) -> Sprite:
    """The picture's middle at x, y, as large as a box of this width and height lets it be."""
    width, height = _size(name)
    return Sprite(name, x, y, min(box[0] / width, box[1] / height), alpha=alpha)


def beak(name: str) -> tuple[float, float]:
    """From the feet of a heron to the tip of its bill."""
    x, y = assets.pictures()[name]["beak"]
    return x, y


def _size(name: str) -> tuple[float, float]:
    entry = assets.pictures()[name]
    return entry["width"], entry["height"]
