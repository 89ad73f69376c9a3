"""Clear water and mist: the two that say how attention is."""

from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree
from studio.brush import (
    Chance,
    Sheet,
    between,
    blob,
    down,
    ink,
    moved,
    ramp,
    ribbon,
    ridge,
    shape,
)
from studio.picture import HEIGHT, WIDTH, Picture, cropped

TOP = 470
"""where clear water begins, px from the top"""


class Bottom(NamedTuple):
    """The colours of one place's pool.

    bed:    water over sand, from far to near
    stones: each in shadow and in light
    foot:   what a stone turns to below, and its shadow
    sand:   light and dark patches
    weed:   three greens
    net:    how much red, green, blue the net of light adds, 0..1
    """

    bed: tuple[str, ...]
    stones: tuple[tuple[str, str], ...]
    foot: tuple[str, str]
    sand: tuple[str, str]
    weed: tuple[str, str, str]
    net: tuple[float, float, float]


def clear(bottom: Bottom, chance: Chance) -> Picture:
    """A pool that one can see into: sand, stones, weed and the net of light on them."""
    sheet = Sheet(WIDTH, HEIGHT)
    canvas = sheet.canvas
    canvas.drawRect(skia.Rect(0, TOP, WIDTH, HEIGHT), down(TOP, HEIGHT, *bottom.bed))
    _sand(canvas, bottom, chance)
    _weed(canvas, bottom, chance, 26, 0.45)
    _stones(canvas, bottom, chance)
    _weed(canvas, bottom, chance, 16, 0.8)
    pixels = sheet.pixels()
    light = _caustics(chance)[..., None]
    pixels[..., :3] = np.clip(pixels[..., :3] + light * np.array(bottom.net), 0, 1)
    pixels[..., 3] = _opening(chance)
    return cropped(pixels, (WIDTH / 2, HEIGHT / 2), file_type="webp")


def _sand(canvas: skia.Canvas, bottom: Bottom, chance: Chance) -> None:
    light, dark = bottom.sand
    for _ in range(24):
        d = chance.uniform(0.1, 1)
        x, y = chance.uniform(0, WIDTH), TOP + d * (HEIGHT - TOP)
        w, h = chance.uniform(90, 300) * (0.4 + d), chance.uniform(6, 20) * (0.4 + d)
        tone = light if chance.uniform(0, 1) < 0.55 else dark
        canvas.drawPath(_pebble(x, y, w, h, chance), ink(tone, 0.16, blur=5))


def _pebble(x: float, y: float, rx: float, ry: float, chance: Chance) -> skia.Path:
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    return blob(
        [
            (x + rx * chance.uniform(0.86, 1.1) * np.cos(a), y + ry * chance.uniform(0.86, 1.1) * np.sin(a))
            for a in angles
        ]
    )


def _stones(canvas: skia.Canvas, bottom: Bottom, chance: Chance) -> None:
    places = []
    foot, shadow = bottom.foot
    for _ in range(11):
        cx, d = chance.uniform(60, WIDTH - 60), chance.uniform(0.16, 1.0)
        for _ in range(int(chance.uniform(3, 8))):
            deep = float(np.clip(d + chance.normal(0, 0.07), 0.1, 1.04))
            places.append((deep, cx + chance.normal(0, 60 * (0.4 + d))))
    for d, x in sorted(places):
        y = TOP + d * (HEIGHT - TOP)
        rx = chance.uniform(9, 30) * (0.35 + 0.85 * d)
        ry = rx * chance.uniform(0.42, 0.56)
        tone, lit = bottom.stones[int(chance.uniform(0, len(bottom.stones)))]
        body = _pebble(x, y, rx, ry, chance)
        canvas.drawPath(_pebble(x + 2, y + ry * 0.55, rx * 1.08, ry * 0.7, chance), ink(shadow, 0.35, blur=3))
        canvas.save()
        canvas.clipPath(body, doAntiAlias=True)
        canvas.drawPath(body, down(y - ry, y + ry, tone, foot))
        canvas.drawPath(_pebble(x - rx * 0.1, y - ry * 0.55, rx * 0.72, ry * 0.55, chance), ink(lit, 0.6, blur=1.2))
        canvas.restore()


def _weed(canvas: skia.Canvas, bottom: Bottom, chance: Chance, tufts: int, alpha: float) -> None:
    for _ in range(tufts):
        d = chance.uniform(0.25, 1.1)
        x0, y0 = chance.uniform(30, WIDTH - 30), TOP + d * (HEIGHT - TOP)
        tone = bottom.weed[int(chance.uniform(0, 3))]
        for _ in range(int(chance.uniform(4, 8))):
            h, lean = chance.uniform(26, 70) * (0.3 + 0.75 * d), chance.normal(10, 12) * (0.4 + d)
            x, sway = x0 + chance.normal(0, 12 * d), chance.uniform(-7, 7) * d
            stem = [
                (x, y0),
                (x + lean * 0.2 + sway, y0 - h * 0.35),
                (x + lean * 0.6 - sway, y0 - h * 0.7),
                (x + lean, y0 - h),
            ]
            canvas.drawPath(ribbon(stem, (3.4 * d + 1, 3.6 * d + 1, 2.4 * d, 0.4)), ink(tone, alpha, blur=0.7))


def _caustics(chance: Chance) -> NDArray[np.float64]:
    """(HEIGHT, WIDTH) the bright net of sunlight, 0..1: where two nearest points are equally far (Worley 1996)."""
    depth = np.arange(HEIGHT - TOP) + 34.0
    y, x = np.meshgrid(3400 * np.log(depth / 30) / 10, np.arange(WIDTH, dtype=float), indexing="ij")
    scale = (60 / depth)[:, None] ** 0.62
    warp = 12 * np.sin(x * scale / 23 + y / 31) + 8 * np.sin(x * scale / 11 - y / 17 + 1.3)
    u, v = (x - WIDTH / 2) * scale + warp, y + 9 * np.sin(x * scale / 19 + 0.7)
    points = np.array([(chance.uniform(-1000, 1000), chance.uniform(-40, 760)) for _ in range(1500)])
    distance, _ = cKDTree(points).query(np.column_stack([u.ravel(), v.ravel()]), k=2)
    net = np.exp(-(distance[:, 1] - distance[:, 0]) / 2.3).reshape(u.shape)
    out = np.zeros((HEIGHT, WIDTH))
    patches = gaussian_filter(np.sin(u / 61 + 0.4) * np.sin(v / 47), 12)
    out[TOP:] = gaussian_filter(net, 0.8) * np.clip(0.62 + 0.7 * patches, 0.15, 1)
    return out


def _opening(chance: Chance) -> NDArray[np.float64]:
    """(HEIGHT, WIDTH) alpha: a wide pool in the middle of the near water whose rim wanders."""
    rim = TOP + 26 + 15 * gaussian_filter(ridge(WIDTH, chance, 4, 4), 12)
    sides = ((np.arange(WIDTH) - 690) / 640) ** 4 * 250
    y = np.arange(HEIGHT)[:, None]
    ripple = 5 * np.sin(y / 3.1) * np.sin(np.arange(WIDTH)[None, :] / 90 + y / 13)
    return 0.94 * ramp(0, 92, y - (rim + sides)[None, :] + ripple)


MIST_SCALE = 2.0
"""Mist is soft: its pictures are half as large as the game shows them."""


def mist(chance: Chance, top: str, low: str) -> list[Picture]:
    """Three bands of low mist, each a pile of flat soft banks."""
    return [_band(chance, *size, top, low) for size in ((550, 95, 26), (450, 75, 20), (620, 115, 30))]


def _band(chance: Chance, width: int, height: int, banks: int, over: str, under: str) -> Picture:
    sheet = Sheet(width, height)
    for i in range(banks):
        w = chance.uniform(0.12, 0.34) * width
        x = width / 2 + float(np.clip(chance.normal(0, 0.19), -0.31, 0.31)) * width
        y = height * (0.34 + 0.36 * i / banks) + chance.normal(0, height * 0.04)
        thick = height * chance.uniform(0.05, 0.12)
        at = np.linspace(-1, 1, 60)
        top = -thick * (1 - at**2) * (1.1 + 0.5 * gaussian_filter(ridge(60, chance, 3, 2), 3))
        low = thick * 0.6 * (1 - at**2)
        edge = moved(between(at * w, top, low), x, y)
        paint = down(y - thick, y + thick, (over, 0.27), (under, 0.17), blur=height * 0.055)
        sheet.canvas.drawPath(shape(edge), paint)
    pixels = sheet.pixels()
    ends = ramp(0, 0.2, np.linspace(0, 1, width)) * ramp(1, 0.8, np.linspace(0, 1, width))
    brims = ramp(0, 0.22, np.linspace(0, 1, height)) * ramp(1, 0.78, np.linspace(0, 1, height))
    pixels[..., 3] *= ends[None, :] * brims[:, None]
    pixels[..., 3] *= pixels[..., 3] > 2 / 255  # what nobody sees is cut off
    return cropped(pixels, (width / 2, height / 2), margin=0, file_type="webp")


def shafts(tone: str) -> Picture:
    """Slanting light, to be added very faintly; held by their middle."""
    width, height = 410, 260
    sheet = Sheet(width, height)
    sheet.canvas.scale(0.5, 0.5)
    for start, spread, alpha in ((90, 60, 0.3), (210, 110, 0.22), (390, 74, 0.3), (530, 150, 0.16)):
        beam = [(start + 250, 0), (start + 250 + spread * 0.35, 0), (start + spread, 520), (start, 520)]
        paint = down(0, 520, (tone, alpha), (tone, alpha * 0.5), (tone, 0), blur=14)
        sheet.canvas.drawPath(shape(beam), paint)
    pixels = sheet.pixels()
    pixels[..., 3] *= ramp(0, 0.24, np.linspace(0, 1, height))[:, None]
    return Picture(pixels, (width / 2, height / 2), file_type="webp")


def glint(tone: str) -> Picture:
    """A short bar of light on the water."""
    sheet = Sheet(96, 12)
    bar = [(4, 6), (30, 3.4), (62, 3.8), (92, 6), (60, 8.4), (28, 8)]
    sheet.canvas.drawPath(blob(bar), ink(tone, 0.95, blur=0.7))
    return Picture(sheet.pixels(), (48, 6))
