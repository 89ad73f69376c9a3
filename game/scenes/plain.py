"""The marsh for whom contrast matters: flat sky and water, quiet land, and whatever is alive with a light rim."""

from collections.abc import Iterator

import assets
from game.draw import HEIGHT, WIDTH, Clip, Colour, DrawList, Group, Op, Rect, Sprite
from game.manner import current
from game.scenes import places
from game.scenes.pictures import put
from game.scenes.places import MIDDLE, Mood

HORIZON = 372.0
SKY, WATER = 0.94, 1.16
"""Share of the mood's luminance that each has; with land and pool the whole is as bright as the level declares."""
QUIET, POOL = 0.4, 0.6
_TINT = (0.72, 0.96, 1.5)
"""Of red, green and blue to grey: a cool slate."""
_WEIGHTS = (0.2126, 0.7152, 0.0722)


def is_asked() -> bool:
    return current().palette == "contrast"


def land(mood: Mood, clarity: float) -> DrawList:
    """It keeps still, and tells the same as the painted one: clearer water lets the pool's bed be seen."""
    light = places.luminance(mood)
    quiet = (
        put(mood.picture(layer), *MIDDLE, alpha=QUIET)
        for layer in ("hills", "shore", *places.TREES)
        if _is_there(mood, layer)
    )
    return (
        Rect(0, 0, WIDTH, HORIZON, _slate(SKY * light)),
        Rect(0, HORIZON, WIDTH, HEIGHT - HORIZON, _slate(WATER * light)),
        *quiet,
        put(mood.picture("clear"), *MIDDLE, alpha=POOL * clarity),
        Group(places.reeds(mood, "_back", 0.0, 0.3), alpha=QUIET),
    )


def mist(mood: Mood, alpha: float) -> DrawList:
    """Of a moonlit night at any hour: it veils, and adds no colour that could be taken for something."""
    return places.mist(mood._replace(hour="night"), alpha, 0.0)


def _is_there(mood: Mood, layer: str) -> bool:
    return mood.picture(layer) in assets.pictures()


def rimmed(ops: DrawList) -> DrawList:
    """What has a rim gets it, where contrast is asked for."""
    return tuple(_rimmed(ops)) if is_asked() else ops


def _rimmed(ops: DrawList) -> Iterator[Op]:
    for op in ops:
        if isinstance(op, Group | Clip):
            yield op._replace(ops=tuple(_rimmed(op.ops)))
            continue
        if isinstance(op, Sprite) and f"rim_{op.texture}" in assets.pictures():
            yield op._replace(texture=f"rim_{op.texture}")
        yield op


def _slate(luminance: float) -> Colour:
    """The sRGB colour of one hue that has a relative luminance (IEC 61966-2-1)."""
    scale = luminance / sum(weight * part for weight, part in zip(_WEIGHTS, _TINT, strict=True))
    red, green, blue = (_level(scale * part) for part in _TINT)
    return red, green, blue


def _level(linear: float) -> int:
    share = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(255 * min(1.0, share))
