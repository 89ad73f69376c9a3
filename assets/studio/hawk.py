"""The shadow of a hawk on the water."""

import numpy as np
from studio.brush import Sheet, blob, curve, ink, shape
from studio.picture import Picture, whole

SHADE = "#0a1838"


def hawk_shadow() -> Picture:
    """Broad wings with fingered tips and a fanned tail, flying left, flat as what lies on water; soft at its rim."""
    sheet = Sheet(320, 150)
    canvas = sheet.canvas
    canvas.translate(150, 75)
    for blur, alpha in ((7.0, 0.30), (2.6, 0.58)):
        paint = ink(SHADE, alpha, blur=blur)
        canvas.drawPath(blob([(-52, 0), (-40, -9), (-10, -12), (30, -7), (48, 0), (30, 7), (-10, 12), (-40, 9)]), paint)
        tail = curve([(30, -6), (74, -20), (84, -8), (86, 0), (84, 8), (74, 20), (30, 6)], closed=True)
        canvas.drawPath(shape(tail), paint)
        for side in (-1, 1):
            canvas.drawPath(shape(np.array(_wing()) * (1, side)), paint)
    return whole(sheet)


def _wing() -> list[tuple[float, float]]:
    """One wing away from the body, its last feathers spread like fingers."""
    edge = curve([(-26, -6), (-24, -26), (-8, -48), (10, -62)])
    fingers = [(22, -66), (20, -59), (36, -64), (31, -55), (47, -57), (39, -48), (54, -47), (43, -40)]
    back = curve([(43, -40), (34, -28), (30, -14), (24, -5)])
    return [*map(tuple, edge.tolist()), *fingers, *map(tuple, back.tolist())]
