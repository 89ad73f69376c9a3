"""The heron: one bird, drawn from a pose; its frames waiting, striking and with its catch."""

from dataclasses import dataclass, replace

import numpy as np
import skia
from scipy.ndimage import gaussian_filter
from studio.brush import (
    Pixels,
    Points,
    Sheet,
    along,
    blob,
    curve,
    ink,
    moved,
    oval,
    ramp,
    ribbon,
    sides,
    turned,
)
from studio.picture import Picture

WIDTH, HEIGHT = 360, 372
FEET = (150.0, 334.0)
"""the anchor: between the feet, at the waterline; all points below are px from here, y downwards"""
HIP = (-6.0, -122.0)

WHITE, PALE, SHADE = "#f4f1f3", "#dcdfee", "#a9b3d3"
BACK, WING, DARK, NIGHT = "#8e9cc6", "#6d7db0", "#45558a", "#1f2a4c"
RIM = "#ffe6c2"
FEATHERS = ((44, "#56679f", "#8d9bca"), (38, "#7080b5", "#a3b0d8"), (32, "#8997c6", "#b9c4e2"))
"""rows of coverts from the lowest up: length px, tone, rim"""
BILL_TOP, BILL_LOW = "#d88a4e", "#f8b66e"
LEG, LEG_FAR = "#4a4767", "#363c63"


@dataclass(frozen=True, slots=True)
class Pose:
    """neck: points from above the shoulder to the nape; gaze: of the bill, tilt: of the body, degrees downwards.

    lean: how far the body has moved over the feet, px; breath: 0..1, fuller; plume: lift of the crest, degrees.
    """

    neck: tuple[tuple[float, float], ...]
    gaze: float
    tilt: float = 0.0
    lean: tuple[float, float] = (0.0, 0.0)
    breath: float = 0.0
    plume: float = 0.0
    fish: bool = False


WAIT = Pose(((62, -184), (60, -210), (40, -232), (33, -254), (44, -276)), 4)
WAITS = (
    WAIT,
    replace(
        WAIT,
        breath=0.5,
        neck=((62.5, -184.5), (60.5, -211), (40.5, -233), (33.4, -255), (44.4, -277)),
        gaze=3.4,
        plume=1,
    ),
    replace(
        WAIT, breath=1.0, neck=((63, -185), (61, -212), (41, -234.5), (34, -256.5), (45, -278.5)), gaze=4.5, plume=2
    ),
    replace(
        WAIT, breath=0.5, neck=((62.6, -184.5), (61, -211), (41.5, -233), (35, -255), (46.5, -276.6)), gaze=8, plume=1
    ),
)
STRIKES = (
    Pose(((58, -176), (66, -198), (46, -216), (24, -228), (26, -252)), 20, 5, (-4, 2), 0.4, 8),
    Pose(((70, -168), (86, -182), (96, -196), (108, -200), (122, -192)), 42, 14, (4, 2), 0.2, 30),
    Pose(((76, -146), (94, -134), (106, -114), (110, -90), (116, -66)), 58, 23, (10, 6), 0.0, 52),
    Pose(((74, -154), (92, -152), (104, -138), (106, -118), (114, -98)), 46, 18, (7, 4), 0.2, 46),
    Pose(((66, -174), (76, -194), (74, -214), (72, -232), (84, -246)), 22, 8, (3, 1), 0.4, 4),
)
CATCH = replace(
    WAIT, neck=((63, -186), (62, -212), (46, -236), (42, -260), (54, -281)), gaze=-9, breath=1.0, plume=12, fish=True
)


def heron(pose: Pose) -> Picture:
    sheet = Sheet(WIDTH, HEIGHT)
    sheet.canvas.translate(*FEET)
    beak = paint(sheet.canvas, pose)
    pixels = sheet.pixels()
    depth = np.arange(HEIGHT) - FEET[1]
    pixels[..., 3] *= (1 - 0.55 * ramp(-1, 2, depth) - 0.45 * ramp(4, 30, depth))[:, None]
    return Picture(pixels, FEET, {"beak": [round(beak[0], 1), round(beak[1], 1)]})


def paint(canvas: skia.Canvas, pose: Pose) -> tuple[float, float]:
    """From the far leg to the near feathers, its feet at the origin; returns the tip of the bill."""
    body = _Body(pose)
    _leg(canvas, body.at((-16, -116)), -13, LEG_FAR)
    _tail(canvas, body)
    _trunk(canvas, body)
    _leg(canvas, body.at((8, -116)), 13, LEG)
    _thigh(canvas, body)
    beak = _neck_and_head(canvas, body, pose)
    _wing(canvas, body)
    _breast(canvas, body)
    return beak


def waiting() -> list[Picture]:
    return [heron(pose) for pose in WAITS]


def striking() -> list[Picture]:
    return [heron(pose) for pose in STRIKES]


def catching() -> Picture:
    return heron(CATCH)


def mirrored() -> Picture:
    """The waiting bird in the water: upside down, broken by ripples, fading with depth; held at the waterline."""
    bird = heron(WAIT).pixels[: int(FEET[1])][::-1]
    rows = np.arange(len(bird))
    shift = np.rint(np.sin(rows / 3.2) * (0.6 + rows / 90) + np.sin(rows / 7.1 + 1) * rows / 110).astype(int)
    wavy = np.stack([np.roll(row, s, axis=0) for row, s in zip(bird, shift, strict=True)])
    wavy[..., :3] = wavy[..., :3] * 0.72 + np.array([0.2, 0.24, 0.46]) * 0.28
    flat = np.concatenate([wavy[..., :3] * wavy[..., 3:], wavy[..., 3:]], axis=-1)  # blur weighs colour by alpha
    soft = gaussian_filter(flat, (1.4, 1.1, 0))
    pixels: Pixels = np.zeros_like(bird)
    pixels[..., :3] = soft[..., :3] / np.maximum(soft[..., 3:], 1e-4)
    pixels[..., 3] = soft[..., 3] * (0.6 * (1 - rows / len(rows)) ** 0.8)[:, None]
    return Picture(np.clip(pixels, 0, 1), (FEET[0], 0))


class _Body:
    """Carries points of the upright bird to where the pose has them."""

    def __init__(self, pose: Pose) -> None:
        self._pose = pose

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = self.all([point])[0]
        return float(x), float(y)

    def all(self, points: list[tuple[float, float]]) -> Points:
        fuller = (np.asarray(points, float) - HIP) * (
            1 + 0.008 * self._pose.breath,
            1 + 0.022 * self._pose.breath,
        ) + HIP
        return turned(fuller, self._pose.tilt, HIP) + self._pose.lean


def _leg(canvas: skia.Canvas, hip: tuple[float, float], foot: float, tone: str) -> None:
    """Thigh, the backward joint that looks like a knee, and the long shank into the water."""
    knee = ((hip[0] + foot) / 2 - 6, -62.0)
    thigh = [hip, ((hip[0] + knee[0]) / 2 + 1.5, (hip[1] + knee[1]) / 2), knee]
    shank = [knee, ((knee[0] + foot) / 2 - 0.6, -31), (foot, 0), (foot + 1.5, 26)]
    canvas.drawPath(ribbon(thigh, (10, 6.4, 5)), ink(tone))
    canvas.drawPath(ribbon(shank, (5.2, 4.2, 4, 4)), ink(tone))
    canvas.drawPath(oval(knee[0], knee[1], 3.5, 4.6), ink(tone))
    if tone == LEG:
        shine = [(knee[0] + 1.4, knee[1]), ((knee[0] + foot) / 2 + 0.8, -31), (foot + 1.3, 0)]
        canvas.drawPath(ribbon(shine, (0.4, 1.2, 0.9)), ink("#e3a98c", 0.85))


def _tail(canvas: skia.Canvas, body: _Body) -> None:
    feathers = body.all([(-48, -126), (-84, -106), (-101, -86), (-92, -84), (-72, -92), (-44, -106)])
    canvas.drawPath(blob(feathers), along(feathers[2], feathers[0], "#33417a", WING))


def _trunk(canvas: skia.Canvas, body: _Body) -> None:
    edge = body.all(
        [
            (-88, -108),
            (-62, -140),
            (-22, -170),
            (18, -180),
            (46, -174),
            (57, -152),
            (44, -126),
            (14, -108),
            (-24, -101),
            (-60, -101),
        ]
    )
    trunk = blob(edge)
    top, low = body.at((10, -180)), body.at((0, -102))
    canvas.drawPath(trunk, along(top, low, PALE, PALE, SHADE, "#8290bd"))


def _thigh(canvas: skia.Canvas, body: _Body) -> None:
    fluff = body.all([(-18, -112), (2, -120), (24, -114), (19, -98), (8, -78), (0, -84), (-8, -96)])
    canvas.drawPath(blob(fluff), along(fluff[1], fluff[4], "#97a4ce", "#a6b2d6", "#7484b6"))


def _wing(canvas: skia.Canvas, body: _Body) -> None:
    """Dark primaries below, then two rows of coverts, then the pale plumes of the shoulder."""
    primaries = body.all([(-20, -128), (-66, -120), (-112, -88), (-104, -85), (-70, -95), (-24, -108)])
    canvas.drawPath(blob(primaries), along(primaries[2], primaries[0], NIGHT, "#33417a"))
    edge = body.all(
        [
            (44, -168),
            (32, -184),
            (2, -184),
            (-34, -166),
            (-72, -132),
            (-100, -99),
            (-62, -109),
            (-20, -108),
            (18, -118),
            (40, -142),
        ]
    )
    wing = blob(edge)
    top, low = body.at((0, -182)), body.at((-14, -108))
    canvas.drawPath(wing, along(top, low, BACK, WING, DARK))
    canvas.save()
    canvas.clipPath(wing, doAntiAlias=True)
    for row, (length, tone, edge_tone) in enumerate(FEATHERS):
        for i in range(7, -1, -1):
            x, y = 36 - 15.5 * i + row * 5, -124 - row * 16 + i * (4.4 - row * 0.7)
            feather = [
                (x, y - 8),
                (x - length * 0.6, y - 4),
                (x - length, y + 9),
                (x - length * 0.62, y + 12),
                (x, y + 8),
            ]
            canvas.drawPath(blob(body.all(feather)), ink(tone, 0.9))
            brim = body.all([(x - length * 0.2, y + 10.5), (x - length * 0.66, y + 11.5), (x - length, y + 9)])
            canvas.drawPath(ribbon(brim, (0.2, 1.6, 0.3)), ink(edge_tone, 0.55))
    canvas.restore()
    for x, y, length, tone in ((6, -180, 84, "#aab6d8"), (0, -172, 92, "#c3cce4"), (2, -163, 80, "#dbe1f0")):
        plume = body.all(
            [(x + 26, y + 2), (x - length * 0.35, y + 13), (x - length * 0.72, y + 36), (x - length, y + 60)]
        )
        canvas.drawPath(ribbon(plume, (3, 8, 6.5, 3.5, 0.3)), ink(tone, 0.85))
    rim = body.all([(30, -183), (2, -184.5), (-34, -167), (-72, -133)])
    canvas.drawPath(ribbon(rim, (0.4, 2.6, 1.6, 0.2)), ink(RIM, 0.75))
    patch = body.all([(43, -172), (36, -170), (32, -160), (24, -144), (33, -149), (41, -160)])
    canvas.drawPath(blob(patch), along(patch[0], patch[3], "#2c3865", NIGHT))


def _breast(canvas: skia.Canvas, body: _Body) -> None:
    """Long loose feathers that hang from the root of the neck."""
    for x, length, bend, tone in ((40, 54, 2, SHADE), (45, 60, 5, PALE), (51, 52, 9, WHITE), (55, 42, 12, WHITE)):
        start = body.at((x, -160))
        hang = [
            start,
            (start[0] + bend * 0.7, start[1] + length * 0.5),
            (start[0] + bend * 0.5 - 2, start[1] + length),
        ]
        canvas.drawPath(ribbon(hang, (2, 9, 7.5, 4.5, 0.3)), ink(tone, 0.95))


def _neck_and_head(canvas: skia.Canvas, body: _Body, pose: Pose) -> tuple[float, float]:
    """Returns the tip of the bill."""
    root = [body.at((20, -152)), body.at((45, -166))]
    line = np.vstack([root, pose.neck])
    nape = line[-1]
    head = _Head(float(nape[0]), float(nape[1]), pose.gaze)
    middle = curve(np.vstack([line, head.at((9, -1))]))
    widths = (54, 48, 33, 23, 18, 15.5, 15.5, 16.5)
    neck = ribbon(middle[::7], widths)
    _crest(canvas, head, pose.plume)
    canvas.drawPath(neck, ink(PALE))
    side = sides(middle)
    at = np.interp(np.linspace(0, 1, len(middle)), np.linspace(0, 1, len(widths)), widths)[:, None] / 2
    canvas.save()
    canvas.clipPath(neck, doAntiAlias=True)
    canvas.drawPath(ribbon((middle - side * at * 0.75)[::7], [w * 0.62 for w in widths]), ink(SHADE, 0.9, blur=3))
    canvas.drawPath(ribbon((middle + side * at * 0.72)[::7], [w * 0.5 for w in widths]), ink(WHITE, 0.95, blur=2.2))
    canvas.drawPath(ribbon((middle + side * at * 0.99)[::7], (0, 1, 3, 3.4, 3, 3, 2)), ink(RIM, 0.95, blur=0.6))
    streak = middle + side * at * 0.36
    for start in range(int(len(middle) * 0.3), int(len(middle) * 0.86), 6):  # the broken dark line down its front
        canvas.drawPath(ribbon(streak[start : start + 5 : 2], (0.4, 2.1, 0.3)), ink("#4b5786", 0.85))
    canvas.restore()
    if pose.fish:
        _caught(canvas, head)
    return _head(canvas, head)


class _Head:
    """Carries points of a level head, nape at the origin, to where it looks."""

    def __init__(self, x: float, y: float, gaze: float) -> None:
        self._to, self._gaze = (x, y), gaze

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = self.all([point])[0]
        return float(x), float(y)

    def all(self, points: list[tuple[float, float]]) -> Points:
        return turned(np.asarray(points, float), self._gaze) + self._to


def _crest(canvas: skia.Canvas, head: _Head, lift: float) -> None:
    for length, fall, w in ((54, 36, 3.8), (46, 15, 3.2)):
        line = turned([(12, -8), (-8, -8), (-length * 0.6, fall * 0.3 - 5), (-length, fall)], lift, (8, -7))
        canvas.drawPath(
            ribbon(head.all([(float(x), float(y)) for x, y in line]), (w, w * 1.3, w * 0.8, 0.3)), ink(NIGHT)
        )


def _head(canvas: skia.Canvas, head: _Head) -> tuple[float, float]:
    tip = head.at((96, 8))
    lower = head.all([(31, 0.5), (40, 3.2), (60, 6.6), (95, 9), (62, 9.6), (44, 8.2), (30, 7.5)])
    canvas.drawPath(blob(lower), along(lower[0], tip, BILL_LOW, "#f0a25a"))
    upper = head.all([(30, -7.5), (44, -4.6), (66, 1.6), (96.5, 8.2), (66, 6.2), (44, 3.4), (30, 3)])
    canvas.drawPath(blob(upper), along(upper[0], tip, "#b9744a", BILL_TOP, "#ec9f5c"))
    shine = head.all([(36, -5.4), (54, -1.2), (78, 4)])
    canvas.drawPath(ribbon(shine, (0.3, 1.2, 0.3)), ink(RIM, 0.8))
    skull = head.all([(-5, 5), (-6, -4), (4, -11), (17, -12.6), (29, -9), (36, -2.5), (35, 4), (24, 8.6), (8, 9.5)])
    canvas.drawPath(blob(skull), along(head.at((10, -12)), head.at((10, 10)), WHITE, WHITE, PALE))
    lore = head.all([(30, -5.5), (41, -1.6), (42, 1.6), (31, 2.6)])
    canvas.drawPath(blob(lore), ink("#e8b27c", 0.9))
    stripe = head.all([(23, -8.5), (12, -11.6), (0, -10.6), (-9, -5.4), (-4, -3.2), (8, -5.4), (19, -4.6)])
    canvas.drawPath(blob(stripe), ink(NIGHT))
    crown = head.all([(4, -11), (17, -12.9), (29, -9.2)])
    canvas.drawPath(ribbon(crown, (0.3, 1.6, 0.4)), ink(RIM, 0.85))
    x, y = head.at((25.4, -3.6))
    canvas.drawCircle(x, y, 3.5, ink("#f9d27a"))
    canvas.drawCircle(x + 0.4, y + 0.1, 1.9, ink("#141c36"))
    canvas.drawCircle(x + 1.1, y - 0.8, 0.7, ink("#ffffff"))
    return tip


def _caught(canvas: skia.Canvas, head: _Head) -> None:
    """A small fish held across the bill, tail down."""
    x, y = head.at((80, 8))

    def hung(points: list[tuple[float, float]]) -> Points:
        return moved(turned(points, -72), x, y)

    body = hung([(-30, 1), (-18, -8), (0, -10.5), (18, -5), (27, 1), (18, 7), (0, 10), (-18, 7)])
    tail = hung([(-27, 0), (-45, -11), (-39, 1), (-45, 12)])
    canvas.drawPath(blob(tail), ink("#eeaa93"))
    canvas.drawPath(blob(body), along((x - 11, y), (x + 11, y), "#7d95bb", "#e9f0f6", "#f6efe9", "#ffc9a6"))
    eye, gill = hung([(19, -2)])[0], hung([(11, -7), (8.5, 0), (11, 6)])
    canvas.drawCircle(*eye.tolist(), 2, ink("#1c2746"))
    canvas.drawPath(ribbon(gill, (0.4, 1.5, 0.4)), ink("#7f95b8", 0.9))
