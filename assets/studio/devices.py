"""Signs for what one hears, sees, presses and sets."""

import numpy as np
import skia
from studio.brush import blob, curve, ink, oval, pen, ribbon, shape
from studio.strokes import LIGHT, STROKE, Paint, arc, bar, bow, box, cut, dot, line, ring, solid


def _eye(canvas: skia.Canvas) -> None:
    lid = curve([(-27, 0), (-14, -13), (0, -17), (14, -13), (27, 0), (14, 13), (0, 17), (-14, 13)], closed=True)
    canvas.drawPath(shape(lid), pen(LIGHT, STROKE))
    dot(canvas, 0, 0, 9)
    cut(canvas, oval(3, -3, 2.8, 2.8))


def _keyboard(canvas: skia.Canvas) -> None:
    box(canvas, -28, -17, 56, 34, 7)
    for row in (-7.5, 0.5):
        for i in range(5):
            bar(canvas, -20 + i * 8.7, row - 2.2, 5, 5, 1.6)
    bar(canvas, -12, 7, 24, 4.6, 2.2)


def _headset(canvas: skia.Canvas) -> None:
    band = [(-23, 10), (-23, -8), (-14, -22), (0, -26), (14, -22), (23, -8), (23, 10)]
    canvas.drawPath(ribbon(band, (4, 5, 5.5, 5, 4)), ink(LIGHT))
    for x in (-27, 18):
        bar(canvas, x, 2, 9, 19, 4.4)
    wave = ribbon([(-13, 3), (-8, 3), (-5, -7), (0, 13), (4, -1), (7, 3), (13, 3)], (2, 3, 3, 3, 2))
    canvas.drawPath(wave, ink(LIGHT))


def _language(canvas: skia.Canvas) -> None:
    ring(canvas, 0, 0, 24)
    canvas.drawOval(skia.Rect(-10, -24, 10, 24), pen(LIGHT, 3.6))
    for y, half in ((-9, 22), (9, 22)):
        line(canvas, (-half, y), (half, y), width=3.6)


def _cone(canvas: skia.Canvas, dx: float = 0.0) -> None:
    """The body of a loudspeaker."""
    solid(canvas, [(-24 + dx, -7), (-15 + dx, -7), (-4 + dx, -17), (-4 + dx, 17), (-15 + dx, 7), (-24 + dx, 7)])


def _sound(canvas: skia.Canvas) -> None:
    _cone(canvas)
    for radius in (11, 20):
        arc(canvas, 2, 0, radius, -48, 96)


def _speaker(canvas: skia.Canvas) -> None:
    box(canvas, -17, -26, 34, 52, 7)
    ring(canvas, 0, 9, 8.6)
    dot(canvas, 0, -13, 4.4)


def _mute(canvas: skia.Canvas) -> None:
    _cone(canvas)
    for way in (-1, 1):
        line(canvas, (8, -8 * way), (24, 8 * way))


def _music(canvas: skia.Canvas) -> None:
    line(canvas, (-10, 15), (-10, -17), (19, -22), (19, 10))
    for x, y in ((-16, 16), (13, 11)):
        canvas.drawPath(oval(x, y, 7.6, 6.2), ink(LIGHT))


def _bubble(canvas: skia.Canvas) -> None:
    edge = [(-26, -20), (26, -20), (26, 12), (-4, 12), (-15, 23), (-14, 12), (-26, 12)]
    line(canvas, *edge, closed=True)


def _voice(canvas: skia.Canvas) -> None:
    _bubble(canvas)
    for x, half in ((-14, 3), (-7, 8), (0, 5), (7, 9), (14, 4)):
        line(canvas, (x, -4 - half), (x, -4 + half), width=3.6)


def _captions(canvas: skia.Canvas) -> None:
    box(canvas, -27, -20, 54, 40, 8)
    for y, parts in ((1, ((-18, 2), (9, 18))), (10, ((-18, -8), (-1, 18)))):
        for start, end in parts:
            line(canvas, (start, y), (end, y))


FINGERS = (
    ((-15, 4), (-18, -13), 6.6),
    ((-5, -2), (-6.5, -23), 6.8),
    ((5, -2), (5.5, -23), 6.8),
    ((14, 3), (16.5, -15), 6.4),
)


def _hand(canvas: skia.Canvas) -> None:
    """A right hand, palm away; mirrored it is the left."""
    for root, tip, width in FINGERS:
        line(canvas, root, tip, width=width)
    line(canvas, (-12, 14), (-25, 2), width=6.8)
    canvas.drawPath(blob([(-19, 1), (0, -6), (18, 0), (18, 14), (9, 26), (-8, 26), (-18, 14)]), ink(LIGHT))


def _contrast(canvas: skia.Canvas) -> None:
    ring(canvas, 0, 0, 23)
    canvas.drawArc(skia.Rect(-23, -23, 23, 23), 90, 180, True, ink(LIGHT))


def _switch(canvas: skia.Canvas) -> None:
    """One large button, and that it is pressed."""
    bar(canvas, -27, 15, 54, 9, 4.5)
    canvas.drawArc(skia.Rect(-19, -7, 19, 29), 180, 180, True, ink(LIGHT))
    for x, y, far in ((0, -14, (0, -25)), (-14, -10, (-20, -19)), (14, -10, (20, -19))):
        line(canvas, (x, y), far)


def _pad(canvas: skia.Canvas) -> None:
    edge = [(-14, -14), (14, -14), (24, -8), (28, 12), (21, 18), (10, 7), (-10, 7), (-21, 18), (-28, 12), (-24, -8)]
    canvas.drawPath(blob(edge), pen(LIGHT, STROKE))
    line(canvas, (-18, -4), (-8, -4), width=3.8)
    line(canvas, (-13, -9), (-13, 1), width=3.8)
    for x, y in ((10, -1), (17, -7)):
        dot(canvas, x, y, 3)


def _mouse(canvas: skia.Canvas) -> None:
    box(canvas, -16, -25, 32, 50, 16)
    line(canvas, (0, -14), (0, -6))


def _touch(canvas: skia.Canvas) -> None:
    line(canvas, (-3, 8), (-3, -12), width=7.6)
    palm = [(-7, 0), (6, 2), (17, 6), (18, 16), (11, 27), (-4, 27), (-16, 13), (-14, 8), (-8, 11)]
    canvas.drawPath(blob(palm), ink(LIGHT))
    arc(canvas, -3, -12, 13, 150, 240)


def _person(canvas: skia.Canvas, x: float, foot: float, size: float) -> None:
    dot(canvas, x, foot - 34 * size, 8.4 * size)
    body = skia.Path()
    body.addRoundRect(
        skia.Rect.MakeXYWH(x - 12.5 * size, foot - 22 * size, 25 * size, 34 * size), 12 * size, 12 * size
    )
    canvas.save()
    canvas.clipRect(skia.Rect(x - 20 * size, foot - 30 * size, x + 20 * size, foot))
    canvas.drawPath(body, ink(LIGHT))
    canvas.restore()


def _grown_ups(canvas: skia.Canvas) -> None:
    _person(canvas, -10, 24, 1.1)
    _person(canvas, 16, 24, 0.74)


def _player(canvas: skia.Canvas) -> None:
    _person(canvas, 0, 24, 1.16)


def _text(canvas: skia.Canvas) -> None:
    """A large and a small letter A."""
    for x, foot, size in ((-9, 20, 1.0), (18, 20, 0.56)):
        line(canvas, (x - 15 * size, foot), (x, foot - 40 * size), (x + 15 * size, foot), width=4.6)
        line(canvas, (x - 9.6 * size, foot - 13 * size), (x + 9.6 * size, foot - 13 * size), width=4.2)


def _motion(canvas: skia.Canvas) -> None:
    """Water that goes along."""
    for y, start in ((-14, -24), (0, -18), (14, -24)):
        x = np.linspace(start, start + 42, 5)
        lift = np.array((0, -5, 0, 5, 0))
        bow(canvas, *[(float(a), float(y + b)) for a, b in zip(x, lift, strict=True)])


def _effects(canvas: skia.Canvas) -> None:
    for x, y, size in ((-5, 4, 1.0), (17, -15, 0.5), (16, 18, 0.36)):
        points = []
        for i in range(8):
            reach = size * (22 if i % 2 == 0 else 6.4)
            points.append((x + reach * np.sin(i * np.pi / 4), y - reach * np.cos(i * np.pi / 4)))
        canvas.drawPath(shape(points), ink(LIGHT))
        canvas.drawPath(shape(points), pen(LIGHT, 2))


def _signal(canvas: skia.Canvas) -> None:
    for i, tall in enumerate((10, 20, 30, 40)):
        bar(canvas, -24 + 13 * i, 20 - tall, 8.6, tall, 3)


def _together(canvas: skia.Canvas) -> None:
    """Scanning: one of three is marked."""
    for x in (-22, 0, 22):
        dot(canvas, x, 0, 4.6)
    ring(canvas, 0, 0, 10.4)


def _glasses(canvas: skia.Canvas) -> None:
    for x in (-14, 14):
        ring(canvas, x, 4, 10.6)
    arc(canvas, 0, 4, 4.6, 200, 140)
    for side in (-1, 1):
        line(canvas, (24.6 * side, 2), (27 * side, -9))


DEVICES: dict[str, Paint] = {
    "captions": _captions,
    "contrast": _contrast,
    "effects": _effects,
    "eye": _eye,
    "glasses": _glasses,
    "grown_ups": _grown_ups,
    "hand": _hand,
    "headset": _headset,
    "keyboard": _keyboard,
    "language": _language,
    "motion": _motion,
    "mouse": _mouse,
    "music": _music,
    "mute": _mute,
    "pad": _pad,
    "player": _player,
    "scan": _together,
    "signal": _signal,
    "sound": _sound,
    "speaker": _speaker,
    "switch": _switch,
    "text": _text,
    "touch": _touch,
    "voice": _voice,
}
