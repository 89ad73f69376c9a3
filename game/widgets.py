"""The few widgets that every screen is made of, built on the draw list."""

from dataclasses import dataclass, replace
from functools import cache
from textwrap import wrap
from typing import Literal, Protocol

import assets
from engine.ports import Inputs
from game.draw import Colour, Disc, DrawList, Line, Rect, Sprite, Text

PANEL_ALPHA = 0.88  # own choice: words stay readable over the sun, and the marsh still glows through
SMALLEST_TARGET = 44.0
"""Side of the smallest thing to click (WCAG 2.2, 2.5.5)."""

Fit = Literal["good", "poor", "bad", "waiting"]


@cache
def colour(name: str) -> Colour:
    """A colour of the dawn palette."""
    return assets.palette("dawn")[name]


def panel(x: float, y: float, width: float, height: float) -> DrawList:
    """What words stand on; x, y is its top left corner."""
    return (Rect(x, y, width, height, colour("panel"), PANEL_ALPHA, min(26.0, height / 2)),)


def shortened(words: str, letters: int) -> str:
    """The words, cut to so many letters where they are longer."""
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def lines(words: str, letters: int, most: int) -> list[str]:
    """The words in at most so many lines of at most so many letters."""
    return wrap(words, letters, max_lines=most, placeholder="…")


def paragraph(written: list[str], x: float, y: float, size: float, tone: str = "text") -> DrawList:
    """Lines below one another from x; y is the middle of the first."""
    return tuple(Text(line, x, y + i * size * 1.5, size, colour(tone), 1.0, "left") for i, line in enumerate(written))


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


class Choice(Protocol):
    """What a menu is made of; its words are told when it is chosen."""

    @property
    def words(self) -> str: ...
    def holds(self, pointer: tuple[float, float] | None) -> bool: ...
    def draw(self, focused: bool) -> DrawList: ...


@dataclass(frozen=True, slots=True)
class Button:
    """x, y: its middle; size: of the words."""

    words: str
    x: float
    y: float
    width: float = 220.0
    height: float = 64.0
    size: float = 26.0

    def holds(self, pointer: tuple[float, float] | None) -> bool:
        return _within(self.x, self.y, self.width, self.height, pointer)

    def draw(self, focused: bool) -> DrawList:
        words = Text(self.words, self.x, self.y, self.size, colour("ink" if focused else "text"))
        return (*_plates(self.x, self.y, self.width, self.height, focused, self.height / 2), words)


@dataclass(frozen=True, slots=True)
class Card:
    """A picture to choose, with its words under it, or `beside` it.

    x, y: its middle; scale: of the picture; size: of the words, 0 to show none
    """

    words: str
    x: float
    y: float
    width: float
    height: float
    picture: str
    scale: float = 1.0
    size: float = 20.0
    beside: bool = False

    def holds(self, pointer: tuple[float, float] | None) -> bool:
        return _within(self.x, self.y, self.width, self.height, pointer)

    def draw(self, focused: bool) -> DrawList:
        plates = _plates(self.x, self.y, self.width, self.height, focused, 22.0)
        return (*plates, *self._picture(), *self._words(colour("ink" if focused else "text")))

    def _picture(self) -> DrawList:
        if self.beside:
            return (Sprite(self.picture, self.x - self.width / 2 + self.height / 2, self.y, self.scale),)
        return (Sprite(self.picture, self.x, self.y - 0.7 * self.size, self.scale),)

    def _words(self, tone: Colour) -> DrawList:
        if not self.size:
            return ()
        if self.beside:
            x = self.x - self.width / 2 + 0.9 * self.height
            return tuple(op._replace(colour=tone) for op in _stacked(self.words, x, self.y, self.size))
        return (Text(self.words, self.x, self.y + self.height / 2 - self.size, self.size, tone),)


def _stacked(words: str, x: float, y: float, size: float) -> tuple[Text, ...]:
    """Words that end in a new line each, about y."""
    written = words.split("\n")
    top = y - (len(written) - 1) * size * 0.6
    return tuple(
        Text(line, x, top + i * size * 1.2, size, colour("text"), 1.0, "left") for i, line in enumerate(written)
    )


def _within(x: float, y: float, width: float, height: float, pointer: tuple[float, float] | None) -> bool:
    return pointer is not None and abs(pointer[0] - x) <= width / 2 and abs(pointer[1] - y) <= height / 2


def _plates(x: float, y: float, width: float, height: float, focused: bool, radius: float) -> DrawList:
    """What a choice stands on; with the focus it has another colour and a ring."""

    def plate(wider: float, tone: str) -> Rect:
        left, top = x - width / 2 - wider, y - height / 2 - wider
        return Rect(left, top, width + 2 * wider, height + 2 * wider, colour(tone), 1.0, radius + wider)

    if not focused:
        return (plate(0, "panel_soft"),)
    return (plate(7, "text"), plate(4, "panel"), plate(0, "accent"))


@dataclass(frozen=True, slots=True)
class Menu:
    """Choices, one of which has the focus; by keys, pad, pointer or one switch.

    pointer: where it was in the last tick, so that a pointer at rest leaves the focus to the keys
    """

    buttons: tuple[Choice, ...] = ()
    focus: int = 0
    pointer: tuple[float, float] | None = None

    def update(self, inputs: Inputs) -> tuple["Menu", str | None]:
        """The menu one tick later, and the words of what was chosen."""
        if not self.buttons:
            return self, None
        over = next((i for i, button in enumerate(self.buttons) if button.holds(inputs.pointer)), None)
        focus = self._stepped(inputs)
        if over is not None and (inputs.clicked or inputs.pointer != self.pointer):
            focus = over
        chosen = (inputs.clicked and over is not None) or "confirm" in inputs.pressed
        return replace(self, focus=focus, pointer=inputs.pointer), self.buttons[focus].words if chosen else None

    def _stepped(self, inputs: Inputs) -> int:
        back = "up" in inputs.pressed or "left" in inputs.pressed
        on = "down" in inputs.pressed or "right" in inputs.pressed
        return (self.focus + on - back) % len(self.buttons)

    def draw(self) -> DrawList:
        return tuple(op for i, button in enumerate(self.buttons) for op in button.draw(i == self.focus))
