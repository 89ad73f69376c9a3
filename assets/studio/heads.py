"""The heron's head: crest, skull and bill, and the fish that it has caught."""

import numpy as np
import skia
from studio.brush import Points, along, blob, ink, moved, ribbon, turned
from studio.plumage import BILL_LOW, BILL_TOP, NIGHT, PALE, RIM, WHITE


class Head:
    """Carries points of a level head, nape at the origin, to where it looks."""

    def __init__(self, x: float, y: float, gaze: float) -> None:
        self._to, self._gaze = (x, y), gaze

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = self.all([point])[0]
        return float(x), float(y)

    def all(self, points: list[tuple[float, float]]) -> Points:
        return turned(np.asarray(points, float), self._gaze) + self._to


def crest(canvas: skia.Canvas, head: Head, lift: float) -> None:
    for length, fall, w in ((54, 36, 3.8), (46, 15, 3.2)):
        line = turned([(12, -8), (-8, -8), (-length * 0.6, fall * 0.3 - 5), (-length, fall)], lift, (8, -7))
        canvas.drawPath(
            ribbon(head.all([(float(x), float(y)) for x, y in line]), (w, w * 1.3, w * 0.8, 0.3)), ink(NIGHT)
        )


def paint(canvas: skia.Canvas, head: Head) -> tuple[float, float]:
    tip = head.at((96, 8))
    lower = head.all([(31, 0.5), (40, 3.2), (60, 6.6), (95, 9), (62, 9.6), (44, 8.2), (30, 7.5)])
    canvas.drawPath(blob(lower), along(lower[0], tip, BILL_LOW, "#f0a25a"))
    upper = head.all([(30, -7.5), (44, -4.6), (66, 1.6), (96.5, 8.2), (66, 6.2), (44, 3.4), (30, 3)])
    canvas.drawPath(blob(upper), along(upper[0], tip, "#b9744a", BILL_TOP, "#ec9f5c"))
    shine = head.all([(36, -5.4), (54, -1.2), (78, 4)])
    canvas.drawPath(ribbon(shine, (0.3, 1.2, 0.3)), ink(RIM, 0.8))
    skull = head.all([(-5, 5), (-6, -4), (4, -11), (17, -12.6), (29, -9), (36, -2.5), (35, 4), (24, 8.6), (8, 9.5)])
    canvas.drawPath(blob(skull), along(head.at((10, -12)), head.at((10, 10)), WHITE, WHITE, PALE))
    lore = head.all([(30, -5.5), (41, -1.6), (42, 1.6), (31, 2.6)])
    canvas.drawPath(blob(lore), ink("#e8b27c", 0.9))
    stripe = head.all([(23, -8.5), (12, -11.6), (0, -10.6), (-9, -5.4), (-4, -3.2), (8, -5.4), (19, -4.6)])
    canvas.drawPath(blob(stripe), ink(NIGHT))
    crown = head.all([(4, -11), (17, -12.9), (29, -9.2)])
    canvas.drawPath(ribbon(crown, (0.3, 1.6, 0.4)), ink(RIM, 0.85))
    x, y = head.at((25.4, -3.6))
    canvas.drawCircle(x, y, 3.5, ink("#f9d27a"))
    canvas.drawCircle(x + 0.4, y + 0.1, 1.9, ink("#141c36"))
    canvas.drawCircle(x + 1.1, y - 0.8, 0.7, ink("#ffffff"))
    return tip


def caught(canvas: skia.Canvas, head: Head) -> None:
    """A small fish held across the bill, tail down."""
    x, y = head.at((80, 8))

    def hung(points: list[tuple[float, float]]) -> Points:
        return moved(turned(points, -72), x, y)

    body = hung([(-30, 1), (-18, -8), (0, -10.5), (18, -5), (27, 1), (18, 7), (0, 10), (-18, 7)])
    tail = hung([(-27, 0), (-45, -11), (-39, 1), (-45, 12)])
    canvas.drawPath(blob(tail), ink("#eeaa93"))
    canvas.drawPath(blob(body), along((x - 11, y), (x + 11, y), "#7d95bb", "#e9f0f6", "#f6efe9", "#ffc9a6"))
    eye, gill = hung([(19, -2)])[0], hung([(11, -7), (8.5, 0), (11, 6)])
    canvas.drawCircle(*eye.tolist(), 2, ink("#1c2746"))
    canvas.drawPath(ribbon(gill, (0.4, 1.5, 0.4)), ink("#7f95b8", 0.9))
