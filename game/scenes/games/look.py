"""What a task shows: its picture from the state of its rules, and its words."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.tasks.task import By
from game.draw import DrawList


class Picture(NamedTuple):
    """water: under the heron's bill and the mist; air: over both"""

    water: DrawList = ()
    air: DrawList = ()


class Reminder(NamedTuple):
    """A picture and a sentence before play."""

    picture: str
    scale: float
    words: str


class Look(NamedTuple):
    """How one task looks.

    title:     its name for people
    draw:      from the task's state and the picture's ticks, which also go on in a pause
    hint:      one short sentence for practice, from the state and what is played with
    reminders: two before each block, of at most 44 letters
    deed:      what was done, in one sentence of at most 60 letters, from how many trials went right, of how many
    heron:     whether the heron stands where it always stands
    away:      pictures of the marsh's own that could be taken for what the task shows: they fade while it is played
    """

    title: str
    draw: Callable[[Any, int], Picture]
    hint: Callable[[Any, By], str]
    reminders: Callable[[By], tuple[Reminder, Reminder]]
    deed: Callable[[int, int], str]
    heron: bool = True
    away: tuple[str, ...] = ()
