"""How wide words are, and where a line may end: the same for layout and for both painters."""

import re
from functools import lru_cache

from PIL import ImageFont

from assets import font

LEADING = 1.45
"""From one line to the next, in sizes of the letters. Own choice: Han glyphs need more air than Latin ones."""

_NEVER_FIRST = frozenset("，。、；：？！）》」』】…,.;:?!)")  # the rule of Chinese and Japanese typesetting (kinsoku)
_NEVER_LAST = frozenset("（《「『【(")
_PIECE = re.compile(
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+"
)


@lru_cache(maxsize=5)  # each takes 2 MB, and .7 ms to come back
def face(size: float) -> ImageFont.FreeTypeFont:
    """The typeface in that size."""
    # The basic layout is in every Pillow: the same widths, so the same draw lists, on every machine.
    return ImageFont.truetype(font(), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float) -> float:
    """How far the words reach, in the units that `size` is given in."""
    return face(size).getlength(words)


@lru_cache(maxsize=1024)
def wrap(words: str, size: float, width: float) -> tuple[str, ...]:
    """Lines no wider than `width`; Latin breaks between words, Chinese between any two glyphs that may part.

    A line feed always ends a line; a word that is wider than a line is broken where the line ends.
    """
    return tuple(line for part in words.split("\n") for line in _lines(part, size, width))


def _lines(words: str, size: float, width: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(words):
        if not line and piece.isspace():
            continue
        if text_width((line + piece).rstrip(), size) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while text_width(line.rstrip(), size) > width and len(line) > 1:
            most = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or text_width(line[:n], size) <= width)
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(words: str) -> list[str]:
    """What a line may not break within."""
    pieces: list[str] = []
    for piece in _PIECE.findall(words):
        glued = pieces and (piece[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if glued:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
