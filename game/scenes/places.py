"""The places of the marsh at their times of day: which pictures they are made of, and how far off each lies."""

from math import pi, sin
from typing import NamedTuple, get_args

import assets
from engine.level import Hour, Level, Place
from game.draw import HEIGHT, WIDTH, Camera, DrawList, Group
from game.scenes.motion import wave
from game.scenes.pictures import put, rooted

MIDDLE = (WIDTH / 2, HEIGHT / 2)

NEAR = {
    "sky": 0.0,
    "clouds": 0.06,
    "hills": 0.15,
    "shore": 0.3,
    "trees_left": 0.3,
    "trees_right": 0.3,
    "water": 0.36,
    "reeds_back": 0.8,
    "reeds": 1.0,
}
"""0 as far as the stars, PLAYED where the heron stands, 1 before our feet."""
PLAYED = 0.6
DRIFT = 24.0
"""px: of the eye to either side. It goes about the heron, so that nothing of a game moves on the picture."""
DRIFT_S, WIND_S = 73.0, 191.0
GUST = 9.0
"""px: of the clouds, beside the drift"""

_BANKS = ((330, 430, 47.0), (940, 452, 39.0), (640, 520, 61.0))
"""Of mist: x, y, and the seconds of its way there and back."""
_MIST = 2.0
"""Its pictures are half as large as they are shown."""
_GLINTS, _FAR_GLINT, _NEAR_GLINT = 13, 380.0, 560.0
_TWINKLES = 11


class Mood(NamedTuple):
    """A place at a time of day."""

    place: Place = "shallows"
    hour: Hour = "dawn"

    def picture(self, layer: str) -> str:
        return f"{self.place}_{self.hour}_{layer}"


MOODS = tuple(Mood(place, hour) for place in get_args(Place) for hour in get_args(Hour))

TREES = ("trees_left", "trees_right")
"""On the shore, where it has tall ones."""

LAYERS = (
    *("sky", "clouds", "hills", "shore", "water", "clear", "mist_1", "mist_2", "mist_3"),
    *(f"reeds_{side}{depth}" for side in ("left", "right") for depth in ("", "_back")),
)


def mood_of(level: Level) -> Mood:
    return Mood(level.place, level.hour)


def luminance(mood: Mood) -> float:
    """Mean and relative, of the play picture; 0..1."""
    return float(assets.pictures()[mood.picture("sky")]["luminance"][1])


def land(mood: Mood, clarity: float, flow: float) -> DrawList:
    """From the sky to the reeds that stand behind all creatures; flow: ticks of wind, 0 where nothing may move."""
    eye = _eye(flow)
    clouds = put(mood.picture("clouds"), MIDDLE[0] + GUST * wave(flow, WIND_S), MIDDLE[1])
    trees = (layer for layer in TREES if mood.picture(layer) in assets.pictures())
    return (
        _seen(eye, mood, "sky"),
        Group((_at(eye, "sky", _twinkles(mood, flow)), _at(eye, "clouds", (clouds,))), beauty=2),
        *(_seen(eye, mood, layer) for layer in ("hills", "water", "shore", *trees)),
        put(mood.picture("clear"), *MIDDLE, alpha=clarity),
        Group((_at(eye, "water", (*_shafts(mood, clarity, flow), *_glitter(mood, flow))),), beauty=1),
        *reeds(mood, "_back", flow, 0.3),
    )


def _eye(flow: float) -> Camera:
    """It goes slowly from side to side."""
    return Camera(x=DRIFT * wave(flow, DRIFT_S))


def _at(eye: Camera, layer: str, ops: DrawList) -> Group:
    return eye.sees(ops, NEAR[layer] - PLAYED)


def _seen(eye: Camera, mood: Mood, layer: str) -> Group:
    return _at(eye, layer, (put(mood.picture(layer), *MIDDLE),))


def _twinkles(mood: Mood, flow: float) -> DrawList:
    """Some stars of the night come and go."""
    if mood.hour != "night":
        return ()
    stars = ((i, wave(flow, 5.3 + 0.7 * (i % 4), i * 0.27)) for i in range(_TWINKLES))
    return tuple(
        put("sparkle", 40 + 1200 * (i * 0.618 % 1), 24 + 150 * (i * 0.382 % 1), 0.16, 0.8 * shine)
        for i, shine in stars
        if shine > 0
    )


def _path_x(mood: Mood) -> float:
    """Where sun or moon lies on the water, px."""
    return float(assets.pictures()[mood.picture("water")]["path"])


def _shafts(mood: Mood, clarity: float, flow: float) -> DrawList:
    alpha = 0.10 + 0.08 * clarity + 0.03 * wave(flow, 19)
    return (put(f"shafts_{mood.hour}", _path_x(mood) - 60, 300, 2.0, alpha, blend="add"),)


def _glitter(mood: Mood, flow: float) -> DrawList:
    """Bars of light that come and go on the way of sun or moon, each in its own time."""
    bars = []
    for i in range(_GLINTS):
        share = ((i + 0.5) / _GLINTS) ** 1.4
        x = _path_x(mood) + (14 + 60 * share) * sin(2 * pi * i * 0.618)
        y = _FAR_GLINT + share * (_NEAR_GLINT - _FAR_GLINT)
        shine = max(0.0, wave(flow, 3.1 + 0.37 * (i % 5), i * 0.382))
        bars.append(put(f"glint_{mood.hour}", x, y, 0.2 + 0.6 * share, 0.75 * shine))
    return tuple(bars)


def reeds(mood: Mood, depth: str, flow: float, turn: float) -> DrawList:
    """Those in front, or with `_back` those behind; they bend outwards only, so that the edge stays closed."""
    left, right = (0.4 + 0.3 * wave(flow, period_s, turn) for period_s in (7.3, 8.9))
    eye = _eye(flow)
    return (
        _at(eye, f"reeds{depth}", (rooted(mood.picture(f"reeds_left{depth}"), *MIDDLE, -left),)),
        _at(eye, f"reeds{depth}", (rooted(mood.picture(f"reeds_right{depth}"), *MIDDLE, right),)),
    )


def mist(mood: Mood, alpha: float, flow: float) -> DrawList:
    """The less attention, the more of it."""
    return tuple(
        put(
            mood.picture(f"mist_{i}"),
            x + 24 * wave(flow, period_s),
            y,
            _MIST,
            alpha * (0.93 + 0.07 * wave(flow, 0.6 * period_s)),
        )
        for i, (x, y, period_s) in enumerate(_BANKS, 1)
    )
