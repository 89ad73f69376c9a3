"""The draw list: what a picture is made of, for whichever window paints it.

The picture is 1280 wide and 720 high, the origin is the top left corner, y grows downwards, angles are degrees
clockwise, colours are red, green, blue 0..255, alpha is 0..1. Operations are painted in order.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

WIDTH, HEIGHT = 1280, 720

Colour = tuple[int, int, int]
Blend = Literal["normal", "add"]
Anchor = Literal["left", "middle", "right"]


class Clear(NamedTuple):
    """Fill the whole picture; in a group, a Rect of the picture's size that moves and fades with it."""

    colour: Colour


class Sprite(NamedTuple):
    """A picture from assets/pictures, its middle at x, y."""

    texture: str
    x: float
    y: float
    scale: float = 1.0
    angle: float = 0.0
    alpha: float = 1.0
    blend: Blend = "normal"
    flip: bool = False
    """mirrored left to right, before the angle"""


class Disc(NamedTuple):
    x: float
    y: float
    radius: float
    colour: Colour
    alpha: float = 1.0


class Rect(NamedTuple):
    """Upright, x, y is its top left corner; corners may be round."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    alpha: float = 1.0
    radius: float = 0.0


class Line(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: Colour
    alpha: float = 1.0


class Text(NamedTuple):
    """One line of words, its vertical middle at y; `anchor` says which part of it lies at x."""

    words: str
    x: float
    y: float
    size: float
    colour: Colour
    alpha: float = 1.0
    anchor: Anchor = "middle"


class Group(NamedTuple):
    """Operations moved, scaled about the picture's middle and faded together."""

    ops: "tuple[Op, ...]"
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    alpha: float = 1.0


Flat = Clear | Sprite | Disc | Rect | Line | Text
Op = Flat | Group
DrawList = tuple[Op, ...]


def flatten(ops: Iterable[Op]) -> Iterator[Flat]:
    """The same picture without groups, so that a painter needs to know none."""
    for op in ops:
        if isinstance(op, Group):
            for inner in flatten(op.ops):
                yield _moved(inner, op)
        else:
            yield op


def _moved(op: Flat, group: Group) -> Flat:
    if isinstance(op, Clear):
        op = Rect(0, 0, WIDTH, HEIGHT, op.colour)
    s = group.scale

    def across(x: float) -> float:
        return WIDTH / 2 + (x - WIDTH / 2) * s + group.dx

    def down(y: float) -> float:
        return HEIGHT / 2 + (y - HEIGHT / 2) * s + group.dy

    alpha = op.alpha * group.alpha
    if isinstance(op, Line):
        return op._replace(
            x0=across(op.x0), y0=down(op.y0), x1=across(op.x1), y1=down(op.y1), width=op.width * s, alpha=alpha
        )
    moved = op._replace(x=across(op.x), y=down(op.y), alpha=alpha)
    if isinstance(moved, Sprite):
        return moved._replace(scale=moved.scale * s)
    if isinstance(moved, Disc):
        return moved._replace(radius=moved.radius * s)
    if isinstance(moved, Text):
        return moved._replace(size=moved.size * s)
    return moved._replace(width=moved.width * s, height=moved.height * s, radius=moved.radius * s)
