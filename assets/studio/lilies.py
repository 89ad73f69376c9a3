"""The lilies of Still Water, seen from near: two pads, a bud, and a lotus from wide open to nearly closed."""

from collections.abc import Sequence

import numpy as np
import skia
from studio.brush import Points, Sheet, along, around, blob, curve, down, ink, moved, oval, ribbon, shape, turned
from studio.picture import Picture, cropped

FLAT = 0.36
"""How much lower than wide what lies on the water looks."""
Row = tuple[float, float, tuple[float, ...], str, str, str]
"""Length and width of its petals in px, to which sides they lean in degrees, and their colour from root to tip."""

_OPEN: tuple[Row, ...] = (
    (74, 17, (-76, 76, -54, 54, -30, 30, -8, 8), "#a85f86", "#d493ac", "#f0c4cd"),
    (70, 19, (-84, 84, -64, 64, -42, 42, -20, 20, 0), "#bf7796", "#e6adbd", "#f9dcdb"),
    (54, 19, (-94, 94, -72, 72, -48, 48, -24, 24, 0), "#cf8aa3", "#f2c4cb", "#ffefe6"),
    (34, 17, (-100, 100, -70, 70, -36, 36, 0), "#d997a9", "#f9d8d6", "#fff8ee"),
)
_SHUT: tuple[Row, ...] = (
    (82, 17, (-8, 8), "#a85f86", "#d493ac", "#f0c4cd"),
    (80, 21, (-11, 11), "#bf7796", "#e6adbd", "#f9dcdb"),
    (76, 24, (0,), "#cf8aa3", "#f2c4cb", "#ffefe6"),
)


def pads() -> list[Picture]:
    """A large one with its notch to the front, a smaller one with its notch to the left; held by their middle."""
    return [_pad(112, 62), _pad(78, 205)]


def _pad(r: float, notch: float) -> Picture:
    sheet = Sheet(round(2.3 * r), round(2.3 * r * FLAT + 24))
    canvas = sheet.canvas
    middle = (sheet.width / 2, sheet.height / 2 - 3)
    canvas.translate(*middle)
    angles = np.radians(notch) + np.linspace(0.17, 2 * np.pi - 0.17, 80)
    wave = r * (1 + 0.018 * np.sin(angles * 6 + notch))
    edge = np.vstack([np.column_stack([wave * np.cos(angles), wave * np.sin(angles) * FLAT]), [[0, 0]]])
    canvas.drawPath(shape(moved(edge * (1.03, 1.06), 2, r * 0.08)), ink("#122046", 0.42, blur=4))
    canvas.drawPath(shape(moved(edge, 0, 4)), ink("#1b4152"))
    body = shape(edge)
    canvas.drawPath(body, along((-r, r * FLAT), (r, -r * FLAT), "#28566a", "#447a7b", "#7fa391", "#a9bb9c"))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.drawPath(oval(0.25 * r, -0.5 * r * FLAT, 0.62 * r, 0.4 * r * FLAT), ink("#dfe0bd", 0.16, blur=9))
    for angle in np.radians(notch) + np.linspace(0.4, 2 * np.pi - 0.4, 13):
        out = np.array([np.cos(angle), np.sin(angle) * FLAT])
        bend = np.array([-np.sin(angle), np.cos(angle) * FLAT]) * r * 0.04
        vein = [(0, 0), tuple(out * r * 0.5 + bend), tuple(out * r * 0.93)]
        canvas.drawPath(ribbon(vein, (2.2, 1.2, 0.3)), ink("#c9d3b4", 0.38))
    canvas.restore()
    far = moved(edge[:-1], 0, 0)[np.argsort(angles % (2 * np.pi))]
    rim = far[(far[:, 1] < -0.25 * r * FLAT)]
    canvas.drawPath(ribbon(rim[::4], (0.3, 2.2, 2.6, 0.3), steps=4), ink("#f1e6bf", 0.5, blur=0.7))
    return cropped(sheet.pixels(), middle, file_type="webp")


def bud() -> Picture:
    return _flower(_SHUT, gold=False, sepals=1.0)


def lotuses() -> list[Picture]:
    """From wide open, closing by a fifth each time."""
    return [_flower(_closing(closed), gold=not closed, sepals=closed) for closed in (0.0, 0.2, 0.4, 0.6, 0.8)]


def _closing(closed: float) -> list[Row]:
    """The petals of the open lotus, raised."""
    rows = []
    for length, width, angles, *tones in _OPEN:
        longer = length + (84 - length) * 0.55 * closed
        raised = tuple(angle * (1 - 0.68 * closed) for angle in angles)
        rows.append((longer, width * (1 + 0.15 * closed), raised, *tones))
    return rows


def _flower(rows: Sequence[Row], gold: bool, sepals: float) -> Picture:
    """Petals from the back row to the front; held where it rests on its pad."""
    sheet = Sheet(220, 150)
    canvas = sheet.canvas
    canvas.translate(110, 118)
    spread = max(abs(np.sin(np.radians(angle))) * length for length, _, angles, *_ in rows for angle in angles)
    canvas.drawPath(oval(0, 5, 12 + 0.7 * spread, 7 + 0.1 * spread), ink("#0f2744", 0.4, blur=5))
    for length, width, angles, root, middle, tip in rows:
        for angle in angles:
            _petal(canvas, length, width, angle, (root, middle, tip))
    if gold:
        _heart(canvas)
    for side in (-1, 1):
        _sepal(canvas, side, sepals)
    return cropped(sheet.pixels(), (110, 118), file_type="webp")


def _leaf(length: float, width: float, angle: float) -> Points:
    """A petal that leans to a side; those that lean far are seen from the side and curl upwards."""
    lean = np.sin(np.radians(angle))
    tip = np.array([lean * length, -length * (0.30 + 0.70 * np.cos(np.radians(angle) * 0.92))])
    bow = np.array([lean * length * 0.62, -length * (0.18 + 0.40 * np.cos(np.radians(angle)))])
    spine = curve([(lean * 5, 0), tuple(bow), tuple(tip)])
    t = np.linspace(0, 1, len(spine))
    half = (width * np.sin(np.pi * np.clip(t, 0, 1) ** 0.8) ** 0.8)[:, None] * 0.62
    way = np.gradient(spine, axis=0)
    across = np.column_stack([-way[:, 1], way[:, 0]]) / (np.linalg.norm(way, axis=1, keepdims=True) + 1e-9)
    return np.vstack([spine + across * half, (spine - across * half)[::-1]])


def _petal(canvas: skia.Canvas, length: float, width: float, angle: float, tones: tuple[str, str, str]) -> None:
    outline = _leaf(length, width, angle)
    tip = outline[len(outline) // 2 - 1]
    leaf = shape(outline)
    canvas.drawPath(shape(moved(outline, 0, 1.6)), ink("#5b2f58", 0.28, blur=1.8))
    canvas.drawPath(leaf, along((0, 0), tip, *tones))
    canvas.save()
    canvas.clipPath(leaf, doAntiAlias=True)
    for bend in (-0.35, 0.0, 0.35):
        side = np.array([bend * width, 0])
        vein = [(0, 0), tuple(tip * 0.55 + side), tuple(tip * 0.96)]
        canvas.drawPath(ribbon(vein, (1.4, 0.9, 0.2)), ink("#b5678b", 0.22))
    n = len(outline) // 2
    lit = outline[n // 3 : n - 1] if angle >= 0 else outline[n + 1 : -n // 3]
    canvas.drawPath(ribbon(lit[::3], (0.3, 2.0, 1.6, 0.3), steps=4), ink("#fffdf4", 0.55, blur=0.6))
    canvas.restore()


def _sepal(canvas: skia.Canvas, side: int, risen: float) -> None:
    """One of the green leaves that hold a closed flower; they sink as it opens."""
    scale = (side, 0.25 + 0.75 * risen)
    leaf = np.array([(0, 6), (9, 2), (16, -12), (15, -30), (9, -44), (3, -26)]) * scale
    canvas.drawPath(blob(leaf), down(-44 * scale[1], 6, "#8fb088", "#4d8474", "#235063"))
    canvas.drawPath(ribbon(np.array([(4, 2), (11, -14), (10, -38)]) * scale, (0.5, 1.6, 0.3)), ink("#d7e0b2", 0.5))


def _heart(canvas: skia.Canvas) -> None:
    """The golden middle of an open flower."""
    canvas.drawPath(oval(0, -17, 15, 9), around(-2, -20, 16, "#fff0b0", "#f3c15f", "#c98a3e"))
    for angle in np.linspace(-70, 70, 11):
        tip = turned([(0, -17)], angle)[0] * (1, 0.72) + (0, -17)
        canvas.drawPath(ribbon([(tip[0] * 0.4, -18), tuple(tip)], (1.2, 0.9)), ink("#fbe7a0", 0.9))
        canvas.drawCircle(*tip.tolist(), 1.5, ink("#fff6d8"))
