"""What the eyes, or the pointer, rest on, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from engine.ports import Place

SCREEN_DEG = (40.0, 22.5)
"""What a screen fills of the field of view."""

RADIUS_DEG = 2.0
"""How near to a thing is on it: no nearer than trackers can tell."""
DWELL_S, DWELL_CHILD_S = 0.4, 0.6
"""How long the eyes rest on what they have chosen."""
MOST_LOST = 0.25
"""Of what is done by gaze: with more of it unseen by the tracker a trial says nothing. Own choice."""

LEAVE_DEG = 2.5  # own choice: a little further out, so that noise at the edge is no leaving


@dataclass(frozen=True, slots=True)
class Dwell:
    """on: which of the things; None on none of them. since_tick: when it was come to."""

    on: int | None = None
    since_tick: int = 0


NOWHERE = Dwell()


def dwelling(now: Dwell, at: Place | None, things: Sequence[Place], tick: int) -> Dwell:
    """The same a tick later. Where nothing is known, as in a blink, the eyes rest where they rested.

    Args: things: in screens, further apart than twice RADIUS_DEG
    """
    if at is None or (now.on is not None and degrees(at, things[now.on]) <= LEAVE_DEG):
        return now
    on = nearest(at, things)
    return now if on is None and now.on is None else Dwell(on, tick)


def dwell_s(child: bool) -> float:
    return DWELL_CHILD_S if child else DWELL_S


def nearest(at: Place, things: Sequence[Place]) -> int | None:
    """The thing within RADIUS_DEG."""
    return next((i for i, thing in enumerate(things) if degrees(at, thing) <= RADIUS_DEG), None)


def degrees(one: Place, other: Place) -> float:
    """How far two places of the screen lie from one another, in degrees of view."""
    return hypot((one[0] - other[0]) * SCREEN_DEG[0], (one[1] - other[1]) * SCREEN_DEG[1])
