"""Words as pixels: one font, one way to set it, for both painters and for layout."""

import math
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from assets import font

MIDDLE = 0.37
"""Em from the baseline to the middle of a line: half a capital is .367, the middle of a Han glyph .38."""


class LineBox(NamedTuple):
    """The pixels that a line of words is painted in, and where in them its pen starts."""

    width: int
    height: int
    pen_x: int
    baseline: int


@lru_cache(maxsize=64)
def _face(size: float) -> ImageFont.FreeTypeFont:
    # The basic layout is in every Pillow: the same widths, so the same draw lists, on every machine.
    return ImageFont.truetype(font(), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float) -> float:
    """How far the words reach, in the units that `size` is given in."""
    return _face(size).getlength(words)


def line_box(words: str, size: float) -> LineBox:
    """The box for `words`, with room for strokes that overhang it."""
    ascent, descent = _face(size).getmetrics()
    margin = math.ceil(size / 8)
    return LineBox(math.ceil(text_width(words, size)) + 2 * margin, ascent + descent, margin, ascent)


def ink(words: str, size: float) -> Image.Image:
    """How much of each pixel of the line box the words cover, 0..255 (mode L)."""
    box = line_box(words, size)
    page = Image.new("L", (box.width, box.height))
    ImageDraw.Draw(page).text((box.pen_x, box.baseline), words, fill=255, font=_face(size), anchor="ls")
    return page
