"""Stepping stones of today's path: one to come, one that is lit, one that has been walked over."""

import numpy as np
import skia
from studio.brush import Sheet, along, around, blob, down, ink, oval, pen, ribbon
from studio.picture import Picture


def stones() -> dict[str, Picture]:
    """Held by the middle of their flat top."""
    return {
        "stone": _stone(("#56648c", "#3f4d78", "#2b3962"), "#7f8db4"),
        "stone_next": _stone(("#8b90ac", "#6a7198", "#464f7c"), "#cfd2e0", glow=True),
        "stone_done": _stone(("#c9b49c", "#a08c88", "#6a6478"), "#f2dfc0", sprig=True),
    }


def _stone(tones: tuple[str, str, str], rim: str, glow: bool = False, sprig: bool = False) -> Picture:
    sheet = Sheet(150, 110)
    canvas = sheet.canvas
    canvas.translate(75, 52)
    if glow:
        canvas.save()
        canvas.scale(1, 0.62)
        canvas.drawCircle(0, 0, 74, around(0, 0, 74, ("#ffd79a", 0.6), ("#ffca86", 0.2), ("#ffca86", 0)))
        canvas.restore()
    canvas.drawPath(oval(0, 18, 58, 20), ink("#0c1836", 0.4, blur=5))
    top, middle, low = tones
    foot = [(-54, 2), (-50, 20), (-20, 30), (24, 30), (52, 18), (55, 0), (0, -8)]
    canvas.drawPath(blob(foot), down(0, 32, middle, low))
    face = blob(_flat())
    canvas.drawPath(face, along((-50, 12), (50, -14), middle, top))
    canvas.save()
    canvas.clipPath(face, doAntiAlias=True)
    canvas.drawPath(oval(-14, -8, 36, 9), ink(rim, 0.25, blur=5))
    canvas.restore()
    canvas.drawPath(face, pen(rim, 2.4, 0.8))
    if sprig:
        _sprig(canvas)
    return Picture(sheet.pixels(), (75, 50), file_type="webp")


def _flat() -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * np.pi, 9, endpoint=False)
    wobble = (1.0, 0.97, 1.02, 0.98, 1.01, 0.96, 1.02, 0.99, 1.0)
    return [(55 * w * float(np.cos(a)), 19 * w * float(np.sin(a))) for a, w in zip(angles, wobble, strict=True)]


def _sprig(canvas: skia.Canvas) -> None:
    """Two leaves and a bud that have come up beside it."""
    canvas.drawPath(ribbon([(44, 20), (50, 0), (52, -16)], (3.4, 3, 2)), ink("#4f8f6c"))
    for tip in ((66, 2), (38, -2)):
        canvas.drawPath(ribbon([(48, 12), ((48 + tip[0]) / 2, tip[1] + 2), tip], (1, 7, 0.4)), ink("#5fa57a"))
    for dx in (-4.5, 0, 4.5):
        canvas.drawPath(
            blob([(52 + dx, -12), (48 + dx, -22), (52 + dx * 1.4, -30), (56 + dx, -22)]),
            down(-30, -12, "#fff1e6", "#f0a9b8"),
        )
