"""What swims and flies: a shadow, the fish, the frog, the dragonfly; all face left."""

import numpy as np
import skia
from studio.brush import Points, Sheet, along, around, blob, curve, down, ink, moved, oval, ribbon, shape, turned
from studio.picture import Picture, whole

INK = "#16233f"


def shadows() -> list[Picture]:
    """Something swims there; what it is cannot be told."""
    pictures = []
    for swell in (1.0, -1.0):
        sheet = Sheet(136, 72)
        sheet.canvas.translate(68, 36)
        edge = [
            (-42, 2 * swell),
            (-24, -13),
            (4, -15 - swell),
            (30, -9 + 2 * swell),
            (42, 1 - 2 * swell),
            (28, 10),
            (0, 15 + swell),
            (-26, 12),
        ]
        sheet.canvas.drawPath(blob(edge), ink("#0f2142", 0.5, blur=8))
        sheet.canvas.drawPath(blob(np.array(edge) * 0.8), ink("#0f2142", 0.42, blur=5))
        pictures.append(whole(sheet))
    return pictures


def fish() -> list[Picture]:
    return [_fish(phase) for phase in np.arange(8) * np.pi / 4]


def _fish(phase: float) -> Picture:
    """A silver side with a peach belly; the wave of the stroke grows towards the tail."""
    sheet = Sheet(132, 84)
    canvas = sheet.canvas
    canvas.translate(68, 40)

    def bent(points: Points | list[tuple[float, float]]) -> Points:
        p = np.array(points, float)
        p[:, 1] += 6.5 * np.clip((p[:, 0] + 46) / 100, 0, 1.2) ** 1.5 * np.sin(phase - p[:, 0] / 34)
        return p

    body = curve(
        [(-50, 2), (-38, -11), (-14, -20), (12, -13), (34, -4), (40, 0), (34, 5), (10, 15), (-14, 19), (-38, 12)],
        closed=True,
    )
    canvas.drawPath(shape(moved(bent(body), 4, 13)), ink("#0c2140", 0.4, blur=6))
    tail = curve(
        [(34, -2), (46, -14), (60, -22), (55, -8), (53, 1), (56, 10), (59, 23), (46, 14), (34, 4)], closed=True
    )
    canvas.drawPath(shape(bent(tail)), along((34, 0), (60, 0), "#e79c86", "#ffc7a4", "#ffe2c8"))
    dorsal = curve([(-20, -17), (-6, -30), (16, -27), (10, -20), (14, -12), (-4, -16)], closed=True)
    canvas.drawPath(shape(bent(dorsal)), down(-30, -12, "#ffd3b4", "#e69f8a"))
    for fin in ([(-10, 16), (0, 28), (10, 29), (6, 20), (4, 15)], [(18, 11), (24, 20), (31, 19), (27, 9)]):
        canvas.drawPath(shape(bent(curve(fin, closed=True))), down(12, 30, "#e69f8a", "#ffd3b4"))
    side = shape(bent(body))
    canvas.drawPath(side, down(-20, 20, "#5f7cae", "#a9bfdb", "#f2f6fa", "#fff3e8", "#ffc7a2"))
    canvas.save()
    canvas.clipPath(side, doAntiAlias=True)
    for column in range(6):
        for row in range(3):
            x, y = -12 + column * 8.5 + (row % 2) * 4, -8 + row * 6.5
            scale = bent([(x + 3, y - 3.6), (x + 5.6, y), (x + 3, y + 3.6)])
            canvas.drawPath(ribbon(scale, (0.3, 1.3, 0.3)), ink("#6f8bb8", 0.5 - column * 0.05))
    canvas.drawPath(
        ribbon(bent([(-46, -5), (-16, -15.5), (14, -9), (36, -2)]), (0.4, 3, 2.4, 0.3)), ink("#ffffff", 0.5)
    )
    canvas.drawPath(
        blob(bent([(-52, 2), (-40, -12), (-27, -17), (-24, 0), (-28, 16), (-40, 12)])), ink("#ffe7d2", 0.35)
    )
    canvas.restore()
    canvas.drawPath(ribbon(bent([(-27, -12), (-22.5, 0), (-27, 12)]), (0.4, 2.2, 0.4)), ink("#7189b3", 0.8))
    canvas.drawPath(blob(bent([(-18, 3), (-8, 5), (-3, 12), (-13, 11)])), ink("#f2a98e", 0.9))
    canvas.drawPath(ribbon(bent([(-49, 4), (-45, 5.4), (-42, 5)]), (0.3, 1.3, 0.3)), ink("#6f7fa6"))
    x, y = bent([(-36.5, -3)])[0].tolist()
    for radius, tone in ((4.8, "#fff6e8"), (3.1, INK)):
        canvas.drawCircle(x, y, radius, ink(tone))
    canvas.drawCircle(x - 0.9, y - 1.2, 1.1, ink("#ffffff"))
    return whole(sheet)


FROG_LEGS = (
    ((12, 31), (28, 25), (22, 36)),
    ((24, 32), (40, 34), (50, 46)),
    ((38, 19), (56, 19), (74, 27)),
    ((32, 20), (48, 15), (64, 17)),
)
"""knee, ankle and toes of one hind leg in each frame: drawn up, kicking, stretched, gliding"""


def frogs() -> list[Picture]:
    """Eight frames: each of the four and, after it, what lies between it and the next."""
    legs, reach = np.array(FROG_LEGS, float), np.array((0.0, 0.5, 1.0, 0.8))
    between = [(legs + np.roll(legs, -1, axis=0)) / 2, (reach + np.roll(reach, -1)) / 2]
    frames = []
    for i in range(4):
        for some_legs, some_reach in ((legs, reach), between):
            knee, ankle, toes = ((float(x), float(y)) for x, y in some_legs[i])
            frames.append(_frog(knee, ankle, toes, float(some_reach[i])))
    return frames


def _frog(knee: tuple[float, float], ankle: tuple[float, float], toes: tuple[float, float], reach: float) -> Picture:
    """Seen from above: broad head with two eyes, long hind legs with webs."""
    sheet = Sheet(140, 104)
    canvas = sheet.canvas
    canvas.translate(58, 48)
    canvas.scale(1, 0.82)
    outline = [
        (-46, 0),
        (-40, -13),
        (-26, -19),
        (-6, -20),
        (14, -14),
        (23, 0),
        (14, 14),
        (-6, 20),
        (-26, 19),
        (-40, 13),
    ]
    canvas.drawPath(blob(moved(outline, 6, 20)), ink("#0c2140", 0.4, blur=7))
    for side in (-1, 1):
        _hind_leg(canvas, knee, ankle, toes, side)
        elbow, hand = (-24 + 4 * reach, 25 * side), (-36 + 24 * reach, (29 - 3 * reach) * side)
        canvas.drawPath(ribbon([(-20, 13 * side), elbow, hand], (7, 5.4, 4)), ink("#3f917c"))
        for spread in (-26, 0, 26):
            finger = turned([(0, 0), (-7 + 9 * reach, 3.2 * side)], spread * side) + hand
            canvas.drawPath(ribbon(finger, (2.6, 1.8)), ink("#56a88a"))
    body = blob(outline)
    canvas.drawPath(body, around(-14, -6, 46, "#a9d98f", "#63b586", "#2f8276"))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    for side in (-1, 1):
        canvas.drawPath(
            ribbon([(-34, 11 * side), (-10, 13 * side), (18, 7 * side)], (1.6, 3.6, 1)), ink("#e6f1b2", 0.85)
        )
        for x, y, r in ((-14, 6, 3.4), (-1, 7, 4), (9, 4, 2.6), (-25, 5, 2.4)):
            canvas.drawPath(oval(x, y * side, r, r * 0.85), ink("#25706c", 0.75))
    canvas.restore()
    canvas.drawPath(ribbon([(-42, -8), (-45.5, 0), (-42, 8)], (0.4, 1.5, 0.4)), ink("#1f5f62", 0.9))
    for side in (-1, 1):
        canvas.drawPath(oval(-33, 13.5 * side, 7.2, 7.6), ink("#8acb84"))
        canvas.drawPath(oval(-34, 14 * side, 4.9, 5.4), ink("#ffe39a"))
        canvas.drawPath(oval(-34.5, 14 * side, 2, 4.2), ink(INK))
        canvas.drawPath(oval(-35.6, 14 * side - 2, 1.1, 1.3), ink("#ffffff"))
    return whole(sheet)


def _hind_leg(
    canvas: skia.Canvas, knee: tuple[float, float], ankle: tuple[float, float], toes: tuple[float, float], side: int
) -> None:
    hip, knee, ankle, toes = ((x, y * side) for x, y in ((12, 9), knee, ankle, toes))
    canvas.drawPath(
        ribbon([hip, ((hip[0] + knee[0]) / 2 - 1, (hip[1] + knee[1]) / 2 + 2 * side), knee], (13, 12, 7)),
        ink("#3f917c"),
    )
    canvas.drawPath(
        ribbon([knee, ((knee[0] + ankle[0]) / 2, (knee[1] + ankle[1]) / 2 - side), ankle], (8, 7, 4.5)),
        ink("#4ea184"),
    )
    way = np.subtract(toes, ankle)
    tips = [turned([way * k], angle)[0] + ankle for angle, k in ((-24, 0.86), (0, 1.0), (24, 0.86))]
    canvas.drawPath(shape([ankle, *[tuple(tip) for tip in tips]]), ink("#7cc596", 0.75))
    for tip in tips:
        canvas.drawPath(ribbon([ankle, tip], (3.4, 1.6)), ink("#56a88a"))


def dragonflies() -> list[Picture]:
    return [_dragonfly(7 + 23 * float(np.cos(beat))) for beat in np.arange(8) * np.pi / 4]


def _dragonfly(lift: float) -> Picture:
    sheet = Sheet(124, 104)
    canvas = sheet.canvas
    canvas.translate(48, 62)
    for x, angle, length, alpha in ((7, 66 - lift * 0.7, 44, 0.42), (-3, 36 - lift * 0.7, 48, 0.42)):
        _wing(canvas, (x, -3), angle, length, alpha)
    abdomen = [(4, 0), (22, 1), (40, 4), (60, 9)]
    canvas.drawPath(ribbon(abdomen, (7, 5.4, 4.4, 4.6, 3)), along((0, 0), (60, 8), "#3aa0a8", "#5fc4c0", "#2c7f9a"))
    for t in range(10, 50, 7):
        x, y = curve(abdomen)[int(len(curve(abdomen)) * t / 56)]
        canvas.drawPath(ribbon([(x - 0.3, y - 2.6), (x + 0.5, y + 2.4)], (1.5, 1.5)), ink("#1d4f70", 0.65))
    canvas.drawPath(
        blob([(-12, -1), (-6, -7), (4, -6.5), (10, -1), (4, 5), (-7, 5)]), down(-7, 5, "#7ddbcb", "#2f86a0")
    )
    for x, angle, length, alpha in ((8, 48 - lift * 1.5, 46, 0.66), (-4, 10 - lift * 1.5, 50, 0.72)):
        _wing(canvas, (x, -4), angle, length, alpha)
    canvas.drawPath(
        blob([(-22, 1), (-19, -6), (-12, -6.5), (-9, 0), (-12, 5), (-19, 5)]), down(-7, 5, "#57bcb8", "#23607f")
    )
    canvas.drawPath(oval(-17.5, -2.6, 4.4, 4.6), ink("#f4b779"))
    canvas.drawCircle(-18.6, -4, 1.2, ink("#fff3df"))
    for x in (-8, -1, 4):
        canvas.drawPath(ribbon([(x, 4), (x - 2, 9), (x + 1, 12)], (1.3, 1.1, 0.5)), ink("#1d4f70"))
    return whole(sheet)


def _wing(canvas: skia.Canvas, root: tuple[float, float], angle: float, length: float, alpha: float) -> None:
    """A glassy blade; angle 0 points straight up, clockwise towards the tail."""
    blade = (
        turned(
            [
                (0, 0),
                (-5, -length * 0.4),
                (-5.4, -length * 0.8),
                (-1, -length),
                (4.4, -length * 0.84),
                (4, -length * 0.4),
            ],
            angle,
        )
        + root
    )
    tip = turned([(0, -length)], angle)[0] + root
    canvas.drawPath(blob(blade), along(root, tip, ("#cfe9f0", alpha), ("#f6f3fb", alpha), ("#ffd9cf", alpha)))
    for bend in (-2.6, 0.6):
        vein = turned([(0, 0), (bend, -length * 0.5), (bend * 0.7, -length * 0.94)], angle) + root
        canvas.drawPath(ribbon(vein, (1, 0.8, 0.3)), ink("#5d8fb0", alpha * 0.8))
    spot = turned([(-3.6, -length * 0.84)], angle)[0] + root
    canvas.drawCircle(*spot.tolist(), 1.5, ink("#8a5f86", alpha))
