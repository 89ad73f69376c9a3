"""Two ponds with a rim of leaves, a sun and a moon to go by, a duckling in a leaf-boat, and the light on its way."""

import numpy as np
import skia
from studio.brush import Chance, Sheet, along, around, blob, curve, down, ink, moved, oval, ribbon, shape, turned
from studio.picture import Picture, whole

INK = "#16233f"


def pond(chance: Chance) -> Picture:
    """Clear water in a ring of leaves and stones, seen from the bank."""
    sheet = Sheet(400, 210)
    canvas = sheet.canvas
    canvas.translate(200, 116)
    for degrees in np.arange(195, 350, 11):
        _tuft(canvas, chance, float(degrees))
    canvas.drawPath(oval(0, 6, 176, 72), ink("#0c1b38", 0.45, blur=10))
    canvas.drawPath(oval(0, 0, 164, 64), down(-64, 64, "#2c5a78", "#1f4468"))
    canvas.drawPath(oval(0, 3, 150, 55), down(-52, 58, "#d4e6ec", "#8cc3d6", "#4b8db6"))
    for x, y, half in ((-60, -20, 46), (48, -28, 34), (30, 22, 58), (-84, 18, 26)):
        canvas.drawPath(ribbon([(x - half, y), (x, y + 2), (x + half, y)], (0.5, 3.4, 0.5)), ink("#ffffff", 0.4))
    for degrees in np.arange(0, 360, 15):
        _rim(canvas, chance, float(degrees) + chance.uniform(-4, 4))
    return Picture(sheet.pixels(), (200, 116))


def _tuft(canvas: skia.Canvas, chance: Chance, degrees: float) -> None:
    x, y = 158 * np.cos(np.radians(degrees)), 60 * np.sin(np.radians(degrees))
    for _ in range(3):
        lean, h = chance.uniform(-13, 13), chance.uniform(26, 54)
        blade = [(x, y), (x + lean * 0.4, y - h * 0.6), (x + lean, y - h)]
        canvas.drawPath(ribbon(blade, (5, 4, 0.6)), along((x, y), blade[-1], "#24536a", "#5d9a8c"))


def _rim(canvas: skia.Canvas, chance: Chance, degrees: float) -> None:
    """A leaf or a stone of the ring."""
    x, y = 160 * np.cos(np.radians(degrees)), 61 * np.sin(np.radians(degrees))
    r = chance.uniform(12, 19)
    if chance.uniform(0, 1) < 0.3:
        canvas.drawPath(oval(x, y, r * 0.8, r * 0.5), around(x - 4, y - 4, r, "#c4c9da", "#8590b4", "#56638f"))
        return
    canvas.drawPath(oval(x, y + 2, r * 1.15, r * 0.52), ink("#10304a", 0.5))
    canvas.drawPath(
        oval(x, y, r * 1.15, r * 0.5), along((x - r, y - r / 2), (x + r, y + r / 2), "#8cc09a", "#3f8583")
    )
    canvas.drawPath(ribbon([(x - r * 0.8, y), (x, y - 1), (x + r * 0.8, y)], (0.4, 1.3, 0.4)), ink("#d3ecc4", 0.6))


def sun() -> Picture:
    """Round, with rays."""
    sheet = Sheet(150, 150)
    canvas = sheet.canvas
    canvas.translate(75, 75)
    canvas.drawCircle(0, 0, 62, around(0, 0, 70, ("#ffe9b8", 0.55), ("#ffd08a", 0.16), ("#ffd08a", 0)))
    for degrees in range(0, 360, 30):
        ray = turned([(0, -36), (6, -41), (0, -61), (-6, -41)], degrees)
        canvas.drawPath(blob(ray), ink("#ffd489"))
    canvas.drawCircle(0, 0, 31, around(-8, -10, 44, "#fff6d8", "#ffdc8e", "#f6ad58"))
    canvas.drawPath(ribbon([(-10, 6), (0, 12), (10, 6)], (0.6, 2.8, 0.6)), ink("#b8683c", 0.8))
    for x in (-9, 9):
        canvas.drawCircle(x, -3, 2.7, ink("#8a4a32"))
    return whole(sheet)


def moon() -> Picture:
    """A crescent with two stars."""
    sheet = Sheet(150, 150)
    canvas = sheet.canvas
    canvas.translate(75, 75)
    canvas.drawCircle(0, 0, 62, around(0, 0, 70, ("#dfe8ff", 0.5), ("#bccdf6", 0.15), ("#bccdf6", 0)))
    crescent = skia.Op(oval(0, 0, 44, 44), oval(19, -2, 37, 37), skia.kDifference_PathOp)
    canvas.drawPath(crescent, along((-44, -30), (10, 36), "#ffffff", "#dce6ff", "#9fb4ea"))
    canvas.drawCircle(-31, -6, 2.6, ink("#4c5f9c"))
    canvas.drawPath(ribbon([(-31, 8), (-25, 12), (-20, 11)], (0.5, 2.4, 0.5)), ink("#4c5f9c", 0.8))
    for x, y, r in ((24, -14, 9), (34, 18, 6)):
        points = [turned([(0, -r if k % 2 == 0 else -r * 0.42)], k * 36)[0] for k in range(10)]
        canvas.drawPath(shape(moved(np.array(points), x, y)), ink("#fff6d8"))
    return whole(sheet)


def boat() -> Picture:
    """A duckling in a curled leaf, seen from the side."""
    sheet = Sheet(170, 130)
    canvas = sheet.canvas
    canvas.translate(85, 84)
    canvas.drawPath(oval(0, 24, 66, 12), ink("#0c1b38", 0.4, blur=6))
    stern = [(-70, -16), (-52, -2), (0, 4), (48, -4), (74, -26), (58, 8), (22, 26), (-24, 26), (-56, 10)]
    canvas.drawPath(
        blob([(-66, -12), (-20, -6), (30, -8), (68, -22), (40, 8), (-36, 8)]), down(-22, 10, "#2f6d69", "#1d4c5b")
    )
    body = [(-30, -4), (-34, -20), (-24, -27), (-6, -26), (12, -28), (26, -20), (24, 0), (-4, 8)]
    canvas.drawPath(blob(body), around(-4, -24, 44, "#fff1b0", "#ffd768", "#e9a845"))
    canvas.drawPath(shape(curve([(-30, -20), (-44, -30), (-34, -10)], closed=True)), ink("#f0b956"))
    canvas.drawPath(blob([(-16, -18), (4, -20), (10, -10), (-4, -3), (-18, -8)]), ink("#f2bd58", 0.9))
    hx, hy = 22, -44
    canvas.drawCircle(hx, hy, 18, around(hx - 6, hy - 8, 30, "#fff4bd", "#ffdc73", "#edb04c"))
    canvas.drawPath(
        blob([(hx + 13, hy - 2), (hx + 24, hy + 1), (hx + 26, hy + 5), (hx + 13, hy + 8)]),
        down(hy - 2, hy + 9, "#ffab5e", "#e0743f"),
    )
    canvas.drawPath(ribbon([(hx - 6, hy - 16), (hx - 9, hy - 24), (hx - 15, hy - 26)], (2.6, 2, 0.6)), ink("#ffdc73"))
    canvas.drawCircle(hx + 6, hy - 3, 3.4, ink(INK))
    canvas.drawCircle(hx + 5, hy - 4.2, 1.2, ink("#ffffff"))
    canvas.drawCircle(hx + 2, hy + 6, 3.4, ink("#f59c7c", 0.55))
    canvas.drawPath(blob(stern), down(-20, 28, "#a9d68f", "#63ad83", "#2c7a74"))
    canvas.drawPath(ribbon([(-66, -12), (-10, 10), (40, 6), (72, -22)], (0.6, 2.4, 2.2, 0.6)), ink("#dcf2c0", 0.7))
    for x in (-34, -10, 14, 38):
        canvas.drawPath(ribbon([(x, 9), (x - 5, 16), (x - 12, 20)], (1.4, 1.1, 0.4)), ink("#dcf2c0", 0.5))
    canvas.drawPath(ribbon([(72, -24), (82, -34), (80, -40)], (4, 3.4, 1.6)), ink("#63ad83"))
    return Picture(sheet.pixels(), (85, 84))


def current() -> Picture:
    """A soft streak of light on the water; many of them, one behind the other, are a current."""
    sheet = Sheet(420, 44)
    sheet.canvas.drawPath(oval(210, 22, 176, 9), ink("#fff3d6", 0.8, blur=7))
    return whole(sheet)


def buoy() -> Picture:
    """A bud on a leaf at the edge of the current."""
    sheet = Sheet(84, 70)
    canvas = sheet.canvas
    canvas.translate(42, 46)
    canvas.drawPath(oval(0, 4, 30, 11), ink("#0c1b38", 0.4, blur=4))
    canvas.drawPath(oval(0, 0, 30, 11), along((-30, -10), (30, 10), "#8cc09a", "#35797d"))
    for x, tone in ((-8, "#f0a3b6"), (8, "#f0a3b6"), (0, "#ffdbe0")):
        petal = [(x * 0.5, 2), (x - 6, -10), (x * 0.8, -27), (x + 6, -10)]
        canvas.drawPath(blob(petal), ink(tone))
    return Picture(sheet.pixels(), (42, 46))
