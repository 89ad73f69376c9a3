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
    """One line of words, its vertical middle at y; `anchor` says which part of it lies at x.

    More than a line is several of these: `game.type.wrap` says where a line ends, in Latin and in Chinese.
    """

    words: str
    x: float
    y: float
    size: float
    colour: Colour
    alpha: float = 1.0
    anchor: Anchor = "middle"


class Group(NamedTuple):
    """Operations moved, scaled about the picture's middle and faded together.

    beauty: what they are for, when a machine cannot show everything: at 0 they are always shown, at 1 unless effects
            are off, at 2 only where they are high. Nothing that a player needs may stand above 0.
    """

    ops: "tuple[Op, ...]"
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    alpha: float = 1.0
    beauty: int = 0


class Clip(NamedTuple):
    """Operations of which only what lies in the upright rectangle is seen; x, y is its top left corner."""

    ops: "tuple[Op, ...]"
    x: float
    y: float
    width: float
    height: float


class Camera(NamedTuple):
    """Where the picture is seen from: so far right and down of its usual place, so much nearer."""

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0

    def sees(self, ops: "DrawList", near: float) -> Group:
        """What lies at one depth: at `near` 0 it is as far as the stars and stands still, at 1 it moves with us."""
        return Group(ops, -self.x * near, -self.y * near, 1 + (self.zoom - 1) * near)


Flat = Clear | Sprite | Disc | Rect | Line | Text
Op = Flat | Group | Clip
DrawList = tuple[Op, ...]


class Box(NamedTuple):
    """An upright rectangle; empty where right is not beyond left, or bottom not beyond top."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, other: "Box | None") -> "Box":
        """What both have in common."""
        if other is None:
            return self
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(left, top, min(self.right, other.right), min(self.bottom, other.bottom))


def flatten(ops: Iterable[Op]) -> Iterator[Flat]:
    """The same operations without groups; what a clip would cut off is not cut off."""
    return (op for op, _ in pieces(ops))


def pieces(ops: Iterable[Op]) -> Iterator[tuple[Flat, Box | None]]:
    """The same picture without groups and clips: each operation, and the box that it may not leave."""
    for op in ops:
        if isinstance(op, Group):
            for inner, box in pieces(op.ops):
                yield _moved(inner, op), _moved_box(box, op)
        elif isinstance(op, Clip):
            mine = Box(op.x, op.y, op.x + op.width, op.y + op.height)
            for inner, box in pieces(op.ops):
                yield _as_rect(inner), mine.within(box)
        else:
            yield op, None


def _across(x: float, group: Group) -> float:
    return WIDTH / 2 + (x - WIDTH / 2) * group.scale + group.dx


def _down(y: float, group: Group) -> float:
    return HEIGHT / 2 + (y - HEIGHT / 2) * group.scale + group.dy


def _moved_box(box: Box | None, group: Group) -> Box | None:
    if box is None:
        return None
    left, right = _across(box.left, group), _across(box.right, group)
    return Box(left, _down(box.top, group), right, _down(box.bottom, group))


def _as_rect(op: Flat) -> Sprite | Disc | Rect | Line | Text:
    return Rect(0, 0, WIDTH, HEIGHT, op.colour) if isinstance(op, Clear) else op


def _moved(flat: Flat, group: Group) -> Flat:
    op = _as_rect(flat)
    s = group.scale
    alpha = op.alpha * group.alpha
    if isinstance(op, Line):
        x0, y0, x1, y1 = _across(op.x0, group), _down(op.y0, group), _across(op.x1, group), _down(op.y1, group)
        return Line(x0, y0, x1, y1, op.width * s, op.colour, alpha)
    moved = op._replace(x=_across(op.x, group), y=_down(op.y, group), alpha=alpha)
    if isinstance(moved, Sprite):
        return moved._replace(scale=moved.scale * s)
    if isinstance(moved, Disc):
        return moved._replace(radius=moved.radius * s)
    if isinstance(moved, Text):
        return moved._replace(size=moved.size * s)
    return moved._replace(width=moved.width * s, height=moved.height * s, radius=moved.radius * s)
