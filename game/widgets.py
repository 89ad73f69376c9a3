"""The few widgets that every screen is made of, built on the draw list."""

from dataclasses import dataclass, replace
from functools import cache
from textwrap import wrap
from typing import Literal

import assets
from engine.ports import Inputs
from game.draw import Colour, Disc, DrawList, Line, Rect, Text

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
        if pointer is None:
            return False
        return abs(pointer[0] - self.x) <= self.width / 2 and abs(pointer[1] - self.y) <= self.height / 2

    def draw(self, focused: bool) -> DrawList:
        """With the focus it has another colour and a ring."""
        words = Text(self.words, self.x, self.y, self.size, colour("ink" if focused else "text"))
        if not focused:
            return (self._plate(0, "panel_soft"), words)
        return (self._plate(7, "text"), self._plate(4, "panel"), self._plate(0, "accent"), words)

    def _plate(self, wider: float, tone: str) -> Rect:
        width, height = self.width + 2 * wider, self.height + 2 * wider
        return Rect(self.x - width / 2, self.y - height / 2, width, height, colour(tone), 1.0, height / 2)


@dataclass(frozen=True, slots=True)
class Menu:
    """Buttons, one of which has the focus; by keys, pad, pointer or one switch.

    pointer: where it was in the last tick, so that a pointer at rest leaves the focus to the keys
    """

    buttons: tuple[Button, ...] = ()
    focus: int = 0
    pointer: tuple[float, float] | None = None

    def update(self, inputs: Inputs) -> tuple["Menu", str | None]:
        """The menu one tick later, and the words of the button that was chosen."""
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
