"""Who sits in the reeds: four kinds of small animals in three coats, the stalks that they sit on, and a card."""

from collections.abc import Callable

import numpy as np
import skia
from studio.brush import Chance, Sheet, along, around, blob, curve, down, ink, oval, pen, ribbon, shape
from studio.picture import Picture, cropped, whole

INK = "#16233f"

Paint = Callable[[skia.Canvas, str], None]

COATS = {
    "plain": ("#ffe0a6", "#f5b35f", "#c9763f"),
    "striped": ("#c9f1e4", "#5fc4b4", "#2a8390"),
    "spotted": ("#eedcff", "#b690e4", "#7554ad"),
}
"""Light, middle and shade of each."""

_MARKS = {"striped": "#1d5566", "spotted": "#fff4d8"}


def seekers() -> dict[str, Picture]:
    """seeker_<kind>_<coat>, 96 x 88 px, held where the animal sits."""
    kinds = {"snail": _snail, "beetle": _beetle, "turtle": _turtle, "moth": _moth}
    return {f"seeker_{kind}_{coat}": _painted(paint, coat) for kind, paint in kinds.items() for coat in COATS}


def _painted(paint: Paint, coat: str) -> Picture:
    sheet = Sheet(96, 88)
    sheet.canvas.translate(48, 44)
    paint(sheet.canvas, coat)
    return Picture(sheet.pixels(), (48, 44))


def _marked(canvas: skia.Canvas, outline: skia.Path, coat: str, reach: tuple[float, float, float, float]) -> None:
    """The pattern of a coat within an outline; reach: left, top, right, bottom."""
    if coat == "plain":
        return
    left, top, right, bottom = reach
    canvas.save()
    canvas.clipPath(outline, doAntiAlias=True)
    if coat == "striped":
        for x in np.arange(left + 3, right, 9.5):
            canvas.drawPath(
                ribbon([(x + 3, top - 2), (x, (top + bottom) / 2), (x + 3, bottom + 2)], (3.4, 4.2, 3.4)),
                ink(_MARKS[coat], 0.85),
            )
    else:
        for row, y in enumerate(np.arange(top + 5, bottom, 10.5)):
            for x in np.arange(left + 4 + (row % 2) * 6, right, 12):
                canvas.drawPath(oval(float(x), float(y), 3.3, 3.1), ink(_MARKS[coat], 0.95))
    canvas.restore()


def _body(canvas: skia.Canvas, outline: skia.Path, coat: str, x: float, y: float, radius: float) -> None:
    canvas.drawPath(outline, around(x - radius * 0.35, y - radius * 0.45, radius * 1.5, *COATS[coat]))


def _eye(canvas: skia.Canvas, x: float, y: float, r: float = 3.4) -> None:
    canvas.drawCircle(x, y, r, ink("#fff8ea"))
    canvas.drawCircle(x - 0.5, y + 0.2, r * 0.62, ink(INK))
    canvas.drawCircle(x - 1.1, y - 0.9, r * 0.26, ink("#ffffff"))


def _snail(canvas: skia.Canvas, coat: str) -> None:
    foot = [(-38, 24), (-34, 10), (-27, 6), (-21, 14), (-2, 18), (24, 19), (40, 26), (20, 29), (-24, 30)]
    canvas.drawPath(blob(foot), down(6, 30, "#f7e3cf", "#d9b39c"))
    for tip in ((-39, -8), (-27, -10)):
        canvas.drawPath(ribbon([(-31, 10), (tip[0] + 3, 0), tip], (3.6, 2.8, 2.2)), ink("#e8cbb4"))
        canvas.drawCircle(*tip, 3.2, ink(INK))
    shell = oval(6, -3, 28, 26)
    _body(canvas, shell, coat, 6, -3, 28)
    _marked(canvas, shell, coat, (-22, -29, 34, 23))
    t = np.linspace(0, 4.4 * np.pi, 70)
    r = 26 - 24 * t / t[-1]
    swirl = np.column_stack([6 + r * np.cos(t + 2.3), -3 + 0.93 * r * np.sin(t + 2.3)])
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in swirl.tolist()], False)
    canvas.drawPath(path, pen(COATS[coat][2], 2.6, 0.9))
    canvas.drawPath(ribbon([(-8, -20), (4, -26), (18, -22)], (0.5, 3.2, 0.5)), ink("#ffffff", 0.45))


def _beetle(canvas: skia.Canvas, coat: str) -> None:
    for x, y, tip in ((-18, 14, (-26, 32)), (2, 20, (0, 36)), (20, 14, (28, 31))):
        canvas.drawPath(ribbon([(x, y), ((x + tip[0]) / 2 - 2, (y + tip[1]) / 2 - 2), tip], (4, 3.4, 2)), ink(INK))
    for tip in ((-42, -22), (-31, -30)):
        canvas.drawPath(ribbon([(-27, -4), (tip[0] + 4, tip[1] + 8), tip], (2.6, 2, 1.6)), ink(INK))
    head = [(-38, 4), (-34, -8), (-24, -12), (-17, -2), (-20, 12), (-32, 14)]
    canvas.drawPath(blob(head), around(-30, -4, 22, "#54648f", "#2b3a63", INK))
    shell = blob([(-24, 12), (-20, -12), (-2, -26), (20, -22), (34, -4), (32, 14), (16, 23), (-8, 22)])
    _body(canvas, shell, coat, 4, -2, 30)
    _marked(canvas, shell, coat, (-24, -26, 36, 24))
    canvas.drawPath(ribbon([(-21, -1), (6, -3), (34, 4)], (1.6, 2.4, 1)), ink(COATS[coat][2], 0.95))
    canvas.drawPath(ribbon([(-14, -13), (2, -21), (16, -18)], (0.5, 3.4, 0.5)), ink("#ffffff", 0.5))
    _eye(canvas, -31, 0)


def _turtle(canvas: skia.Canvas, coat: str) -> None:
    skin = ("#cfe3a4", "#88b37c", "#4f8268")
    for leg in ([(-22, 14), (-30, 24), (-24, 31), (-13, 22)], [(16, 18), (18, 30), (30, 30), (30, 16)]):
        canvas.drawPath(blob(leg), down(12, 32, *skin))
    canvas.drawPath(shape(curve([(30, 10), (43, 17), (31, 18)], closed=True)), ink(skin[1]))
    canvas.drawPath(blob([(-22, 8), (-30, -4), (-42, -6), (-45, 4), (-39, 12), (-26, 17)]), around(-38, 0, 22, *skin))
    dome = blob([(-28, 14), (-22, -8), (-4, -22), (16, -19), (31, -3), (35, 14), (4, 18)])
    _body(canvas, dome, coat, 4, -4, 32)
    _marked(canvas, dome, coat, (-28, -22, 36, 18))
    rim = ribbon([(-30, 15), (2, 19), (37, 14)], (3, 6.4, 3))
    canvas.drawPath(rim, ink(COATS[coat][2]))
    canvas.drawPath(ribbon([(-14, -10), (0, -17), (14, -14)], (0.5, 3.2, 0.5)), ink("#ffffff", 0.5))
    _eye(canvas, -37, 1, 3)
    canvas.drawPath(ribbon([(-43.5, 7), (-39, 8.6), (-35, 7.5)], (0.4, 1.4, 0.4)), ink("#3f6a58"))


def _moth(canvas: skia.Canvas, coat: str) -> None:
    for side in (-1, 1):
        hind = blob(
            [(2 * side, 4), (22 * side, 2), (34 * side, 14), (28 * side, 31), (14 * side, 30), (3 * side, 18)]
        )
        fore = blob(
            [(2 * side, -2), (12 * side, -24), (32 * side, -34), (43 * side, -24), (34 * side, -2), (6 * side, 8)]
        )
        for wing, y, reach in ((hind, 16, (-36, 2, 36, 34)), (fore, -12, (-44, -36, 44, 8))):
            _body(canvas, wing, coat, 22 * side, y, 24)
            _marked(canvas, wing, coat, reach)
        for wing in (hind, fore):
            canvas.drawPath(wing, pen(COATS[coat][2], 2, 0.7))
        feeler = [(2 * side, -16), (7 * side, -30), (15 * side, -37)]
        canvas.drawPath(ribbon(feeler, (2.2, 1.8, 3.2)), ink(INK))
    canvas.drawPath(
        blob([(0, -18), (5.5, -6), (4.5, 14), (0, 30), (-4.5, 14), (-5.5, -6)]), down(-18, 30, "#6d5a8c", "#2f3463")
    )
    for side in (-1, 1):
        _eye(canvas, 4.2 * side, -15, 3.4)


def stalks(chance: Chance) -> list[Picture]:
    """Tall reeds with a broad leaf at the top, where somebody may sit; held by that leaf."""
    pictures = []
    for lean in (-46.0, 12.0, 64.0):
        sheet = Sheet(360, 720)
        canvas = sheet.canvas
        canvas.translate(180, 60)
        stem = [(0.0, 6.0), (lean * 0.1, 150.0), (lean * 0.45, 380.0), (lean, 656.0)]
        canvas.drawPath(ribbon(stem, (4, 7, 8, 9)), down(0, 656, "#5c8f86", "#31626f", "#1c3a58"))
        for k in range(3):
            y = 150 + 110 * k + chance.uniform(0, 60)
            side = 1 if (k % 2) == (lean > 0) else -1
            x = float(np.interp(y, [p[1] for p in stem], [p[0] for p in stem]))
            blade = [(x, y), (x + side * 26, y - 52), (x + side * 58, y - 74), (x + side * 92, y - 60)]
            canvas.drawPath(ribbon(blade, (3, 11, 8, 0.6)), along((x, y), blade[-1], "#2a5866", ("#4a8582", 0.95)))
        leaf = [(-56, 12), (-30, 2), (0, 2), (34, 6), (60, -2), (36, 17), (4, 22), (-30, 19)]
        canvas.drawPath(blob(leaf), down(0, 24, "#86bd92", "#4f9486", "#2c6571"))
        canvas.drawPath(ribbon([(-52, 12), (0, 10), (56, 0)], (0.5, 1.8, 0.5)), ink("#c7e3b4", 0.7))
        pictures.append(cropped(sheet.pixels(), (180, 60)))
    return pictures


def far_stalks(near: list[Picture]) -> list[Picture]:
    """The same where nobody sits: farther off, so that some of what is behind them shines through."""
    return [stalk._replace(pixels=stalk.pixels * np.array((1, 1, 1, 0.8), np.float32)) for stalk in near]


def card() -> Picture:
    """A paper leaf with a pin of dew, on which is painted who is looked for."""
    sheet = Sheet(190, 180)
    canvas = sheet.canvas
    canvas.translate(95, 90)
    canvas.rotate(-2)
    for grow, paint in ((3, ink("#0d1730", 0.4, blur=9)), (0, down(-72, 72, "#fff8ec", "#f3e6d2"))):
        canvas.drawRoundRect(skia.Rect.MakeLTRB(-76 - grow, -70, 76 + grow, 70 + 3 * grow), 22, 22, paint)
    canvas.drawRoundRect(skia.Rect.MakeLTRB(-68, -62, 68, 62), 16, 16, pen("#d9b98f", 2, 0.7))
    return whole(sheet)
