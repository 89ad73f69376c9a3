"""The five places of the marsh, each with its own land: shallows, reedbed, lake, willow, night pool."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import skia
from studio import shores
from studio.brush import Chance
from studio.moods import WHITE, Hour, Mood, mix
from studio.skies import Bank

Paint = Callable[[skia.Canvas, Chance, Mood, Hour], None]


class Place(NamedTuple):
    """hills, shore: what paints far and near land

    sun_x: where sun or moon stands, px
    banks: of cloud
    thick: share of the plants of a full stand of reeds
    seeds: of the four stands
    """

    hills: Paint
    shore: Paint
    sun_x: float
    banks: tuple[Bank, ...]
    thick: float
    seeds: tuple[int, int, int, int]


_ROLLING = (
    (250, 230, 62, 13, 316, 364),
    (640, 330, 42, 11, 330, 324),
    (1120, 260, 56, 9, 340, 344),
    (120, 260, 34, 6, 352, 364),
)
_LOW = ((330, 300, 46, 9, 312, 350), (900, 340, 40, 8, 318, 350))
_ALPS = ((760, 300, 118, 12, 366, 372), (330, 260, 66, 9, 368, 372), (1190, 280, 60, 8, 368, 372))
_SOFT = ((980, 320, 56, 10, 350, 368), (240, 300, 50, 9, 354, 366))
_RIDGES = (
    (880, 260, 74, 12, 330, 362),
    (280, 300, 60, 13, 336, 362),
    (620, 340, 40, 10, 346, 366),
    (1180, 240, 44, 9, 354, 368),
)


def _ranges(mood: Mood, number: int) -> list[shores.Tones]:
    """Each nearer one darker; their feet in haze."""
    tones = [mood.away(near) for near in np.linspace(0.1, 0.6, number)]
    return [(tone, mix(tone, mood.sky[-2], 0.55)) for tone in tones]


def _belts(mood: Mood, number: int) -> list[shores.Tones]:
    tones = [mood.away(near) for near in np.linspace(0.64, 1.0, number)]
    return [(tone, mix(tone, mood.haze, share)) for tone, share in zip(tones, (0.42, 0.32, 0.2), strict=False)]


def _rolling_hills(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    shores.hills(canvas, chance, _ROLLING, _ranges(mood, 4))


def _open_shore(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    belts = (
        13 * shores.rolling(0.75, 0.25),
        30 * shores.thinning((0.55, 0.2), (0.74, 0.98)),
        54 * shores.thinning((0.3, 0.02), (0.88, 1.0)),
    )
    shores.woods(canvas, chance, belts, _belts(mood, 3), mist=mood.haze, firs=0.16)


def _low_hills(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    shores.hills(canvas, chance, _LOW, _ranges(mood, 2))


def _reed_shore(canvas: skia.Canvas, chance: Chance, mood: Mood, hour: Hour) -> None:
    leaf = mix(mood.leaf, hour.light, 0.12)
    tones = [(mix(mood.sky[3], leaf, near), mix(mood.sky[-2], leaf, 0.8 * near)) for near in (0.45, 0.7, 0.92)]
    beds = zip(((352.0, 46.0, 7.0), (362.0, 58.0, 11.0), (372.0, 50.0, 15.0)), tones, strict=True)
    shores.reedland(canvas, chance, [(*bed, tone) for bed, tone in beds])
    belts = (40 * shores.thinning((0.2, 0.0), (0.86, 1.0)),)
    shores.woods(canvas, chance, belts, [(mood.land, mix(mood.land, mood.leaf, 0.7))], mist=mood.haze, firs=0.0)


def _alps(canvas: skia.Canvas, chance: Chance, mood: Mood, hour: Hour) -> None:
    near = (0.3, 0.45, 0.55)
    tones = [(mood.away(one), mix(mood.away(one), mood.sky[-2], 0.6)) for one in near]
    shores.mountains(canvas, chance, _ALPS, tones, mix(mix(hour.light, WHITE, 0.7), mood.sky[-2], 0.2))


def _fir_shore(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    belts = (
        16 * shores.rolling(0.8, 0.2),
        36 * shores.thinning((0.46, 0.1), (0.7, 0.95)),
        58 * shores.thinning((0.26, 0.02), (0.86, 1.0)),
    )
    shores.woods(canvas, chance, belts, _belts(mood, 3), mist=mood.haze, firs=0.62)


def _soft_hills(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    shores.hills(canvas, chance, _SOFT, _ranges(mood, 2))


def _willow_shore(canvas: skia.Canvas, chance: Chance, mood: Mood, hour: Hour) -> None:
    belts = (12 * shores.rolling(0.75, 0.25), 24 * shores.thinning((0.5, 0.1), (0.6, 0.95)))
    shores.woods(canvas, chance, belts, _belts(mood, 2), mist=mood.haze, firs=0.05)
    front = mix(mood.land, mood.leaf, 0.25)
    leaves = (mix(front, mood.sky[3], 0.3), mix(front, mood.sky[3], 0.14), front, mix(hour.light, front, 0.25))
    for x, reach in ((1110, 230), (80, 190)):
        shores.bank(canvas, chance, x, reach, mood.land, mix(mood.land, mood.leaf, 0.6))
    shores.willow(canvas, chance, 1124, 366, 158, leaves)
    shores.willow(canvas, chance, 92, 368, 110, leaves)


def _ridges(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    shores.hills(canvas, chance, _RIDGES, _ranges(mood, 4))


def _wild_shore(canvas: skia.Canvas, chance: Chance, mood: Mood, _hour: Hour) -> None:
    belts = (
        13 * shores.rolling(0.75, 0.25),
        34 * shores.thinning((0.5, 0.16), (0.72, 0.96)),
        66 * shores.thinning((0.3, 0.02), (0.86, 1.0)),
    )
    shores.woods(canvas, chance, belts, _belts(mood, 3), mist=mood.haze, firs=0.45)


PLACES = {
    "shallows": Place(
        _rolling_hills,
        _open_shore,
        872,
        (
            *((150, 92, 300), (1040, 60, 420), (560, 118, 260), (1200, 138, 300), (60, 190, 300), (420, 214, 300)),
            *((1090, 204, 300), (690, 176, 230), (230, 252, 200), (640, 250, 210), (1230, 246, 160)),
        ),
        1.0,
        (10, 9, 8, 7),
    ),
    "reedbed": Place(
        _low_hills,
        _reed_shore,
        1010,
        ((230, 96, 330), (760, 72, 360), (1130, 110, 260), (80, 190, 260), (560, 170, 280), (1180, 228, 240)),
        1.15,
        (20, 19, 18, 27),
    ),
    "lake": Place(
        _alps,
        _fir_shore,
        612,
        ((520, 84, 320), (980, 60, 360), (240, 66, 240), (1120, 160, 260), (130, 196, 240), (420, 236, 220)),
        0.72,
        (30, 29, 38, 27),
    ),
    "willow": Place(
        _soft_hills,
        _willow_shore,
        664,
        (
            *((180, 100, 320), (980, 84, 380), (600, 132, 300), (1150, 168, 280), (330, 182, 280), (760, 210, 320)),
            *((520, 244, 240), (980, 258, 220), (240, 262, 180)),
        ),
        0.9,
        (40, 39, 48, 37),
    ),
    "night": Place(
        _ridges,
        _wild_shore,
        884,
        ((1000, 236, 300), (740, 262, 260), (250, 240, 240), (1180, 130, 240), (500, 196, 240), (160, 120, 220)),
        0.9,
        (50, 49, 48, 57),
    ),
}
