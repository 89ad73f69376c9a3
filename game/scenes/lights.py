"""Fireflies: a few that always are, and one for each reward, which gather over the far shore."""

from math import pi, sin

from engine import dice
from game.draw import Sprite
from game.scenes.heron import POOL_Y
from game.scenes.motion import ease, mix, swell, wave
from game.scenes.pictures import put

MOST_SHOWN = 40
"""Earned lights that have a place of their own; each further one makes one of them larger."""
FLIGHT = 110  # ticks from the pool to its place

_WILD = ((640, 430), (760, 350), (230, 400), (1080, 400), (610, 340), (900, 470))
_FROM = (690.0, POOL_Y - 20)
_GOLDEN = 0.618034  # each new one far from the last: no two alike, none missing


def wild(tick: int) -> tuple[Sprite, ...]:
    """The marsh's own: each drifts on its own round."""
    return tuple(_drifting(x, y, 1 - 0.08 * i, tick, i / 6) for i, (x, y) in enumerate(_WILD))


def earned(lights: int, lit_tick: int | None, tick: int) -> tuple[Sprite, ...]:
    """So many rewards, the newest of which was paid at lit_tick and is still on its way."""
    in_flight = lit_tick is not None and tick - lit_tick < FLIGHT
    seated = lights - in_flight
    ops = [_seat(n, _layers(seated, n), tick) for n in range(min(seated, MOST_SHOWN))]
    if in_flight and lit_tick is not None:
        ops.append(_flying(_seat((lights - 1) % MOST_SHOWN, 1, tick), (tick - lit_tick) / FLIGHT))
    return tuple(ops)


def _layers(seated: int, n: int) -> int:
    return 1 + (seated - 1 - n) // MOST_SHOWN


def _seat(n: int, layers: int, tick: int) -> Sprite:
    """The n-th place on a low arch from reed to reed."""
    across = (0.5 + n * _GOLDEN) % 1
    x = mix(90, 1190, across)
    y = 330 - 150 * sin(pi * across) + 70 * (dice.roll(n, "height") - 0.5)
    return _drifting(x, y, min(1.3, 0.55 + 0.2 * layers), tick, dice.roll(n, "turn"))


def _drifting(x: float, y: float, scale: float, tick: int, turn: float) -> Sprite:
    alpha = 0.8 + 0.2 * wave(tick, 5.0 + 3 * turn, turn)
    return put("firefly", x + 9 * wave(tick, 13, turn), y + 6 * wave(tick, 9, 2.3 * turn), scale, alpha)


def _flying(seat: Sprite, share: float) -> Sprite:
    """From the pool up to its place, brighter on the way."""
    way = ease(share)
    x = mix(_FROM[0], seat.x, way) + 60 * sin(pi * way)
    return seat._replace(
        x=x,
        y=mix(_FROM[1], seat.y, way),
        scale=seat.scale + 0.5 * swell(share),
        alpha=seat.alpha * ease(share * 5),
    )
