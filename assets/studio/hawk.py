"""The shadow of a hawk on the water."""

import numpy as np
import skia
from studio.brush import Sheet, blob, curve, ink, shape
from studio.picture import Picture, whole

SHADE = "#070f28"


def hawk_shadow() -> Picture:
    """Broad wings with fingered tips and a fanned tail, flying left, flat as what lies on water; soft at its rim."""
    sheet = Sheet(232, 136)
    sheet.canvas.translate(94, 68)
    sheet.canvas.scale(1.4, 0.86)
    whole_bird = blob([(-52, 0), (-40, -9), (-10, -12), (30, -7), (48, 0), (30, 7), (-10, 12), (-40, 9)])
    tail = shape(curve([(30, -6), (74, -20), (84, -8), (86, 0), (84, 8), (74, 20), (30, 6)], closed=True))
    wings = [shape(np.array(_wing()) * (1, side)) for side in (-1, 1)]
    for part in (tail, *wings):
        whole_bird = skia.Op(whole_bird, part, skia.kUnion_PathOp)
    for blur, alpha in ((7.0, 0.4), (2.0, 0.82)):
        sheet.canvas.drawPath(whole_bird, ink(SHADE, alpha, blur=blur))
    return whole(sheet)


def _wing() -> list[tuple[float, float]]:
    """One wing away from the body, its last feathers spread like fingers."""
    edge = curve([(-26, -6), (-24, -26), (-8, -48), (10, -62)])
    fingers = [(22, -66), (20, -59), (36, -64), (31, -55), (47, -57), (39, -48), (54, -47), (43, -40)]
    back = curve([(43, -40), (34, -28), (30, -14), (24, -5)])
    return [*map(tuple, edge.tolist()), *fingers, *map(tuple, back.tolist())]
