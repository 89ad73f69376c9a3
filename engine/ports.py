"""What one tick may know of the player, and nothing else: record it, and the sitting replays."""

from dataclasses import dataclass
from math import ceil
from typing import Literal, Protocol

TICK_S = 1 / 60
"""The rules advance in ticks of this length, whatever the window does."""

GAZE_DELAY_S = 0.08
"""The gaze of a tick is as old as this: so each tick has the gaze of one moment, however unevenly it came.

Own choice: a look at the devices every .04 s, and as long on the way.
"""

Action = Literal["strike", "confirm", "back", "up", "down", "left", "right", "pause"]


def ticks_of(seconds: float) -> int:
    """How many ticks are never shorter than that."""
    return ceil(seconds / TICK_S)


Override = Literal["pause", "easier", "harder", "fewer_distractors", "more_distractors", "end"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a therapist asks of the running sitting. number: of the wish; reason: in the therapist's words"""

    number: int
    what: Override
    reason: str


class Attention(Protocol):
    """An estimate of attention, from wherever. A score never travels without its trust."""

    @property
    def t_s(self) -> float: ...
    @property
    def score(self) -> float: ...
    @property
    def trust(self) -> float: ...
    @property
    def state(self) -> str: ...
    @property
    def channels(self) -> tuple[str, ...]: ...


Place = tuple[float, float]
"""x, y in screens: 0, 0 is the top left corner and 1, 1 the bottom right."""

GazeMap = Literal["marks", "points", "none"]
"""By what gaze finds the screen: marks in its corners, dots that were looked at, or nothing yet."""


@dataclass(frozen=True, slots=True)
class Devices:
    """How the devices are.

    headset, tracker: one word each, as `streaming` or `lost`; `absent` where there is none
    mapping: of glasses with a camera
    """

    headset: str = "absent"
    tracker: str = "absent"
    mapping: GazeMap = "none"


NO_DEVICES = Devices()


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of the dots that a player was asked to look at.

    missed:    those that were not looked at steadily
    error_deg: mean angle between gaze and dots; of a single dot that centres, before it did; None without a map
    drift_deg: how far gaze lay to the right of the dots and below them, on average
    """

    missed: tuple[Place, ...] = ()
    error_deg: float | None = None
    drift_deg: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the player did in one tick.

    pressed:   actions that went down in this tick, in alphabetical order
    pointer:   where a mouse or finger is, in the picture's 1280 x 720; None without one
    clicked:   whether the pointer was pressed in this tick
    gaze:      where the player looked GAZE_DELAY_S ago, in the picture's 1280 x 720; None while lost, or without eyes
    attention: the newest estimate; None before the first
    devices:   how they are now
    looked:    the answer to dots that were just shown; None while there is none
    typed:     letters, outside of sittings; "\\b" takes one back
    keys:      names of keys that went down, outside of sittings
    asked:     what a therapist asks in this tick; None mostly
    """

    pressed: tuple[Action, ...] = ()
    pointer: tuple[float, float] | None = None
    clicked: bool = False
    gaze: tuple[float, float] | None = None
    attention: Attention | None = None
    devices: Devices = NO_DEVICES
    looked: Looked | None = None
    typed: str = ""
    keys: tuple[str, ...] = ()
    asked: Asked | None = None
