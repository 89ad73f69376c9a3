"""The marsh at dawn from far to near: sky, hills, woods, and the water that mirrors them."""

import numpy as np
import skia
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from studio.brush import (
    Chance,
    Pixels,
    Sheet,
    along,
    around,
    between,
    blob,
    down,
    ink,
    moved,
    ramp,
    rgb,
    ridge,
    shape,
)
from studio.picture import Picture

WIDTH, HEIGHT, HORIZON = 1280, 720, 372
SUN_X, SUN_Y, SUN_RADIUS = 872.0, 268.0, 40.0

SKY = ("#34427a", "#4a5a94", "#7679ae", "#a992bb", "#d7aab3", "#eec2a6", "#f5d2aa")
HILLS = (("#a597bb", "#dcb3b4"), ("#8585b2", "#c3a4b6"), ("#6a74a6", "#a697b7"), ("#54659a", "#8a8ab2"))
RANGES = (
    (250, 230, 62, 13, 316, 364),
    (640, 330, 42, 11, 330, 324),
    (1120, 260, 56, 9, 340, 344),
    (120, 260, 34, 6, 352, 364),
)
"""of each hill: middle, half-width, rise, roughness, base, and where it has turned to haze, px"""
WOODS = (("#4c5d90", "#7d82ad"), ("#3b4f80", "#62719f"), ("#2a3d69", "#465a8a"))
CLOUDS = (
    *((150, 92, 300), (1040, 60, 420), (560, 118, 260), (1200, 138, 300), (60, 190, 300), (420, 214, 300)),
    *((1090, 204, 300), (690, 176, 230), (230, 252, 200), (640, 250, 210), (1230, 246, 160)),
)
"""x, y and half-length of each bank, px"""
WATER = ("#c9abb6", "#8d8bb4", "#5a6da0", "#375084", "#263c6c")


def dawn_back(chance: Chance) -> Picture:
    far = Sheet(WIDTH, HEIGHT)
    _sky(far.canvas, chance)
    _hills(far.canvas, chance)
    _woods(far.canvas, chance)
    pixels = far.pixels()
    pixels[HORIZON:] = _mirrored(pixels[:HORIZON], chance)
    near = Sheet(WIDTH, HEIGHT)
    _shore(near.canvas, chance)
    _light_path(near.canvas, chance)
    _glints(near.canvas, chance)
    _vignette(near.canvas)
    above = near.pixels()
    a = above[..., 3:]
    pixels[..., :3] = above[..., :3] * a + pixels[..., :3] * (1 - a)
    pixels[..., :3] *= 0.955  # the mean luminance that the level asks for
    pixels[..., 3] = 1
    return Picture(pixels, (WIDTH / 2, HEIGHT / 2), {"horizon": HORIZON})


def _sky(canvas: skia.Canvas, chance: Chance) -> None:
    canvas.drawRect(skia.Rect(0, 0, WIDTH, HORIZON), down(0, HORIZON - 30, *SKY))
    for _ in range(34):  # the last stars
        y = chance.uniform(0, 130)
        canvas.drawCircle(chance.uniform(0, WIDTH), y, chance.uniform(0.5, 1.2), ink("#fdf3e3", 0.55 * (1 - y / 140)))
    for radius, alpha in ((520, 0.34), (300, 0.32), (170, 0.42)):
        glow = around(SUN_X, SUN_Y, radius, ("#ffdca6", alpha), ("#ffd0a0", alpha * 0.35), ("#ffc9a0", 0))
        canvas.drawCircle(SUN_X, SUN_Y, radius, glow)
    _clouds(canvas, chance)
    canvas.drawCircle(SUN_X, SUN_Y, SUN_RADIUS + 5, ink("#ffe8c0", 0.5, blur=5))
    canvas.drawCircle(SUN_X, SUN_Y, SUN_RADIUS, down(SUN_Y - 40, SUN_Y + 40, "#fff3d8", "#ffe2b4"))
    _birds(canvas)


def _birds(canvas: skia.Canvas) -> None:
    for x, y, size in ((352, 150, 9), (374, 141, 8), (398, 146, 7.5), (383, 160, 7), (424, 139, 6.5), (447, 147, 6)):
        at = np.linspace(-1, 1, 25)
        lift = np.sin(np.abs(at) * 2.2 + 0.35) * size * 0.5
        wings = between(at * size, -lift - 0.9, -lift * 0.86 + 0.7)
        canvas.drawPath(shape(moved(wings, x, y)), ink("#3d4b80", 0.8))


def _clouds(canvas: skia.Canvas, chance: Chance) -> None:
    """Thin banks of lens-shaped cloud, lit from below by the sun that is still low."""
    for x, y, length in CLOUDS:
        warm = float(np.exp(-(((x - SUN_X) / 460) ** 2)) * ramp(50, 190, y))
        lit = "#ffdbb0" if warm > 0.4 else "#efbfbb"
        for _ in range(7):
            w = length * chance.uniform(0.25, 0.62)
            cx, cy = x + chance.normal(0, length * 0.24), y + chance.normal(0, 5)
            _lens(canvas, cx, cy, w, (lit, 0.16 + 0.3 * warm + 0.0006 * y))


def _lens(canvas: skia.Canvas, x: float, y: float, w: float, lit: tuple[str, float]) -> None:
    at = np.linspace(-1, 1, 60)
    swell = (1 - at**2) ** 1.6
    thick = 2 + w * 0.026
    tone, alpha = lit
    paint = down(y - thick, y + thick * 0.55, ("#8f83b2", alpha * 0.5), lit, (tone, alpha * 0.8), blur=1.2)
    canvas.drawPath(shape(moved(between(at * w, -thick * swell, thick * 0.55 * swell), x, y)), paint)


def _hills(canvas: skia.Canvas, chance: Chance) -> None:
    """Four ranges, each nearer one darker, that dissolve downwards into haze."""
    x = np.linspace(0, WIDTH, 321)
    for (middle, spread, rise, rough, base, foot), (tone, haze) in zip(RANGES, HILLS, strict=True):
        peak = np.exp(-(((x - middle) / spread) ** 2))
        shoulder = np.exp(-(((x - middle - 420) / (spread * 0.8)) ** 2))
        y = base - rise * (peak + 0.55 * shoulder) - rough * ridge(len(x), chance, 3, 5)
        canvas.drawPath(shape(between(x, y, np.full_like(x, HORIZON))), down(float(y.min()), foot, tone, haze))


def _woods(canvas: skia.Canvas, chance: Chance) -> None:
    """Three belts of trees, each nearer one darker, standing in the mist of the shore."""
    x = np.arange(WIDTH + 1)
    t = x / WIDTH
    heights = (
        13 * (0.75 + 0.25 * np.sin(9 * t)),
        30 * (ramp(0.55, 0.2, t) + 0.95 * ramp(0.74, 0.98, t)),
        54 * (ramp(0.3, 0.02, t) + 1.05 * ramp(0.88, 1.0, t)),
    )
    for tall, base, (tone, haze) in zip(heights, (355, 362, HORIZON), WOODS, strict=True):
        scrub = base + 3 - 0.4 * tall * (1 + 0.2 * ridge(len(x), chance, 20, 2))
        trees = shape(between(x, scrub, np.full_like(t, base + 6)))
        at = 0.0
        while at < WIDTH:
            h = float(tall[int(at)]) * chance.uniform(0.55, 1.15)
            w = chance.uniform(0.5, 0.85) * (10 + h * 0.42)
            if h > 3:
                trees.addPath(_tree(at, base, w, h, chance))
            at += w * chance.uniform(0.42, 0.8)
        canvas.drawPath(trees, down(base - tall.max() * 1.1, HORIZON + 2, tone, tone, haze))
        if base < HORIZON:
            canvas.drawRect(skia.Rect(0, base - 2, WIDTH, HORIZON), down(base - 2, HORIZON, (haze, 0.9), haze))
            canvas.drawRect(skia.Rect(-60, base - 6, WIDTH + 60, HORIZON), ink("#e6c3c0", 0.2, blur=7))


def _tree(x: float, base: float, w: float, h: float, chance: Chance) -> skia.Path:
    """A round crown, a poplar or a fir."""
    kind = chance.uniform(0, 1)
    if kind < 0.62:
        lobes = [
            (-0.5, 0),
            (-0.56, 0.34),
            (-0.4, 0.72),
            (-0.12, 0.97),
            (0.18, 0.94),
            (0.45, 0.66),
            (0.55, 0.3),
            (0.5, 0),
        ]
        wobble = [(a * w + chance.normal(0, w * 0.03), -b * h * chance.uniform(0.94, 1.05)) for a, b in lobes]
        return blob([*[(x + a, base + b) for a, b in wobble], (x + w * 0.4, base + 6), (x - w * 0.4, base + 6)])
    if kind < 0.84:
        slim = w * 0.3
        return blob(
            [
                (x - slim, base + 5),
                (x - slim, base - h * 0.5),
                (x, base - h * 1.25),
                (x + slim, base - h * 0.5),
                (x + slim, base + 5),
            ]
        )
    steps = 4
    left = [
        (x - w * 0.36 * (1 - i / steps) * (1 if j == 0 else 0.62), base - h * 1.15 * (i + j * 0.75) / steps)
        for i in range(steps)
        for j in (0, 1)
    ]
    right = [(2 * x - a, b) for a, b in reversed(left)]
    return shape([(x - w * 0.36, base + 6), *left, (x, base - h * 1.2), *right, (x + w * 0.36, base + 6)])


def _mirrored(above: Pixels, chance: Chance) -> Pixels:
    """The far shore in the water: broken into streaks that lengthen and darken towards us."""
    rows = HEIGHT - HORIZON
    near = np.linspace(0, 1, rows)[:, None]
    streaks = _noise(rows, (1.1, 16), chance) * (1 - near) + _noise(rows, (3.2, 60), chance) * near
    y = HORIZON - 2 - np.arange(rows)[:, None] * 1.04 + streaks * (2 + 24 * near)
    x = np.arange(WIDTH)[None, :] + _noise(rows, (1.6, 40), chance) * (1.5 + 9 * near)
    coordinates = np.stack([np.clip(y, 0, HORIZON - 1), np.clip(x, 0, WIDTH - 1)])
    soft = gaussian_filter(above[..., :3], (1.2, 0.8, 0))
    mirror = np.stack([map_coordinates(soft[..., k], coordinates, order=1, mode="nearest") for k in range(3)], -1)
    at = np.linspace(0, 1, len(WATER))
    deep = np.stack([np.interp(near[:, 0], at, [rgb(c)[k] for c in WATER]) for k in range(3)], -1)[:, None, :]
    share = (0.86 - 0.5 * near)[..., None]
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


def _shore(canvas: skia.Canvas, chance: Chance) -> None:
    """Mist lying along the far waterline, and a thin line of light where land ends."""
    for _ in range(26):
        x, w = chance.uniform(-80, WIDTH + 80), chance.uniform(140, 420)
        y = HORIZON + chance.normal(-3, 5)
        canvas.drawOval(skia.Rect(x - w / 2, y - 7, x + w / 2, y + 7), ink("#f0cfc4", 0.1, blur=7))
    for _ in range(70):
        x, w = chance.uniform(0, WIDTH), chance.uniform(20, 150)
        y = HORIZON + chance.uniform(-0.5, 4)
        canvas.drawOval(skia.Rect(x - w / 2, y - 0.7, x + w / 2, y + 0.7), ink("#fbe0cb", 0.4))


def _light_path(canvas: skia.Canvas, chance: Chance) -> None:
    """The sun on the water: short bars, wider and sparser as they come near."""
    canvas.drawPath(
        shape([(SUN_X - 26, HORIZON), (SUN_X + 26, HORIZON), (SUN_X + 120, HEIGHT), (SUN_X - 120, HEIGHT)]),
        down(HORIZON, HEIGHT - 60, ("#ffdcb0", 0.3), ("#ffd6b4", 0.1), ("#ffd6b4", 0), blur=22),
    )
    n = 120
    for i in range(n):
        d = (i / n) ** 1.5
        y = HORIZON + 3 + d * (HEIGHT - HORIZON - 40)
        w = (12 + 64 * d) * chance.uniform(0.35, 1.5)
        x = SUN_X + chance.normal(0, 9 + 34 * d)
        thick = (0.7 + 2.2 * d) * chance.uniform(0.7, 1.2)
        canvas.drawPath(_glint(x, y, w, thick), ink("#ffe9c6", (0.75 - 0.6 * d) * chance.uniform(0.5, 1)))


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


def _glints(canvas: skia.Canvas, chance: Chance) -> None:
    """Quiet ripples everywhere, light and dark."""
    for i in range(210):
        d = chance.uniform(0, 1) ** 1.3
        y, x = HORIZON + 5 + d * (HEIGHT - HORIZON), chance.uniform(-40, WIDTH + 40)
        w = chance.uniform(20, 130) * (0.25 + d)
        tone, alpha = ("#f3d3cc", 0.2 - 0.1 * d) if i % 3 else ("#1d2f5c", 0.12)
        canvas.drawPath(_glint(x, y, w, 0.6 + 1.3 * d), ink(tone, alpha))


def _vignette(canvas: skia.Canvas) -> None:
    whole = skia.Rect(0, 0, WIDTH, HEIGHT)
    canvas.drawRect(whole, down(HEIGHT * 0.6, HEIGHT, ("#14234c", 0), ("#14234c", 0.42)))
    canvas.drawRect(whole, along((0, 0), (300, 0), ("#2a2459", 0.3), ("#2a2459", 0)))
    canvas.drawRect(whole, along((WIDTH, 0), (WIDTH - 260, 0), ("#2a2459", 0.26), ("#2a2459", 0)))
    canvas.drawRect(whole, down(0, 150, ("#1b2858", 0.3), ("#1b2858", 0)))
