"""Who comes by while no game is played: an otter that swims along and dives, a kingfisher that fishes."""

from game.draw import DrawList, Group
from game.scenes.heron import splash
from game.scenes.motion import arrive, ease, mix
from game.scenes.pictures import put

OTTER_TICKS, KINGFISHER_TICKS = 3060, 4020
"""From one visit to the next."""
_SWIM, _DIVE, _FRAME = 1080, 54, 9
_OTTER_Y = 430.0

_COME, _HOVER, _PLUNGE, _UNDER, _LEAVE = 84, 60, 20, 26, 110
_PERCH, _POOL = (930.0, 300.0), (878.0, 448.0)
_FIRST = 900


def passing(tick: int, alpha: float) -> DrawList:
    """alpha: 0 while a game is played"""
    if not alpha:
        return ()
    ops = (*_otter(tick % OTTER_TICKS - _FIRST), *_kingfisher(tick % KINGFISHER_TICKS - 2 * _FIRST))
    return (Group(ops, alpha=ease(alpha)),) if ops else ()


def _otter(t: int) -> DrawList:
    """Along the far water on its back, then over its own head and away."""
    x = mix(1080.0, 700.0, t / _SWIM)
    if 0 <= t < _SWIM:
        return (put(f"otter_swim_{1 + t // _FRAME % 6}", x, _OTTER_Y, 0.5, ease(t / 60)),)
    t -= _SWIM
    if 0 <= t < _DIVE:
        return (put(f"otter_dive_{1 + t // _FRAME}", mix(700.0, 690.0, t / _DIVE), _OTTER_Y, 0.5),)
    return splash((t - _DIVE) / 60, 680.0, _OTTER_Y + 2) if t >= 0 else ()


def _kingfisher(t: int) -> DrawList:
    """From the right to above the water, there on the spot, down, and away with its fish."""
    if t < 0:
        return ()
    if t < _COME + _HOVER:
        way = arrive(t / _COME)
        return (
            put(f"kingfisher_fly_{1 + t // 3 % 6}", mix(1330.0, _PERCH[0], way), mix(180.0, _PERCH[1], way), 0.55),
        )
    t -= _COME + _HOVER
    if t < _PLUNGE:
        way = (t / _PLUNGE) ** 1.6
        frame = 1 + min(2, 3 * t // _PLUNGE)
        return (put(f"kingfisher_dive_{frame}", mix(_PERCH[0], _POOL[0], way), mix(_PERCH[1], _POOL[1], way), 0.55),)
    t -= _PLUNGE
    rings = splash(t / 60, *_POOL)
    if t < _UNDER:
        crown = (put(f"splash_{1 + 4 * t // _UNDER}", *_POOL, 0.5, 0.8),)
        return (*rings, *crown)
    t -= _UNDER
    if t >= _LEAVE:
        return ()
    way = ease(t / _LEAVE) * t / _LEAVE
    x, y = mix(_POOL[0], -120.0, way), mix(_POOL[1] - 20, 140.0, ease(1.6 * t / _LEAVE))
    return (*rings, put(f"kingfisher_catch_{1 + t // 3 % 6}", x, y, 0.55))
