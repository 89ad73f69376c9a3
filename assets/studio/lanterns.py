"""A firefly close by, a candle on the water, wisps that call for a look, and the marks that say where to look."""

import numpy as np
import skia
from studio.brush import Sheet, along, around, blob, curve, down, ink, moved, oval, pen, ramp, ribbon, turned
from studio.picture import Picture, whole


def pictures() -> dict[str, Picture]:
    return {
        **{f"glowfly_{i + 1}": _glowfly(12 + 14 * float(np.cos(i * np.pi / 3))) for i in range(6)},
        "candle": candle(),
        "flame": flame(),
        "wisp": wisp(),
        "veil": veil(),
        "mark_ring": _mark(ring=True),
        "mark_dot": _mark(ring=False),
    }


def _glowfly(lift: float) -> Picture:
    """Seen from behind, so that it has no side to turn; held by the middle of its light."""
    sheet = Sheet(92, 116)
    canvas = sheet.canvas
    canvas.translate(46, 58)
    canvas.drawCircle(0, 0, 36, around(0, 0, 36, ("#fff3c4", 0.8), ("#ffd98a", 0.32), ("#ffca74", 0)))
    for side in (-1, 1):
        for degrees, long, alpha in ((62 - lift, 30, 0.6), (94 - lift, 24, 0.45)):
            blade = [(0, 0), (-7, -0.4 * long), (-5, -0.9 * long), (2, -long), (7, -0.75 * long), (6, -0.3 * long)]
            wing = moved(turned(blade, side * degrees), side * 3, -15)
            canvas.drawPath(blob(wing), along((0, -15), wing[3], ("#fffaec", alpha), ("#dbe7f4", alpha * 0.5)))
        canvas.drawPath(ribbon([(side * 2, -30), (side * 4, -37), (side * 9, -40)], (1.4, 1.1, 0.7)), ink("#3d2b4c"))
    tail = [(-7, -9), (-10, 1), (-6, 11), (0, 14), (6, 11), (10, 1), (7, -9), (0, -12)]
    canvas.drawPath(blob(tail), around(0, 3, 15, "#fffdf0", "#ffeaa0", "#f8bf62"))
    shell = [(-7, -9), (-8, -18), (0, -24), (8, -18), (7, -9), (0, -6)]
    canvas.drawPath(blob(shell), down(-24, -6, "#7a5668", "#4a3350"))
    canvas.drawPath(ribbon([(0, -23), (0, -14), (0, -7)], (0.6, 1.4, 0.6)), ink("#c9a2a4", 0.7))
    canvas.drawPath(oval(0, -27, 6.2, 5.4), around(-1, -29, 8, "#7a5668", "#3d2b4c"))
    return whole(sheet)


def candle() -> Picture:
    """A short candle in a cup of leaves, without its flame; held where the flame stands."""
    sheet = Sheet(150, 112)
    canvas = sheet.canvas
    canvas.translate(75, 30)
    canvas.drawPath(oval(0, 66, 62, 13), ink("#0c1b38", 0.35, blur=5))
    for side in (-1, 1):
        leaf = np.array([(4, 58), (30, 40), (58, 38), (66, 46), (44, 62), (14, 70)]) * (side, 1)
        canvas.drawPath(blob(leaf), along((0, 66), (66 * side, 40), "#2f6f74", "#7fb894"))
        vein = np.array([(10, 62), (34, 50), (58, 43)]) * (side, 1)
        canvas.drawPath(ribbon(vein, (0.6, 1.6, 0.4)), ink("#cfe8c4", 0.6))
    stem = blob([(-15, 14), (0, 11), (15, 14), (17, 40), (14, 60), (0, 64), (-14, 60), (-17, 40)])
    canvas.drawPath(stem, along((-17, 0), (17, 0), "#f6dcb8", "#fff4de", "#e5b98f"))
    canvas.drawPath(oval(0, 14, 15, 4.6), ink("#fff9ec"))
    drip = blob([(8, 14), (13, 15), (13.5, 28), (10.5, 33), (8, 27)])
    canvas.drawPath(drip, ink("#fffaf0", 0.9))
    canvas.drawPath(ribbon([(0, 14), (0.6, 8), (0, 3)], (1.8, 1.6, 1.2)), ink("#5a4250"))
    front = [(-54, 54), (-28, 58), (0, 59), (28, 58), (54, 54), (38, 74), (0, 80), (-38, 74)]
    canvas.drawPath(blob(front), down(54, 82, "#8fc79c", "#3f8a84", "#235d70"))
    canvas.drawPath(ribbon([(-42, 60), (0, 69), (42, 60)], (0.4, 1.8, 0.4)), ink("#dff0cf", 0.55))
    return Picture(sheet.pixels(), (75, 30))


def flame() -> Picture:
    """A tall drop of light; held by its foot."""
    sheet = Sheet(72, 96)
    canvas = sheet.canvas
    canvas.translate(36, 66)
    canvas.drawCircle(0, -16, 35, around(0, -16, 35, ("#fff0c0", 0.55), ("#ffd182", 0.2), ("#ffc670", 0)))
    outer = [(0, -46), (7, -26), (11, -9), (6, 4), (0, 7), (-6, 4), (-11, -9), (-6, -25)]
    canvas.drawPath(blob(outer), down(-46, 7, "#fff4c8", "#ffd98a", "#f9a65c"))
    inner = [(0, -26), (4, -12), (5, -3), (0, 3), (-5, -3), (-4, -12)]
    canvas.drawPath(blob(inner), ink("#fffdf2", 0.95, blur=1.2))
    canvas.drawPath(oval(0, 3.4, 3.6, 3.2), ink("#8ea4dc", 0.55, blur=1.0))
    return Picture(sheet.pixels(), (36, 66))


def wisp() -> Picture:
    """A cool light with a curl of its own, unlike the warm ones in hue and in shape."""
    sheet = Sheet(104, 104)
    canvas = sheet.canvas
    canvas.translate(52, 54)
    canvas.drawCircle(0, 0, 48, around(0, 0, 48, ("#d6ecff", 0.6), ("#a9cdf6", 0.2), ("#9cc2f2", 0)))
    body = [(0, -34), (6, -20), (19, -9), (22, 6), (13, 20), (-2, 23), (-17, 17), (-21, 2), (-13, -9), (-5, -16)]
    canvas.drawPath(blob(body), around(-3, 4, 30, "#fafdff", "#cfe5fb", "#93b8ea"))
    curl = curve([(-8, 10), (2, 14), (11, 6), (7, -4), (-3, -3), (-3, 4), (3, 5)])
    canvas.drawPath(ribbon(curl, (1.0, 2.6, 2.6, 2.2, 1.0), steps=3), ink("#6f93d2", 0.75))
    return whole(sheet)


def veil() -> Picture:
    """A puff of mist, soft on all sides."""
    width, height = 260, 150
    y, x = np.mgrid[:height, :width]
    pixels = np.ones((height, width, 4), np.float32)
    pixels[..., :3] = np.array([0.87, 0.86, 0.93], np.float32)
    thick = np.zeros((height, width))
    for cx, cy, r in ((92, 82, 58), (150, 70, 62), (186, 88, 48), (58, 92, 40), (128, 96, 56)):
        thick += 0.62 * ramp(1.0, 0.0, np.hypot((x - cx) / 1.25, y - cy) / r)
    edge = ramp(0, 24, np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y)))
    pixels[..., 3] = (0.97 * (1 - np.exp(-1.9 * thick)) * edge).astype(np.float32)
    return Picture(pixels, (width / 2, height / 2), file_type="webp")


def _mark(ring: bool) -> Picture:
    """Where to look: a ring asks to look away, a dot to look at the light; both have the same point to look at."""
    sheet = Sheet(96, 96)
    canvas = sheet.canvas
    canvas.translate(48, 48)
    canvas.drawCircle(0, 0, 46, around(0, 0, 46, ("#1b2a4a", 0.55), ("#1b2a4a", 0.3), ("#1b2a4a", 0)))
    if ring:
        canvas.drawCircle(0, 0, 22, pen("#f6efe4", 6.5))
    else:
        canvas.drawCircle(0, 0, 22, around(-6, -7, 32, "#ffe9bc", "#f9bd72", "#ec9f58"))
    _point(canvas)
    return whole(sheet)


def _point(canvas: skia.Canvas) -> None:
    canvas.drawCircle(0, 0, 5.4, ink("#f6efe4"))
    canvas.drawCircle(0, 0, 2.4, ink("#16233b"))
