"""What a player lets grow in the marsh: plants, animals, weather; each also on a card to choose it by."""

from collections.abc import Callable

import numpy as np
import skia
from PIL import Image
from studio.brush import (
    Chance,
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
from studio.picture import Picture, cropped, kept
from studio.wildlife import ducks, kingfisher, otter, turtle

CARD = (150.0, 110.0)
"""px, at most"""

STEM = ("#2f6a5c", "#5a9a72")


AGES = (0.3, 0.56, 0.78)
"""of the stages in which a plant comes, before it is whole"""


def grown(chance: Callable[[], Chance]) -> dict[str, Picture]:
    """grown_<name>, of plants also grown_<name>_1.. as they come up, and grown_<name>_card to choose it by."""
    plants: dict[str, Callable[[float], Picture]] = {
        "iris": lambda age: iris(chance(), age),
        "marigold": lambda age: marigold(chance(), age),
        "lotus": lotus,
        "fern": fern,
    }
    stages = {
        f"grown_{name}_{i}": plant(age) for name, plant in plants.items() for i, age in enumerate(AGES, start=1)
    }
    painted = {
        **{name: plant(1.0) for name, plant in plants.items()},
        "ducks": ducks(),
        "turtle": turtle(),
        "otter": otter(),
        "kingfisher": kingfisher(),
        "rainbow": rainbow(),
        "cloud": cloud(chance()),
        "breeze": breeze(chance()),
        "stars": stars(),
    }
    named = {f"grown_{name}": picture for name, picture in painted.items()}
    cards = named | {"grown_kingfisher": _upper(named["grown_kingfisher"], 0.5)}
    return named | stages | {f"{name}_card": _card(picture) for name, picture in cards.items()}


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


def _foot(canvas: skia.Canvas, reach: float) -> None:
    """The soft dark in which a plant roots, so that its stalks do not end in the air."""
    canvas.drawPath(oval(0, 4, reach, 9), ink("#10283c", 0.5, blur=6))
    canvas.drawPath(oval(0, 3, reach * 0.7, 6), ink("#1d4a48", 0.75, blur=4))


def iris(chance: Chance, age: float) -> Picture:
    """Sword leaves and three blue flowers, which come last; held where they root."""
    sheet = Sheet(200, 250)
    canvas = sheet.canvas
    canvas.translate(100, 232)
    _foot(canvas, 40)
    for i in range(11):
        lean, h = -52 + 10.4 * i + chance.normal(0, 3), chance.uniform(88, 150) * age
        leaf = [(lean * 0.25, 4), (lean * 0.5, -h * 0.55), (lean * 1.05, -h)]
        canvas.drawPath(ribbon(leaf, (7, 9, 6, 0.4)), along((0, 0), (0, -h), STEM[0], STEM[1], "#9cc48c"))
    for x, h, size in ((-32, 150 * age, 0.9), (6, 186 * age, 1.1), (38, 136 * age, 0.85)):
        if age > 0.5:
            canvas.drawPath(ribbon([(x * 0.3, 2), (x * 0.7, -h * 0.6), (x, -h)], (4, 3.4, 2.6)), ink("#4a8468"))
        if age == 1:
            _iris_flower(canvas, x, -h, size)
        elif age > 0.7:
            bud = np.array([(0, 4), (-6, -8), (0, -24), (6, -8)]) * size
            canvas.drawPath(blob(moved(bud, x, -h)), down(-h - 24, -h, "#8c80dc", "#4a8468"))
    return kept(sheet, 100, 232)


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


def marigold(chance: Chance, age: float) -> Picture:
    """A low cushion of round leaves with golden cups."""
    sheet = Sheet(190, 136)
    canvas = sheet.canvas
    canvas.translate(95, 108)
    _foot(canvas, 62)
    for i in range(16):
        x, y = chance.normal(0, 34) * age, -chance.uniform(2, 38) * age
        r = chance.uniform(13, 20) * (0.3 + 0.7 * age)
        tone = ("#2a6654", "#3a7c60", "#4f946c")[i % 3]
        canvas.drawPath(oval(x, y, r, r * 0.62), down(y - r, y + r, tone, "#1f5048"))
        canvas.drawPath(ribbon([(x - r * 0.5, y), (x + r * 0.5, y - 2)], (0.4, 1.4, 0.4)), ink("#8cc08c", 0.6))
    cups = ((-46, -44, 11), (-20, -62, 13), (12, -52, 12), (38, -66, 13), (58, -38, 10), (-2, -30, 10))
    for x, y, size in cups if age > 0.5 else ():
        r = size if age == 1 else size * age * 0.55
        canvas.drawPath(ribbon([(x * 0.6, -6), (x, y)], (2.4, 2)), ink("#3f7f60"))
        for angle in range(0, 360, 72):
            petal = turned([(0, -r * 0.55)], angle)[0]
            canvas.drawPath(
                oval(x + petal[0], y + petal[1] * 0.72, r * 0.62, r * 0.5), down(y - r, y + r, "#ffe07a", "#f6b63c")
            )
        canvas.drawPath(oval(x, y, r * 0.42, r * 0.32), ink("#f09a2e"))
        canvas.drawPath(oval(x - 1, y - 1.5, r * 0.24, r * 0.15), ink("#ffe9a0"))
    return kept(sheet, 95, 108)


def lotus(age: float = 1.0) -> Picture:
    """A white lotus above two round leaves, which come first; held at the water."""
    sheet = Sheet(240, 130)
    canvas = sheet.canvas
    canvas.translate(120, 104)
    for x, y, rx in ((-52, 2, 50 * age), (56, 8, 44 * age)):
        canvas.drawPath(oval(x, y + 4, rx, rx * 0.26), ink("#12244a", 0.35, blur=3))
        canvas.drawPath(oval(x, y, rx, rx * 0.26), along((x - rx, y), (x + rx, y), "#2b6a66", "#4f9080", "#86b497"))
        canvas.drawPath(oval(x, y - 1, rx * 0.2, rx * 0.05), ink("#a9cfae", 0.6))
    if age < 0.5:
        return kept(sheet, 120, 104)
    canvas.drawPath(ribbon([(0, 6), (2, -34)], (5, 4)), ink("#3c7a66"))
    opened = 1.0 if age == 1 else 0.5 * age - 0.2
    rows = (
        (54, (70, 46, 22, 0), "#dfe3f2", "#ffffff"),
        (46, (58, 32), "#e9e0ee", "#fff8f6"),
        (34, (66, 38, 12), "#f4dfe6", "#fffdf8"),
    )
    for length, angles, low, high in rows:
        for angle in [side * a * opened for a in angles for side in (-1, 1)]:
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
    if age == 1:
        canvas.drawPath(oval(2, -42, 8, 5), ink("#f6d27c"))
    return kept(sheet, 120, 104)


def fern(age: float = 1.0) -> Picture:
    """Fronds that unroll from one root; two still are rolled at their tips."""
    sheet = Sheet(230, 204)
    canvas = sheet.canvas
    canvas.translate(115, 188)
    _foot(canvas, 36)
    fronds = np.array([(-88, 92), (-60, 134), (-24, 158), (18, 166), (54, 140), (84, 98)]) * age
    for i, (lean, h) in enumerate(fronds.tolist()):
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
    for x, h in ((-8, 96 * age), (34, 82 * age)):
        at = np.linspace(0, 3.2 * np.pi, 40)
        r = 13 * (1 - at / (3.6 * np.pi))
        roll = np.column_stack([x * 1.3 + r * np.cos(at - np.pi), -h - r * np.sin(at)])
        canvas.drawPath(
            ribbon(np.vstack([[(x * 0.3, 2), (x * 0.9, -h * 0.6)], roll]), (4.5, 4, 3, 2), steps=3), ink("#86b878")
        )
    return kept(sheet, 115, 188)


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
    return kept(sheet, 165, 90)


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
    return kept(sheet, 230, 35)


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
    return kept(sheet, 130, 60)
