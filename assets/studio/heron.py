"""The heron: one bird, drawn from a pose; its frames waiting, striking and with its catch."""

from dataclasses import dataclass, replace

import numpy as np
import skia
from scipy.ndimage import gaussian_filter
from studio import heads, legs, pinions
from studio.brush import (
    Pixels,
    Points,
    Sheet,
    along,
    blob,
    curve,
    ink,
    ramp,
    ribbon,
    sides,
    turned,
)
from studio.picture import Picture, cropped, cropped_alike
from studio.plumage import BACK, DARK, FEATHERS, LEG, LEG_FAR, NIGHT, PALE, RIM, SHADE, WHITE, WING

WIDTH, HEIGHT = 360, 372
FEET = (150.0, 334.0)
"""the anchor: between the feet, at the waterline; all points below are px from here, y downwards"""
HIP = (-6.0, -122.0)


@dataclass(frozen=True, slots=True)
class Pose:
    """neck: points from above the shoulder to the nape; gaze: of the bill, tilt: of the body, degrees downwards.

    lean: how far the body has moved over the feet, px; breath: 0..1, fuller; plume: lift of the crest, degrees.
    far, near: where its feet are; wings: of open ones, degrees above the back and share of their length; None folded.
    """

    neck: tuple[tuple[float, float], ...]
    gaze: float
    tilt: float = 0.0
    lean: tuple[float, float] = (0.0, 0.0)
    breath: float = 0.0
    plume: float = 0.0
    fish: bool = False
    far: tuple[float, float] = (-13.0, 0.0)
    near: tuple[float, float] = (13.0, 0.0)
    wings: tuple[float, float] | None = None


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
    replace(WAIT, breath=0.6, neck=((62, -186), (60, -214), (44, -240), (40, -264), (50, -287)), gaze=-7, plume=4),
    replace(WAIT, breath=0.8, neck=((61, -180), (60, -203), (42, -222), (33, -242), (45, -261)), gaze=11, plume=-3),
)
_STRIKES = (
    Pose(((58, -176), (66, -198), (46, -216), (24, -228), (26, -252)), 20, 5, (-4, 2), 0.4, 8),
    Pose(((70, -168), (86, -182), (96, -196), (108, -200), (122, -192)), 42, 14, (4, 2), 0.2, 30),
    Pose(((76, -146), (94, -134), (106, -114), (110, -90), (116, -66)), 58, 23, (10, 6), 0.0, 52),
    Pose(((74, -154), (92, -152), (104, -138), (106, -118), (114, -98)), 46, 18, (7, 4), 0.2, 46),
    Pose(((66, -174), (76, -194), (74, -214), (72, -232), (84, -246)), 22, 8, (3, 1), 0.4, 4),
)


def _between(one: Pose, other: Pose, share: float) -> Pose:
    """So far on the way from one pose to the other; feet stay where they are."""

    def mixed(a: float, b: float) -> float:
        return a + (b - a) * share

    return Pose(
        tuple((mixed(a[0], b[0]), mixed(a[1], b[1])) for a, b in zip(one.neck, other.neck, strict=True)),
        *(mixed(one.gaze, other.gaze), mixed(one.tilt, other.tilt)),
        (mixed(one.lean[0], other.lean[0]), mixed(one.lean[1], other.lean[1])),
        *(mixed(one.breath, other.breath), mixed(one.plume, other.plume)),
    )


STRIKES = (
    _between(WAIT, _STRIKES[0], 0.5),
    *_STRIKES[:3],
    _between(_STRIKES[2], _STRIKES[3], 0.5),
    _STRIKES[3],
    _between(_STRIKES[3], _STRIKES[4], 0.5),
    _STRIKES[4],
)
"""Drawn back and forward; in the fourth the bill is in the water, in the last it is up again."""
CATCH = replace(
    WAIT, neck=((63, -186), (62, -212), (46, -236), (42, -260), (54, -281)), gaze=-9, breath=1.0, plume=12, fish=True
)


def heron(pose: Pose, room: tuple[float, float] = (0.0, 0.0), side: float = 1.0) -> Picture:
    """room: px more to the left and above, as open wings want; side: how far it shows its side, 0 none .. 1"""
    feet = (FEET[0] + room[0], FEET[1] + room[1])
    sheet = Sheet(round(WIDTH + room[0]), round(HEIGHT + room[1]))
    sheet.canvas.translate(*feet)
    sheet.canvas.scale(side, 1)
    beak = paint(sheet.canvas, pose)
    pixels = sheet.pixels()
    depth = np.arange(sheet.height) - feet[1]
    pixels[..., 3] *= (1 - 0.55 * ramp(-1, 2, depth) - 0.45 * ramp(4, 30, depth))[:, None]
    return Picture(pixels, feet, {"beak": [round(beak[0], 1), round(beak[1], 1)]}, "webp")


def paint(canvas: skia.Canvas, pose: Pose) -> tuple[float, float]:
    """From the far leg to the near feathers, its feet at the origin; returns the tip of the bill."""
    body = _Body(pose)
    legs.leg(canvas, body.at((-16, -116)), pose.far, LEG_FAR)
    if pose.wings:
        pinions.wing(canvas, body.at((16, -168)), pose.tilt, *pose.wings, near=False)
    _tail(canvas, body)
    _trunk(canvas, body)
    legs.leg(canvas, body.at((8, -116)), pose.near, LEG)
    _thigh(canvas, body)
    beak = _neck_and_head(canvas, body, pose)
    if pose.wings:
        pinions.wing(canvas, body.at((26, -166)), pose.tilt, *pose.wings, near=True)
    else:
        _wing(canvas, body)
    _breast(canvas, body)
    return beak


def waiting() -> list[Picture]:
    return cropped_alike([heron(pose) for pose in WAITS])


def striking() -> list[Picture]:
    return cropped_alike([heron(pose) for pose in STRIKES])


def catching() -> Picture:
    return cropped_alike([heron(CATCH)])[0]


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
    return cropped(np.clip(pixels, 0, 1), (FEET[0], 0), file_type="webp")


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
    head = heads.Head(float(nape[0]), float(nape[1]), pose.gaze)
    middle = curve(np.vstack([line, head.at((9, -1))]))
    widths = (54, 48, 33, 23, 18, 15.5, 15.5, 16.5)
    neck = ribbon(middle[::7], widths)
    heads.crest(canvas, head, pose.plume)
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
        heads.caught(canvas, head)
    return heads.paint(canvas, head)
