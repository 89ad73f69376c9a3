"""Animals that may come to live in the marsh: ducks, a turtle, an otter, a kingfisher."""

import numpy as np
import skia
from studio.brush import Points, Sheet, along, blob, down, ink, moved, oval, pen, ribbon, shape
from studio.picture import Picture, kept


def ducks() -> Picture:
    """A duck and three ducklings in line, facing left; held at the water."""
    sheet = Sheet(280, 110)
    canvas = sheet.canvas
    canvas.translate(74, 84)
    _duck(canvas, 0, 0, 1.0, "#8a7a8c", "#6a5c78", "#b9a8a8")
    for x, y in ((86, 4), (130, 2), (172, 5)):
        _duck(canvas, x, y, 0.46, "#e8cf8c", "#c9a860", "#f6e4b0")
    return kept(sheet, 74, 84)


def _duck(canvas: skia.Canvas, x: float, y: float, s: float, body: str, wing: str, light: str) -> None:
    def at(points: list[tuple[float, float]]) -> Points:
        return moved(np.array(points) * s, x, y)

    canvas.drawPath(oval(x + 6 * s, y + 5 * s, 58 * s, 5 * s), ink("#1c2f5c", 0.3, blur=2))
    hull = [(-42, -14), (-30, 2), (0, 7), (36, 3), (60, -20), (40, -22), (10, -28), (-22, -26)]
    canvas.drawPath(blob(at(hull)), down(y - 28 * s, y + 8 * s, light, body))
    canvas.drawPath(blob(at([(-14, -20), (14, -26), (46, -18), (22, -4), (-4, -6)])), down(y - 26 * s, y, body, wing))
    canvas.drawPath(ribbon(at([(-30, -14), (-34, -32), (-36, -48)]), (22 * s, 15 * s, 15 * s)), ink(body))
    canvas.drawPath(oval(x - 37 * s, y - 52 * s, 15 * s, 13 * s), down(y - 64 * s, y - 40 * s, light, body))
    canvas.drawPath(blob(at([(-49, -55), (-66, -50), (-65, -46), (-48, -46)])), ink("#e8a05c"))
    canvas.drawCircle(x - 42 * s, y - 54 * s, 2.6 * s, ink("#1c2344"))
    canvas.drawCircle(x - 43 * s, y - 55 * s, 0.9 * s, ink("#ffffff"))


def turtle() -> Picture:
    """On its stone, head up to the sun; faces left; held at the water."""
    sheet = Sheet(210, 120)
    canvas = sheet.canvas
    canvas.translate(105, 100)
    canvas.drawPath(oval(0, 6, 88, 12), ink("#12244a", 0.35, blur=4))
    stone = [(-84, 4), (-66, -20), (-20, -30), (36, -28), (72, -14), (86, 6), (40, 12), (-40, 12)]
    canvas.drawPath(blob(stone), down(-30, 14, "#a9aebf", "#737d9c", "#4c587e"))
    for x in (-34, 36):
        canvas.drawPath(blob([(x - 12, -30), (x + 12, -30), (x + 18, -18), (x - 18, -18)]), ink("#6f9a72"))
    neck = [(-38, -36), (-56, -50), (-64, -64)]
    canvas.drawPath(ribbon(neck, (16, 13, 12)), ink("#7ea87a"))
    canvas.drawPath(
        blob([(-58, -76), (-76, -72), (-82, -64), (-74, -58), (-58, -60)]), down(-76, -58, "#9cc48c", "#6f9a72")
    )
    canvas.drawCircle(-70, -69, 2.6, ink("#1c2344"))
    canvas.drawCircle(-70.8, -69.8, 0.9, ink("#ffffff"))
    shell = blob([(-52, -30), (-44, -56), (-12, -76), (26, -72), (50, -50), (56, -30), (0, -24)])
    canvas.drawPath(shell, down(-76, -26, "#8fa36a", "#5c7c58", "#3c5c50"))
    canvas.save()
    canvas.clipPath(shell, doAntiAlias=True)
    for x, y in ((-34, -46), (-8, -60), (20, -58), (42, -44), (-16, -36), (12, -38)):
        canvas.drawPath(
            blob([(x - 12, y), (x - 5, y - 10), (x + 7, y - 10), (x + 13, y), (x + 5, y + 10), (x - 7, y + 10)]),
            pen("#d3c98c", 2, 0.5),
        )
    canvas.drawPath(oval(-6, -72, 34, 12), ink("#e4e0a8", 0.4, blur=5))
    canvas.restore()
    canvas.drawPath(ribbon([(-54, -30), (0, -23), (57, -30)], (3, 6, 3)), ink("#c9b97c"))
    return kept(sheet, 105, 100)


def otter(phase: float = 0.0) -> Picture:
    """Afloat on its back, paws on its belly; head to the left; held at the water. phase: of its paddling, radians"""
    beat, sway = float(np.sin(phase)), float(np.cos(phase))
    sheet = Sheet(240, 110)
    canvas = sheet.canvas
    canvas.translate(110, 76)
    canvas.drawPath(oval(6, 10, 104, 9), ink("#12244a", 0.3, blur=4))
    tail = [(70, 0), (96, -2 + 3 * beat), (118, -14 + 7 * beat)]
    canvas.drawPath(ribbon(tail, (20, 13, 3)), ink("#6a4f58"))
    body = blob([(-56, -8), (-20, -24), (30, -24), (76, -8), (80, 6), (30, 14), (-40, 12)])
    canvas.drawPath(body, down(-24, 14, "#a07c74", "#7a5a60", "#5a4454"))
    canvas.drawPath(blob([(-40, -12), (0, -22), (48, -18), (40, -6), (-20, -4)]), ink("#d8b8a0", 0.85))
    for x in (-16 - 2 * beat, 10 + 2 * beat):
        canvas.drawPath(blob([(x - 7, -26), (x + 6, -28), (x + 8, -16), (x - 4, -14)]), ink("#6a4f58"))
    for x, lift in ((74, 4 * sway), (88, -4 * sway)):
        foot = [(x - 6, -12), (x, -24 + lift), (x + 8, -20 + lift), (x + 6, -6)]
        canvas.drawPath(blob(foot), ink("#5a4454"))
    canvas.drawPath(
        blob([(-92, -22), (-78, -42), (-54, -42), (-42, -22), (-52, -4), (-80, -4)]),
        down(-42, 0, "#a88478", "#7a5a60"),
    )
    for x in (-82, -52):
        canvas.drawCircle(x, -38, 6, ink("#6a4f58"))
        canvas.drawCircle(x, -37, 3, ink("#b08880"))
    canvas.drawPath(oval(-67, -15, 16, 11), ink("#e4cbb4"))
    for x in (-76, -58):
        canvas.drawPath(ribbon([(x - 4, -25), (x, -28), (x + 4, -25)], (0.8, 2.4, 0.8)), ink("#2a2344"))
    canvas.drawPath(oval(-67, -20, 4.6, 3.2), ink("#2f2444"))
    canvas.drawPath(ribbon([(-74, -12), (-67, -9), (-60, -12)], (0.6, 2, 0.6)), ink("#6a4452"))
    canvas.drawPath(ribbon([(-100, 8), (0, 15), (104, 8)], (0.6, 3, 0.6)), ink("#e9eefa", 0.55))
    return Picture(sheet.pixels(), (110, 76), file_type="webp")


def kingfisher() -> Picture:
    """Blue and orange on a bent reed; faces left; held at the reed's foot."""
    sheet = Sheet(150, 260)
    canvas = sheet.canvas
    canvas.translate(104, 250)
    canvas.drawPath(
        ribbon([(10, 8), (2, -90), (-22, -156), (-70, -166)], (6, 5, 4, 2)),
        along((0, 0), (0, -170), "#2c5660", "#5a8a72"),
    )
    canvas.drawPath(ribbon([(6, -40), (34, -96), (30, -128)], (5, 6, 0.6)), ink("#3c6e66"))
    canvas.translate(-34, -164)
    canvas.drawPath(blob([(16, -6), (32, 20), (26, 26), (8, 4)]), down(0, 26, "#2f6fb4", "#1c4a8c"))
    body = blob([(-16, -46), (6, -44), (20, -24), (20, -4), (4, 4), (-14, -4), (-22, -24)])
    canvas.drawPath(body, along((-20, -20), (20, -20), "#f6b070", "#e88a4c"))
    wing = blob([(0, -42), (18, -34), (28, -8), (22, 8), (6, -10), (-2, -28)])
    canvas.drawPath(wing, down(-42, 8, "#58b4e0", "#2f7cc4", "#1f569c"))
    for i in range(5):
        canvas.drawCircle(6 + 3.2 * i, -32 + 6 * i, 1.6, ink("#b9ecf6", 0.9))
    canvas.drawPath(
        blob([(-26, -58), (-14, -74), (6, -72), (14, -56), (4, -42), (-18, -42)]),
        down(-74, -42, "#4aa4dc", "#2a6cb4"),
    )
    canvas.drawPath(blob([(-22, -52), (-8, -54), (-4, -46), (-16, -42)]), ink("#f2a060"))
    canvas.drawPath(blob([(0, -54), (10, -54), (9, -46), (1, -46)]), ink("#fff4e4"))
    canvas.drawPath(shape([(-22, -58), (-58, -52), (-22, -49)]), along((-22, 0), (-58, 0), "#2f3150", "#4c4a68"))
    canvas.drawCircle(-13, -58, 3.4, ink("#141a36"))
    canvas.drawCircle(-14.2, -59.2, 1.2, ink("#ffffff"))
    for x in (-6, 6):
        canvas.drawPath(ribbon([(x, 2), (x - 1, 9)], (3, 3)), ink("#d8744c"))
    return kept(sheet, 104, 250)
