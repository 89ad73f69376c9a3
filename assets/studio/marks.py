"""Light, water and signs: glow, sparkle, stars, ripples, splashes, the head of the fit check, icons, the emblem."""

import numpy as np
import skia
from studio import heron
from studio.brush import Sheet, along, around, blob, curve, down, ink, moved, oval, pen, ramp, ribbon, shape, turned
from studio.picture import Picture, whole

LIGHT = "#f6efe4"


def glow() -> Picture:
    """A white disc that melts away, to be added over the scene."""
    size = 128
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    r = np.hypot(x, y) / (size / 2)
    pixels = np.ones((size, size, 4), np.float32)
    pixels[..., 3] = (np.exp(-((r / 0.42) ** 2)) * ramp(1, 0.7, r)).astype(np.float32)
    return Picture(pixels, (size / 2, size / 2))


def firefly() -> Picture:
    sheet = Sheet(48, 48)
    sheet.canvas.drawCircle(24, 24, 22, around(24, 24, 22, ("#ffdc9a", 0.7), ("#ffcf86", 0.24), ("#ffc676", 0)))
    sheet.canvas.drawCircle(24, 24, 3, ink("#fff6dc", blur=0.8))
    return whole(sheet)


def sparkle() -> Picture:
    sheet = Sheet(56, 56)
    sheet.canvas.translate(28, 28)
    sheet.canvas.drawCircle(0, 0, 17, around(0, 0, 17, ("#fff0cc", 0.7), ("#ffe3b0", 0)))
    for length, width in ((26, 3.4), (14, 2.6)):
        for angle in range(0, 360, 90):
            ray = turned([(0, width), (length, 0), (0, -width)], angle + (45 if length < 20 else 0))
            sheet.canvas.drawPath(shape(ray), ink("#fff7e2"))
    sheet.canvas.drawCircle(0, 0, 4.4, ink("#ffffff"))
    return whole(sheet)


def _star(radius: float) -> skia.Path:
    """Five rounded points."""
    angles = np.radians(-90 + 36 * np.arange(10))
    reach = np.where(np.arange(10) % 2 == 0, radius, radius * 0.56)
    corners = np.column_stack([reach * np.cos(angles), reach * np.sin(angles)])
    path = skia.Path()
    before, after = np.roll(corners, 1, axis=0), np.roll(corners, -1, axis=0)
    enter, leave = corners + (before - corners) * 0.28, corners + (after - corners) * 0.28
    path.moveTo(*enter[0].tolist())
    for a, c, b in zip(enter, corners, leave, strict=True):
        path.lineTo(*a.tolist())
        path.quadTo(*c.tolist(), *b.tolist())
    path.close()
    return path


def star_full() -> Picture:
    sheet = Sheet(112, 112)
    canvas = sheet.canvas
    canvas.translate(56, 58)
    canvas.drawCircle(0, 0, 54, around(0, 0, 54, ("#ffd28a", 0.5), ("#ffc978", 0.14), ("#ffc978", 0)))
    body = _star(42)
    canvas.drawPath(body, down(-42, 40, "#ffe9b8", "#fbc67e", "#ee9d5c"))
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    facet = [(0, 0), *[(0, -46), (-14, -19)], (-46, -13), (-21, 8), (-30, 40)]
    canvas.drawPath(shape(facet), ink("#fff6dc", 0.3))
    canvas.restore()
    return whole(sheet)


def star_empty() -> Picture:
    sheet = Sheet(112, 112)
    sheet.canvas.translate(56, 58)
    body = _star(40)
    sheet.canvas.drawPath(body, ink("#0f1a36", 0.35))
    sheet.canvas.drawPath(body, pen("#aab3d6", 3, 0.75))
    return whole(sheet)


def ripples() -> list[Picture]:
    """One ring, and two within each other; brightest towards the sun."""
    pictures = []
    for rings in ((1.0,), (1.0, 0.66)):
        sheet = Sheet(240, 76)
        sheet.canvas.translate(120, 38)
        for k in rings:
            rx, ry = 112 * k, 31 * k
            for dy, tone, alpha in ((1.8, "#1d3261", 0.35), (0, "#fbe6d8", 0.85)):
                angles = np.linspace(0, 2 * np.pi, 90)
                edge = np.column_stack([rx * np.cos(angles), ry * np.sin(angles) + dy])
                wide = 1.3 + 1.5 * np.abs(np.sin(angles + 0.5))
                sheet.canvas.drawPath(
                    ribbon(edge, wide.tolist(), steps=3), ink(tone, alpha * (0.55 + 0.45 * k), blur=0.6)
                )
        pictures.append(whole(sheet))
    return pictures


def splashes() -> list[Picture]:
    """A crown of water that rises, opens and falls; held at the waterline."""
    return [_splash(t) for t in (0.12, 0.38, 0.66, 0.92)]


def _splash(t: float) -> Picture:
    sheet = Sheet(180, 132)
    canvas = sheet.canvas
    canvas.translate(90, 104)
    fade = 1 - ramp(0.6, 1.05, t)
    for k in (1.0, 0.62):
        rx = (16 + 62 * t) * k
        canvas.drawPath(oval(0, 0, rx, rx * 0.29), pen("#fbe6d8", 2.2 * (1 - 0.5 * t), 0.75 * (1 - 0.6 * t), 0.5))
    rise = np.sin(np.pi * min(1.0, t * 1.15))
    for angle, reach, tall in ((-34, 0.8, 0.8), (-17, 0.5, 1.05), (0, 0.1, 1.2), (16, 0.5, 1.0), (33, 0.85, 0.78)):
        lean = np.sin(np.radians(angle)) * (30 + 42 * t)
        top = -62 * tall * rise
        tongue = [
            (lean * 0.3 - 8, 1),
            (lean * 0.45 - 4, top * 0.5),
            (lean * (reach + 0.35) - 1.5, top),
            (lean * (reach + 0.35) + 2, top),
            (lean * 0.6 + 6, top * 0.5),
            (lean * 0.3 + 9, 1),
        ]
        if t < 0.8:
            water = down(top, 2, ("#fff6ea", 0.95 * float(fade)), ("#dfe4f4", 0.8 * float(fade)), ("#b9c6e6", 0.3))
            canvas.drawPath(blob(tongue), water)
    for i in range(9):  # drops on their own ways, all falling back
        away, up = np.sin(i * 2.4) * 58, 54 + 38 * abs(np.cos(i * 1.7))
        x, y = away * (0.25 + t * 0.95), -up * 4 * t * (1.08 - t) * 0.92 - 4
        r = (1.6 + 1.9 * abs(np.sin(i * 1.3))) * (1 - 0.35 * t)
        canvas.drawPath(oval(x, y, r, r * 1.2), ink("#fdf3ea", 0.95 * float(fade)))
    return Picture(sheet.pixels(), (90, 104))


def head() -> Picture:
    """A head from above, nose upwards; `radius` is the circle that sensor places are measured on."""
    sheet = Sheet(360, 380)
    canvas = sheet.canvas
    canvas.translate(180, 198)
    for side in (-1, 1):
        ear = np.array([(136, -22), (152, -30), (162, -10), (157, 16), (145, 30), (134, 18)]) * (side, 1)
        canvas.drawPath(blob(ear), along((130 * side, 0), (164 * side, 0), "#d79f8c", "#efc3a8"))
        canvas.drawPath(blob((ear - (147 * side, 0)) * 0.5 + (148 * side, 0)), ink("#c98a7e", 0.5))
    canvas.drawPath(
        blob([(-17, -142), (-11, -164), (0, -172), (11, -164), (17, -142), (0, -132)]),
        down(-172, -134, "#f6d0b4", "#e6b198"),
    )
    face = blob(
        [
            (0, -153),
            (66, -141),
            (118, -98),
            (143, -30),
            (140, 46),
            (104, 118),
            (48, 150),
            (0, 156),
            (-48, 150),
            (-104, 118),
            (-140, 46),
            (-143, -30),
            (-118, -98),
            (-66, -141),
        ]
    )
    canvas.drawPath(face, down(-153, 20, "#f8d8be", "#eebfa4"))
    canvas.drawPath(oval(-52, -118, 22, 8), ink("#f09f8e", 0.25, blur=8))
    canvas.drawPath(oval(52, -118, 22, 8), ink("#f09f8e", 0.25, blur=8))
    _hair(canvas)
    return Picture(sheet.pixels(), (180, 198), {"radius": 150.0})


def _hair(canvas: skia.Canvas) -> None:
    """One soft mass that swirls from the crown, in three tones."""
    edge = curve(
        [
            (-24, -104),
            (14, -112),
            (62, -108),
            (104, -84),
            (138, -34),
            (150, 18),
            (138, 84),
            (96, 136),
            (40, 161),
            (-20, 163),
            (-82, 146),
            (-130, 98),
            (-150, 30),
            (-142, -34),
            (-112, -82),
            (-66, -106),
        ],
        closed=True,
    )
    mass = shape(edge)
    canvas.drawPath(shape(moved(edge, 0, -5)), ink("#b97f72", 0.4, blur=6))
    canvas.drawPath(mass, around(-10, 20, 180, "#5d6397", "#474f86", "#333c70"))
    canvas.save()
    canvas.clipPath(mass, doAntiAlias=True)
    for i in range(46):  # locks fall outwards from the crown, and a little to one side
        a = np.radians(i * 360 / 46 + 5 * np.sin(i * 2.7))
        start = 18 + 34 * abs(np.sin(i * 1.9))
        turns = [(start + r * (225 - start), a + 0.34 * r) for r in (0, 0.33, 0.66, 1.0)]
        lock = [(-8 + r * np.cos(b), 62 + r * np.sin(b)) for r, b in turns]
        tone, alpha = (("#7f86bd", 0.2), ("#2b3365", 0.26), ("#6a71a8", 0.22))[i % 3]
        canvas.drawPath(ribbon(lock, (0.4, 9, 13, 3)), ink(tone, alpha, blur=1.2))
    shine = [(-96, -30), (-60, -62), (-8, -76), (44, -70)]
    canvas.drawPath(ribbon(shine, (0.5, 12, 15, 0.5)), ink("#a9addb", 0.3, blur=5))
    canvas.restore()


def emblem() -> Picture:
    """The heron before the rising sun, in a round of dawn."""
    sheet = Sheet(176, 176)
    canvas = sheet.canvas
    canvas.translate(88, 88)
    round_ = oval(0, 0, 82, 82)
    canvas.save()
    canvas.clipPath(round_, doAntiAlias=True)
    canvas.drawPath(round_, down(-82, 50, "#46568f", "#8b80b4", "#dba9b0", "#f5cfa6"))
    canvas.drawCircle(26, 14, 30, ink("#fff0cf"))
    canvas.drawPath(
        blob([(-100, 44), (-40, 26), (20, 40), (70, 28), (110, 44), (110, 100), (-100, 100)]),
        down(26, 90, "#6d78ab", "#3c4d84"),
    )
    canvas.drawRect(skia.Rect.MakeLTRB(-90, 58, 90, 90), down(58, 84, "#e3b9b0", "#53659b"))
    canvas.translate(-22, 70)
    canvas.scale(0.46, 0.46)
    heron.paint(canvas, heron.WAIT)
    canvas.restore()
    canvas.drawPath(round_, pen(LIGHT, 4))
    return whole(sheet)
