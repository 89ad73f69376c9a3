"""What a scene is, what it is told once, and how one gives way to the next."""

from dataclasses import dataclass
from typing import Literal, Protocol

from engine.events import Event
from engine.ports import Inputs
from engine.session import Setup, Sitting
from game.draw import DrawList, Group, Sprite, Text
from game.manner import USUAL, Manner, current
from game.scenes.motion import ease
from game.tags import tags
from game.type import LEADING, text_width
from game.widgets.paint import colour, folded, panel, sized
from game.words import later, say

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
    manner:    how the player wants it to look, to sound and to be handled
    asks:      whether the questions about health come first
    checks_in: whether the player is asked afterwards how it was
    grown:     what the player has let grow in the marsh so far
    offers:    what may grow today, up to three names; none for no choice
    rested:    the resting baseline of minutes ago, which still holds, as JSON; None where rest is measured now
    at_home:   whether the player comes from home, where today's path was to be seen: the sitting begins at once
    """

    setup: Setup
    player: str
    channels: tuple[str, ...] = ()
    headset: str | None = None
    tracker: str | None = None
    note: str | None = None
    simulated: bool = False
    manner: Manner = USUAL
    asks: bool = False
    checks_in: bool = False
    grown: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    rested: str | None = None
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Quit:
    """The game is over: `done` when the sitting came to its end, else `left`."""

    reason: Literal["done", "left"]


class Told(Protocol):
    """What a scene was told, of which everybody may know how its player wants it."""

    @property
    def manner(self) -> Manner: ...


class Scene(Protocol):
    """One screen. `update` is called once a tick, `draw` whenever a picture is wanted; neither changes the scene."""

    @property
    def name(self) -> str: ...
    @property
    def show(self) -> Told: ...
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


def topmost(show: Show) -> DrawList:
    """What lies over everything: the marks for glasses with a camera, and that nobody is playing when nobody is."""
    marks = tags() if show.setup.has_camera else ()
    return (*_simulated(), *marks) if show.simulated else marks


_SIMULATED = later("A simulated player is playing")


def _simulated() -> DrawList:
    """In the strip above every sheet, away from the pause; its words grow no further than the strip is high."""
    size = 15 * min(1.2, current().text)
    wide = text_width(say(_SIMULATED), size) + 32
    left = 1148 - wide if current().hand == "left" else 132.0
    return (
        *panel(left, 3, wide, 28),
        Text(say(_SIMULATED), left + wide / 2, 17, size, colour("text_soft")),
    )


_NOT_KEPT = later("Heron cannot save just now: the disk may be full. Fetch a grown-up; the game goes on.")


def not_kept() -> DrawList:
    """Over every screen, for as long as the journal cannot write."""
    size, wide = sized(19), 330.0
    lines = folded(_NOT_KEPT, 19, wide - 96)
    high, top = len(lines) * size * LEADING + 28, 150.0
    words = (
        Text(line, 132 + 74, top + 14 + (i + 0.5) * size * LEADING, size, colour("text"), 1.0, "left")
        for i, line in enumerate(lines)
    )
    return (*panel(132, top, wide, high), Sprite("icon_info", 132 + 38, top + high / 2, 0.42), *words)
