"""Sheets, inks and curves: the few strokes that every picture is made of."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import skia
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]
"""(n, 2) x and y in px"""
Pixels = NDArray[np.float32]
"""(height, width, 4) red, green, blue, straight alpha, each 0..1"""
Stop = str | tuple[str, float]
"""a colour "#rrggbb", or one with its alpha"""


class Chance(Protocol):
    """What the studio asks of a seeded numpy Generator."""

    def uniform(self, low: float, high: float) -> float: ...
    def normal(self, loc: float, scale: float) -> float: ...


class Sheet:
    """A clear sheet to paint on, in half floats so that no gradient shows its steps."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._surface = skia.Surface.MakeRaster(
            _info(width, height, skia.kRGBA_F16_ColorType, skia.kPremul_AlphaType)
        )
        self.canvas = self._surface.getCanvas()

    def pixels(self) -> Pixels:
        out = np.zeros((self.height, self.width, 4), np.float32)
        info = _info(self.width, self.height, skia.kRGBA_F32_ColorType, skia.kUnpremul_AlphaType)
        self._surface.makeImageSnapshot().readPixels(info, out, self.width * 16, 0, 0)
        return np.clip(out, 0, 1)


def _info(width: int, height: int, kind: skia.ColorType, alpha: skia.AlphaType) -> skia.ImageInfo:
    return skia.ImageInfo.Make(width, height, kind, alpha)


def rgb(colour: str) -> NDArray[np.float32]:
    """(3,) 0..1"""
    levels = np.frombuffer(bytes.fromhex(colour.removeprefix("#")), np.uint8)
    return np.asarray(levels / 255, np.float32)


def ink(colour: str, alpha: float = 1, blur: float = 0) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True)
    paint.setColor4f(skia.Color4f(*rgb(colour).tolist(), alpha))
    return _soften(paint, blur)


def pen(colour: str, width: float, alpha: float = 1, blur: float = 0) -> skia.Paint:
    paint = ink(colour, alpha, blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def along(start: ArrayLike, end: ArrayLike, *stops: Stop, blur: float = 0) -> skia.Paint:
    """Ink that runs through evenly spaced colours from one point to another."""
    ends = [skia.Point(*np.asarray(point, float).tolist()) for point in (start, end)]
    paint = skia.Paint(AntiAlias=True)
    paint.setShader(skia.GradientShader.MakeLinear(ends, [_packed(stop) for stop in stops]))
    return _soften(paint, blur)


def down(y0: float, y1: float, *stops: Stop, blur: float = 0) -> skia.Paint:
    return along((0, y0), (0, y1), *stops, blur=blur)


def around(x: float, y: float, radius: float, *stops: Stop, blur: float = 0) -> skia.Paint:
    """Ink that runs outwards from a middle."""
    paint = skia.Paint(AntiAlias=True)
    paint.setShader(skia.GradientShader.MakeRadial(skia.Point(x, y), radius, [_packed(stop) for stop in stops]))
    return _soften(paint, blur)


def _packed(stop: Stop) -> int:
    colour, alpha = (stop, 1.0) if isinstance(stop, str) else stop
    return int(skia.Color4f(*rgb(colour).tolist(), alpha).toColor())


def _soften(paint: skia.Paint, blur: float) -> skia.Paint:
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def curve(points: ArrayLike, closed: bool = False, steps: int = 14) -> Points:
    """A smooth line through all the points (Catmull-Rom)."""
    p = np.asarray(points, float)
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = (np.arange(steps) / steps)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack([*parts, p[-2:-1]])


def shape(points: ArrayLike) -> skia.Path:
    """The filled outline of these very points; smooth them first with `curve`."""
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in np.asarray(points, float).tolist()], True)
    return path


def blob(points: ArrayLike) -> skia.Path:
    """A smooth closed shape through the points."""
    return shape(curve(points, closed=True))


def sides(line: Points) -> Points:
    """(n, 2) unit steps to the right of the way along a line."""
    way = np.gradient(line, axis=0)
    right = np.column_stack([-way[:, 1], way[:, 0]])
    return np.asarray(right / (np.linalg.norm(way, axis=1, keepdims=True) + 1e-9))


def ribbon(points: ArrayLike, widths: Sequence[float], steps: int = 14) -> skia.Path:
    """A band along a smooth line through the points; `widths` are spread evenly along it."""
    middle = curve(points, steps=steps)
    side = sides(middle)
    at = np.linspace(0, 1, len(middle))
    half = np.interp(at, np.linspace(0, 1, len(widths)), widths)[:, None] / 2
    return shape(np.vstack([middle + side * half, (middle - side * half)[::-1]]))


def between(x: ArrayLike, top: ArrayLike, low: ArrayLike) -> Points:
    """The outline of what lies between two lines over the same x."""
    return np.vstack([np.column_stack([x, top]), np.column_stack([x, low])[::-1]])


def oval(x: float, y: float, rx: float, ry: float) -> skia.Path:
    path = skia.Path()
    path.addOval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    return path


def turned(points: ArrayLike, degrees: float, about: ArrayLike = (0, 0)) -> Points:
    """Clockwise as seen, since y grows downwards."""
    a = np.radians(degrees)
    middle = np.asarray(about, float)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return np.asarray((np.asarray(points, float) - middle) @ turn + middle)


def moved(points: ArrayLike, x: float, y: float) -> Points:
    return np.add(points, (x, y), dtype=float)


def ramp(low: float, high: float, at: ArrayLike) -> NDArray[np.float64]:
    """0 below low, 1 above high, eased between."""
    t = np.clip((np.asarray(at, float) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def ridge(n: int, chance: Chance, bumps: int = 3, octaves: int = 5) -> NDArray[np.float64]:
    """(n,) a rolling line of about -1..1."""
    x = np.linspace(0, 1, n)
    y = np.zeros(n)
    for octave in range(octaves):
        k = bumps * 2**octave
        knots = np.array([chance.normal(0, 1) for _ in range(k + 3)])
        t = x * k
        i = t.astype(int)
        f = t - i
        f = f * f * (3 - 2 * f)
        y += (knots[i] * (1 - f) + knots[i + 1] * f) / 2.2**octave
    return np.asarray(y / np.abs(y).max())
