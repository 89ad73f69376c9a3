"""A draw list laid out in pixels, once for both painters, so that little is left for them to differ in."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from game.draw import HEIGHT, WIDTH, Blend, Box, Clear, Colour, Disc, DrawList, Flat, Line, Rect, Sprite, Text, pieces
from game.type import text_width
from game.windows.shapes import Corner, Dot, Picture, Shape, Shapes, Solid, Strip, Words
from game.windows.text import MIDDLE, line_box

WHITE: Colour = (255, 255, 255)
LARGEST_DOT = 256
"""Pixels; larger discs are stretched from this one: an edge of two pixels is not seen on a thing that large."""


class Cut(NamedTuple):
    """The pixels that a quad may cover; right and bottom are the first that it may not."""

    left: int
    top: int
    right: int
    bottom: int


class Quad(NamedTuple):
    """A shape on the screen, its middle at x, y, in pixels from the picture's top left corner; degrees clockwise.

    cut: None where it may cover all
    """

    shape: Shape
    x: float
    y: float
    width: float
    height: float
    colour: Colour
    alpha: float
    angle: float = 0.0
    blend: Blend = "normal"
    flip: bool = False
    cut: Cut | None = None


class Frame(NamedTuple):
    """A picture ready to paint: one colour all over, then quads in order."""

    colour: Colour
    quads: list[Quad]


def frame(ops: DrawList, shapes: Shapes, zoom: float) -> Frame:
    """Lay out `ops` at `zoom` pixels a unit. What lies under a full cover is not painted at all."""
    colour: Colour = (0, 0, 0)
    quads: list[Quad] = []
    for op, box in pieces(ops):
        if isinstance(op, Clear) or (box is None and isinstance(op, Rect) and _covers_all(op)):
            colour = op.colour
            quads.clear()
        elif op.alpha <= 0:
            continue
        elif box is None:
            quads.extend(_laid_out(op, shapes, zoom))
        elif cut := _cut(box, zoom):
            quads.extend(quad._replace(cut=cut) for quad in _laid_out(op, shapes, zoom))
    return Frame(colour, quads)


def _cut(box: Box, zoom: float) -> Cut | None:
    """None where nothing is left."""
    cut = Cut(*(_pixel(edge * zoom) for edge in box))
    return cut if cut.right > cut.left and cut.bottom > cut.top else None


def _covers_all(op: Rect) -> bool:
    far = op.x + op.width >= WIDTH and op.y + op.height >= HEIGHT
    return op.alpha >= 1 and op.radius <= 0 and op.x <= 0 and op.y <= 0 and far


def _laid_out(op: Flat, shapes: Shapes, zoom: float) -> Iterator[Quad]:
    match op:
        case Sprite():
            yield from _sprite(op, shapes, zoom)
        case Text():
            yield from _text(op, zoom)
        case Disc():
            yield from _disc(op, zoom)
        case Rect():
            yield from _rect(op, zoom)
        case Line():
            yield from _line(op, shapes, zoom)


def _sprite(op: Sprite, shapes: Shapes, zoom: float) -> Iterator[Quad]:
    shape = Picture(op.texture)
    width, height = shapes.size(shape)
    scale = op.scale * zoom
    if scale > 0:
        x, y, alpha = op.x * zoom, op.y * zoom, min(1.0, op.alpha)
        yield Quad(shape, x, y, width * scale, height * scale, WHITE, alpha, op.angle, op.blend, op.flip)


def _text(op: Text, zoom: float) -> Iterator[Quad]:
    size = round(2 * op.size * zoom) / 2  # half pixels: few faces, few textures, no visible step
    if size <= 0 or not op.words.strip():
        return
    shape, box = Words(op.words, size), line_box(op.words, size)
    reach = text_width(op.words, size)
    before = {"left": 0.0, "middle": reach / 2, "right": reach}[op.anchor]
    left = op.x * zoom - before - box.pen_x
    top = op.y * zoom + MIDDLE * size - box.baseline
    middle_x, middle_y = left + box.width / 2, top + box.height / 2
    yield whole(Quad(shape, middle_x, middle_y, box.width, box.height, op.colour, min(1.0, op.alpha)))


def _disc(op: Disc, zoom: float) -> Iterator[Quad]:
    radius = op.radius * zoom
    if radius > 0:
        dot = Dot(2 ** math.ceil(math.log2(min(LARGEST_DOT, max(2.0, radius)))))
        yield Quad(dot, op.x * zoom, op.y * zoom, 2 * radius, 2 * radius, op.colour, min(1.0, op.alpha))


def _rect(op: Rect, zoom: float) -> Iterator[Quad]:
    """Whole pixels; round corners are four quarter dots with three bars between them, so nothing overlaps."""
    left, top = _pixel(op.x * zoom), _pixel(op.y * zoom)
    right, bottom = _pixel((op.x + op.width) * zoom), _pixel((op.y + op.height) * zoom)
    radius = min(_pixel(op.radius * zoom), (right - left) // 2, (bottom - top) // 2)
    alpha = min(1.0, op.alpha)

    def bar(x0: int, y0: int, x1: int, y1: int) -> Iterator[Quad]:
        if x1 > x0 and y1 > y0:
            yield Quad(Solid(), (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, op.colour, alpha)

    if radius <= 0:
        yield from bar(left, top, right, bottom)
        return
    yield from bar(left + radius, top, right - radius, bottom)
    yield from bar(left, top + radius, left + radius, bottom - radius)
    yield from bar(right - radius, top + radius, right, bottom - radius)
    half = radius / 2
    for x, y, angle in (
        (left + half, top + half, 0),
        (right - half, top + half, 90),
        (right - half, bottom - half, 180),
        (left + half, bottom - half, 270),
    ):
        yield Quad(Corner(radius), x, y, radius, radius, op.colour, alpha, angle)


def _line(op: Line, shapes: Shapes, zoom: float) -> Iterator[Quad]:
    across, down = (op.x1 - op.x0) * zoom, (op.y1 - op.y0) * zoom
    length, quarters = math.ceil(math.hypot(across, down)), _pixel(4 * op.width * zoom)
    if length == 0 or op.width <= 0:
        return
    strip = Strip(length, max(1, quarters))
    width, height = shapes.size(strip)
    middle_x, middle_y = (op.x0 + op.x1) / 2 * zoom, (op.y0 + op.y1) / 2 * zoom
    angle = math.degrees(math.atan2(down, across))
    quad = Quad(strip, middle_x, middle_y, width, height, op.colour, min(1.0, op.alpha), angle)
    yield whole(quad) if angle % 90 == 0 else quad


def whole(quad: Quad) -> Quad:
    """Moved by less than a pixel, so that its edges meet those of the screen's pixels and stay crisp."""
    upright = quad.angle % 180 == 0
    width, height = (quad.width, quad.height) if upright else (quad.height, quad.width)
    return quad._replace(
        x=_pixel(quad.x - width / 2) + width / 2,
        y=_pixel(quad.y - height / 2) + height / 2,
    )


def _pixel(value: float) -> int:
    return math.floor(value + 0.5)
