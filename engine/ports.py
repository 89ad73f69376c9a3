"""What one tick may know of the player, and nothing else: record it, and the sitting replays."""

from dataclasses import dataclass
from typing import Literal, Protocol

TICK_S = 1 / 60
"""The rules advance in ticks of this length, whatever the window does."""

Action = Literal["strike", "confirm", "back", "up", "down", "left", "right", "pause"]


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


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the player did in one tick.

    pressed:   actions that went down in this tick, in alphabetical order
    pointer:   where a mouse or finger is, in the picture's 1280 x 720; None without one
    clicked:   whether the pointer was pressed in this tick
    gaze:      where the player looks, in the picture's 1280 x 720; None while lost or without a tracker
    attention: the newest estimate; None before the first
    """

    pressed: tuple[Action, ...] = ()
    pointer: tuple[float, float] | None = None
    clicked: bool = False
    gaze: tuple[float, float] | None = None
    attention: Attention | None = None
