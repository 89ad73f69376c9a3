"""The heron: it breathes, waits, and strikes where the creature is."""

from dataclasses import dataclass

from game.draw import DrawList
from game.scenes.motion import arrive, ease, mix, wave
from game.scenes.pictures import beak, put

STANDS = (420.0, 566.0)
"""Where its feet meet the water."""
POOL_Y = 616.0
"""The line on which creatures swim."""

DOWN, UP, RAISED = 6, 12, 24  # ticks after the press: the bill is in the water, comes out, is up again
CATCH = 62  # until then it shows its fish
BACK = 80  # ticks that it takes to walk back
SPLASH = 22
REACH = (-80.0, 205.0)  # px: as far as it goes for a creature

_STRIKE = ((3, "heron_strike_1"), (DOWN, "heron_strike_2"), (UP, "heron_strike_3"), (17, "heron_strike_4"))
_BREATH = ("heron_wait_1", "heron_wait_2", "heron_wait_3", "heron_wait_2")
_BREATH_TICKS, _MELT, _GLANCE = 64, 14, 6
_LOOK_TICKS, _LOOK_FROM = 640, 448  # a look down begins with a breath


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


def lunge(before: Lunge | None, tick: int, x: float | None, caught: bool) -> Lunge:
    """A strike at x, in px; None where there is nothing to strike at."""
    at = STANDS[0] + beak("heron_strike_3")[0]
    reach = 0.0 if x is None else min(REACH[1], max(REACH[0], x - at))
    return Lunge(tick, slide(before, tick), reach, caught)


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


def behind(now: Lunge | None, tick: int) -> DrawList:
    """What lies on the water below it: its mirror image, which a strike breaks, and the rings at its feet."""
    x, y = STANDS[0] + slide(now, tick), STANDS[1]
    t = 10_000 if now is None else tick - now.tick
    whole = 1.0 if now is None else max(1 - ease(t / DOWN), ease((t - _stays(now)) / BACK))
    ring = 0.6 + 0.02 * wave(tick, 5.3)
    return (
        put("heron_mirror_wait", x, y, alpha=mix(0.25, 1.0, whole)),
        put("ripple_2", x, y + 2, ring, 0.7),
    )


def bird(now: Lunge | None, tick: int) -> DrawList:
    """The heron itself, and the fish in its bill."""
    x, y = STANDS[0] + slide(now, tick), STANDS[1]
    t = 10_000 if now is None else tick - now.tick
    if now is None or t >= _stays(now) + _MELT:
        return _waiting(x, y, tick)
    if t >= _stays(now):
        last = "heron_catch" if now.caught else "heron_strike_5"
        return _melting(last, "heron_wait_2", x, y, (t - _stays(now)) / _MELT)
    if now.caught and t >= RAISED:
        return (put("heron_catch", x, y),)
    frame = next((name for until, name in _STRIKE if t < until), "heron_strike_5")
    held = _held_fish(frame, x, y) if now.caught and t >= UP else ()
    return (put(frame, x, y), *held)


def _held_fish(frame: str, x: float, y: float) -> DrawList:
    across, down = beak(frame)
    return (put("fish_1", x + across - 4, y + down + 12, 0.6, angle=-68),)


def _waiting(x: float, y: float, tick: int) -> DrawList:
    """Breathing: each frame melts into the next; now and then it looks down for a while."""
    turn, part = divmod(tick, _BREATH_TICKS)
    now, following = _BREATH[turn % 4], _BREATH[(turn + 1) % 4]
    t = tick % _LOOK_TICKS - _LOOK_FROM
    looks = min(t, _LOOK_TICKS - _LOOK_FROM - t) / _GLANCE
    if looks > 0:
        return _melting(now, "heron_wait_4", x, y, looks)
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
    x = STANDS[0] + now.reach + beak("heron_strike_3")[0]
    ring = put("ripple_1", x, POOL_Y - 6, mix(0.3, 1.15, arrive(t / 60)), 0.75 * (1 - ease(t / 60)))
    if t >= SPLASH:
        return (ring,)
    fall = 1 - ease((t - SPLASH / 2) / (SPLASH / 2))
    return (ring, put(f"splash_{1 + t * 4 // SPLASH}", x, POOL_Y - 6, 0.8, 0.9 * fall))
