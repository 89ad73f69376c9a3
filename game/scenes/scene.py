"""What a scene is, what it is told once, and how one gives way to the next."""

from dataclasses import dataclass
from typing import Literal, Protocol

from engine.events import Event
from engine.ports import Inputs
from engine.session import Setup, Sitting
from game.draw import DrawList, Group, Text
from game.scenes.motion import ease
from game.tags import tags
from game.widgets import colour, panel

FADE_TICKS = 54
"""From one screen's words to the next one's."""


@dataclass(frozen=True, slots=True)
class Show:
    """What the scenes are told once.

    channels:  of the headset, 10-20 names where they are known; empty without one
    headset:   its name; None without one
    tracker:   the name of glasses or the like; None without, and where a mouse stands for eyes
    note:      one sentence that the person should read before playing
    simulated: whether a simulated player plays
    text_size: 1 for usual words, at most LARGEST_TEXT
    asks:      whether the questions about health come first
    checks_in: whether the player is asked afterwards how it was
    grown:     what the player has let grow in the marsh so far
    offers:    what may grow today, up to three names; none for no choice
    rested:    the resting baseline of minutes ago, which still holds, as JSON; None where rest is measured now
    """

    setup: Setup
    player: str
    channels: tuple[str, ...] = ()
    headset: str | None = None
    tracker: str | None = None
    note: str | None = None
    simulated: bool = False
    text_size: float = 1.0
    asks: bool = False
    checks_in: bool = False
    grown: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    rested: str | None = None


LARGEST_TEXT = 1.15
"""As large as words can be with every screen's words in their places."""


@dataclass(frozen=True, slots=True)
class Quit:
    """The game is over: `done` when the sitting came to its end, else `left`."""

    reason: Literal["done", "left"]


class Scene(Protocol):
    """One screen. `update` is called once a tick, `draw` whenever a picture is wanted; neither changes the scene."""

    @property
    def name(self) -> str: ...
    @property
    def sitting(self) -> Sitting | None: ...
    def update(self, inputs: Inputs) -> "Step": ...
    def draw(self) -> DrawList: ...


Step = tuple[Scene | Quit, tuple[Event, ...]]
"""What to show from now on, and what happened in this tick."""


def crossfade(before: DrawList, now: DrawList, since: int) -> DrawList:
    """The last screen's words leave, then this one's come; the marsh beneath them stays."""
    share = since / FADE_TICKS
    if share >= 1:
        return now
    return (
        Group(before, alpha=1 - ease(share / 0.6)),
        Group(now, alpha=ease((share - 0.3) / 0.7)),
    )


def card() -> DrawList:
    """The place for words beside the heron; it lies over the pool, so that nobody studies a creature in a pause."""
    return panel(538, 396, 610, 290)


def topmost(show: Show) -> DrawList:
    """What lies over everything: the marks for glasses with a camera, and that nobody is playing when nobody is."""
    marks = tags() if show.setup.has_camera else ()
    if not show.simulated:
        return marks
    words = Text("A simulated player is playing", 152, 690, 17, colour("text_soft"), 1.0, "left")
    return (*panel(132, 672, 278, 36), words, *marks)
