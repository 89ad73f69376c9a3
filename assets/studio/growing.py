"""What a player lets grow in the marsh: plants, animals, weather; each also on a card to choose it by."""

import numpy as np
import skia
from PIL import Image
from studio.brush import (
    Chance,
    Points,
    Sheet,
    along,
    around,
    blob,
    curve,
    down,
    ink,
    moved,
    oval,
    pen,
    ramp,
    ribbon,
    shape,
    turned,
)
from studio.picture import Picture, cropped

CARD = (150.0, 110.0)
"""px, at most"""

STEM = ("#2f6a5c", "#5a9a72")


def grown(chance: Chance) -> dict[str, Picture]:
    painted = {
        "iris": iris(chance),
        "marigold": marigold(chance),
        "lotus": lotus(),
        "fern": fern(),
        "ducks": ducks(),
        "turtle": turtle(),
        "otter": otter(),
        "kingfisher": kingfisher(),
        "rainbow": rainbow(),
        "cloud": cloud(chance),
        "breeze": breeze(chance),
        "stars": stars(),
    }
    named = {f"grown_{name}": picture for name, picture in painted.items()}
    cards = named | {"grown_kingfisher": _upper(named["grown_kingfisher"], 0.5)}
    return named | {f"{name}_card": _card(picture) for name, picture in cards.items()}


def _upper(picture: Picture, share: float) -> Picture:
    """The bird without its long reed."""
    return picture._replace(pixels=picture.pixels[: round(len(picture.pixels) * share)])


def _card(picture: Picture) -> Picture:
    """The same, small enough for a card, held by its middle."""
    height, width = picture.pixels.shape[:2]
    size = min(CARD[0] / width, CARD[1] / height, 1.0)
    seen = Image.fromarray(np.rint(picture.pixels * 255).astype(np.uint8))
    small = seen.resize((round(width * size), round(height * size)), Image.Resampling.LANCZOS)
    pixels = np.asarray(np.asarray(small) / 255, np.float32)
    return Picture(pixels, (pixels.shape[1] / 2, pixels.shape[0] / 2), file_type="webp")


def _kept(sheet: Sheet, x: float, y: float) -> Picture:
    return cropped(sheet.pixels(), (x, y), file_type="webp")


def _foot(canvas: skia.Canvas, reach: float) -> None:
    """The soft dark in which a plant roots, so that its stalks do not end in the air."""
    canvas.drawPath(oval(0, 4, reach, 9), ink("#10283c", 0.5, blur=6))
    canvas.drawPath(oval(0, 3, reach * 0.7, 6), ink("#1d4a48", 0.75, blur=4))


def iris(chance: Chance) -> Picture:
    """Sword leaves and three blue flowers; held where they root."""
    sheet = Sheet(200, 250)
    canvas = sheet.canvas
    canvas.translate(100, 232)
    _foot(canvas, 40)
    for i in range(11):
        lean, h = -52 + 10.4 * i + chance.normal(0, 3), chance.uniform(88, 150)
        leaf = [(lean * 0.25, 4), (lean * 0.5, -h * 0.55), (lean * 1.05, -h)]
        canvas.drawPath(ribbon(leaf, (7, 9, 6, 0.4)), along((0, 0), (0, -h), STEM[0], STEM[1], "#9cc48c"))
    for x, h, size in ((-32, 150, 0.9), (6, 186, 1.1), (38, 136, 0.85)):
        canvas.drawPath(ribbon([(x * 0.3, 2), (x * 0.7, -h * 0.6), (x, -h)], (4, 3.4, 2.6)), ink("#4a8468"))
        _iris_flower(canvas, x, -h, size)
    return _kept(sheet, 100, 232)


def _iris_flower(canvas: skia.Canvas, x: float, y: float, size: float) -> None:
    for angle, reach in ((-26, 26), (26, 26), (0, 30)):
        petal = np.array([(0, 0), (-9, -reach * 0.5), (-6, -reach), (0, -reach - 4), (6, -reach), (9, -reach * 0.5)])
        canvas.drawPath(
            blob(moved(turned(petal, angle) * size, x, y)), down(y - 34 * size, y, "#b9b4f2", "#8c80dc", "#6a5cc0")
        )
    for angle in (-112, 112, 180):
        fall = np.array([(0, 0), (-10, -14), (-9, -26), (0, -32), (9, -26), (10, -14)])
        drop = turned(fall, angle) * size * ((1, 1) if angle != 180 else (1, 0.8))
        canvas.drawPath(blob(moved(drop, x, y)), around(x, y, 34 * size, "#9486e6", "#7466cc", "#5a4cae"))
        tip = turned([(0, -15)], angle)[0] * size
        canvas.drawPath(oval(x + tip[0] * 0.7, y + tip[1] * 0.7, 2.4 * size, 3.4 * size), ink("#ffd76e"))


def marigold(chance: Chance) -> Picture:
    """A low cushion of round leaves with golden cups."""
    sheet = Sheet(190, 136)
    canvas = sheet.canvas
    canvas.translate(95, 108)
    _foot(canvas, 62)
    for i in range(16):
        x, y = chance.normal(0, 34), -chance.uniform(2, 38)
        r = chance.uniform(13, 20)
        tone = ("#2a6654", "#3a7c60", "#4f946c")[i % 3]
        canvas.drawPath(oval(x, y, r, r * 0.62), down(y - r, y + r, tone, "#1f5048"))
        canvas.drawPath(ribbon([(x - r * 0.5, y), (x + r * 0.5, y - 2)], (0.4, 1.4, 0.4)), ink("#8cc08c", 0.6))
    for x, y, r in ((-46, -44, 11), (-20, -62, 13), (12, -52, 12), (38, -66, 13), (58, -38, 10), (-2, -30, 10)):
        canvas.drawPath(ribbon([(x * 0.6, -6), (x, y)], (2.4, 2)), ink("#3f7f60"))
        for angle in range(0, 360, 72):
            petal = turned([(0, -r * 0.55)], angle)[0]
            canvas.drawPath(
                oval(x + petal[0], y + petal[1] * 0.72, r * 0.62, r * 0.5), down(y - r, y + r, "#ffe07a", "#f6b63c")
            )
        canvas.drawPath(oval(x, y, r * 0.42, r * 0.32), ink("#f09a2e"))
        canvas.drawPath(oval(x - 1, y - 1.5, r * 0.24, r * 0.15), ink("#ffe9a0"))
    return _kept(sheet, 95, 108)


def lotus() -> Picture:
    """A white lotus above two round leaves; held at the water."""
    sheet = Sheet(240, 130)
    canvas = sheet.canvas
    canvas.translate(120, 104)
    for x, y, rx in ((-52, 2, 50), (56, 8, 44)):
        canvas.drawPath(oval(x, y + 4, rx, rx * 0.26), ink("#12244a", 0.35, blur=3))
        canvas.drawPath(oval(x, y, rx, rx * 0.26), along((x - rx, y), (x + rx, y), "#2b6a66", "#4f9080", "#86b497"))
        canvas.drawPath(oval(x, y - 1, rx * 0.2, rx * 0.05), ink("#a9cfae", 0.6))
    canvas.drawPath(ribbon([(0, 6), (2, -34)], (5, 4)), ink("#3c7a66"))
    rows = (
        (54, (70, 46, 22, 0), "#dfe3f2", "#ffffff"),
        (46, (58, 32), "#e9e0ee", "#fff8f6"),
        (34, (66, 38, 12), "#f4dfe6", "#fffdf8"),
    )
    for length, angles, low, high in rows:
        for angle in [side * a for a in angles for side in (-1, 1)]:
            leaf = np.array(
                [
                    (0, 0),
                    (-9, -length * 0.45),
                    (-5, -length * 0.85),
                    (0, -length),
                    (5, -length * 0.85),
                    (9, -length * 0.45),
                ]
            )
            petal = turned(leaf, angle) * (1, 0.82)
            tip = turned([(0, -length)], angle)[0] * (1, 0.82)
            canvas.drawPath(blob(moved(petal, 2, -32)), along((2, -32), moved(tip, 2, -32), low, high))
    canvas.drawPath(oval(2, -42, 8, 5), ink("#f6d27c"))
    return _kept(sheet, 120, 104)


def fern() -> Picture:
    """Fronds that unroll from one root; two still are rolled at their tips."""
    sheet = Sheet(230, 204)
    canvas = sheet.canvas
    canvas.translate(115, 188)
    _foot(canvas, 36)
    for i, (lean, h) in enumerate(((-88, 92), (-60, 134), (-24, 158), (18, 166), (54, 140), (84, 98))):
        spine = curve([(lean * 0.06, 4), (lean * 0.3, -h * 0.55), (lean * 0.72, -h * 0.95), (lean * 1.05, -h * 0.94)])
        tone = (STEM[0], "#3f8062", "#55966c")[i % 3]
        canvas.drawPath(ribbon(spine[::6], (4, 3, 1.6, 0.6)), ink(tone))
        for k, (x, y) in enumerate(spine[5::2]):
            share = 1 - k / len(spine[5::2])
            reach = 4 + 22 * share * min(1.0, 0.35 + 0.2 * k)
            for side in (-1, 1):
                away = np.array([side * reach * 0.9, -reach * 0.25 + reach * 0.35 * side * np.sign(lean)])
                leaflet = ribbon(
                    [(x, y), (x + away[0] * 0.5, y + away[1] * 0.4 - 1.5), (x + away[0], y + away[1] + 2)],
                    (2.2, 4, 0.4),
                    steps=5,
                )
                canvas.drawPath(leaflet, ink(tone, 0.96))
    for x, h in ((-8, 96), (34, 82)):
        at = np.linspace(0, 3.2 * np.pi, 40)
        r = 13 * (1 - at / (3.6 * np.pi))
        roll = np.column_stack([x * 1.3 + r * np.cos(at - np.pi), -h - r * np.sin(at)])
        canvas.drawPath(
            ribbon(np.vstack([[(x * 0.3, 2), (x * 0.9, -h * 0.6)], roll]), (4.5, 4, 3, 2), steps=3), ink("#86b878")
        )
    return _kept(sheet, 115, 188)


def ducks() -> Picture:
    """A duck and three ducklings in line, facing left; held at the water."""
    sheet = Sheet(280, 110)
    canvas = sheet.canvas
    canvas.translate(74, 84)
    _duck(canvas, 0, 0, 1.0, "#8a7a8c", "#6a5c78", "#b9a8a8")
    for x, y in ((86, 4), (130, 2), (172, 5)):
        _duck(canvas, x, y, 0.46, "#e8cf8c", "#c9a860", "#f6e4b0")
    return _kept(sheet, 74, 84)


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
    return _kept(sheet, 105, 100)


def otter() -> Picture:
    """Afloat on its back, paws on its belly; head to the left; held at the water."""
    sheet = Sheet(240, 110)
    canvas = sheet.canvas
    canvas.translate(110, 76)
    canvas.drawPath(oval(6, 10, 104, 9), ink("#12244a", 0.3, blur=4))
    tail = [(70, 0), (96, -2), (118, -14)]
    canvas.drawPath(ribbon(tail, (20, 13, 3)), ink("#6a4f58"))
    body = blob([(-56, -8), (-20, -24), (30, -24), (76, -8), (80, 6), (30, 14), (-40, 12)])
    canvas.drawPath(body, down(-24, 14, "#a07c74", "#7a5a60", "#5a4454"))
    canvas.drawPath(blob([(-40, -12), (0, -22), (48, -18), (40, -6), (-20, -4)]), ink("#d8b8a0", 0.85))
    for x in (-16, 10):
        canvas.drawPath(blob([(x - 7, -26), (x + 6, -28), (x + 8, -16), (x - 4, -14)]), ink("#6a4f58"))
    for x in (74, 88):
        canvas.drawPath(blob([(x - 6, -12), (x, -26), (x + 8, -22), (x + 6, -6)]), ink("#5a4454"))
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
    return _kept(sheet, 110, 76)


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
    return _kept(sheet, 104, 250)


BOW = ("#e58a86", "#f0b076", "#f4dc8c", "#9cd09c", "#86b4e4", "#a48cd4")


def rainbow() -> Picture:
    """A wide soft bow that melts away at both feet; held at the middle of the horizon."""
    width, height = 760, 330
    y, x = np.mgrid[:height, :width]
    r = np.hypot((x - width / 2) / 1.12, y - height)
    across = (r - 268) / 48
    stops = np.linspace(1, 0, len(BOW))[::-1]
    tones = np.array([[int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5)] for tone in BOW[::-1]])
    pixels = np.ones((height, width, 4), np.float32)
    for k in range(3):
        pixels[..., k] = np.interp(across, stops, tones[:, k])
    pixels[..., 3] = ramp(-0.25, 0.25, across) * ramp(1.25, 0.75, across) * ramp(height - 6, height - 190, y)
    return cropped(pixels, (width / 2, height), file_type="webp")


def cloud(chance: Chance) -> Picture:
    """One round soft heap of cloud; held by its middle."""
    sheet = Sheet(330, 150)
    canvas = sheet.canvas
    canvas.translate(165, 116)
    lumps = []
    for share in np.linspace(-0.92, 0.92, 11):
        tall = (1 - share**2) ** 0.7 * chance.uniform(0.6, 1.1)
        lumps.append((share * 140, -24 * tall, (14 + 24 * tall)))
    heap = skia.Path()
    for x, y, r in lumps:
        heap = skia.Op(heap, oval(x, y, r * 1.15, r), skia.PathOp.kUnion_PathOp)
    canvas.save()
    canvas.clipRect(skia.Rect(-170, -120, 170, 14))
    canvas.drawPath(heap, down(-60, 16, "#fff6ec", "#efdde6", ("#b9aecd", 0.8), blur=2))
    canvas.clipPath(heap, doAntiAlias=True)
    for x, y, r in lumps:
        canvas.drawPath(oval(x - r * 0.2, y - r * 0.36, r * 0.74, r * 0.5), ink("#fffaf2", 0.5, blur=6))
    canvas.restore()
    return _kept(sheet, 165, 90)


def breeze(chance: Chance) -> Picture:
    """Petals strewn on far water; held by their middle."""
    sheet = Sheet(460, 70)
    canvas = sheet.canvas
    canvas.translate(230, 35)
    for i in range(34):
        x, y = chance.normal(0, 96), chance.normal(0, 11)
        size, turn = chance.uniform(3, 6.4) * (1 + y / 60), chance.uniform(-40, 40)
        petal = turned([(-size, 0), (0, -size * 0.5), (size, 0), (0, size * 0.42)], turn) * (1, 0.6)
        canvas.drawPath(blob(moved(petal, x, y + 2)), ink("#1c2f5c", 0.25))
        tone = ("#f6c6d0", "#ffe4e4", "#eeb0c2")[i % 3]
        canvas.drawPath(blob(moved(petal, x, y)), ink(tone, 0.95))
    return _kept(sheet, 230, 35)


SEVEN = ((-92, 22, 1.0), (-58, -4, 0.8), (-26, 4, 1.1), (8, -16, 0.9), (44, -26, 1.2), (76, -10, 0.85), (64, 24, 1.0))


def stars() -> Picture:
    """Seven stars that stand like a heron in flight, with the faintest line between them; held by their middle."""
    sheet = Sheet(260, 120)
    canvas = sheet.canvas
    canvas.translate(130, 60)
    path = skia.Path()
    path.moveTo(*SEVEN[0][:2])
    for x, y, _ in SEVEN[1:]:
        path.lineTo(x, y)
    canvas.drawPath(path, pen("#f6efe4", 1.2, 0.3))
    for x, y, size in SEVEN:
        canvas.drawCircle(x, y, 12 * size, around(x, y, 12 * size, ("#fff4d4", 0.6), ("#ffe9b8", 0)))
        for angle in (0, 90, 180, 270):
            ray = turned([(0, 1.3 * size), (9 * size, 0), (0, -1.3 * size)], angle)
            canvas.drawPath(shape(moved(ray, x, y)), ink("#fffaf0"))
        canvas.drawCircle(x, y, 2.2 * size, ink("#ffffff"))
    return _kept(sheet, 130, 60)
