"""What grows in the marsh: reeds in two depths, lily pads with a flower."""

from typing import NamedTuple

import numpy as np
import skia
from studio.brush import Chance, Points, Sheet, along, blob, curve, down, ink, moved, oval, ribbon, shape, turned
from studio.picture import HEIGHT, OVER, SPAN, Picture, cropped

BASE = HEIGHT + 14.0


class Tones(NamedTuple):
    """Of reeds in one light: stalks from low to high, cattails, plumes; the sun on an edge, a cattail, a plume."""

    stalks: tuple[str, str, str]
    cattail: str
    plume: str
    rim: str
    lit: str
    seed: str


def reeds(chance: Chance, tones: Tones, left: bool, front: bool, thick: float = 1.0) -> Picture:
    """A stand at one side, thick at the edge and thinning inwards; its anchor is the middle of the whole scene.

    thick: share of the plants of a full stand
    """
    sheet = Sheet(SPAN, HEIGHT)
    stand = _Stand(sheet.canvas, chance, tones, sunlit=left)
    stems, reach, tall, blades = (30, 200, 400, 46) if front else (34, 310, 330, 44)
    for i in range(round(blades * thick)):
        stand.blade(stand.root(reach), chance.uniform(0.3, 0.72) * tall)
        if i < stems * thick:
            x = stand.root(reach)
            h = tall * chance.uniform(0.72, 1.05) * (1.08 - 0.36 * x / reach)
            kind = chance.uniform(0, 1)
            grow = stand.cattail if kind < 0.36 else stand.plume if kind < 0.56 else stand.blade
            grow(x, h)
    pixels = sheet.pixels() if left else sheet.pixels()[:, ::-1].copy()
    return cropped(pixels, (SPAN / 2, HEIGHT / 2), file_type="webp")


class _Stand:
    """Reeds that rise from below the lower edge of the scene; every plant is told its x and its height in px."""

    def __init__(self, canvas: skia.Canvas, chance: Chance, tones: Tones, sunlit: bool) -> None:
        self._canvas, self._chance, self._sunlit, self._tones = canvas, chance, sunlit, tones
        self._low, self._middle, self._high = tones.stalks

    def root(self, reach: float) -> float:
        """Denser towards the edge of the scene."""
        return min(abs(self._chance.normal(0, 0.5)), 1.05) * (reach + OVER) - 26

    def blade(self, x: float, h: float) -> None:
        lean = self._chance.normal(0.1, 0.16) * h
        line = [
            (x, BASE),
            (x + lean * 0.12, BASE - h * 0.4),
            (x + lean * 0.5, BASE - h * 0.78),
            (x + lean * 1.1, BASE - h),
        ]
        if self._chance.uniform(0, 1) < 0.3:  # a tip that has bent over
            over = np.sign(lean) * h
            line += [(x + lean * 1.25 + over * 0.1, BASE - h * 0.96), (x + lean * 1.4 + over * 0.19, BASE - h * 0.84)]
        w = self._chance.uniform(4.5, 9)
        paint = down(BASE - h, BASE - h * 0.15, self._high, self._middle, self._low)
        self._canvas.drawPath(ribbon(line, (w * 0.7, w, w * 0.85, w * 0.55, 0.3)), paint)
        if self._sunlit == (self._chance.uniform(0, 1) < 0.5):  # one in two catches the sun along its edge
            rim = moved(curve(line), w * 0.22, 0)[::6]
            shine = down(BASE - h, BASE - h * 0.35, (self._tones.rim, 0.5), (self._tones.rim, 0))
            self._canvas.drawPath(ribbon(rim, (0.2, 1.2, 1.5, 0.2)), shine)

    def cattail(self, x: float, h: float) -> None:
        stem = self._stem(x, h, 3.4)
        tip, foot = stem[int(len(stem) * 0.93)], stem[int(len(stem) * 0.79)]
        thick = self._chance.uniform(10, 13)
        head = np.array([foot + (tip - foot) * t for t in np.linspace(0, 1, 6)])
        widths = (thick * 0.5, thick, thick, thick, thick, thick * 0.5)
        self._canvas.drawPath(ribbon(head, widths), along(foot, tip, self._low, self._tones.cattail))
        self._canvas.drawPath(ribbon(moved(head[1:5], thick * 0.3, 0), (0.3, 2, 2, 0.3)), ink(self._tones.lit, 0.5))

    def plume(self, x: float, h: float) -> None:
        """A feathery head that hangs to one side."""
        stem = self._stem(x, h * 1.06, 2.8)
        top = stem[int(len(stem) * 0.8) :]
        for layer, (tone, alpha) in enumerate(
            ((self._middle, 0.9), (self._tones.plume, 0.85), (self._tones.seed, 0.3))
        ):
            for px, py in top[layer % 2 :: 1 + layer]:
                size = self._chance.uniform(13, 25) * (1 - 0.2 * layer)
                drop = self._chance.uniform(0.5, 0.95)
                seeds = [(px, py), (px + size * 0.45, py - 1), (px + size * 0.95, py + size * drop)]
                self._canvas.drawPath(ribbon(seeds, (1.4, 5.2 - layer, 0.5)), ink(tone, alpha))
                if self._chance.uniform(0, 1) < 0.4:
                    stray = [(px, py + 2), (px - 4, py + 5), (px - 6, py + 14)]
                    self._canvas.drawPath(ribbon(stray, (1.2, 3.6, 0.4)), ink(tone, alpha))

    def _stem(self, x: float, h: float, w: float) -> Points:
        lean = self._chance.normal(0.05, 0.08) * h
        bends = [
            (x, BASE),
            (x + lean * 0.15, BASE - h * 0.4),
            (x + lean * 0.5, BASE - h * 0.75),
            (x + lean, BASE - h),
        ]
        stem = curve(bends)
        widths = (w, w * 0.9, w * 0.7, w * 0.42, w * 0.15)
        self._canvas.drawPath(ribbon(stem[::6], widths), down(BASE - h, BASE, self._high, self._low))
        return stem


def lilies(chance: Chance) -> list[Picture]:
    """A pad with a flower, a pair of pads, a single small one; held by the middle of the largest."""
    pads = (
        ((0.0, 0.0, 54.0, 200.0),),
        ((-18.0, 0.0, 46.0, 330.0), (52.0, 11.0, 26.0, 160.0)),
        ((0.0, 0.0, 30.0, 20.0),),
    )
    pictures = []
    for i, group in enumerate(pads):
        sheet = Sheet(220, 120)
        sheet.canvas.translate(110, 76)
        for x, y, r, notch in group:
            _pad(sheet.canvas, (x, y), r, notch, chance)
        if i == 0:
            _flower(sheet.canvas, 10, -4)
        pictures.append(cropped(sheet.pixels(), (110, 76)))
    return pictures


def _pad(canvas: skia.Canvas, at: tuple[float, float], r: float, notch: float, chance: Chance) -> None:
    x, y = at
    flat = 0.3
    angles = np.radians(notch) + np.linspace(0.16, 2 * np.pi - 0.16, 60)
    wave = r * (1 + 0.02 * np.sin(angles * 5 + chance.uniform(0, 6)))
    edge = np.vstack([np.column_stack([wave * np.cos(angles), wave * np.sin(angles) * flat]), [[0, 0]]])
    canvas.drawPath(shape(moved(edge * (1.04, 1.1), x + 2, y + r * 0.1)), ink("#14244c", 0.4, blur=3))
    canvas.drawPath(shape(moved(edge, x, y + 2.2)), ink("#1f4a58"))
    body = shape(moved(edge, x, y))
    canvas.drawPath(body, along((x - r, y + r * flat), (x + r, y - r * flat), "#2b5a6c", "#4a7f7e", "#96ae97"))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    for angle in np.radians(notch) + np.linspace(0.5, 2 * np.pi - 0.5, 9):
        tip = (x + r * 0.9 * np.cos(angle), y + r * 0.9 * np.sin(angle) * flat)
        canvas.drawPath(ribbon([(x, y), tip], (1.3, 0.3)), ink("#c4cfb0", 0.4))
    canvas.drawPath(shape(moved(edge[20:45], x, y)), ink("#f7d9a8", 0.1))
    canvas.restore()


def _flower(canvas: skia.Canvas, x: float, y: float) -> None:
    """Petals from the back row to the front, each a leaf shape turned about the middle."""
    canvas.drawPath(oval(x, y + 3, 20, 5), ink("#163a4e", 0.45, blur=2))
    rows = (
        (34.0, (62, 36, 12), "#d88fa8", "#f3c3c6"),
        (30.0, (78, 46, 16), "#e6a5b4", "#fadcd6"),
        (21.0, (84, 52, 18), "#f0bdc2", "#fff1e6"),
    )
    for length, angles, low, high in rows:
        for angle in [side * angle for angle in angles for side in (-1, 1)]:
            petal = np.array(
                [
                    (0, 2),
                    (-5.6, -length * 0.4),
                    (-3.2, -length * 0.8),
                    (0, -length),
                    (3.2, -length * 0.8),
                    (5.6, -length * 0.4),
                ]
            )
            leaf = turned(petal, angle) * (1, 0.82)
            tip = turned([(0, -length)], angle)[0] * (1, 0.82)
            canvas.drawPath(blob(moved(leaf, x, y)), along((x, y), moved(tip, x, y), low, high))
    canvas.drawPath(oval(x, y - 3, 5, 3), ink("#f7cf7e"))
