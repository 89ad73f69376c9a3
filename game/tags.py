"""The marks in the corners of the picture by which glasses with a camera find the screen."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.draw import HEIGHT, WIDTH, Colour, DrawList, Rect
from neuro.screen.codes import SIDE, TAGS, tag_bits

MODULE = 12
"""Own measurement: with modules of 12 all four are seen on a screen that fills 0.4 of the frame's width, blurred
by 2.5 px; with 10 two or three."""

_WHITE: Colour = (178, 172, 190)
_BLACK: Colour = (28, 34, 66)
"""Lilac and night: on average as bright as the level declares, so that the marks leave pupils in peace. They are
found as surely as white on black, also by a camera that sees half the light; (140, 134, 160) no longer is (own
measurement)."""


class Tag(NamedTuple):
    """One mark; x, y is the top left corner of its white border, in units of the picture."""

    number: int
    x: int
    y: int
    module: int = MODULE


_WHOLE = (SIDE + 2) * MODULE
CORNERS = (
    Tag(TAGS[0], 0, 0),
    Tag(TAGS[1], WIDTH - _WHOLE, 0),
    Tag(TAGS[2], WIDTH - _WHOLE, HEIGHT - _WHOLE),
    Tag(TAGS[3], 0, HEIGHT - _WHOLE),
)


@cache
def tags(layout: tuple[Tag, ...] = CORNERS) -> DrawList:
    """The marks, to be painted last, unscaled and still."""
    return tuple(op for tag in layout for op in _painted(tag))


def places(layout: tuple[Tag, ...] = CORNERS) -> dict[int, NDArray[np.float64]]:
    """Where each mark's black square is: its corners (2, 4) in screens, from the top left clockwise."""
    return {tag.number: _corners(tag) for tag in layout}


def _painted(tag: Tag) -> Iterator[Rect]:
    whole, side = (SIDE + 2) * tag.module, SIDE * tag.module
    left, top = tag.x + tag.module, tag.y + tag.module
    yield Rect(tag.x, tag.y, whole, whole, _WHITE)
    yield Rect(left, top, side, side, _BLACK)
    for row, bits in enumerate(tag_bits(tag.number)):
        column = 0
        for white, run in groupby(bits.tolist()):
            n = len(list(run))
            if white:
                yield Rect(left + column * tag.module, top + row * tag.module, n * tag.module, tag.module, _WHITE)
            column += n


def _corners(tag: Tag) -> NDArray[np.float64]:
    left, top, side = tag.x + tag.module, tag.y + tag.module, SIDE * tag.module
    x, y = [left, left + side, left + side, left], [top, top, top + side, top + side]
    return np.array([x, y], float) / [[WIDTH], [HEIGHT]]
