"""A place of the marsh in one mood, layer by layer from far to near: sky, clouds, hills, shore, water."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from studio import skies
from studio.brush import Chance, Pixels, Sheet, along, blob, down, ink, rgb, shape
from studio.moods import BLACK, WHITE, Hour, Mood, mix
from studio.picture import HEIGHT, HORIZON, OVER, SPAN, WIDTH, Picture, cropped, over
from studio.places import Place

BELOW, TREES = 14, 92
"""px that mist on the far waterline hangs over the water, and up to where the shore is one strip"""


@dataclass(frozen=True, slots=True)
class Layers:
    """Each (height, SPAN, 4); sky, clouds, hills and shore from the upper edge, water from the horizon down."""

    sky: Pixels
    clouds: Pixels
    hills: Pixels
    shore: Pixels
    water: Pixels

    def toned(self, depth: float) -> "Layers":
        """Darker the higher the power, while light stays light."""
        return replace(self, **{name: toned(getattr(self, name), depth) for name in self.__slots__})

    def whole(self) -> Pixels:
        """(HEIGHT, WIDTH, 4) all that lies behind reeds, heron and mist."""
        out = np.ones((HEIGHT, SPAN, 4), np.float32)
        out[:HORIZON] = self.sky[:HORIZON]
        out[HORIZON:] = self.water
        for layer in (self.clouds, self.hills, self.shore):
            out[: len(layer)] = over(out[: len(layer)], layer)
        return out[:, OVER:-OVER]

    def pictures(self) -> dict[str, Picture]:
        """Held by the middle of the scene; what is clear at the edges is cut off, and tall trees are apart."""
        middle = (SPAN / 2, HEIGHT / 2)
        return {
            "sky": Picture(self.sky, middle, {"horizon": HORIZON}, "webp"),
            "clouds": cropped(self.clouds, middle, file_type="webp"),
            "hills": cropped(self.hills, middle, file_type="webp"),
            **_parts(self.shore),
            "water": Picture(self.water, (SPAN / 2, HEIGHT / 2 - HORIZON), {}, "webp"),
        }


def _parts(shore: Pixels) -> dict[str, Picture]:
    """The low shore, and what stands above it at the left and at the right."""
    split, half = HORIZON - TREES, SPAN // 2
    parts = {
        "shore": (slice(split, None), slice(None)),
        "trees_left": (slice(split), slice(half)),
        "trees_right": (slice(split), slice(half, None)),
    }
    found = {}
    for name, (rows, columns) in parts.items():
        pixels = np.zeros_like(shore)
        pixels[rows, columns] = shore[rows, columns]
        if pixels.any():
            found[name] = cropped(pixels, (SPAN / 2, HEIGHT / 2), margin=0, file_type="webp")
    return found


def toned(pixels: Pixels, depth: float) -> Pixels:
    out = pixels.copy()
    out[..., :3] **= depth
    return out


def layers(place: Place, mood: Mood, hour: Hour, chance: Chance) -> Layers:
    sky, clouds, hills, shore = (_sheet(height) for height in (HORIZON + 2, HORIZON, HORIZON + 1, HORIZON + BELOW))
    _sky(sky.canvas, place, mood, hour, chance)
    if hour.low:
        skies.lenses(clouds.canvas, chance, place.banks, place.sun_x, _clouds(mood, hour), 1.0)
    else:
        skies.heaps(clouds.canvas, chance, _HEAPS[place.seeds[0] % 3], *_heap_tones(mood))
    place.hills(hills.canvas, chance, mood, hour)
    place.shore(shore.canvas, chance, mood, hour)
    _waterline(shore.canvas, mood, chance)
    none_yet = np.zeros((0, SPAN, 4), np.float32)
    painted = Layers(sky.pixels(), clouds.pixels(), hills.pixels(), shore.pixels(), none_yet)
    return replace(painted, water=_water(painted, place, mood, hour, chance))


def _sheet(height: int) -> Sheet:
    """As wide as a layer; what is painted for the picture's width fills it."""
    sheet = Sheet(SPAN, height)
    sheet.canvas.scale(SPAN / WIDTH, 1)
    return sheet


_HEAPS: tuple[tuple[skies.Bank, ...], ...] = (
    ((1085, 236, 170), (800, 262, 110), (210, 214, 150), (36, 262, 120), (620, 286, 84), (1236, 284, 110)),
    ((300, 232, 180), (560, 268, 100), (1010, 210, 150), (1210, 268, 120), (80, 276, 110), (760, 288, 80)),
    ((150, 224, 160), (420, 272, 110), (720, 232, 150), (980, 280, 90), (1190, 238, 150)),
)
"""x, foot and half-length of fair-weather clouds, px"""


def _clouds(mood: Mood, hour: Hour) -> tuple[str, str, str]:
    """Near the light, away from it, in shadow."""
    return (
        mix(hour.glow[0], mood.sky[-1], 0.2),
        mix(mood.sky[-3], hour.glow[1], 0.3),
        mix(mood.sky[1], mood.sky[2], 0.4),
    )


def _heap_tones(mood: Mood) -> tuple[str, str, str]:
    return mix(WHITE, mood.sky[-1], 0.1), mix(mood.sky[-2], WHITE, 0.45), mix(mood.sky[2], WHITE, 0.15)


def _sky(canvas: skia.Canvas, place: Place, mood: Mood, hour: Hour, chance: Chance) -> None:
    skies.gradient(canvas, *mood.sky)
    high, side = mix(mood.sky[0], BLACK, 0.4), mix(mood.sky[0], BLACK, 0.3)
    shade = 0.3 if hour.low else 0.1
    canvas.drawRect(skia.Rect(0, 0, WIDTH, 150), down(0, 150, (high, shade), (high, 0)))
    _sides(canvas, side, HORIZON + 2, shade)
    if hour.moon:
        skies.river(canvas, chance, mix(mood.sky[3], WHITE, 0.4))
        skies.stars(canvas, chance, 150, 250, 0.95, 1.7)
    elif hour.low:
        skies.stars(canvas, chance, 36, 130, 0.55)
    reaches = ((540, 0.34, 0.13), (300, 0.34, 0.13), (170, 0.44, 0.17))
    glow = tuple((reach, hour.strength * near, hour.strength * half) for reach, near, half in reaches)
    skies.shine(canvas, place.sun_x, hour.y, hour.glow, glow)
    skies.disc(canvas, place.sun_x, hour.y, hour.radius, *hour.disc)
    if hour.moon:
        skies.seas(canvas, place.sun_x, hour.y, hour.radius, "#a9b9d8")


def _sides(canvas: skia.Canvas, tone: str, height: float, shade: float) -> None:
    whole = skia.Rect(0, 0, WIDTH, height)
    canvas.drawRect(whole, along((0, 0), (300, 0), (tone, shade), (tone, 0)))
    canvas.drawRect(whole, along((WIDTH, 0), (WIDTH - 260, 0), (tone, 0.9 * shade), (tone, 0)))


def _water(painted: Layers, place: Place, mood: Mood, hour: Hour, chance: Chance) -> Pixels:
    """What stands above, mirrored; on it glints, the way of sun or moon, and the shade at our feet."""
    above = painted.sky[:HORIZON].copy()
    for layer in (painted.clouds, painted.hills, painted.shore):
        part = layer[:HORIZON]
        above[: len(part)] = over(above[: len(part)], part)
    near = _sheet(HEIGHT)
    middle, deep = mood.water
    path = Path(place.sun_x, mix(hour.disc[1], hour.light, 0.3), hour.glow[1])
    if not hour.low:
        path = path._replace(strength=0.55, reach=110.0)
    _light_path(near.canvas, path, chance)
    _glints(near.canvas, (mix(mood.haze, WHITE, 0.2), mix(deep, BLACK, 0.3)), chance)
    low, shade = mix(deep, BLACK, 0.5), 0.3 if hour.low else 0.1
    near.canvas.drawRect(skia.Rect(0, 0, WIDTH, HEIGHT), down(HEIGHT * 0.6, HEIGHT, (low, 0), (low, 1.4 * shade)))
    _sides(near.canvas, mix(deep, BLACK, 0.4), HEIGHT, shade)
    tones = (mix(mood.haze, middle, 0.4), mix(mood.sky[-3], middle, 0.6), middle, mix(middle, deep, 0.6), deep)
    return over(_mirrored(above, tones, chance), near.pixels()[HORIZON:])


class Path(NamedTuple):
    """Of sun or moon on the water. x, reach: its middle and half-width at the horizon, px; strength: 0..1"""

    x: float
    tone: str
    sheen: str
    strength: float = 1.0
    reach: float = 30.0


MIRROR = (0.84, 0.34)
"""Share of what the water mirrors, far and near."""


def _mirrored(above: Pixels, deep_tones: tuple[str, ...], chance: Chance) -> Pixels:
    """The far shore in the water: broken into streaks that lengthen and darken towards us."""
    rows = HEIGHT - HORIZON
    near = np.linspace(0, 1, rows)[:, None]
    streaks = _noise(rows, (1.1, 16), chance) * (1 - near) + _noise(rows, (3.2, 60), chance) * near
    y = HORIZON - 2 - np.arange(rows)[:, None] * 1.04 + streaks * (2 + 24 * near)
    x = np.arange(SPAN)[None, :] + _noise(rows, (1.6, 40), chance) * (1.5 + 9 * near)
    coordinates = np.stack([np.clip(y, 0, HORIZON - 1), np.clip(x, 0, SPAN - 1)])
    soft = gaussian_filter(above[..., :3], (1.2, 0.8, 0))
    mirror = np.stack([map_coordinates(soft[..., k], coordinates, order=1, mode="nearest") for k in range(3)], -1)
    at = np.linspace(0, 1, len(deep_tones))
    deep = np.stack([np.interp(near[:, 0], at, [rgb(c)[k] for c in deep_tones]) for k in range(3)], -1)[:, None, :]
    far_share, near_share = MIRROR
    share = (far_share + (near_share - far_share) * near)[..., None]
    out = np.ones((rows, SPAN, 4), np.float32)
    out[..., :3] = mirror * share + deep * (1 - share)
    out[..., :3] += (streaks * 0.016 * (0.4 + near))[..., None]
    return np.clip(out, 0, 1)


def _noise(rows: int, sigma: tuple[float, float], chance: Chance) -> NDArray[np.float64]:
    """(rows, SPAN) smooth noise of unit spread, long across and short down, as ripples are."""
    seeds = np.array([chance.normal(0, 1) for _ in range(8)])
    white = np.modf(np.sin(np.arange(rows * SPAN) * 12.9898 + seeds.sum()) * 43758.5453)[0].reshape(rows, SPAN)
    soft = gaussian_filter(white, sigma, mode="wrap")
    return np.asarray(soft / soft.std())


def _waterline(canvas: skia.Canvas, mood: Mood, chance: Chance) -> None:
    """Mist lying along the far waterline, and a thin line of light where land ends."""
    for _ in range(26):
        x, w = chance.uniform(-80, WIDTH + 80), chance.uniform(140, 420)
        y = HORIZON + chance.normal(-3, 5)
        canvas.drawOval(skia.Rect(x - w / 2, y - 7, x + w / 2, y + 7), ink(mix(mood.haze, WHITE, 0.1), 0.1, blur=7))
    for _ in range(70):
        x, w = chance.uniform(0, WIDTH), chance.uniform(20, 150)
        y = HORIZON + chance.uniform(-0.5, 4)
        canvas.drawOval(skia.Rect(x - w / 2, y - 0.7, x + w / 2, y + 0.7), ink(mix(mood.haze, WHITE, 0.45), 0.4))


def _light_path(canvas: skia.Canvas, path: Path, chance: Chance) -> None:
    """Sun or moon on the water: short bars, wider and sparser as they come near."""
    wide = path.reach + 94
    canvas.drawPath(
        shape(
            [
                (path.x - path.reach, HORIZON),
                (path.x + path.reach, HORIZON),
                (path.x + wide, HEIGHT),
                (path.x - wide, HEIGHT),
            ]
        ),
        down(
            HORIZON,
            HEIGHT - 60,
            (path.sheen, 0.3 * path.strength),
            (path.sheen, 0.1 * path.strength),
            (path.sheen, 0),
            blur=22,
        ),
    )
    n = 120
    for i in range(n):
        d = (i / n) ** 1.5
        y = HORIZON + 3 + d * (HEIGHT - HORIZON - 40)
        w = (12 + 64 * d) * chance.uniform(0.35, 1.5)
        x = path.x + chance.normal(0, (9 + 34 * d) * path.reach / 26)
        thick = (0.7 + 2.2 * d) * chance.uniform(0.7, 1.2)
        alpha = path.strength * (0.75 - 0.6 * d) * chance.uniform(0.5, 1)
        canvas.drawPath(_glint(x, y, w, thick), ink(path.tone, alpha))


def _glint(x: float, y: float, w: float, thick: float) -> skia.Path:
    return blob(
        [
            (x - w / 2, y),
            (x - w * 0.2, y - thick),
            (x + w * 0.2, y - thick * 0.8),
            (x + w / 2, y),
            (x + w * 0.1, y + thick),
        ]
    )


def _glints(canvas: skia.Canvas, tones: tuple[str, str], chance: Chance) -> None:
    """Quiet ripples everywhere, light and dark."""
    light, dark = tones
    for i in range(210):
        d = chance.uniform(0, 1) ** 1.3
        y, x = HORIZON + 5 + d * (HEIGHT - HORIZON), chance.uniform(-40, WIDTH + 40)
        w = chance.uniform(20, 130) * (0.25 + d)
        tone, alpha = (light, 0.2 - 0.1 * d) if i % 3 else (dark, 0.12)
        canvas.drawPath(_glint(x, y, w, 0.6 + 1.3 * d), ink(tone, alpha))
