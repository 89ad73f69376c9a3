"""The smallest things of the marsh: drops of a strike, sparks of a reward, and what the wind carries."""

from game import particles
from game.draw import DrawList, Group
from game.manner import current
from game.scenes.heron import DEEPEST, DOWN, POOL_Y, STANDS, Lunge
from game.scenes.motion import ease
from game.scenes.pictures import beak
from game.scenes.places import Mood

_SEED = 5
"""One wind for every sitting: what drifts is part of the place."""
_POOL = (690.0, POOL_Y - 20)
"""Where a reward rises from."""


def splashed(lunge: Lunge | None, tick: int) -> DrawList:
    """What the newest strike throws up."""
    if lunge is None:
        return ()
    x = STANDS[0] + lunge.reach + beak(DEEPEST)[0]
    return particles.drops(lunge.tick, tick - lunge.tick - DOWN, x, POOL_Y - 6)


def rewarded(lit_tick: int | None, tick: int) -> DrawList:
    """What the newest reward sheds."""
    return () if lit_tick is None else particles.sparks(lit_tick, tick - lit_tick, *_POOL)


def carried(now: Mood, was: Mood, turned: float, flow: float) -> DrawList:
    """Pollen by day, seeds at dusk, turned 0..1 from one mood to the next; nothing where nothing should drift."""
    if current().still or current().palette == "contrast":
        return ()
    share = ease(turned)
    coming, going = _wind(now, flow), _wind(was, flow)
    return coming if share == 1 else (Group(going, alpha=1 - share), Group(coming, alpha=share))


def _wind(mood: Mood, flow: float) -> DrawList:
    match mood.hour:
        case "dawn" | "noon":
            return particles.pollen(_SEED, flow, 210.0, 560.0)
        case "dusk":
            return particles.seeds(_SEED, flow, 150.0, 600.0)
        case _:
            return ()
