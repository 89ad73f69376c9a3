"""What hangs in the sky of each hour: its colours, sun or moon, clouds, stars, birds."""

from collections.abc import Iterable

import numpy as np
import skia
from studio.brush import Chance, Stop, around, between, down, ink, moved, oval, ramp, shape
from studio.picture import HORIZON, WIDTH

Bank = tuple[float, float, float]
"""x, y and half-length of a bank of cloud, px"""


def gradient(canvas: skia.Canvas, *tones: Stop) -> None:
    canvas.drawRect(skia.Rect(0, 0, WIDTH, HORIZON), down(0, HORIZON - 30, *tones))


def stars(canvas: skia.Canvas, chance: Chance, number: int, foot: float, alpha: float, largest: float = 1.2) -> None:
    """Fewer and fainter downwards, none below foot, px."""
    for _ in range(number):
        y = chance.uniform(0, foot)
        x, radius = chance.uniform(0, WIDTH), chance.uniform(0.5, largest)
        canvas.drawCircle(x, y, radius, ink("#fdf3e3", alpha * (1 - y / (foot + 10))))


def shine(canvas: skia.Canvas, x: float, y: float, tones: tuple[str, str, str], reaches: Iterable[Bank]) -> None:
    """The glow about sun or moon; of each reach: radius in px, alpha at its middle and half-way."""
    for radius, middle, half in reaches:
        near, between_, far = tones
        canvas.drawCircle(x, y, radius, around(x, y, radius, (near, middle), (between_, half), (far, 0)))


def disc(canvas: skia.Canvas, x: float, y: float, radius: float, rim: str, top: str, low: str) -> None:
    canvas.drawCircle(x, y, radius + 5, ink(rim, 0.5, blur=5))
    canvas.drawCircle(x, y, radius, down(y - radius, y + radius, top, low))


def seas(canvas: skia.Canvas, x: float, y: float, radius: float, tone: str) -> None:
    """The soft grey seas of the moon."""
    canvas.save()
    canvas.clipPath(oval(x, y, radius, radius), doAntiAlias=True)
    for dx, dy, rx, ry in ((-0.3, -0.25, 0.3, 0.24), (0.12, -0.42, 0.22, 0.15), (-0.42, 0.2, 0.2, 0.26)):
        canvas.drawPath(oval(x + dx * radius, y + dy * radius, rx * radius, ry * radius), ink(tone, 0.34, blur=3))
    canvas.drawPath(oval(x + 0.3 * radius, y + 0.3 * radius, 0.26 * radius, 0.2 * radius), ink(tone, 0.26, blur=3))
    canvas.restore()


def birds(canvas: skia.Canvas, tone: str, dx: float = 0.0, dy: float = 0.0) -> None:
    for x, y, size in ((352, 150, 9), (374, 141, 8), (398, 146, 7.5), (383, 160, 7), (424, 139, 6.5), (447, 147, 6)):
        at = np.linspace(-1, 1, 25)
        lift = np.sin(np.abs(at) * 2.2 + 0.35) * size * 0.5
        wings = between(at * size, -lift - 0.9, -lift * 0.86 + 0.7)
        canvas.drawPath(shape(moved(wings, x + dx, y + dy)), ink(tone, 0.8))


def lenses(
    canvas: skia.Canvas,
    chance: Chance,
    banks: Iterable[Bank],
    sun_x: float,
    tones: tuple[str, str, str],
    strength: float = 1.0,
) -> None:
    """Thin banks of lens-shaped cloud, lit from below by a low sun; tones: near the sun, away from it, in shadow."""
    warm_tone, cool_tone, shade = tones
    for x, y, length in banks:
        warm = float(np.exp(-(((x - sun_x) / 460) ** 2)) * ramp(50, 190, y))
        lit = warm_tone if warm > 0.4 else cool_tone
        for _ in range(7):
            w = length * chance.uniform(0.25, 0.62)
            cx, cy = x + chance.normal(0, length * 0.24), y + chance.normal(0, 5)
            _lens(canvas, cx, cy, w, (lit, strength * (0.16 + 0.3 * warm + 0.0006 * y)), shade)


def _lens(canvas: skia.Canvas, x: float, y: float, w: float, lit: tuple[str, float], shade: str) -> None:
    at = np.linspace(-1, 1, 60)
    swell = (1 - at**2) ** 1.6
    thick = 2 + w * 0.026
    tone, alpha = lit
    paint = down(y - thick, y + thick * 0.55, (shade, alpha * 0.5), lit, (tone, alpha * 0.8), blur=1.2)
    canvas.drawPath(shape(moved(between(at * w, -thick * swell, thick * 0.55 * swell), x, y)), paint)


def heaps(canvas: skia.Canvas, chance: Chance, banks: Iterable[Bank], lit: str, body: str, foot: str) -> None:
    """Fair-weather clouds: round heaps over one flat foot, lit from above; of each: x, foot y, half-length, px."""
    for x, y, length in banks:
        lumps = []
        for share in np.linspace(-0.92, 0.92, 11):
            tall = (1 - share**2) ** 0.7 * chance.uniform(0.55, 1.1)
            lumps.append((x + share * length, y - 0.16 * length * tall, (0.1 + 0.17 * tall) * length))
        heap = skia.Path()
        for cx, cy, r in lumps:
            heap = skia.Op(heap, oval(cx, cy, r, r * 0.86), skia.PathOp.kUnion_PathOp)
        top = y - 0.5 * length
        canvas.save()
        canvas.clipRect(skia.Rect(0, 0, WIDTH, y))
        canvas.drawPath(heap, down(top, y, lit, body, (foot, 0.85), blur=1.0))
        canvas.clipPath(heap, doAntiAlias=True)
        for cx, cy, r in lumps:
            canvas.drawPath(oval(cx - r * 0.18, cy - r * 0.34, r * 0.72, r * 0.5), ink(lit, 0.5, blur=r * 0.16))
            canvas.drawPath(oval(cx + r * 0.3, cy + r * 0.5, r * 0.8, r * 0.42), ink(foot, 0.4, blur=r * 0.2))
        canvas.restore()
        canvas.drawPath(oval(x, y, length * 0.98, 2.6), ink(foot, 0.5, blur=3))


def river(canvas: skia.Canvas, chance: Chance, tone: str) -> None:
    """The Milky Way: drifts of faint light with star dust in them, on a long arch."""
    t = np.linspace(0, 1, 46)
    x, y = -60 + 760 * t, 250 - 330 * np.sin(0.16 * np.pi + 0.5 * np.pi * t) * t**0.35 + 40
    for cx, cy, share in zip(x, y, t, strict=True):
        bulge = 0.6 + 0.6 * np.sin(np.pi * share)
        for _ in range(3):
            rx, ry = 58 * bulge * chance.uniform(0.5, 1.2), 30 * bulge * chance.uniform(0.4, 1.1)
            at = (cx + chance.normal(0, 16), cy + chance.normal(0, 15 * bulge))
            canvas.drawPath(oval(*at, rx, ry), ink(tone, 0.034, blur=14))
    for _ in range(320):
        share = int(chance.uniform(0, len(t)))
        px, py = x[share] + chance.normal(0, 26), y[share] + chance.normal(0, 22)
        if 0 < py < 290:
            canvas.drawCircle(px, py, chance.uniform(0.3, 0.95), ink("#fdf6ea", 0.6 * (1 - py / 320)))
