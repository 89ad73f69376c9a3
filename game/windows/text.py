"""Words as pixels: one font, one way to set it, for both painters and for layout."""

import math
from typing import NamedTuple

from PIL import Image, ImageDraw

from game.type import face, text_width

MIDDLE = 0.37
"""Em from the baseline to the middle of a line: half a capital is .367, the middle of a Han glyph .38."""


class LineBox(NamedTuple):
    """The pixels that a line of words is painted in, and where in them its pen starts."""

    width: int
    height: int
    pen_x: int
    baseline: int


def line_box(words: str, size: float) -> LineBox:
    """The box for `words`, with room for strokes that overhang it."""
    ascent, descent = face(size).getmetrics()
    margin = math.ceil(size / 8)
    return LineBox(math.ceil(text_width(words, size)) + 2 * margin, ascent + descent, margin, ascent)


def ink(words: str, size: float) -> Image.Image:
    """How much of each pixel of the line box the words cover, 0..255 (mode L)."""
    box = line_box(words, size)
    page = Image.new("L", (box.width, box.height))
    ImageDraw.Draw(page).text((box.pen_x, box.baseline), words, fill=255, font=face(size), anchor="ls")
    return page
