"""Who sings in Marsh Chorus: cuckoo, plover, warbler, bittern, frog and cricket, all facing left."""

import numpy as np
import skia
from studio.brush import Points, Sheet, along, around, blob, down, ink, moved, oval, ribbon, shape
from studio.picture import Picture, cropped

INK = "#16233f"
FOOT = (80.0, 128.0)

Edge = list[tuple[float, float]]


def pictures() -> dict[str, Picture]:
    painted = {
        "cuckoo": _cuckoo,
        "plover": _plover,
        "warbler": _warbler,
        "bittern": _bittern,
        "frog": _frog,
        "cricket": _cricket,
    }
    found = {}
    for name, paint in painted.items():
        sheet = Sheet(160, 140)
        sheet.canvas.translate(*FOOT)
        sheet.canvas.drawPath(oval(0, 0, 30, 6), ink("#0f2244", 0.4, blur=4))
        paint(sheet.canvas)
        found[f"singer_{name}"] = cropped(sheet.pixels(), FOOT, file_type="webp")
    return found


def _eye(canvas: skia.Canvas, x: float, y: float, r: float, ring: str = "#fbe9c6") -> None:
    canvas.drawCircle(x, y, r + 1.6, ink(ring))
    canvas.drawCircle(x, y, r, ink(INK))
    canvas.drawCircle(x - 0.35 * r, y - 0.4 * r, 0.36 * r, ink("#ffffff"))


def _legs(canvas: skia.Canvas, top: float, colour: str, apart: float = 7) -> None:
    for x in (-apart, apart):
        canvas.drawPath(ribbon([(x * 0.7, top), (x, -8), (x, 0)], (3.2, 2.4, 2.2)), ink(colour))
        for toe in (-8, -2, 5):
            canvas.drawPath(ribbon([(x, -1), (x + toe, 1.5)], (2.2, 1.2)), ink(colour))


def _body(canvas: skia.Canvas, edge: Edge, top: float, low: float, *tones: str) -> skia.Path:
    """A body in one soft mass, darker above; what is painted next stays within it until `restore`."""
    path = blob(edge)
    canvas.drawPath(blob(moved(edge, 1.5, 2.5)), ink("#0f2244", 0.3, blur=3))
    canvas.drawPath(path, down(top, low, *tones))
    canvas.save()
    canvas.clipPath(path, doAntiAlias=True)
    return path


def _wing(canvas: skia.Canvas, edge: Points | Edge, dark: str, light: str, feathers: int) -> None:
    points = np.array(edge, float)
    start, end = points[points[:, 0].argmin()], points[points[:, 0].argmax()]
    canvas.drawPath(blob(points), along(start, end, light, dark))
    for i in range(feathers):
        share = (i + 1) / (feathers + 1)
        foot = start + (end - start) * (0.35 + 0.4 * share) + (0, 7 - 9 * share)
        canvas.drawPath(
            ribbon(
                [tuple(foot), tuple(foot + np.array((13, 3))), tuple(foot + (end - foot) * 0.85)], (0.3, 1.6, 0.4)
            ),
            ink("#ffffff", 0.28),
        )


def _cuckoo(canvas: skia.Canvas) -> None:
    """Slate above, pale and barred below, with a long tail."""
    canvas.drawPath(
        blob([(18, -34), (46, -26), (72, -8), (66, 2), (38, -12), (16, -20)]),
        along((18, -34), (70, 0), "#6d7fa8", "#3a4a78"),
    )
    for x, y in ((48, -17), (57, -10), (65, -4)):
        canvas.drawPath(oval(x, y, 3, 1.8), ink("#f4efe6", 0.9))
    _legs(canvas, -18, "#e3a94f")
    edge = [
        (-44, -66),
        (-36, -82),
        (-20, -84),
        (-6, -70),
        (14, -56),
        (32, -34),
        (24, -18),
        (2, -10),
        (-20, -16),
        (-32, -36),
        (-40, -54),
    ]
    _body(canvas, edge, -84, -10, "#6f83b0", "#93a5c9", "#eef0f4", "#fbf3e6")
    for y in (-36, -29, -22, -15):
        canvas.drawPath(ribbon([(-36, y - 3), (-14, y + 3), (10, y)], (0.4, 2, 0.4)), ink("#56668f", 0.75))
    canvas.drawPath(
        blob([(-48, -66), (-36, -86), (-18, -86), (-6, -68), (-18, -56), (-36, -54)]), ink("#7589b5", 0.9)
    )
    canvas.restore()
    _wing(canvas, [(-16, -56), (4, -60), (24, -44), (44, -22), (20, -24), (-6, -34)], "#3a4a78", "#7c90bb", 3)
    canvas.drawPath(shape([(-43, -71), (-58, -66), (-43, -64)]), along((-58, -66), (-43, -66), "#3b3f5c", "#e7b45c"))
    _eye(canvas, -33, -71, 3, "#f2c45e")


def _plover(canvas: skia.Canvas) -> None:
    """Sandy above, white below, with a black ring around its neck."""
    _legs(canvas, -18, "#e58a52", 8)
    canvas.drawPath(blob([(22, -40), (50, -32), (54, -27), (24, -26)]), ink("#8a6d63"))
    edge = [
        (-40, -62),
        (-34, -80),
        (-16, -82),
        (-4, -68),
        (16, -58),
        (32, -40),
        (24, -22),
        (0, -14),
        (-24, -20),
        (-36, -40),
    ]
    _body(canvas, edge, -82, -14, "#c69d7c", "#d9b894", "#fff8ee", "#ffffff")
    canvas.drawPath(blob([(-42, -60), (-22, -54), (-2, -64), (2, -54), (-18, -42), (-42, -46)]), ink("#2b2f4e"))
    canvas.drawPath(blob([(-46, -62), (-24, -64), (-8, -70), (-6, -64), (-24, -57), (-44, -57)]), ink("#fffaf2"))
    canvas.drawPath(blob([(-44, -76), (-30, -88), (-14, -84), (-10, -74), (-28, -72)]), ink("#b88a6a", 0.95))
    canvas.restore()
    _wing(canvas, [(-10, -52), (8, -56), (28, -44), (46, -28), (18, -26), (-4, -34)], "#8a6d63", "#d1a984", 3)
    canvas.drawPath(shape([(-39, -70), (-52, -66), (-38, -63)]), along((-52, -66), (-38, -66), "#2b2f4e", "#ef9b5a"))
    _eye(canvas, -30, -70, 3.2, "#f4a25e")


def _warbler(canvas: skia.Canvas) -> None:
    """Small and round on a reed, its tail up, its bill open."""
    canvas.drawPath(
        ribbon([(6, 2), (2, -30), (-2, -70), (-8, -108)], (4, 3.6, 3, 1.4)), down(-108, 2, "#7b9a72", "#2c5560")
    )
    canvas.drawPath(
        blob([(14, -44), (34, -64), (44, -66), (38, -56), (20, -34)]),
        along((14, -40), (44, -66), "#a5764e", "#6e4c46"),
    )
    edge = [
        (-36, -66),
        (-30, -80),
        (-14, -82),
        (-2, -70),
        (14, -56),
        (20, -40),
        (10, -28),
        (-10, -26),
        (-26, -38),
        (-34, -54),
    ]
    _body(canvas, edge, -82, -26, "#a97a50", "#c79a68", "#f4dcae", "#fdf0d0")
    canvas.restore()
    _wing(canvas, [(-10, -58), (6, -58), (20, -46), (28, -34), (8, -34), (-6, -44)], "#6e4c46", "#b98a5b", 2)
    canvas.drawPath(ribbon([(-36, -75), (-24, -76), (-14, -74)], (0.4, 2.6, 0.4)), ink("#fbe8c0"))
    canvas.drawPath(shape([(-34, -72), (-49, -79), (-36, -68)]), ink("#5a4a52"))
    canvas.drawPath(shape([(-34, -67), (-46, -62), (-32, -64)]), ink("#7a5a4e"))
    canvas.drawPath(shape([(-35, -70), (-41, -71), (-40, -67), (-34, -67)]), ink("#ef9a6c"))
    _eye(canvas, -25, -71, 2.6)
    for y in (-30, -24):
        canvas.drawPath(ribbon([(-8, y), (0, y + 4), (8, y + 2)], (2, 2, 1.4)), ink("#d99a5a"))


def _bittern(canvas: skia.Canvas) -> None:
    """Tall and streaked like the reeds, its bill to the sky."""
    _legs(canvas, -20, "#9aa867", 6)
    edge = [
        (-12, -112),
        (-2, -114),
        (2, -96),
        (6, -74),
        (22, -52),
        (30, -34),
        (18, -18),
        (-8, -14),
        (-26, -26),
        (-24, -48),
        (-14, -74),
        (-16, -98),
    ]
    _body(canvas, edge, -114, -14, "#7b563f", "#b98a58", "#dcb67d", "#b98a58")
    for x, top, low in ((-10, -98, -22), (-3, -90, -18), (4, -70, -16), (12, -56, -18), (-17, -60, -26)):
        streak = [(x, top), (x - 4, (top + low) / 2), (x + 1, low)]
        canvas.drawPath(ribbon(streak, (0.4, 3, 0.4)), ink("#5a3a33", 0.75))
    canvas.restore()
    _wing(canvas, [(-2, -58), (12, -62), (26, -44), (36, -22), (14, -20), (0, -34)], "#6a4638", "#b58455", 3)
    canvas.drawPath(blob([(-14, -110), (-4, -118), (4, -108), (0, -100)]), ink("#3f2f38"))
    canvas.drawPath(
        shape([(-14, -108), (-26, -127), (-7, -115)]), along((-26, -127), (-9, -110), "#f3d07a", "#c49a52")
    )
    _eye(canvas, -8, -107, 2.6, "#f6d873")


def _frog(canvas: skia.Canvas) -> None:
    """Sitting upright, with a throat like a bubble."""
    for side, x in ((1, 26), (-1, -22)):
        canvas.drawPath(
            blob([(x - 14, -26), (x + 4 * side, -36), (x + 18 * side, -18), (x + 14 * side, -4), (x - 8 * side, -2)]),
            along((x, -36), (x, 0), "#6cb784", "#2d7a70"),
        )
        for toe in (-9, 0, 9):
            canvas.drawPath(ribbon([(x + 4 * side, -3), (x + 6 * side + toe, 2)], (3.6, 2)), ink("#7cc596"))
    edge = [
        (-34, -56),
        (-28, -74),
        (-8, -80),
        (14, -74),
        (24, -56),
        (26, -30),
        (16, -8),
        (-8, -4),
        (-26, -12),
        (-32, -34),
    ]
    _body(canvas, edge, -80, -4, "#a9d98f", "#6cbb87", "#3f9a7c")
    canvas.drawPath(blob([(-26, -38), (-4, -44), (14, -36), (12, -12), (-8, -6), (-22, -14)]), ink("#eef3c2", 0.75))
    for x, y, r in ((12, -62, 4), (18, -50, 3), (2, -70, 3)):
        canvas.drawPath(oval(x, y, r, r * 0.8), ink("#2f8276", 0.7))
    canvas.restore()
    canvas.drawPath(oval(-18, -36, 19, 16), around(-24, -42, 24, "#fffce0", "#e9edb4", "#b9cf8a"))
    canvas.drawPath(ribbon([(-34, -54), (-12, -51), (10, -55)], (0.5, 2.2, 0.5)), ink("#1f5f62"))
    for x in (-21, 8):
        canvas.drawPath(oval(x, -79, 10, 10), ink("#8acb84"))
        _eye(canvas, x - 1, -80, 4.6, "#ffe39a")
    for x in (-16, 10):
        canvas.drawPath(ribbon([(x, -20), (x - 2, -8), (x - 3, 0)], (7, 5, 4)), ink("#4ea184"))


def _cricket(canvas: skia.Canvas) -> None:
    """Slender on a blade of grass, its feelers high and its knees above its back."""
    canvas.drawPath(
        ribbon([(52, 4), (20, -22), (-24, -36), (-64, -34)], (9, 8, 5.5, 0.6)),
        along((52, 4), (-64, -34), "#2c5560", "#8fae7c"),
    )
    for start, top in (((-38, -58), (-62, -104)), ((-36, -58), (-36, -112))):
        canvas.drawPath(ribbon([start, ((start[0] + top[0]) / 2 - 6, -86), top], (2, 1.4, 0.5)), ink("#3d6a52"))
    for knee, foot in (((34, -92), (44, -20)), ((24, -84), (30, -26))):
        canvas.drawPath(
            ribbon([(2, -48), ((knee[0] + 2) / 2 + 2, -72), knee], (9, 7, 3)),
            along((2, -48), knee, "#6fa565", "#a9cf83"),
        )
        canvas.drawPath(ribbon([knee, foot], (2.6, 1.8)), ink("#5a8f5c"))
    edge = [(-44, -54), (-36, -66), (-22, -64), (0, -60), (26, -52), (46, -40), (26, -38), (-4, -40), (-30, -42)]
    _body(canvas, edge, -66, -38, "#b9dc8c", "#86bd70", "#5a9a66")
    canvas.restore()
    canvas.drawPath(
        blob([(-20, -62), (6, -60), (34, -50), (54, -38), (24, -46), (-12, -54)]),
        along((-20, -60), (54, -40), "#d6ecb0", "#7fb97c"),
    )
    for x in (-24, -14, -2):
        canvas.drawPath(ribbon([(x, -42), (x - 5, -34), (x - 2, -28)], (2.4, 2, 1.4)), ink("#5a8f5c"))
    _eye(canvas, -37, -57, 3.4, "#e9f2c4")
