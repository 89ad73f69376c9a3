"""Signs for buttons, each 96 x 96 px on a field of 64: ways and things here, the others in devices.py."""

import numpy as np
import skia
from studio.brush import Sheet, blob, curve, ink, oval, pen, ribbon, shape, turned
from studio.devices import DEVICES
from studio.picture import Picture, whole
from studio.strokes import LIGHT, Paint, arc, bar, bow, box, cut, dot, line, ring, solid

SIDE = 96


def icons() -> dict[str, Picture]:
    return {f"icon_{name}": _icon(paint) for name, paint in sorted((SIGNS | DEVICES).items())}


def _icon(paint: Paint) -> Picture:
    sheet = Sheet(SIDE, SIDE)
    sheet.canvas.translate(SIDE / 2, SIDE / 2)
    sheet.canvas.scale(SIDE / 64, SIDE / 64)
    paint(sheet.canvas)
    return whole(sheet)


def _pause(canvas: skia.Canvas) -> None:
    for x in (-14, 4):
        bar(canvas, x, -19, 10, 38, 4)


def _play(canvas: skia.Canvas) -> None:
    solid(canvas, [(-11, -17), (18, 0), (-11, 17)])


def _settings(canvas: skia.Canvas) -> None:
    for turn in range(0, 360, 45):
        canvas.drawPath(shape(turned([(-4.6, -17), (-3.4, -25), (3.4, -25), (4.6, -17)], turn)), ink(LIGHT))
        canvas.drawPath(shape(turned([(-4.2, -18), (-3.2, -24), (3.2, -24), (4.2, -18)], turn)), pen(LIGHT, 2.4))
    ring(canvas, 0, 0, 14, 9)


def _garden(canvas: skia.Canvas) -> None:
    bow(canvas, (0, 25), (0, 10), (0, -4), width=4.8)
    for side in (-1, 1):
        leaf = [(0, 8 + 2 * side), (9 * side, -6), (25 * side, -7 - 4 * side), (20 * side, 7), (8 * side, 11)]
        canvas.drawPath(blob(leaf), ink(LIGHT))
    bud = [(0, -4), (-8, -13), (-5, -25), (0, -19), (5, -25), (8, -13)]
    canvas.drawPath(blob(bud), ink(LIGHT))
    line(canvas, (-16, 25), (16, 25))


def _map(canvas: skia.Canvas) -> None:
    """A way of stones to a flag."""
    for x, y, radius in ((-21, 21, 5.4), (-8, 15, 5), (5, 17, 4.6), (13, 8, 4.2), (5, 1, 3.7), (-6, -3, 3.3)):
        canvas.drawPath(oval(x, y, radius, radius * 0.72), ink(LIGHT))
    line(canvas, (-6, -8), (-6, -28), width=3.8)
    canvas.drawPath(shape([(-6, -27), (13, -21), (-6, -15)]), ink(LIGHT))


def _heart(canvas: skia.Canvas) -> None:
    left = [(0, 22), (-16, 9), (-25, -5), (-21, -19), (-9, -20), (0, -10)]
    outline = np.vstack([curve(left), curve([(-x, y) for x, y in reversed(left)])])
    canvas.drawPath(shape(outline), ink(LIGHT))


def _back(canvas: skia.Canvas) -> None:
    line(canvas, (24, 0), (-22, 0), width=5.4)
    line(canvas, (-4, -18), (-22, 0), (-4, 18), width=5.4)


def _next(canvas: skia.Canvas) -> None:
    line(canvas, (-24, 0), (22, 0), width=5.4)
    line(canvas, (4, -18), (22, 0), (4, 18), width=5.4)


def _on(canvas: skia.Canvas) -> None:
    bar(canvas, -28, -15, 56, 30, 15)
    cut(canvas, oval(13, 0, 10.4, 10.4))
    line(canvas, (8.4, 0), (12, 4), (18, -4), width=3.4)


def _off(canvas: skia.Canvas) -> None:
    box(canvas, -27, -14, 54, 28, 14)
    ring(canvas, -13, 0, 6.6)


def _plus(canvas: skia.Canvas) -> None:
    line(canvas, (-20, 0), (20, 0), width=6)
    line(canvas, (0, -20), (0, 20), width=6)


def _minus(canvas: skia.Canvas) -> None:
    line(canvas, (-20, 0), (20, 0), width=6)


def _close(canvas: skia.Canvas) -> None:
    for way in (-1, 1):
        line(canvas, (-15, -15 * way), (15, 15 * way), width=5.6)


def _check(canvas: skia.Canvas) -> None:
    line(canvas, (-21, 1), (-6, 16), (22, -15), width=6)


def _home(canvas: skia.Canvas) -> None:
    line(canvas, (-26, -1), (0, -24), (26, -1), width=5)
    line(canvas, (-18, 0), (-18, 22), (18, 22), (18, 0), width=5)
    bar(canvas, -5.5, 7, 11, 16, 3)


def _clock(canvas: skia.Canvas) -> None:
    ring(canvas, 0, 0, 24)
    line(canvas, (0, -13), (0, 1), (10, 7))


def _rest(canvas: skia.Canvas) -> None:
    """A moon on its back."""
    canvas.drawPath(oval(0, 0, 23, 23), ink(LIGHT))
    cut(canvas, oval(10, -8, 19, 19))


def _star(canvas: skia.Canvas) -> None:
    angles = np.radians(-90 + 36 * np.arange(10))
    reach = np.where(np.arange(10) % 2 == 0, 23, 11.5)
    points = list(zip((reach * np.cos(angles)).tolist(), (2 + reach * np.sin(angles)).tolist(), strict=True))
    canvas.drawPath(shape(points), ink(LIGHT))
    canvas.drawPath(shape(points), pen(LIGHT, 5))


def _info(canvas: skia.Canvas) -> None:
    ring(canvas, 0, 0, 24)
    dot(canvas, 0, -11, 3.4)
    line(canvas, (0, -1), (0, 13), width=5.4)


def _help(canvas: skia.Canvas) -> None:
    ring(canvas, 0, 0, 24)
    bow(canvas, (-7, -7), (-4, -13), (3, -13), (7, -8), (4, -2), (0, 2), (0, 5))
    dot(canvas, 0, 13, 3.2)


def _lock(canvas: skia.Canvas) -> None:
    bar(canvas, -19, -4, 38, 29, 6)
    arc(canvas, 0, -8, 12, 180, 180)
    line(canvas, (-12, -8), (-12, 0))
    line(canvas, (12, -8), (12, 0))
    cut(canvas, oval(0, 9, 4, 4))


def _pencil(canvas: skia.Canvas) -> None:
    solid(canvas, [(-20, 12), (10, -18), (18, -10), (-12, 20), (-22, 22)])
    cut(canvas, ribbon([(2, -13), (13, -2)], (2.6, 2.6), steps=2))


def _bin(canvas: skia.Canvas) -> None:
    line(canvas, (-22, -14), (22, -14))
    line(canvas, (-8, -14), (-8, -22), (8, -22), (8, -14))
    line(canvas, (-17, -14), (-14, 24), (14, 24), (17, -14))
    for x in (-5, 5):
        line(canvas, (x, -3), (x, 13), width=3.6)


def _seed(canvas: skia.Canvas) -> None:
    canvas.drawPath(blob([(0, -24), (13, -7), (14, 10), (0, 22), (-14, 10), (-13, -7)]), ink(LIGHT))
    cut(canvas, ribbon([(4, -10), (7, 0), (4, 11)], (0.6, 3.6, 0.6)))


SIGNS: dict[str, Paint] = {
    "back": _back,
    "bin": _bin,
    "check": _check,
    "clock": _clock,
    "close": _close,
    "garden": _garden,
    "heart": _heart,
    "help": _help,
    "home": _home,
    "info": _info,
    "lock": _lock,
    "map": _map,
    "minus": _minus,
    "next": _next,
    "off": _off,
    "on": _on,
    "pause": _pause,
    "pencil": _pencil,
    "play": _play,
    "plus": _plus,
    "rest": _rest,
    "seed": _seed,
    "settings": _settings,
    "star": _star,
}
