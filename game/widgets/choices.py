"""What can be chosen: a button, a picture, a switch, a slider, one of several, and words to type."""

from dataclasses import dataclass, replace
from typing import Protocol, Self

from engine.ports import Inputs
from game.draw import Disc, DrawList, Rect, Sprite, Text
from game.type import text_width
from game.widgets.paint import Box, colour, folded, sized, written
from game.words import say

SMALLEST_TARGET = 44.0
"""Side of the smallest thing to press (WCAG 2.2, 2.5.5)."""

ICON_PX = 96
"""Side of the pictures that stand before words."""

NOWHERE = Box(0, 0, 0, 0)
"""Before a sheet has found its place."""

Value = float | str | bool | None


class Choice(Protocol):
    """One thing on a sheet that takes the focus.

    key:   by which a scene knows it, and its words before translation
    box:   where it is
    size:  of its words
    value: what it stands at; None where it only can be chosen
    """

    @property
    def key(self) -> str: ...
    @property
    def box(self) -> Box: ...
    @property
    def size(self) -> float: ...
    @property
    def value(self) -> Value: ...
    def wants(self, width: float) -> tuple[float, float]:
        """Its width and height where at most so much width is free."""
        ...

    def placed(self, box: Box) -> Self: ...
    def smaller(self, by: float) -> Self: ...
    def draw(self, focused: bool) -> DrawList: ...


class Adjustable(Choice, Protocol):
    """A choice with a value that can be moved in its place."""

    def moved(self, inputs: Inputs, confirmed: bool) -> Self:
        """One tick later: by keys left and right, by a click on it, or a step on, and round, when confirmed."""
        ...


def plates(box: Box, focused: bool, radius: float) -> DrawList:
    """What a choice stands on; with the focus it has another colour and a ring."""

    def plate(wider: float, tone: str) -> Rect:
        left, top = box.left - wider, box.top - wider
        return Rect(left, top, box.width + 2 * wider, box.height + 2 * wider, colour(tone), 1.0, radius + wider)

    if not focused:
        return (plate(0, "panel_soft"),)
    return (plate(7, "text"), plate(4, "panel"), plate(0, "accent"))


def _ink(focused: bool) -> str:
    return "ink" if focused else "text"


def _high(size: float, lines: int = 1) -> float:
    return max(SMALLEST_TARGET, sized(size) * (1.25 * lines + 0.95))


@dataclass(frozen=True, slots=True)
class Button:
    """size: of the words; picture: an icon before them; least: px that it is wide at least"""

    key: str
    size: float = 24.0
    picture: str | None = None
    least: float = 200.0
    box: Box = NOWHERE
    value: None = None

    def wants(self, width: float) -> tuple[float, float]:
        room = self._room()
        needed = text_width(say(self.key), sized(self.size)) + room
        least = min(width, max(self.least, needed))
        return least, _high(self.size, len(folded(self.key, self.size, least - room + 1)))

    def placed(self, box: Box) -> "Button":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Button":
        return replace(self, size=self.size * by)

    def draw(self, focused: bool) -> DrawList:
        box, size = self.box, sized(self.size)
        lines = folded(self.key, self.size, box.width - self._room() + 1)
        x = box.x + (0.75 * size if self.picture else 0)
        top = box.y - (len(lines) - 1) * size * 0.625
        words = (Text(line, x, top + i * size * 1.25, size, colour(_ink(focused))) for i, line in enumerate(lines))
        picture: DrawList = ()
        if self.picture:
            left = x - max(text_width(line, size) for line in lines) / 2 - 1.02 * size
            dark = (Disc(left, box.y, 0.84 * size, colour("ink")),) if focused else ()  # pictures are for dark plates
            picture = (*dark, Sprite(self.picture, left, box.y, 1.5 * size / ICON_PX))
        return (*plates(box, focused, min(box.height / 2, 34.0)), *picture, *words)

    def _room(self) -> float:
        return 1.9 * sized(self.size) + (1.5 * sized(self.size) if self.picture else 0)


@dataclass(frozen=True, slots=True)
class Card:
    """A picture to choose, with its words under it, or `beside` it.

    scale: of the picture; size: of the words, 0 to show none; least: width and height, at least
    """

    key: str
    picture: str
    scale: float = 1.0
    size: float = 20.0
    least: tuple[float, float] = (180.0, 168.0)
    beside: bool = False
    words: str | None = None
    box: Box = NOWHERE
    value: None = None

    def wants(self, width: float) -> tuple[float, float]:
        wide, high = self.least
        if not self.size:
            return min(width, wide), high
        longest = max(text_width(word, sized(self.size)) for word in [*self._said().split(), ""])
        if self.beside:
            wide = min(width, max(wide, 0.9 * high + longest + 16))
            lines = len(folded(self._said(), self.size, wide - 0.9 * high - 12))
            return wide, max(high, sized(self.size) * 1.2 * lines + 24)
        wide = min(width, max(wide, longest + 24))
        lines = len(folded(self._said(), self.size, wide - 16))
        return wide, high + sized(self.size) * 1.2 * lines - self.size * 1.2

    def placed(self, box: Box) -> "Card":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Card":
        return replace(self, size=self.size * by)

    def draw(self, focused: bool) -> DrawList:
        return (*plates(self.box, focused, 22.0), *self._drawn(focused))

    def _said(self) -> str:
        return say(self.key if self.words is None else self.words)

    def _drawn(self, focused: bool) -> DrawList:
        box, size, tone = self.box, sized(self.size), colour(_ink(focused))
        if self.beside:
            high = self.least[1]
            x = box.left + 0.9 * high
            lines = folded(self._said(), self.size, box.width - 0.9 * high - 11) if self.size else ()
            top = box.y - (len(lines) - 1) * size * 0.6
            told = (Text(line, x, top + i * size * 1.2, size, tone, 1.0, "left") for i, line in enumerate(lines))
            return (Sprite(self.picture, box.left + high / 2, box.y, self.scale), *told)
        lines = folded(self._said(), self.size, box.width - 15) if self.size else ()
        foot = box.y + box.height / 2 - size * (0.35 + 1.2 * len(lines)) + size * 0.35
        told = (Text(line, box.x, foot + i * size * 1.2, size, tone) for i, line in enumerate(lines))
        middle = (box.top + foot - size * 0.6) / 2 if lines else box.y
        return (Sprite(self.picture, box.x, middle, self.scale), *told)


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off; told by place and mark as well as by colour."""

    key: str
    value: bool = False
    size: float = 22.0
    box: Box = NOWHERE

    def wants(self, width: float) -> tuple[float, float]:
        lines = folded(self.key, self.size, width - self._knob() - 48)
        return width, _high(self.size, len(lines))

    def placed(self, box: Box) -> "Switch":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Switch":
        return replace(self, size=self.size * by)

    def moved(self, inputs: Inputs, confirmed: bool) -> "Switch":
        turned = confirmed or "left" in inputs.pressed or "right" in inputs.pressed
        return replace(self, value=not self.value) if turned else self

    def draw(self, focused: bool) -> DrawList:
        box, high, wide = self.box, 0.5 * self._knob(), self._knob()
        right = box.x + box.width / 2 - 20
        track = Rect(
            right - wide, box.y - high / 2, wide, high, colour("good" if self.value else "panel"), 1.0, high / 2
        )
        x = right - high / 2 if self.value else right - wide + high / 2
        knob = Disc(x, box.y, high / 2 - 4, colour("ink" if self.value else "text_soft"))
        rim = Rect(
            track.x - 2, track.y - 2, wide + 4, high + 4, colour("ink" if focused else "text_soft"), 1.0, high / 2 + 2
        )
        words = _label(self.key, box, self.size, wide + 48, focused)
        return (*plates(box, focused, 20.0), *words, rim, track, knob)

    def _knob(self) -> float:
        return max(64.0, sized(self.size) * 2.6)


@dataclass(frozen=True, slots=True)
class Slider:
    """A value from `low` to `high` in steps; `unit` is written behind it, as in "110 %"."""

    key: str
    value: float
    low: float = 0.0
    high: float = 100.0
    step: float = 10.0
    unit: str = "%"
    size: float = 22.0
    box: Box = NOWHERE

    def wants(self, width: float) -> tuple[float, float]:
        lines = folded(self.key, self.size, self._words_px(width))
        return width, _high(self.size, len(lines))

    def placed(self, box: Box) -> "Slider":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Slider":
        return replace(self, size=self.size * by)

    def moved(self, inputs: Inputs, confirmed: bool) -> "Slider":
        if inputs.clicked and inputs.pointer is not None and self.box.holds(inputs.pointer):
            x0, wide = self._track()
            share = min(1.0, max(0.0, (inputs.pointer[0] - x0) / wide))
            return self._at(self.low + share * (self.high - self.low))
        if confirmed:
            return self._at(self.low if self.value >= self.high else self.value + self.step)
        by = ("right" in inputs.pressed) - ("left" in inputs.pressed)
        return self._at(self.value + by * self.step) if by else self

    def draw(self, focused: bool) -> DrawList:
        box, tone = self.box, _ink(focused)
        x0, wide = self._track()
        here = x0 + wide * (self.value - self.low) / (self.high - self.low)
        number = f"{self.value:g} {say(self.unit)}".rstrip()
        return (
            *plates(box, focused, 20.0),
            *_label(self.key, box, self.size, box.width - self._words_px(box.width) - 20, focused),
            Rect(x0, box.y - 3, wide, 6, colour(tone), 0.4, 3),
            Rect(x0, box.y - 3, here - x0, 6, colour(tone), 1.0, 3),
            Disc(here, box.y, 13, colour(tone)),
            Text(number, box.x + box.width / 2 - 20, box.y, sized(self.size * 0.9), colour(tone), 1.0, "right"),
        )

    def _at(self, value: float) -> "Slider":
        steps = round((min(self.high, max(self.low, value)) - self.low) / self.step)
        return replace(self, value=min(self.high, self.low + steps * self.step))

    def _words_px(self, width: float) -> float:
        return 0.42 * width

    def _track(self) -> tuple[float, float]:
        """Where it begins, and how wide it is."""
        number = text_width(f"000 {say(self.unit)}", sized(self.size * 0.9))
        x0 = self.box.left + self._words_px(self.box.width) + 32
        return x0, max(40.0, self.box.left + self.box.width - number - 40 - x0)


@dataclass(frozen=True, slots=True)
class Options:
    """One of several words, turned through left and right. options: (value, words) of each"""

    key: str
    value: str
    options: tuple[tuple[str, str], ...]
    size: float = 22.0
    box: Box = NOWHERE

    def wants(self, width: float) -> tuple[float, float]:
        lines = max(
            len(folded(self.key, self.size, 0.45 * width)),
            *(len(folded(words, self.size, 0.5 * width - 90)) for _, words in self.options),
        )
        return width, _high(self.size, lines)

    def placed(self, box: Box) -> "Options":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Options":
        return replace(self, size=self.size * by)

    def moved(self, inputs: Inputs, confirmed: bool) -> "Options":
        by = ("right" in inputs.pressed or confirmed) - ("left" in inputs.pressed)
        names = [name for name, _ in self.options]
        return replace(self, value=names[(names.index(self.value) + by) % len(names)]) if by else self

    def draw(self, focused: bool) -> DrawList:
        box, size, tone = self.box, sized(self.size), colour(_ink(focused))
        right, middle = box.x + box.width / 2, box.x + 0.25 * box.width - 10
        lines = folded(dict(self.options)[self.value], self.size, 0.5 * box.width - 90)
        top = box.y - (len(lines) - 1) * size * 0.6
        return (
            *plates(box, focused, 20.0),
            *_label(self.key, box, self.size, 0.5 * box.width, focused),
            Text("‹", box.x + 12, box.y, size * 1.4, tone),
            *(Text(line, middle, top + i * size * 1.2, size, tone) for i, line in enumerate(lines)),
            Text("›", right - 30, box.y, size * 1.4, tone),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that are typed; "\\b" takes the last letter back. most: letters"""

    key: str
    value: str = ""
    most: int = 20
    size: float = 26.0
    box: Box = NOWHERE

    def wants(self, width: float) -> tuple[float, float]:
        return width, _high(self.size)

    def placed(self, box: Box) -> "Entry":
        return replace(self, box=box)

    def smaller(self, by: float) -> "Entry":
        return replace(self, size=self.size * by)

    def moved(self, inputs: Inputs, _confirmed: bool) -> "Entry":
        value = self.value
        for letter in inputs.typed:
            value = value[:-1] if letter == "\b" else (value + letter)[: self.most]
        return self if value == self.value else replace(self, value=value)

    def draw(self, focused: bool) -> DrawList:
        box, size = self.box, sized(self.size)
        rim = Rect(box.left - 3, box.top - 3, box.width + 6, box.height + 6, colour("accent"), 1.0, 17)
        field = Rect(box.left, box.top, box.width, box.height, colour("ink"), 1.0, 14)
        x = box.left + 0.6 * size
        told = Text(self.value, x, box.y, size, colour("text"), 1.0, "left")
        hint = written(self.key, x + 10, box.y, self.size, "text_soft", "left")
        end = x + text_width(self.value, size) + 3
        caret = (Rect(end, box.y - 0.6 * size, 3, 1.2 * size, colour("accent")),) if focused else ()
        return (*((rim,) if focused else ()), field, told if self.value else hint, *caret)


def _label(words: str, box: Box, size: float, taken: float, focused: bool) -> DrawList:
    """Words at the left of a box of which so much width is taken by something else."""
    lines = folded(words, size, box.width - taken - 20)
    step = sized(size) * 1.2
    top = box.y - (len(lines) - 1) * step / 2
    return tuple(
        Text(line, box.left + 24, top + i * step, sized(size), colour(_ink(focused)), 1.0, "left")
        for i, line in enumerate(lines)
    )
