"""Who puts devices on: a face from the front, and glasses with a camera on their bridge."""

import numpy as np
import skia
from studio.brush import Points, Sheet, along, blob, curve, down, ink, moved, oval, pen, ribbon, shape
from studio.picture import Picture

EYE = 52.0
"""From the middle of the face to that of an eye, and from the bridge of the glasses to the middle of a glass, px."""

LASH = "#3a3f6c"
METAL = "#e9e4f2"


def face() -> Picture:
    """Calm, eyes open; held between the eyes."""
    sheet = Sheet(320, 360)
    canvas = sheet.canvas
    canvas.translate(160, 190)
    _hair_behind(canvas)
    canvas.drawPath(
        blob([(-34, 112), (34, 112), (38, 148), (20, 166), (-20, 166), (-38, 148)]),
        down(112, 166, "#d99f88", "#eab99f"),
    )
    for side in (-1, 1):
        ear = np.array([(112, -8), (128, -20), (138, -4), (134, 24), (120, 40), (110, 30)]) * (side, 1)
        canvas.drawPath(blob(ear), along((108 * side, 0), (138 * side, 0), "#dda58f", "#f2c8ae"))
    skin = blob(
        [
            *[(0, -128), (72, -112), (114, -54), (118, 10), (98, 78), (52, 124), (0, 138)],
            *[(-52, 124), (-98, 78), (-118, 10), (-114, -54), (-72, -112)],
        ]
    )
    canvas.drawPath(skin, down(-128, 140, "#f4d0b6", "#f9dcc4", "#f0c2a8"))
    for side in (-1, 1):
        canvas.drawPath(oval(74 * side, 48, 24, 16), ink("#ef9c8c", 0.3, blur=9))
        _eye(canvas, EYE * side)
    canvas.drawPath(ribbon([(-7, 44), (0, 49), (7, 44)], (0.5, 4, 0.5)), ink("#d08f7d", 0.9))
    canvas.drawPath(ribbon([(-26, 82), (-12, 93), (0, 95), (12, 93), (26, 82)], (1, 5, 6, 5, 1)), ink("#b9645f"))
    _fringe(canvas)
    return Picture(sheet.pixels(), (160, 190))


def _eye(canvas: skia.Canvas, x: float) -> None:
    canvas.drawPath(oval(x, 0, 20, 14), ink("#fffaf3"))
    canvas.save()
    canvas.clipPath(oval(x, 0, 20, 14), doAntiAlias=True)
    canvas.drawCircle(x, 1, 12.5, down(-12, 14, "#3c4677", "#6f7fb4"))
    canvas.drawCircle(x, 1, 6, ink("#1c2344"))
    canvas.drawCircle(x + 4, -4, 3.4, ink("#ffffff"))
    canvas.restore()
    lid = [(x - 22, -2), (x - 12, -13), (x, -16), (x + 12, -13), (x + 22, -2)]
    canvas.drawPath(ribbon(lid, (1, 4.5, 5, 4.5, 1)), ink(LASH))
    brow = [(x - 22, -36), (x, -42), (x + 22, -37)]
    canvas.drawPath(ribbon(brow, (1.5, 6, 1.5)), ink("#4f5690", 0.9))


_FRINGE = [
    *[(-124, -20), (-122, -84), (-84, -138), (-20, -160), (48, -156), (100, -120), (124, -66), (124, -18)],
    *[(110, -44), (90, -80), (48, -92), (14, -74), (-40, -62), (-86, -70), (-108, -50)],
]


def _fringe(canvas: skia.Canvas) -> None:
    edge = curve(_FRINGE, closed=True)
    canvas.drawPath(shape(moved(edge, 0, 5)), ink("#b97f72", 0.3, blur=6))
    mass = shape(edge)
    canvas.drawPath(mass, down(-160, -40, "#666ca3", "#4a528a", "#3a4278"))
    canvas.save()
    canvas.clipPath(mass, doAntiAlias=True)
    _locks(canvas)
    canvas.restore()


def _locks(canvas: skia.Canvas) -> None:
    """From the crown to the tips, in three tones."""
    for i in range(15):
        share = i / 14
        tip = (-128 + 256 * share, -30 - 52 * np.sin(np.pi * share))
        middle = (-80 + 170 * share, -128 + 12 * abs(share - 0.5))
        tone, alpha = (("#8086bd", 0.25), ("#2b3365", 0.28), ("#6f76ae", 0.25))[i % 3]
        canvas.drawPath(ribbon([(16, -158), middle, tip], (1, 10, 3)), ink(tone, alpha, blur=1.4))
    canvas.drawPath(ribbon([(-70, -122), (-20, -138), (40, -136)], (0.5, 10, 0.5)), ink("#b4b8e2", 0.35, blur=4))


def _hair_behind(canvas: skia.Canvas) -> None:
    back: Points = curve(
        [
            *[(-130, 30), (-134, -60), (-92, -142), (0, -168), (92, -142), (134, -60), (130, 30)],
            *[(118, 92), (70, 120), (-70, 120), (-118, 92)],
        ],
        closed=True,
    )
    canvas.drawPath(shape(back), down(-168, 120, "#4b538a", "#333b6e"))


def glasses() -> Picture:
    """Clear glasses, a camera on the bridge and a cable at one end; held at the bridge."""
    sheet = Sheet(340, 170)
    canvas = sheet.canvas
    canvas.translate(160, 62)
    for side in (-1, 1):
        lens = blob(
            np.array([(12, -6), (30, -32), (72, -36), (98, -22), (98, 10), (76, 34), (38, 34), (16, 16)]) * (side, 1)
        )
        canvas.drawPath(
            lens, along((12 * side, -36), (96 * side, 34), ("#dff0ff", 0.34), ("#bcd2f6", 0.10), ("#f7e9ff", 0.26))
        )
        canvas.drawPath(lens, pen("#1d2748", 11))
        canvas.drawPath(lens, pen(METAL, 6))
        shine = [(36 * side, -18), (54 * side, -25), (70 * side, -25)]
        canvas.drawPath(ribbon(shine, (0.5, 5, 0.5)), ink("#ffffff", 0.75))
        temple = [(97 * side, -22), (112 * side, -26), (128 * side, -20)]
        canvas.drawPath(ribbon(temple, (16, 15, 9)), ink("#1d2748"))
        canvas.drawPath(ribbon(temple, (10, 9, 5)), ink(METAL))
    canvas.drawPath(ribbon([(-20, -14), (0, -22), (20, -14)], (15, 17, 15)), ink("#1d2748"))
    canvas.drawPath(ribbon([(-20, -14), (0, -22), (20, -14)], (9, 11, 9)), ink(METAL))
    canvas.drawCircle(0, -20, 8.5, ink("#1d2748"))
    canvas.drawCircle(0, -20, 4.6, down(-25, -15, "#6f8fd0", "#24335f"))
    canvas.drawCircle(1.6, -22, 1.5, ink("#ffffff"))
    cable = [(128, -18), (148, 6), (142, 44), (152, 76), (146, 104)]
    canvas.drawPath(ribbon(cable, (7, 7, 7, 7, 7)), ink("#1d2748"))
    canvas.drawPath(ribbon(cable, (3.4, 3.4, 3.4, 3.4, 3.4)), ink(METAL))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(138, 84, 16, 22), 5, 5, ink("#1d2748"))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(141, 87, 10, 16), 3, 3, ink(METAL))
    return Picture(sheet.pixels(), (160, 62))
