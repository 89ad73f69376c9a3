"""Small things in the air and on the water, each a pure function of a seed and of ticks: they replay as they were.

All are Groups marked as beauty, so that a slow machine leaves them out before anything that matters.
"""

from functools import lru_cache
from math import cos, pi, sin, tau

from engine import dice
from engine.ports import TICK_S
from game.draw import WIDTH, Colour, Disc, DrawList, Group

POLLEN: Colour = (255, 240, 200)
WATER: Colour = (226, 240, 246)
EMBER: Colour = (255, 214, 130)

GRAVITY = 900.0
"""px/s²: a drop that rises a hand's breadth is back within half a second (own choice)."""

MOTES, SEEDS, DROPS, SPARKS = 24, 7, 14, 12
DROPS_S, SPARKS_S = 0.6, 1.1
MARGIN = 40.0
"""How far outside the picture what drifts comes and goes, px."""

_TUFT = ((0.0, 0.0), (4.5, 0.0), (7.0, -0.45), (7.5, 0.0), (7.0, 0.45))
"""A seed and its hairs: px from its middle, and radians from its stalk."""


@lru_cache(maxsize=256)
def _born(kind: str, seed: int, number: int) -> tuple[float, float, float, float]:
    """What makes one of them unlike the next: four numbers in [0, 1)."""
    a, b, c, d = (dice.roll(seed, kind, number, what) for what in range(4))
    return a, b, c, d


def pollen(seed: int, tick: float, top: float, bottom: float) -> DrawList:
    """Motes that drift with the wind between two heights, each on a round of its own, for ever."""
    return (Group(tuple(_mote(seed, number, tick * TICK_S, top, bottom) for number in range(MOTES)), beauty=2),)


def _mote(seed: int, number: int, t_s: float, top: float, bottom: float) -> Disc:
    at, high, turn, size = _born("mote", seed, number)
    whole = WIDTH + 2 * MARGIN
    x = (at * whole + (6 + 10 * size) * t_s) % whole - MARGIN
    y = top + (bottom - top) * high + 14 * sin(tau * (t_s / (7 + 6 * turn) + turn))
    twinkle = 0.5 + 0.5 * sin(tau * (t_s / (4 + 3 * turn) + high))  # once in four seconds: it never flickers
    return Disc(x, y, 1.2 + 1.4 * size, POLLEN, 0.12 + 0.30 * twinkle)


def seeds(seed: int, tick: float, top: float, bottom: float) -> DrawList:
    """Reed seeds, larger and fewer than pollen, that sink and turn as the wind carries them."""
    tufts = (_seed(seed, number, tick * TICK_S, top, bottom) for number in range(SEEDS))
    return (Group(tuple(op for tuft in tufts for op in tuft), beauty=2),)


def _seed(seed: int, number: int, t_s: float, top: float, bottom: float) -> tuple[Disc, ...]:
    at, turn, fast, _ = _born("seed", seed, number)
    way = (t_s / (16 + 10 * fast) + turn) % 1
    x = at * WIDTH + 260 * (way - 0.5) + 22 * sin(tau * (3 * way + turn))
    y, alpha = top + (bottom - top) * way, 0.55 * sin(pi * way)
    lean = 0.6 * sin(tau * (2.5 * way + turn))
    return tuple(Disc(x + r * sin(lean + a), y - r * cos(lean + a), 1.1, POLLEN, alpha) for r, a in _TUFT)


def drops(seed: int, ticks: float, x: float, y: float) -> DrawList:
    """What a strike throws up from the water at x, y, so many ticks after it."""
    t_s = ticks * TICK_S
    if not 0 <= t_s < DROPS_S:
        return ()
    return (Group(tuple(_drop(seed, number, t_s, x, y) for number in range(DROPS)), beauty=1),)


def _drop(seed: int, number: int, t_s: float, x: float, y: float) -> Disc:
    aside, up, size, _ = _born("drop", seed, number)
    high = (130 + 160 * up) * t_s - GRAVITY * t_s * t_s / 2
    above = min(1.0, max(0.0, high / 14))  # it goes into the water where it came out
    return Disc(x + 220 * (aside - 0.5) * t_s, y - high, 1.4 + 2.2 * size, WATER, 0.85 * above * (1 - t_s / DROPS_S))


def sparks(seed: int, ticks: float, x: float, y: float) -> DrawList:
    """What a reward sheds at x, y, so many ticks after it came: they spread, rise and go out."""
    t_s = ticks * TICK_S
    if not 0 <= t_s < SPARKS_S:
        return ()
    return (Group(tuple(_spark(seed, number, t_s / SPARKS_S, x, y) for number in range(SPARKS)), beauty=1),)


def _spark(seed: int, number: int, share: float, x: float, y: float) -> Disc:
    around, far, size, _ = _born("spark", seed, number)
    reach, angle = (18 + 46 * far) * (1 - (1 - share) ** 2), tau * (number + around) / SPARKS
    alpha = 0.9 * (1 - share) * min(1.0, 12 * share)
    return Disc(x + reach * cos(angle), y + 0.7 * reach * sin(angle) - 26 * share, 1.2 + 1.6 * size, EMBER, alpha)
