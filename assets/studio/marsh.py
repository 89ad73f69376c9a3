"""A place of the marsh from far to near: sky, far shore, and the water that mirrors them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from studio.brush import Chance, Pixels, Sheet, along, blob, down, ink, rgb, shape
from studio.picture import Picture
from studio.skies import HORIZON, WIDTH

HEIGHT = 720


class Path(NamedTuple):
    """Of sun or moon on the water. x, reach: its middle and half-width at the horizon, px; strength: 0..1"""

    x: float
    tone: str
    sheen: str
    strength: float = 1.0
    reach: float = 26.0


class Country(NamedTuple):
    """What one place is painted with.

    sky, shore: what paints them
    water:      colours of deep water from the horizon to our feet
    mirror:     share of what it mirrors, far and near
    mist, edge: colours at the far waterline: of mist, of the line of light
    glints:     light and dark ripples
    frame:      lower edge, sides and upper edge of the picture
    depth:      all is raised to this power, so that the mean luminance is as levels ask and light stays light
    """

    sky: Callable[[skia.Canvas, Chance], None]
    shore: Callable[[skia.Canvas, Chance], None]
    water: tuple[str, str, str, str, str]
    mirror: tuple[float, float]
    path: Path
    mist: str
    edge: str
    glints: tuple[str, str]
    frame: tuple[str, str, str]
    depth: float


def back(country: Country, chance: Chance) -> Picture:
    """All that lies behind reeds, heron and mist."""
    far = Sheet(WIDTH, HEIGHT)
    country.sky(far.canvas, chance)
    country.shore(far.canvas, chance)
    pixels = far.pixels()
    pixels[HORIZON:] = _mirrored(pixels[:HORIZON], country, chance)
    near = Sheet(WIDTH, HEIGHT)
    _shore(near.canvas, country, chance)
    _light_path(near.canvas, country.path, chance)
    _glints(near.canvas, country.glints, chance)
    _vignette(near.canvas, country.frame)
    above = near.pixels()
    a = above[..., 3:]
    pixels[..., :3] = above[..., :3] * a + pixels[..., :3] * (1 - a)
    pixels[..., :3] **= country.depth
    pixels[..., 3] = 1
    return Picture(pixels, (WIDTH / 2, HEIGHT / 2), {"horizon": HORIZON}, "webp")


def _mirrored(above: Pixels, country: Country, chance: Chance) -> Pixels:
    """The far shore in the water: broken into streaks that lengthen and darken towards us."""
    rows = HEIGHT - HORIZON
    near = np.linspace(0, 1, rows)[:, None]
    streaks = _noise(rows, (1.1, 16), chance) * (1 - near) + _noise(rows, (3.2, 60), chance) * near
    y = HORIZON - 2 - np.arange(rows)[:, None] * 1.04 + streaks * (2 + 24 * near)
    x = np.arange(WIDTH)[None, :] + _noise(rows, (1.6, 40), chance) * (1.5 + 9 * near)
    coordinates = np.stack([np.clip(y, 0, HORIZON - 1), np.clip(x, 0, WIDTH - 1)])
    soft = gaussian_filter(above[..., :3], (1.2, 0.8, 0))
    mirror = np.stack([map_coordinates(soft[..., k], coordinates, order=1, mode="nearest") for k in range(3)], -1)
    at = np.linspace(0, 1, len(country.water))
    deep = np.stack([np.interp(near[:, 0], at, [rgb(c)[k] for c in country.water]) for k in range(3)], -1)[:, None, :]
    far_share, near_share = country.mirror
    share = (far_share + (near_share - far_share) * near)[..., None]
    out = np.ones((rows, WIDTH, 4), np.float32)
    out[..., :3] = mirror * share + deep * (1 - share)
    out[..., :3] += (streaks * 0.016 * (0.4 + near))[..., None]
    return np.clip(out, 0, 1)


def _noise(rows: int, sigma: tuple[float, float], chance: Chance) -> NDArray[np.float64]:
    """(rows, WIDTH) smooth noise of unit spread, long across and short down, as ripples are."""
    seeds = np.array([chance.normal(0, 1) for _ in range(8)])
    white = np.modf(np.sin(np.arange(rows * WIDTH) * 12.9898 + seeds.sum()) * 43758.5453)[0].reshape(rows, WIDTH)
    soft = gaussian_filter(white, sigma, mode="wrap")
    return np.asarray(soft / soft.std())


def _shore(canvas: skia.Canvas, country: Country, chance: Chance) -> None:
    """Mist lying along the far waterline, and a thin line of light where land ends."""
    for _ in range(26):
        x, w = chance.uniform(-80, WIDTH + 80), chance.uniform(140, 420)
        y = HORIZON + chance.normal(-3, 5)
        canvas.drawOval(skia.Rect(x - w / 2, y - 7, x + w / 2, y + 7), ink(country.mist, 0.1, blur=7))
    for _ in range(70):
        x, w = chance.uniform(0, WIDTH), chance.uniform(20, 150)
        y = HORIZON + chance.uniform(-0.5, 4)
        canvas.drawOval(skia.Rect(x - w / 2, y - 0.7, x + w / 2, y + 0.7), ink(country.edge, 0.4))


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


def _vignette(canvas: skia.Canvas, tones: tuple[str, str, str]) -> None:
    low, side, high = tones
    whole = skia.Rect(0, 0, WIDTH, HEIGHT)
    canvas.drawRect(whole, down(HEIGHT * 0.6, HEIGHT, (low, 0), (low, 0.42)))
    canvas.drawRect(whole, along((0, 0), (300, 0), (side, 0.3), (side, 0)))
    canvas.drawRect(whole, along((WIDTH, 0), (WIDTH - 260, 0), (side, 0.26), (side, 0)))
    canvas.drawRect(whole, down(0, 150, (high, 0.3), (high, 0)))
