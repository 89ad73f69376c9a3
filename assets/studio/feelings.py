"""Faces that say how one feels: five each for mood, tiredness and effort, and one for each way of not being well."""

from typing import NamedTuple

import numpy as np
import skia
from studio.brush import Sheet, along, blob, curve, down, ink, oval, pen, ribbon
from studio.picture import Picture, whole

SIDE = 112
LINE = "#47416f"


class _Look(NamedTuple):
    """open: of the eyes, 0..1; smile: -1..1; gape: of the mouth, 0..1; brow: inner end raised above 0, lowered below

    cheeks: how rosy, 0..1
    """

    open: float = 1.0
    smile: float = 0.4
    gape: float = 0.0
    brow: float = 0.0
    cheeks: float = 0.4


def moods() -> list[Picture]:
    looks = [_Look(0.8, -0.9, 0, 0.9, 0.1), _Look(0.9, -0.45, 0, 0.45, 0.2), _Look(1, 0.05, 0, 0, 0.3)]
    looks += [_Look(1, 0.55, 0, 0, 0.6), _Look(0.9, 0.9, 0.75, 0, 0.9)]
    return [_painted(look) for look in looks]


def tiredness() -> list[Picture]:
    """Wide awake to very tired."""
    looks = [_Look(1.15, 0.6, 0.3, 0, 0.6), _Look(1, 0.4), _Look(0.6, 0.1), _Look(0.26, -0.1, 0, 0.3)]
    sleeper = _Look(0, 0, 1.0, 0.2, 0.3)
    return [*(_painted(look) for look in looks), _painted(sleeper, "sleep")]


def efforts() -> list[Picture]:
    """Easy to very hard."""
    looks = [_Look(1, 0.7, 0, 0, 0.5), _Look(1, 0.35), _Look(1, 0.0, 0, -0.3), _Look(0.85, -0.25, 0, -0.7, 0.6)]
    return [*(_painted(look) for look in looks), _painted(_Look(0.6, -0.4, 0.25, -1.0, 0.9), "drops")]


def unwell() -> dict[str, Picture]:
    """By the kind of complaint, and the way back."""
    return {
        "unwell_headache": _painted(_Look(0.1, -0.5, 0, 0.6, 0.2), "ache"),
        "unwell_dizzy": _painted(_Look(-1, -0.25, 0.15, 0.3, 0.2), "swirl"),
        "unwell_eyes": _painted(_Look(0, -0.35, 0, 0.5, 0.2), "sore"),
        "unwell_sad_or_angry": _painted(_Look(0.8, -0.8, 0, -0.7, 0.9), "tear"),
        "unwell_other": _painted(_Look(1, -0.1, 0, 0.3, 0.3), "dots"),
        "unwell_back": _arrow(),
    }


def _painted(look: _Look, more: str = "") -> Picture:
    sheet = Sheet(SIDE, SIDE)
    canvas = sheet.canvas
    canvas.translate(SIDE / 2, SIDE / 2 + 3)
    canvas.scale(0.94, 0.94)
    around_ = np.radians(np.arange(0, 360, 20))
    edge = np.column_stack([46 * np.sin(around_), -45 * np.cos(around_) * (1 + 0.03 * np.cos(around_))])
    canvas.drawPath(blob(edge * 1.03 + (0, 3)), ink("#0f1a38", 0.35, blur=3))
    canvas.drawPath(blob(edge), down(-46, 47, "#ffe9cf", "#fbd6b4", "#efb794"))
    canvas.drawPath(oval(-12, -26, 22, 12), ink("#fff8ea", 0.5, blur=7))
    for side in (-1, 1):
        canvas.drawPath(oval(27 * side, 13, 11, 7), ink("#ee8f80", 0.55 * look.cheeks, blur=4))
        _eye(canvas, 17 * side, look)
        inner, outer = (10 * side, -21 - 5 * look.brow), (26 * side, -21 + 4 * look.brow)
        middle = (18 * side, -25 - abs(look.brow))
        canvas.drawPath(ribbon([inner, middle, outer], (1.4, 3.4, 1.4)), ink(LINE, 0.85))
    _mouth(canvas, look)
    _more(canvas, more)
    return whole(sheet)


def _eye(canvas: skia.Canvas, x: float, look: _Look) -> None:
    if look.open < 0:
        at = np.linspace(0, 4.4 * np.pi, 40)
        swirl = np.column_stack([x + at * 0.62 * np.cos(at), -4 + at * 0.62 * np.sin(at)])
        canvas.drawPath(ribbon(swirl, (0.8, 2.4, 2.2), steps=2), ink(LINE))
        return
    if look.open < 0.15:
        lid = [(x - 8, -5), (x, -1), (x + 8, -5)]
        canvas.drawPath(ribbon(lid, (1.2, 3.6, 1.2)), ink(LINE))
        return
    tall = 8.4 * min(1.0, look.open) if look.open <= 1 else 9.4
    canvas.drawPath(oval(x, -4, 6.4, tall), ink(LINE))
    canvas.drawCircle(x + 2, -4 - 0.34 * tall, 2.3, ink("#ffffff", 0.95))
    if look.open < 0.7:
        lid = [(x - 9, -4 - tall * 0.9), (x, -5 - tall), (x + 9, -4 - tall * 0.9)]
        canvas.drawPath(ribbon(lid, (1.4, 3.6, 1.4)), ink(LINE))


def _mouth(canvas: skia.Canvas, look: _Look) -> None:
    y, deep = 21 - 4 * look.smile, 11 * look.smile
    if look.gape > 0:
        tall = 4 + 11 * look.gape
        if look.smile > 0.3:
            smile = blob(
                [(-15, y - 2), (0, y), (15, y - 2), (11, y + tall * 0.8), (0, y + tall * 1.1), (-11, y + tall * 0.8)]
            )
        else:
            smile = oval(0, y + 3, 7 + 3 * look.gape, tall * 0.8)
        canvas.drawPath(smile, down(y - 4, y + tall, "#7c3a56", "#a84e5c"))
        canvas.save()
        canvas.clipPath(smile, doAntiAlias=True)
        canvas.drawPath(oval(0, y + tall, 9, 6), ink("#ee8f86"))
        canvas.restore()
        return
    line = [
        (-15, y - deep * 0.3),
        (-7, y + deep * 0.55),
        (0, y + deep * 0.72),
        (7, y + deep * 0.55),
        (15, y - deep * 0.3),
    ]
    canvas.drawPath(ribbon(line, (1.6, 3.8, 4.2, 3.8, 1.6)), ink("#8a3f56"))


def _more(canvas: skia.Canvas, more: str) -> None:
    match more:
        case "sleep":
            for x, y, size in ((32, -38, 8), (44, -48, 5.5)):
                z = [(x - size / 2, y - size / 2), (x + size / 2, y - size / 2), (x - size / 2, y + size / 2)]
                z.append((x + size / 2, y + size / 2))
                _stroke(canvas, z, "#fff6e4", size * 0.34)
        case "drops":
            for x, y in ((-41, -26), (43, -22)):
                _drop(canvas, x, y, 6.5)
        case "tear":
            _drop(canvas, -24, 12, 6)
        case "ache":
            for angle in (-150, -112, -68, -30):
                way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
                side = np.array([-way[1], way[0]])
                bolt = [
                    way * 44 + (0, -3),
                    way * 48 + side * 4 + (0, -3),
                    way * 48.5 - side * 3 + (0, -3),
                    way * 53 + (0, -3),
                ]
                _stroke(canvas, [tuple(p) for p in bolt], "#f6b26b", 3)
        case "sore":
            for side in (-1, 1):
                canvas.drawPath(oval(17 * side, -3, 13, 10), ink("#e0605a", 0.34, blur=4))
                for dx in (-7, 0, 7):
                    lash = [(17 * side + dx, 0), (17 * side + dx * 1.4, 6)]
                    canvas.drawPath(ribbon(lash, (2.2, 1)), ink(LINE))
            _drop(canvas, 25, 16, 5)
        case "dots":
            for i, x in enumerate((16, 30, 43)):
                canvas.drawCircle(x, -40 - 4 * i, 3 + 1.3 * i, ink("#fff6e4", 0.95))


def _stroke(canvas: skia.Canvas, points: list[tuple[float, float]], tone: str, width: float) -> None:
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, pen(tone, width))


def _drop(canvas: skia.Canvas, x: float, y: float, size: float) -> None:
    edge = [(x, y - size * 1.5), (x + size * 0.7, y), (x, y + size * 0.8), (x - size * 0.7, y)]
    canvas.drawPath(blob(edge), down(y - size, y + size, "#cfe6ff", "#6fa6e0"))
    canvas.drawCircle(x - size * 0.2, y, size * 0.2, ink("#ffffff", 0.9))


def _arrow() -> Picture:
    sheet = Sheet(SIDE, SIDE)
    canvas = sheet.canvas
    canvas.translate(SIDE / 2, SIDE / 2)
    bow = curve([(30, 26), (34, -2), (12, -18), (-24, -14)])
    canvas.drawPath(ribbon(bow[::6], (7, 9, 9, 9)), along((34, 0), (-24, 0), "#e9d8c4", "#fff3e0"))
    canvas.drawPath(blob([(-42, -13), (-16, -36), (-20, -14), (-12, 8)]), ink("#fff3e0"))
    return whole(sheet)
