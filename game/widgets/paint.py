"""Panels, words and marks in the player's colours and size of letters."""

from functools import cache
from typing import Literal, NamedTuple

import assets
from game.draw import WIDTH, Anchor, Colour, Disc, DrawList, Line, Rect, Text
from game.manner import Palette, current
from game.type import LEADING, text_width, wrap
from game.words import say

PANEL_ALPHA = 0.88  # own choice: words stay readable over the sun, and the marsh still glows through

Fit = Literal["good", "poor", "bad", "waiting"]


class Box(NamedTuple):
    """Upright; x, y is its middle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    def holds(self, point: tuple[float, float] | None, wider: float = 0.0) -> bool:
        if point is None:
            return False
        return abs(point[0] - self.x) <= self.width / 2 + wider and abs(point[1] - self.y) <= self.height / 2 + wider


def colour(name: str) -> Colour:
    """A colour of the player's palette."""
    return _colour(current().palette, name)


@cache
def _colour(palette: Palette, name: str) -> Colour:
    return assets.palette(palette)[name]


def sized(size: float) -> float:
    """A size of letters as the player wants them."""
    return size * current().text


def panel(x: float, y: float, width: float, height: float) -> DrawList:
    """What words stand on; x, y is its top left corner. In high contrast nothing glows through."""
    solid = 1.0 if current().palette == "contrast" else PANEL_ALPHA
    return (Rect(x, y, width, height, colour("panel"), solid, min(26.0, height / 2)),)


def written(words: str, x: float, y: float, size: float, tone: str = "text", anchor: Anchor = "middle") -> Text:
    """One line in the player's language, colours and size of letters."""
    return Text(say(words), x, y, sized(size), colour(tone), 1.0, anchor)


def folded(words: str, size: float, width: float) -> tuple[str, ...]:
    """The words in the player's language and size of letters, in lines no wider than `width`."""
    return wrap(say(words), sized(size), width)


def paragraph(words: str, x: float, y: float, width: float, size: float, tone: str = "text") -> DrawList:
    """Lines below one another from x, no wider than `width`; y is the middle of the first."""
    step = sized(size) * LEADING
    return tuple(
        Text(line, x, y + i * step, sized(size), colour(tone), 1.0, "left")
        for i, line in enumerate(folded(words, size, width))
    )


def pill(words: str, top: float, width: float = 760.0) -> DrawList:
    """Words in the middle of the picture on a panel just large enough, which is the first of the operations."""
    size, lines = sized(24), folded(words, 24, width)
    step = 1.25 * size
    wide, high = max(text_width(line, size) for line in lines) + 64, step * len(lines) + 28
    return (
        *panel((WIDTH - wide) / 2, top, wide, high),
        *(Text(line, WIDTH / 2, top + 14 + (i + 0.5) * step, size, colour("text")) for i, line in enumerate(lines)),
    )


def shortened(words: str, letters: int) -> str:
    """The words, cut to so many letters where they are longer."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def progress(x: float, y: float, width: float, share: float) -> DrawList:
    """A thin line, and a small light on it that travels from its left end to its right."""
    here = x + width * min(1.0, max(0.0, share))
    track = Rect(x, y - 2, width, 4, colour("text"), 0.35, 2)
    done = Rect(x, y - 2, here - x, 4, colour("accent"), 0.9, 2)
    return (track, done, Disc(here, y, 7, colour("accent")))


def sensor(x: float, y: float, fit: Fit, name: str, radius: float) -> DrawList:
    """How one sensor sits: a disc, a ring or a cross, each with a colour of its own; `name` may be empty."""
    words = Text(name, x, y, radius * 0.7, colour("text"))
    middle = Disc(x, y, radius * 0.78 if name or fit == "poor" else 0.0, colour("panel"))
    rim = Disc(x, y, radius + 3, colour("panel"))
    match fit:
        case "good":
            return (rim, Disc(x, y, radius, colour("good")), words._replace(colour=colour("ink")))
        case "poor":
            return (rim, Disc(x, y, radius, colour("poor")), middle, words)
        case "bad":
            return (*_cross(x, y, radius * 1.05), middle, words)
        case "waiting":
            return (rim, Disc(x, y, radius, colour("panel_soft")), words._replace(colour=colour("text_soft")))


def _cross(x: float, y: float, reach: float) -> DrawList:
    """With a dark rim, so that it is plain on skin and on hair."""
    ops = []
    for longer, thick, tone in ((2.5, reach * 0.42 + 6, "panel"), (0, reach * 0.42, "bad")):
        far = reach + longer
        ops.append(Line(x - far, y - far, x + far, y + far, thick, colour(tone)))
        ops.append(Line(x - far, y + far, x + far, y - far, thick, colour(tone)))
    return tuple(ops)
