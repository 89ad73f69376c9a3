"""Dots to look at, one after the other: by them gaze finds the screen, and by them it is judged."""

from dataclasses import dataclass, replace
from typing import Literal

from engine.events import DotRested, Event, GazeChecked, GazePurpose
from engine.ports import Devices, GazeMap, Looked, Place, ticks_of

FIVE: tuple[Place, ...] = ((0.5, 0.5), (0.15, 0.2), (0.85, 0.2), (0.85, 0.8), (0.15, 0.8))
NINE: tuple[Place, ...] = (
    *((0.15, 0.12), (0.5, 0.12), (0.85, 0.12)),
    *((0.85, 0.5), (0.5, 0.5), (0.15, 0.5)),
    *((0.15, 0.88), (0.5, 0.88), (0.85, 0.88)),
)
"""Row by row, to and fro, so that no way is long; clear of the marks in the corners."""
ONE: tuple[Place, ...] = ((0.5, 0.5),)

DOT_S = 1.2
"""It comes for FLY_S, and rests for the remainder, of which the last 0.6 s are judged (own choice: children wait no
longer)."""
FLY_S = 0.4
AWAY_S = 3.0
"""Glasses that are gone for less are waited for: nobody looks again at all the dots for a second without network."""
JUDGE_S = 1.5  # by then all gaze has come, or none will
MOST_ERROR_DEG = 4.0
"""Own choice, a tenth of a screen that is 40 degrees wide: beyond it nobody can say which creature is looked at."""

SEEING = ("streaming", "stale")
"""Lives of an eye tracker with which there is something to ask for."""

GONE = ("absent", "lost", "reconnecting")

Part = Literal["greet", "show", "judge", "say"]

_GREET_S: dict[GazePurpose, float] = {"check": 2.0, "map": 2.0, "centre": 0.8}
_THANK_S, _CONSOLE_S = 1.5, 4.5  # own choices: two words, and two lines to read


@dataclass(frozen=True, slots=True)
class Dots:
    """One asking.

    purpose: check the map, make one, or centre it; at the end of the greeting a check without a map becomes `map`
    places:  of this round, in screens; number: which of them is shown, from 0
    again:   whether these are the ones that were not looked at steadily
    origin:  where the dot comes from
    tick:    ticks in this part, as far as they were not spent waiting for glasses
    away:    ticks since the glasses were gone; 0 while they are there
    good:    what came of it; None before that is known
    """

    purpose: GazePurpose
    places: tuple[Place, ...] = ()
    part: Part = "greet"
    origin: Place = ONE[0]
    tick: int = 0
    away: int = 0
    number: int = 0
    again: bool = False
    good: bool | None = None

    @property
    def place(self) -> Place | None:
        """Where the dot goes to, or rests; None while there is none."""
        return self.places[self.number] if self.part in ("show", "judge") else None


def next_tick(now: Dots, devices: Devices, looked: Looked | None, block: int) -> tuple[Dots, tuple[Event, ...]]:
    """The asking one tick later.

    looked: the answer to the dots that were shown; None while it is not known
    """
    if now.part != "say" and devices.tracker in GONE:
        return _waited(now, block)
    after = replace(now, tick=now.tick + 1, away=0)
    if after.part == "say":
        return after, ()
    match after.part:
        case "greet":
            return (_shown(after, devices.mapping) if _has_been(after, _GREET_S[after.purpose]) else after), ()
        case "show":
            return _rested(after) if _has_been(after, DOT_S) else (after, ())
        case "judge":
            return _answered(after, devices.mapping, looked, block)


def is_over(now: Dots) -> bool:
    if now.part != "say":
        return False
    if now.purpose == "centre":
        return True
    return _has_been(now, _THANK_S if now.good else _CONSOLE_S)


def _has_been(now: Dots, seconds: float) -> bool:
    return now.tick >= ticks_of(seconds)


def _waited(now: Dots, block: int) -> tuple[Dots, tuple[Event, ...]]:
    """The dot rests where it is, and begins to count anew when the glasses are back."""
    after = replace(now, away=now.away + 1)
    if after.away >= ticks_of(AWAY_S):
        return _judged(after, "none", None, block)
    return replace(after, tick=min(now.tick, ticks_of(FLY_S)) if now.part == "show" else now.tick), ()


def _shown(now: Dots, mapping: GazeMap) -> Dots:
    """The first dot comes."""
    purpose = "map" if now.purpose == "check" and mapping == "none" else now.purpose
    return replace(now, purpose=purpose, places=_PLACES[purpose], part="show", tick=0)


_PLACES: dict[GazePurpose, tuple[Place, ...]] = {"check": FIVE, "map": NINE, "centre": ONE}


def _rested(now: Dots) -> tuple[Dots, tuple[Event, ...]]:
    here, is_last = now.places[now.number], now.number + 1 == len(now.places)
    if is_last:
        return replace(now, part="judge", tick=0), (DotRested(*here),)
    return replace(now, origin=here, number=now.number + 1, tick=0), (DotRested(*here),)


def _answered(now: Dots, mapping: GazeMap, looked: Looked | None, block: int) -> tuple[Dots, tuple[Event, ...]]:
    if looked is None:
        return _judged(now, mapping, None, block) if _has_been(now, JUDGE_S) else (now, ())
    if looked.missed and not now.again:
        here = now.places[now.number]
        again = replace(now, places=looked.missed, part="show", origin=here, tick=0, number=0, again=True)
        return again, ()
    return _judged(now, "points" if now.purpose == "map" else mapping, looked, block)


def _judged(now: Dots, mapping: GazeMap, looked: Looked | None, block: int) -> tuple[Dots, tuple[Event, ...]]:
    n_targets = len(_PLACES[now.purpose])
    n_steady = n_targets - len(looked.missed) if looked else 0
    error_deg = looked.error_deg if looked else None
    good = (
        error_deg is not None
        and 2 * n_steady > n_targets
        and (
            error_deg <= MOST_ERROR_DEG or now.purpose == "centre"  # that was the error before
        )
    )
    drift_deg = looked.drift_deg if looked else None
    checked = GazeChecked(block, now.purpose, mapping, n_targets, n_steady, error_deg, drift_deg, good)
    return replace(now, part="say", tick=0, good=good), (checked,)
