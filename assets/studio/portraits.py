"""Who one may be: twelve who live in the marsh, each in a round of its own light; a player chooses one."""

from typing import NamedTuple

import numpy as np
import skia
from studio import creatures, growing, heron, lanterns, seekers, singers, wildlife
from studio.brush import Sheet, blob, down, ink, oval, pen
from studio.picture import Picture, whole

SIDE = 208
RADIUS = 96.0
RIM = "#f6efe4"


class Light(NamedTuple):
    """Of one round: its sky from top to horizon, the sun, the hill, and the water from far to near."""

    sky: tuple[str, ...]
    sun: str
    hill: str
    water: tuple[str, str]


DAWN = Light(("#46568f", "#8b80b4", "#dba9b0", "#f5cfa6"), "#fff0cf", "#7d80b0", ("#d9b3b6", "#53659b"))
MORNING = Light(("#3f8391", "#7fb59c", "#d8dd9c", "#f6e6a4"), "#fffbe0", "#6fa07c", ("#c4d7a6", "#3f7f7a"))
NOON = Light(("#3478b8", "#6fa9d4", "#b4d8e4", "#dcecea"), "#ffffff", "#6b9fbe", ("#a9d5da", "#2f86a2"))
DUSK = Light(("#54407c", "#a85f82", "#ea926e", "#fbd084"), "#fff0bc", "#8a4f74", ("#eeae80", "#6a548a"))
NIGHT = Light(("#1c3070", "#335a98", "#6b97c2", "#a3c2d6"), "#f4f8ff", "#3c6099", ("#8fb3d0", "#27487e"))


def portraits() -> dict[str, Picture]:
    sitting = seekers.seekers()
    singing = singers.pictures()
    painted = {
        "heron": _round(DAWN, None, 0, 0, 1),
        "otter": _round(DUSK, wildlife.otter(), 32, 52, 1.08),
        "kingfisher": _round(NOON, _upper(wildlife.kingfisher()), 34, 204, 1.14),
        "frog": _round(MORNING, singing["singer_frog"], 2, 62, 1.3),
        "turtle": _round(MORNING, wildlife.turtle(), 4, 58, 0.94),
        "duck": _round(NOON, wildlife.ducks(), 14, 56, 1.14),
        "fish": _round(DAWN, creatures.fish()[0], -6, 44, 1.16),
        "dragonfly": _round(DUSK, creatures.dragonflies()[1], -8, 16, 1.5),
        "firefly": _round(NIGHT, lanterns.pictures()["glowfly_1"], 0, 6, 1.5),
        "moth": _round(NIGHT, sitting["seeker_moth_spotted"], 0, 14, 1.5),
        "snail": _round(MORNING, sitting["seeker_snail_plain"], 0, 34, 1.5),
        "lotus": _round(DAWN, growing.lotus(), 0, 62, 0.98),
    }
    return {f"portrait_{name}": picture for name, picture in painted.items()}


def _upper(bird: Picture) -> Picture:
    """The bird without its long reed."""
    return bird._replace(pixels=bird.pixels[: round(len(bird.pixels) * 0.62)])


def _round(light: Light, who: Picture | None, x: float, y: float, scale: float) -> Picture:
    """who: held at x, y from the middle; None for the heron, which is drawn from its pose."""
    sheet = Sheet(SIDE, SIDE)
    canvas = sheet.canvas
    canvas.translate(SIDE / 2, SIDE / 2)
    round_ = oval(0, 0, RADIUS, RADIUS)
    canvas.drawPath(oval(0, 2, RADIUS + 3, RADIUS + 3), ink("#0f1a36", 0.35, blur=2))
    canvas.save()
    canvas.clipPath(round_, doAntiAlias=True)
    _land(canvas, light, round_)
    if who is None:
        canvas.translate(-22, 86)
        canvas.scale(0.56, 0.56)
        heron.paint(canvas, heron.WAIT)
    else:
        stamp(canvas, who, x, y, scale)
    canvas.restore()
    canvas.drawPath(round_, pen(RIM, 5))
    return whole(sheet, "webp")


def _land(canvas: skia.Canvas, light: Light, round_: skia.Path) -> None:
    canvas.drawPath(round_, down(-RADIUS, 44, *light.sky))
    canvas.drawCircle(38, -24, 46, ink(light.sun, 0.2, blur=12))
    canvas.drawCircle(38, -24, 27, ink(light.sun))
    hill = [(-120, 40), (-60, 10), (-10, 28), (50, 4), (120, 30), (120, 110), (-120, 110)]
    canvas.drawPath(blob(hill), down(4, 60, light.hill, light.sky[-1]))
    canvas.drawRect(skia.Rect(-110, 40, 110, 110), down(40, 96, *light.water))
    for px, py, half in ((-40, 52, 34), (30, 60, 46), (-14, 74, 52), (44, 84, 30)):
        canvas.drawPath(oval(px, py, half, 1.3), ink(RIM, 0.3))


def stamp(canvas: skia.Canvas, picture: Picture, x: float, y: float, scale: float) -> None:
    """A finished picture, its anchor at x, y."""
    flat = picture.pixels.copy()
    flat[..., :3] *= flat[..., 3:]  # smoothing weighs colour by alpha
    levels = np.rint(flat * 255).astype(np.uint8)
    image = skia.Image.fromarray(levels, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    left, top = x - picture.anchor[0] * scale, y - picture.anchor[1] * scale
    box = skia.Rect.MakeXYWH(left, top, image.width() * scale, image.height() * scale)
    canvas.drawImageRect(image, box, skia.SamplingOptions(skia.CubicResampler.Mitchell()))
