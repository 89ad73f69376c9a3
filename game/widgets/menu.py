"""The focus: by keys, pad, pointer, touch, one switch, or a look that rests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from engine.ports import TICK_S, Inputs
from game.draw import DrawList, Rect
from game.manner import current
from game.widgets.choices import Adjustable, Choice, Entry, Value
from game.widgets.paint import Box, colour

GAZE_MARGIN = 26.0
"""Px round a choice that is looked at which still are it, so that an unsteady look may rest. Own choice."""


class Chosen(NamedTuple):
    """What was chosen; value: what it now stands at, of a choice that has one"""

    key: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Which of a sheet's choices has the focus.

    focus:   its number
    pointer: where it was in the last tick, so that one at rest, as when a page opens, leaves the focus to the keys
    since:   ticks that the focus has been where it is, for one switch
    looked:  ticks that the look has rested on the choice with the focus; below 0 it must first leave it
    """

    focus: int = 0
    pointer: tuple[float, float] | None = None
    since: int = 0
    looked: int = 0

    def update(self, inputs: Inputs, choices: Sequence[Choice]) -> tuple["Menu", Chosen | None]:
        """The menu one tick later, and what was chosen or moved."""
        if not choices:
            return self, None
        if inputs.typed and isinstance(choices[min(self.focus, len(choices) - 1)], Entry):
            inputs = replace(inputs, pressed=())  # letters are words here, not ways to go
        now = self if self.focus < len(choices) else replace(self, focus=0, since=0, looked=0)
        if current().scan_s is not None:
            return now._scanned(inputs, choices)
        focus = now._focused(inputs, choices)
        now, rested = now._gazed(inputs, choices, focus)
        here = choices[now.focus]
        clicked = inputs.clicked and here.box.holds(inputs.pointer)
        return now, _told(here, inputs, clicked or rested or "confirm" in inputs.pressed)

    def draw(self, choices: Sequence[Choice]) -> DrawList:
        drawn = tuple(op for i, choice in enumerate(choices) for op in choice.draw(i == self.focus))
        dwell_s = current().dwell_s
        if not choices or dwell_s is None or self.looked <= 0 or self.focus >= len(choices):
            return drawn
        return (*drawn, *_resting(choices[self.focus].box, self.looked * TICK_S / dwell_s))

    def _focused(self, inputs: Inputs, choices: Sequence[Choice]) -> int:
        over = next((i for i, choice in enumerate(choices) if choice.box.holds(inputs.pointer)), None)
        moved = self.pointer is not None and inputs.pointer != self.pointer
        if over is not None and (inputs.clicked or moved):
            return over
        here = choices[self.focus]
        for action, (dx, dy) in _WAYS.items():
            if action in inputs.pressed and not (dx and here.value is not None):
                return _next(choices, self.focus, dx, dy)
        return self.focus

    def _gazed(self, inputs: Inputs, choices: Sequence[Choice], focus: int) -> tuple["Menu", bool]:
        """A look that rests on a choice brings the focus, and after the dwell time chooses, once.

        A blink takes nothing of it.
        """
        now = replace(self, pointer=inputs.pointer, focus=focus, since=self.since + 1 if focus == self.focus else 0)
        dwell_s = current().dwell_s
        if dwell_s is None:
            return now, False
        if inputs.gaze is None:
            return (now if focus == self.focus else replace(now, looked=0)), False
        if choices[now.focus].box.holds(inputs.gaze, GAZE_MARGIN):
            looked = self.looked + (self.looked >= 0) if focus == self.focus else 1
            rested = looked * TICK_S >= dwell_s
            return replace(now, looked=-1 if rested else looked), rested
        at = next((i for i, choice in enumerate(choices) if choice.box.holds(inputs.gaze)), None)
        if at is None:
            return replace(now, looked=0), False
        return replace(now, focus=at, since=0, looked=1), False

    def _scanned(self, inputs: Inputs, choices: Sequence[Choice]) -> tuple["Menu", Chosen | None]:
        """One switch: the focus goes on by itself, and whatever is pressed chooses what has it."""
        if inputs.pressed or inputs.clicked:
            pressed = replace(inputs, pressed=("confirm",), clicked=False)
            return replace(self, since=0), _told(choices[self.focus], pressed, True)
        if (self.since + 1) * TICK_S < cast(float, current().scan_s):
            return replace(self, since=self.since + 1), None
        return replace(self, focus=(self.focus + 1) % len(choices), since=0), None


_WAYS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}


def _told(choice: Choice, inputs: Inputs, confirmed: bool) -> Chosen | None:
    if choice.value is None:
        return Chosen(choice.key) if confirmed else None
    moved = cast(Adjustable, choice).moved(inputs, confirmed)
    if moved.value != choice.value:
        return Chosen(choice.key, moved.value)
    return Chosen(choice.key, choice.value) if confirmed else None


def _next(choices: Sequence[Choice], focus: int, dx: int, dy: int) -> int:
    """The nearest choice that way; where there is none, the one before or after in the order of the sheet."""
    here = choices[focus].box

    def distance(box: Box) -> float:
        along = (box.x - here.x) * dx + (box.y - here.y) * dy
        across = abs((box.x - here.x) * dy) + abs((box.y - here.y) * dx)
        aside = across <= (3 if dy else 1) * along  # rows are long and flat: left and right stay in theirs
        return along + 2.5 * across if along > 1 and aside else float("inf")

    far = [distance(choice.box) for choice in choices]
    nearest = min(range(len(choices)), key=far.__getitem__)
    return nearest if far[nearest] < float("inf") else (focus + dx + dy) % len(choices)


def _resting(box: Box, share: float) -> DrawList:
    """How long the look has rested: a line that fills at the foot of what it rests on."""
    y = box.y + box.height / 2 - 9
    wide = box.width - 2 * min(box.height / 2, 26)
    left = box.x - wide / 2
    return (
        Rect(left, y, wide, 5, colour("panel"), 0.5, 2.5),
        Rect(left, y, wide * min(1.0, share), 5, colour("ink"), 1.0, 2.5),
    )
