"""What a task shows: its picture from the state of its rules, and its words."""

from collections.abc import Callable
from typing import Any, NamedTuple

from engine.ports import Action
from engine.tasks.task import By
from game.draw import DrawList
from game.manner import current
from game.words import later, say

_KEYS: dict[Action, str] = {"strike": later("Space"), "pause": "P"}


def key(action: Action) -> str:
    """The key that does it, as its player knows it."""
    own = next((name for name, does in current().keys if does == action), None)
    return say(_KEYS[action]) if own is None else own.capitalize()


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
    reminders: two before each block
    deed:      what was done, in one sentence, from how many trials went right, of how many
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
