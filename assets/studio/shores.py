"""What stands on the far shore: hills, mountains, woods, reed land, old willows."""

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray
from studio.brush import Chance, between, blob, curve, down, ink, oval, ramp, ribbon, ridge, shape
from studio.picture import HORIZON, WIDTH

Tones = tuple[str, str]
"""of something far away: its own, and that of the haze it stands in"""
Range = tuple[float, float, float, float, float, float]
"""of a hill: middle, half-width, rise, roughness, base, and where it has turned to haze, px"""


def hills(canvas: skia.Canvas, chance: Chance, ranges: Sequence[Range], tones: Sequence[Tones]) -> None:
    """Each nearer one darker; they dissolve downwards into haze."""
    x = np.linspace(0, WIDTH, 321)
    for (middle, spread, rise, rough, base, foot), (tone, haze) in zip(ranges, tones, strict=True):
        peak = np.exp(-(((x - middle) / spread) ** 2))
        shoulder = np.exp(-(((x - middle - 420) / (spread * 0.8)) ** 2))
        y = base - rise * (peak + 0.55 * shoulder) - rough * ridge(len(x), chance, 3, 5)
        canvas.drawPath(shape(between(x, y, np.full_like(x, HORIZON))), down(float(y.min()), foot, tone, haze))


def mountains(
    canvas: skia.Canvas, chance: Chance, ranges: Sequence[Range], tones: Sequence[Tones], snow: str
) -> None:
    """Steep and far; the first wears snow on the side of the light."""
    x = np.linspace(0, WIDTH, 641)
    for number, ((middle, spread, rise, rough, base, foot), (tone, haze)) in enumerate(
        zip(ranges, tones, strict=True)
    ):
        tent = np.maximum(0, 1 - np.abs(x - middle) / spread) ** 1.25
        second = 0.74 * np.maximum(0, 1 - np.abs(x - middle - spread * 0.9) / (spread * 0.7)) ** 1.2
        third = 0.5 * np.maximum(0, 1 - np.abs(x - middle + spread * 0.95) / (spread * 0.75)) ** 1.2
        crag = np.abs(ridge(len(x), chance, 9, 4))
        y = base - rise * np.maximum.reduce([tent, second, third]) - rough * crag
        outline = shape(between(x, y, np.full_like(x, HORIZON)))
        canvas.drawPath(outline, down(float(y.min()), foot, tone, haze))
        if number == 0:
            _snow(canvas, chance, x, y, outline, base - rise * 0.42, snow)


def _snow(
    canvas: skia.Canvas,
    chance: Chance,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    outline: skia.Path,
    line: float,
    tone: str,
) -> None:
    """Down to a line of long tongues; the slopes away from the light keep a blue shade."""
    tongues = np.abs((x / 17 + 4.5 * ridge(len(x), chance, 8, 3)) % 2 - 1)
    edge = line + 34 * tongues * (0.25 + np.abs(ridge(len(x), chance, 7, 2))) + 20 * ridge(len(x), chance, 11, 3) - 18
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    canvas.drawPath(shape(between(x, y - 4, np.maximum(edge, y - 4))), ink(tone, 0.94))
    for _ in range(120):
        at = int(chance.uniform(8, len(x) - 40))
        if y[at + 6] > y[at] and y[at] < line:
            low = chance.uniform(14, 46)
            fold = [(x[at], y[at] - 3), (x[at] + low * 0.5, y[at] + low), (x[at] + low * 1.1, y[at] + low * 0.8)]
            canvas.drawPath(shape(fold), ink("#7d9fcb", 0.3))
    canvas.restore()


def woods(
    canvas: skia.Canvas,
    chance: Chance,
    heights: Sequence[NDArray[np.float64]],
    tones: Sequence[Tones],
    mist: str,
    firs: float,
) -> None:
    """Belts of trees, each nearer one darker, standing in the mist of the shore.

    heights: of each belt at every px across; the last stands at the waterline. firs: share of them, 0..1
    """
    x = np.arange(WIDTH + 1)
    bases = (*(355.0 + 7 * i for i in range(len(heights) - 1)), float(HORIZON))
    for tall, base, (tone, haze) in zip(heights, bases, tones, strict=True):
        scrub = base + 3 - 0.4 * tall * (1 + 0.2 * ridge(len(x), chance, 20, 2))
        trees = shape(between(x, scrub, np.full(len(x), base + 6)))
        at = 0.0
        while at < WIDTH:
            h = float(tall[int(at)]) * chance.uniform(0.55, 1.15)
            w = chance.uniform(0.5, 0.85) * (10 + h * 0.42)
            if h > 3:
                trees.addPath(_tree(at, base, w, h, chance, firs))
            at += w * chance.uniform(0.42, 0.8)
        canvas.drawPath(trees, down(base - tall.max() * 1.1, HORIZON + 2, tone, tone, haze))
        if base < HORIZON:
            canvas.drawRect(skia.Rect(0, base - 2, WIDTH, HORIZON), down(base - 2, HORIZON, (haze, 0.9), haze))
            canvas.drawRect(skia.Rect(-60, base - 6, WIDTH + 60, HORIZON), ink(mist, 0.2, blur=7))


def _tree(x: float, base: float, w: float, h: float, chance: Chance, firs: float) -> skia.Path:
    """A round crown, a poplar or a fir."""
    kind = chance.uniform(0, 1)
    if kind < 0.74 * (1 - firs):
        return _crown(x, base, w, h, chance)
    if kind < 1 - firs:
        slim = w * 0.3
        foot, waist = base + 5, base - h * 0.5
        return blob([(x - slim, foot), (x - slim, waist), (x, base - h * 1.25), (x + slim, waist), (x + slim, foot)])
    steps = 4
    left = [
        (x - w * 0.36 * (1 - i / steps) * (1 if j == 0 else 0.62), base - h * 1.15 * (i + j * 0.75) / steps)
        for i in range(steps)
        for j in (0, 1)
    ]
    right = [(2 * x - a, b) for a, b in reversed(left)]
    return shape([(x - w * 0.36, base + 6), *left, (x, base - h * 1.2), *right, (x + w * 0.36, base + 6)])


_LOBES = ((-0.5, 0), (-0.56, 0.34), (-0.4, 0.72), (-0.12, 0.97), (0.18, 0.94), (0.45, 0.66), (0.55, 0.3), (0.5, 0))


def _crown(x: float, base: float, w: float, h: float, chance: Chance) -> skia.Path:
    wobble = [(a * w + chance.normal(0, w * 0.03), -b * h * chance.uniform(0.94, 1.05)) for a, b in _LOBES]
    return blob([*[(x + a, base + b) for a, b in wobble], (x + w * 0.4, base + 6), (x - w * 0.4, base + 6)])


def reedland(canvas: skia.Canvas, chance: Chance, stands: Sequence[tuple[float, float, float, Tones]]) -> None:
    """Beds of reed behind one another; of each: base, height, how ragged, tones (its own, the haze at its foot)."""
    x = np.arange(WIDTH + 1)
    for base, tall, ragged, (tone, haze) in stands:
        roll = ridge(len(x), chance, 4, 2)
        top = base - tall * (0.62 + 0.26 * roll)
        bed = shape(between(x, top, np.full(len(x), float(HORIZON))))
        for px in np.arange(-4, WIDTH + 4, 2.6 + ragged * 0.05):
            at = float(np.clip(px + chance.normal(0, 2), 0, WIDTH))
            foot = float(top[int(at)]) + 8
            h = tall * chance.uniform(0.12, 0.42)
            lean = h * chance.normal(0.16, 0.12)
            stem = [(at, foot), (at + lean * 0.3, foot - h * 0.6), (at + lean, foot - h)]
            bed.addPath(ribbon(stem, (ragged * 0.1, ragged * 0.08, 0.3), steps=4))
            if chance.uniform(0, 1) < 0.3:
                bed.addPath(_plume(at + lean, foot - h, ragged, chance))
        canvas.drawPath(bed, down(base - tall * 1.1, HORIZON, tone, tone, haze))


def _plume(x: float, y: float, size: float, chance: Chance) -> skia.Path:
    droop = size * chance.uniform(0.25, 0.55)
    return ribbon([(x - 0.4, y + size * 0.6), (x, y), (x + droop, y + size * 0.3)], (0.5, size * 0.2, 0.3), steps=4)


def willow(canvas: skia.Canvas, chance: Chance, x: float, foot: float, size: float, tones: Sequence[str]) -> None:
    """An old weeping willow. size: half-width of its crown, px; tones: behind, middle, in front, towards the sun"""
    behind, middle, front, rim = tones
    top = foot - size * 1.72
    _trunk(canvas, x, foot, size, front)
    for number, tone, width, thick in ((34, behind, 1.0, 0.15), (44, middle, 0.97, 0.09), (40, front, 0.9, 0.07)):
        _tresses(canvas, chance, (x, top, foot), size * width, (tone, 1.0), number, thick)
    _tresses(canvas, chance, (x, top + size * 0.01, foot - size * 0.3), size * 0.95, (rim, 0.24), 18, 0.012)


def _trunk(canvas: skia.Canvas, x: float, foot: float, size: float, tone: str) -> None:
    w = size * 0.2
    stem = [(x - w * 0.3, foot + 4), (x - w * 0.1, foot - size * 0.5), (x + w * 0.35, foot - size * 1.05)]
    canvas.drawPath(ribbon(stem, (w * 1.7, w, w * 0.86, w * 0.9)), ink(tone))
    for lean, high in ((-0.62, 1.35), (-0.3, 1.5), (0.1, 1.56), (0.42, 1.46), (0.66, 1.3)):
        bend = (x + lean * size * 0.4, foot - size * (1 + high) / 2 - size * 0.06)
        limb = [(x + w * 0.3, foot - size), bend, (x + lean * size, foot - size * high)]
        canvas.drawPath(ribbon(limb, (w * 0.6, w * 0.36, w * 0.1)), ink(tone))


def _tresses(
    canvas: skia.Canvas,
    chance: Chance,
    at: tuple[float, float, float],
    size: float,
    ink_: tuple[str, float],
    number: int,
    thick: float,
) -> None:
    """Locks of twigs that spring from the crown, arch over and hang, wide above and thin at their ends.

    at: middle, top and foot, px
    """
    x, top, foot = at
    tone, alpha = ink_
    for i in range(number):
        across = -0.97 + 1.94 * (i + chance.uniform(0, 1)) / number
        dome = top + size * (0.06 + 0.6 * across**2 + 0.06 * np.sin(7 * across + x)) + chance.normal(0, size * 0.03)
        end = foot - size * (0.04 + 0.5 * chance.uniform(0, 1) ** 1.6 + 0.12 * (1 - across**2))
        end = max(end, dome + size * 0.3)
        out, sway = x + across * size, chance.normal(0, 0.035) * size
        lock = [
            (x + across * size * 0.5, dome + size * 0.08),
            (x + across * size * 0.84, dome - size * 0.01),
            (out, dome + size * 0.2),
            (out + sway, (dome + end) / 2),
            (out + sway * 1.6, end),
        ]
        wide = max(size * thick * chance.uniform(0.7, 1.2), 1.4)
        canvas.drawPath(ribbon(lock, (wide * 0.5, wide * 1.3, wide * 1.2, wide * 0.8, 0.6)), ink(tone, alpha))
        canvas.drawPath(_leaves(curve(lock)[12:], wide, chance), ink(tone, alpha))


def _leaves(line: NDArray[np.float64], wide: float, chance: Chance) -> skia.Path:
    """Narrow leaves that break the edge of a lock."""
    leaves = skia.Path()
    for share, (px, py) in zip(np.linspace(1, 0.1, len(line)), line, strict=True):
        for side in (-1, 1):
            reach, length = wide * 0.5 * share, wide * chance.uniform(0.5, 0.9)
            edge = px + side * reach
            tip = (edge + side * length * 0.34, py + length)
            leaves.addPath(
                shape(
                    [
                        (edge - side * 2, py - 2),
                        (edge + side * length * 0.3, py + length * 0.35),
                        tip,
                        (edge - side * 2, py + 4),
                    ]
                )
            )
    return leaves


def bank(canvas: skia.Canvas, chance: Chance, x: float, reach: float, tone: str, grass: str) -> None:
    """A tongue of land with grass on it, on which a tree can stand."""
    at = np.linspace(-1, 1, 80)
    rise = 12 * (1 - at**2) ** 0.8 + 2 * ridge(80, chance, 5, 2) * (1 - at**2)
    canvas.drawPath(oval(x, HORIZON + 3, reach * 1.02, 4), ink(tone, 0.5, blur=2))
    canvas.drawPath(shape(between(x + at * reach, HORIZON + 1 - rise, np.full(80, HORIZON + 3.0))), ink(tone))
    tufts = skia.Path()
    for _ in range(int(reach / 2)):
        t = chance.uniform(-0.95, 0.95)
        px, py = x + t * reach, HORIZON + 2 - 12 * (1 - t**2) ** 0.8
        h, lean = chance.uniform(4, 13), chance.normal(1, 3)
        tufts.addPath(
            ribbon([(px, py + 3), (px + lean * 0.3, py - h * 0.6), (px + lean, py - h)], (1.8, 1.3, 0.3), steps=4)
        )
    canvas.drawPath(tufts, ink(grass))


def rolling(middle: float, swing: float) -> NDArray[np.float64]:
    """(WIDTH + 1,) a line that rises and falls gently about its middle."""
    return middle + swing * np.sin(9 * np.arange(WIDTH + 1) / WIDTH)


def thinning(*ends: tuple[float, float]) -> NDArray[np.float64]:
    """(WIDTH + 1,) 0..1: for each pair, from the first share of the width (nothing) to the second (full)."""
    t = np.arange(WIDTH + 1) / WIDTH
    return np.asarray(sum(ramp(low, high, t) for low, high in ends))
