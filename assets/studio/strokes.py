"""The one pen of all signs: rounded lines of one width in warm white."""

from collections.abc import Callable, Sequence

import skia
from studio.brush import curve, ink, pen, shape

LIGHT = "#f6efe4"
STROKE = 4.4

Paint = Callable[[skia.Canvas], None]
Points = Sequence[tuple[float, float]]


def line(canvas: skia.Canvas, *points: tuple[float, float], width: float = STROKE, closed: bool = False) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in points], closed)
    canvas.drawPath(path, pen(LIGHT, width))


def bow(canvas: skia.Canvas, *points: tuple[float, float], width: float = STROKE) -> None:
    line(canvas, *[(float(x), float(y)) for x, y in curve(points)], width=width)


def arc(canvas: skia.Canvas, x: float, y: float, radius: float, start: float, sweep: float) -> None:
    """start, sweep: degrees clockwise from the right"""
    canvas.drawArc(skia.Rect(x - radius, y - radius, x + radius, y + radius), start, sweep, False, pen(LIGHT, STROKE))


def ring(canvas: skia.Canvas, x: float, y: float, radius: float, width: float = STROKE) -> None:
    canvas.drawCircle(x, y, radius, pen(LIGHT, width))


def dot(canvas: skia.Canvas, x: float, y: float, radius: float) -> None:
    canvas.drawCircle(x, y, radius, ink(LIGHT))


def box(canvas: skia.Canvas, x: float, y: float, width: float, height: float, radius: float) -> None:
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius, pen(LIGHT, STROKE))


def bar(canvas: skia.Canvas, x: float, y: float, width: float, height: float, radius: float) -> None:
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius, ink(LIGHT))


def cut(canvas: skia.Canvas, path: skia.Path) -> None:
    """Takes away what has been painted there."""
    paint = skia.Paint(AntiAlias=True)
    paint.setBlendMode(skia.BlendMode.kClear)
    canvas.drawPath(path, paint)


def solid(canvas: skia.Canvas, points: Points) -> None:
    """A filled shape with rounded corners."""
    path = shape(points)
    canvas.drawPath(path, ink(LIGHT))
    canvas.drawPath(path, pen(LIGHT, STROKE))
