"""A leaf-boat in a current that winds: where the current runs, and where the boat goes."""

from dataclasses import dataclass
from math import exp, pi, sin

from engine.copies import replace
from engine.ports import TICK_S
from engine.tasks.task import Hand

REACH = 0.2
"""How far the current strays from the middle, in screens."""
KICK = 0.2  # screens per second that one press gives
GLIDE_S = 0.4  # own choice: the water takes a push back with this time constant, after .08 screens
FOLLOW_S = 0.25  # own choice: as slowly a boat comes to where gaze or pointer are
MOOR_S = 0.8  # own choice: as slowly it comes to its place while there is nothing to steer
MOST = 0.6  # screens per second, own choice

_KEPT = exp(-TICK_S / GLIDE_S)


def current(way: float) -> float:
    """Where the middle of the current is, screens from the left, after so many radians of its bends."""
    return 0.5 + REACH * (0.7 * sin(way) + 0.3 * sin(1.6 * way + 1))


@dataclass(frozen=True, slots=True)
class Boat:
    """x: screens from the left; speed: screens per second to the right; way: radians of bends that are behind it"""

    x: float = current(0)
    speed: float = 0.0
    way: float = 0.0

    @property
    def off(self) -> float:
        """How far to the right of the middle of the current it is, screens."""
        return self.x - current(self.way)


def sailed(boat: Boat, hand: Hand, bends_per_min: float) -> Boat:
    """A tick later: each press of left or right is a push; gaze or pointer draw it to where they are."""
    speed = boat.speed * _KEPT + KICK * (("right" in hand.pressed) - ("left" in hand.pressed))
    if hand.at is not None:
        speed = min(MOST, max(-MOST, (hand.at[0] - boat.x) / FOLLOW_S))
    x = min(1.0, max(0.0, boat.x + speed * TICK_S))
    return Boat(x, speed, boat.way + 2 * pi * bends_per_min / 60 * TICK_S)


def moored(boat: Boat) -> Boat:
    """A tick later, while nobody steers: it comes to rest in the middle of the current, which waits."""
    return replace(boat, x=boat.x - boat.off * TICK_S / MOOR_S, speed=0.0)


@dataclass(frozen=True, slots=True)
class Bend:
    """A round of steering, so far.

    trial, tick: its number, and when it began
    inside:      ticks in the current
    square:      sum of the squares of how far off its middle the boat was, screens
    lost:        ticks without gaze or pointer
    """

    trial: int
    tick: int
    inside: int = 0
    square: float = 0.0
    lost: int = 0

    def after(self, off: float, lane: float, seen: bool) -> "Bend":
        """A tick later, with the boat so far off the middle of a current of this half width."""
        return Bend(
            self.trial, self.tick, self.inside + (abs(off) <= lane), self.square + off * off, self.lost + (not seen)
        )
