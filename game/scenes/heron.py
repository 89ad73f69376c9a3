"""The heron: it comes down out of the air, walks, breathes, waits, and strikes where the creature is."""

from dataclasses import dataclass

from game.draw import DrawList
from game.manner import current
from game.scenes.motion import arrive, ease, mix, wave
from game.scenes.pictures import beak, put
from game.widgets.paint import Box

STANDS = (420.0, 566.0)
"""Where its feet meet the water."""
_BODY = Box(428.0, 428.0, 216.0, 272.0)
"""Where it is to be seen, but for the tips of bill, crest and tail."""
POOL_Y = 616.0
"""The line on which creatures swim."""

DOWN, UP, RAISED = 6, 12, 24  # ticks after the press: the bill is in the water, comes out, is up again
CATCH = 62  # until then it shows its fish
BACK = 80  # ticks that it takes to walk back
SPLASH = 22
REACH = (-80.0, 205.0)  # px: as far as it goes for a creature

LAND, DOWN_AT = 164, 118
"""Ticks until it stands with folded wings, and until its feet are in the water."""
_AIR = (-640.0, -330.0)
"""px: from where it comes, beside and above its place"""
_AFAR = 0.6
"""How large it is there. Nearer, faster or with a second beat its wings would flash (tests/game/test_flashes.py)."""
_BEATS = (1, 2, 3, 4, 3, 2, 1, 1, 1, 1, 1)
_BEAT_TICKS = 8
_FOLDS = ((DOWN_AT, 5), (132, 6), (148, 7), (LAND, 8))
"""Until which tick of a landing each frame is shown, after the last beat."""

STROLL, PACE = -150.0, 0.7
"""px: as far as it walks in a break, and in a tick"""
STRIDE = 136.0
"""px that one cycle of its legs carries it (assets/studio/stride.py)"""

DEEPEST = "heron_strike_4"
"""With the bill in the water."""
_LAST = "heron_strike_8"
_STRIKE = (
    *((2, "heron_strike_1"), (4, "heron_strike_2"), (DOWN, "heron_strike_3"), (UP, DEEPEST)),
    *((15, "heron_strike_5"), (18, "heron_strike_6"), (RAISED - 3, "heron_strike_7")),
)
"""Until which tick each is shown, then the last."""
_BREATH = ("heron_wait_1", "heron_wait_2", "heron_wait_3", "heron_wait_2")
_BREATH_TICKS, _MELT, _GLANCE = 64, 14, 9
_LOOK_TICKS, _LOOK_FROM = 640, 448  # a look begins with a breath
_LOOKS = ("heron_wait_4", "heron_wait_5", "heron_wait_6")
"""By turns: down at the water, up at the sky, and with its neck drawn in."""


@dataclass(frozen=True, slots=True)
class Lunge:
    """One strike.

    tick:   when it began, by the picture's ticks
    start:  how far the heron stood from its place then, px
    reach:  how far it goes, px
    caught: whether there is a fish in the bill when it comes up
    """

    tick: int
    start: float
    reach: float
    caught: bool


def is_covered(box: Box, aside: float) -> bool:
    """Whether words lie over it; aside: how far it has walked from its place, px."""
    across = abs(box.x - _BODY.x - aside) < (box.width + _BODY.width) / 2
    return across and abs(box.y - _BODY.y) < (box.height + _BODY.height) / 2


def coming(t: int) -> DrawList:
    """Gliding in from afar, with one beat, down to its place; t: ticks since it came."""
    share = min(1.0, t / DOWN_AT)
    x, y = STANDS[0] + _AIR[0] * (1 - share) ** 1.6, STANDS[1] + _AIR[1] * (1 - ease(share))
    beat = t // _BEAT_TICKS
    frame = _BEATS[beat] if beat < len(_BEATS) else next((frame for until, frame in _FOLDS if t < until), 8)
    rings = splash((t - DOWN_AT) / 40, STANDS[0], STANDS[1] + 2)
    return (*rings, put(f"heron_land_{frame}", x, y, mix(_AFAR, 1.0, ease(share))))


def splash(share: float, x: float, y: float) -> DrawList:
    """A ring that runs from where something came into the water; share: 0..1 of its life."""
    if not 0 < share < 1:
        return ()
    return (put("ripple_1", x, y, mix(0.3, 1.1, arrive(share)), 0.75 * (1 - ease(share))),)


def walking(aside: float, facing: float) -> DrawList:
    """On its way; aside: px from its place, facing: -1 to the left, 1 to the right."""
    x, y = STANDS[0] + aside, STANDS[1]
    frame = 1 + int(aside * facing / STRIDE * 8) % 8
    return (put("ripple_2", x, y + 2, 0.5, 0.6), put(f"heron_walk_{frame}", x, y, flip=facing < 0))


def turning(aside: float, facing: float) -> DrawList:
    """It stands, and looks to the left, to the right or from one to the other, -1..1."""
    side = abs(facing)
    name = _BREATH[0] if side > 0.8 else "heron_turn_1" if side > 0.4 else "heron_turn_2"
    return (put(name, STANDS[0] + aside, STANDS[1], flip=facing < 0),)


def lunge(before: Lunge | None, tick: int, x: float | None, caught: bool, aside: float = 0.0) -> Lunge:
    """A strike at x, in px; None where there is nothing to strike at. aside: how far it has walked from its place"""
    at = STANDS[0] + beak(DEEPEST)[0]
    reach = 0.0 if x is None else min(REACH[1], max(REACH[0], x - at))
    return Lunge(tick, slide(before, tick) + aside, reach, caught)


def slide(now: Lunge | None, tick: int) -> float:
    """How far it stands from its place, px."""
    if now is None:
        return 0.0
    t = tick - now.tick
    if t < DOWN:
        return mix(now.start, now.reach, arrive(t / DOWN))
    return mix(now.reach, 0.0, ease((t - _stays(now)) / BACK))


def _stays(now: Lunge) -> int:
    return CATCH if now.caught else RAISED


def behind(now: Lunge | None, tick: int, aside: float = 0.0) -> DrawList:
    """What lies on the water below it: its mirror image, which a strike breaks, and the rings at its feet."""
    x, y = STANDS[0] + slide(now, tick) + aside, STANDS[1]
    t = 10_000 if now is None else tick - now.tick
    whole = 1.0 if now is None else max(1 - ease(t / DOWN), ease((t - _stays(now)) / BACK))
    ring = 0.6 if current().still else 0.6 + 0.02 * wave(tick, 5.3)
    return (
        put("heron_mirror_wait", x, y, alpha=mix(0.25, 1.0, whole)),
        put("ripple_2", x, y + 2, ring, 0.7),
    )


def bird(now: Lunge | None, tick: int, aside: float = 0.0) -> DrawList:
    """The heron itself, and the fish in its bill; aside: how far it has walked from its place, px."""
    x, y = STANDS[0] + slide(now, tick) + aside, STANDS[1]
    t = 10_000 if now is None else tick - now.tick
    if now is None or t >= _stays(now) + _MELT:
        return _waiting(x, y, tick)
    if t >= _stays(now):
        last = "heron_catch" if now.caught else _LAST
        return _melting(last, "heron_wait_2", x, y, (t - _stays(now)) / _MELT)
    if now.caught and t >= RAISED:
        return (put("heron_catch", x, y),)
    frame = next((name for until, name in _STRIKE if t < until), _LAST)
    held = _held_fish(frame, x, y) if now.caught and t >= UP else ()
    return (put(frame, x, y), *held)


def _held_fish(frame: str, x: float, y: float) -> DrawList:
    across, down = beak(frame)
    return (put("fish_1", x + across - 4, y + down + 12, 0.6, angle=-68),)


def _waiting(x: float, y: float, tick: int) -> DrawList:
    """Breathing: each frame melts into the next; now and then it looks about for a while."""
    if current().still:
        return (put(_BREATH[0], x, y),)
    turn, part = divmod(tick, _BREATH_TICKS)
    now, following = _BREATH[turn % 4], _BREATH[(turn + 1) % 4]
    t = tick % _LOOK_TICKS - _LOOK_FROM
    looks = min(t, _LOOK_TICKS - _LOOK_FROM - t) / _GLANCE
    if looks > 0:
        return _melting(now, _LOOKS[tick // _LOOK_TICKS % len(_LOOKS)], x, y, looks)
    return _melting(now, following, x, y, (part - _BREATH_TICKS) / _MELT + 1)


def _melting(one: str, other: str, x: float, y: float, share: float) -> DrawList:
    """One of them is whole at any time, so that the marsh never shows through the bird."""
    if share <= 0:
        return (put(one, x, y),)
    if share >= 1:
        return (put(other, x, y),)
    return (put(one, x, y, alpha=min(1.0, 2 - 2 * share)), put(other, x, y, alpha=min(1.0, 2 * share)))


def water(now: Lunge | None, tick: int) -> DrawList:
    """The splash where the bill went in, and the ring that runs from it."""
    if now is None or not DOWN <= tick - now.tick < DOWN + 60:
        return ()
    t = tick - now.tick - DOWN
    x = STANDS[0] + now.reach + beak(DEEPEST)[0]
    ring = put("ripple_1", x, POOL_Y - 6, mix(0.3, 1.15, arrive(t / 60)), 0.75 * (1 - ease(t / 60)))
    if t >= SPLASH:
        return (ring,)
    fall = 1 - ease((t - SPLASH / 2) / (SPLASH / 2))
    return (ring, put(f"splash_{1 + t * 4 // SPLASH}", x, POOL_Y - 6, 0.8, 0.9 * fall))
