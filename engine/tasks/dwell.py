"""What the eyes, or the pointer, rest on, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.ports import Place
from engine.tasks.sight import apart

RADIUS_DEG = 2.0
"""How near to a thing is on it: no nearer than trackers can tell."""
DWELL_S, DWELL_CHILD_S = 0.4, 0.6
"""How long the eyes rest on what they have chosen."""
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
    if at is None or (now.on is not None and apart(at, things[now.on]) <= LEAVE_DEG):
        return now
    on = nearest(at, things)
    return now if on is None and now.on is None else Dwell(on, tick)


def dwell_s(child: bool) -> float:
    return DWELL_CHILD_S if child else DWELL_S


def nearest(at: Place, things: Sequence[Place]) -> int | None:
    """The thing within RADIUS_DEG."""
    return next((i for i, thing in enumerate(things) if apart(at, thing) <= RADIUS_DEG), None)
