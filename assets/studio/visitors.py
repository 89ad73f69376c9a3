"""Who comes by while nothing is asked: an otter on its back, or diving; a kingfisher that dives for its fish."""

import numpy as np
import skia
from studio import wildlife
from studio.brush import Points, Sheet, along, blob, curve, down, ink, moved, oval, ribbon, shape, turned
from studio.picture import Picture, numbered

INK = "#141a36"


def pictures() -> dict[str, Picture]:
    """All face left and are held at the water, the flying kingfisher by its middle."""
    return {
        **numbered("otter_swim", [wildlife.otter(phase) for phase in np.arange(6) * np.pi / 3]),
        **numbered("otter_dive", [_dive(share) for share in (0.06, 0.24, 0.42, 0.6, 0.78, 0.94)]),
        **numbered("kingfisher_fly", [_flying(beat) for beat in np.arange(6) * np.pi / 3]),
        **numbered("kingfisher_dive", [_diving(angle, fold) for angle, fold in ((-12, 0.4), (-38, 0.7), (-62, 1.0))]),
        **numbered("kingfisher_catch", [_flying(beat, fish=True) for beat in np.arange(6) * np.pi / 3]),
    }


def _dive(share: float) -> Picture:
    """Its body goes over an arch, head first; what is below the water is not seen."""
    sheet = Sheet(200, 110)
    canvas = sheet.canvas
    canvas.translate(100, 84)
    canvas.save()
    canvas.clipRect(skia.Rect(-100, -90, 100, 2))
    ahead = 0.2 + 2.3 * share
    at = np.linspace(ahead - 1.75, ahead, 40)  # from tail to head, in lengths of the arch
    line = np.column_stack([46 - 92 * at, -44 * np.sin(np.pi * np.clip(at, -0.4, 1.4))])
    line[:, 1] += np.where((at < 0) | (at > 1), 14, 0)
    body = line[::3]
    widths = (2, 5, 9, 13, 20, 27, 31, 32, 31, 29, 26, 24, 25, 22)
    canvas.drawPath(ribbon(body, widths[: len(body)]), down(-62, 6, "#a88478", "#7a5a60", "#5a4454"))
    shine = ribbon(moved(body[3:-2], 2, -7), (1, 5, 6, 5, 1))
    canvas.drawPath(shine, ink("#d8b8a0", 0.4, blur=2))
    head = line[-1]
    if ahead < 1.0:
        canvas.drawPath(
            oval(head[0] - 5, head[1] - 1, 17, 14), down(head[1] - 15, head[1] + 13, "#a88478", "#7a5a60")
        )
        canvas.drawPath(oval(head[0] - 16, head[1] + 4, 8, 6.4), ink("#e4cbb4"))
        canvas.drawCircle(head[0] - 9, head[1] - 4, 2.2, ink(INK))
        canvas.drawCircle(head[0] - 22, head[1] + 2, 2.4, ink("#2f2444"))
        canvas.drawCircle(head[0] + 4, head[1] - 12, 4, ink("#6a4f58"))
    canvas.restore()
    for rx, alpha in ((64, 0.5), (86, 0.25)):
        canvas.drawPath(ribbon([(-rx, 2), (0, 6), (rx, 2)], (0.5, 2.6, 0.5)), ink("#e9eefa", alpha))
    return Picture(sheet.pixels(), (100, 84), file_type="webp")


BODY = [(-20, -2), (-8, -13), (12, -12), (30, -2), (34, 4), (14, 12), (-8, 11), (-20, 6)]
HEAD = [(-38, -4), (-30, -15), (-14, -15), (-6, -4), (-14, 8), (-30, 7)]


def _bird(canvas: skia.Canvas) -> None:
    """Its tail, body and head, level."""
    canvas.drawPath(blob([(26, -2), (50, 2), (52, 7), (26, 8)]), along((26, 0), (52, 4), "#2f6fb4", "#1c4a8c"))
    body = blob(BODY)
    canvas.drawPath(body, down(-13, 12, "#2f7cc4", "#3a92d4", "#f2a860", "#e88a4c"))
    canvas.drawPath(blob(HEAD), down(-15, 8, "#4aa4dc", "#2a6cb4"))
    canvas.drawPath(blob([(-36, 0), (-26, -2), (-22, 5), (-30, 7)]), ink("#f2a060"))
    canvas.drawPath(oval(-15, 3, 5, 3.6), ink("#fff4e4"))
    canvas.drawPath(shape([(-36, -5), (-68, 0), (-36, 2)]), along((-36, 0), (-68, 0), "#2f3150", "#4c4a68"))
    canvas.drawCircle(-28, -5, 3, ink(INK))
    canvas.drawCircle(-29, -6, 1, ink("#ffffff"))


def _wing(root: tuple[float, float], lift: float, length: float) -> Points:
    """lift: -1 down .. 1 up"""
    edge = [(0, 0), (4, -0.62 * length * lift), (26, -length * lift), (34, 6 - 0.4 * length * lift), (22, 4)]
    return curve(moved(edge, *root), closed=True)


def _flying(beat: float, fish: bool = False) -> Picture:
    sheet = Sheet(170, 150)
    canvas = sheet.canvas
    canvas.translate(86, 78)
    lift = float(np.cos(beat))
    canvas.drawPath(shape(_wing((-4, -8), 0.86 * lift + 0.1, 52)), ink("#1f569c"))
    _bird(canvas)
    near = _wing((-8, -6), lift, 58)
    low, high = float(near[:, 1].min()), float(near[:, 1].max())
    canvas.drawPath(shape(near), down(low, high, "#58b4e0", "#2f7cc4", "#1f569c"))
    if fish:
        body = moved(turned([(-12, 0), (0, -5), (12, 0), (18, -5), (17, 5), (12, 1), (0, 5)], 80), -64, 10)
        canvas.drawPath(blob(body), down(0, 24, "#e9f0f6", "#ffc9a6"))
    return Picture(sheet.pixels(), (86, 78), file_type="webp")


def _diving(angle: float, fold: float) -> Picture:
    """Bill first; fold: of its wings, 0..1"""
    sheet = Sheet(170, 150)
    canvas = sheet.canvas
    canvas.translate(86, 78)
    canvas.rotate(angle)
    _bird(canvas)
    wing = [(-10, -8), (10, -16 - 14 * (1 - fold)), (44, -10 - 20 * (1 - fold)), (50, 0), (16, 4), (-6, 2)]
    canvas.drawPath(blob(wing), down(-26, 6, "#58b4e0", "#2f7cc4", "#1f569c"))
    return Picture(sheet.pixels(), (86, 78), file_type="webp")
