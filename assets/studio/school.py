"""Minnows for the school of fish: swimming left, and seen from the front, which is no way at all."""

import numpy as np
from studio.brush import Points, Sheet, along, blob, curve, down, ink, moved, oval, pen, ribbon, shape
from studio.picture import Picture, whole

INK = "#16233f"
BACK, SIDE, BELLY, FIN = "#2f6f8f", "#7fc4c6", "#f7efd9", "#f2a765"


def minnows() -> list[Picture]:
    return [_minnow(phase) for phase in np.arange(8) * np.pi / 4]


def _minnow(phase: float) -> Picture:
    """Small and round-headed, with a bright tail that says at a glance where it comes from."""
    sheet = Sheet(84, 52)
    canvas = sheet.canvas
    canvas.translate(42, 24)

    def bent(points: Points | list[tuple[float, float]]) -> Points:
        p = np.array(points, float)
        p[:, 1] += 3.6 * np.clip((p[:, 0] + 26) / 60, 0, 1.2) ** 1.5 * np.sin(phase - p[:, 0] / 22)
        return p

    body = curve(
        [(-33, 1), (-27, -8), (-12, -12.5), (6, -9), (20, -3), (24, 0), (20, 3.5), (6, 9.5), (-12, 12), (-27, 8.5)],
        closed=True,
    )
    canvas.drawPath(shape(moved(bent(body), 3, 9)), ink("#0c2140", 0.38, blur=4))
    tail = curve([(20, -1), (27, -9), (36, -14), (33, -4), (32, 0), (33, 5), (36, 14), (27, 9), (20, 2)], closed=True)
    canvas.drawPath(shape(bent(tail)), along((20, 0), (37, 0), "#d97f4e", FIN, "#ffd9a3"))
    dorsal = curve([(-10, -11), (-1, -19), (11, -17), (7, -12), (9, -7)], closed=True)
    canvas.drawPath(shape(bent(dorsal)), down(-19, -8, "#ffd9a3", FIN))
    side = shape(bent(body))
    canvas.drawPath(side, down(-13, 13, BACK, SIDE, "#d9ece0", BELLY))
    canvas.save()
    canvas.clipPath(side, doAntiAlias=True)
    stripe = [(-22, 0.5), (-6, -0.5), (10, 0), (24, 0.5)]
    canvas.drawPath(ribbon(bent(stripe), (0.5, 3.4, 2.6, 0.6)), ink("#23607f", 0.55))
    canvas.drawPath(ribbon(bent([(-28, -5), (-10, -9.5), (8, -6)]), (0.3, 2.2, 0.4)), ink("#ffffff", 0.5))
    canvas.restore()
    canvas.drawPath(blob(bent([(-11, 3), (-4, 4.5), (-1, 10), (-8, 8.5)])), ink(FIN, 0.95))
    x, y = bent([(-24, -2.4)])[0].tolist()
    for radius, tone in ((4.2, "#fffaf0"), (2.7, INK)):
        canvas.drawCircle(x, y, radius, ink(tone))
    canvas.drawCircle(x - 0.8, y - 1.0, 1.0, ink("#ffffff"))
    canvas.drawPath(ribbon(bent([(-32, 3), (-29, 4.2), (-26.5, 3.6)]), (0.3, 1.1, 0.3)), ink("#4b6f86"))
    return whole(sheet)


def facing() -> Picture:
    """Round, with two eyes alike and a fin on each side."""
    sheet = Sheet(84, 52)
    canvas = sheet.canvas
    canvas.translate(42, 24)
    body = blob([(0, -14), (9, -11), (13, 0), (9, 11), (0, 13), (-9, 11), (-13, 0), (-9, -11)])
    canvas.drawPath(
        shape(moved(curve([(0, -12), (12, 0), (0, 12), (-12, 0)], closed=True), 2, 9)), ink("#0c2140", 0.38, 4)
    )
    canvas.drawPath(blob([(-3, -12), (0, -21), (3, -12)]), down(-21, -11, "#ffd9a3", FIN))
    for way in (-1, 1):
        fin = np.array([(11, 0), (20, -5), (24, 2), (18, 6)]) * (way, 1)
        canvas.drawPath(blob(fin), along((11 * way, 0), (24 * way, 0), FIN, "#ffd9a3"))
    canvas.drawPath(body, down(-14, 13, BACK, SIDE, "#d9ece0", BELLY))
    for way in (-1, 1):
        for radius, tone in ((4.2, "#fffaf0"), (2.7, INK)):
            canvas.drawCircle(7 * way, -3, radius, ink(tone))
        canvas.drawCircle(7 * way - 0.8, -4, 1.0, ink("#ffffff"))
    canvas.drawPath(oval(0, 4.5, 2.6, 1.9), pen("#4b6f86", 1.2))
    return whole(sheet)
