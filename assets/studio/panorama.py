"""The five places seen at once or small: a day from left to right for the map, a view of each, a calm backdrop."""

from collections.abc import Mapping

import numpy as np
import skia
from PIL import Image
from scipy.ndimage import gaussian_filter
from studio import scene
from studio.brush import Pixels, Sheet, ink, ramp
from studio.picture import HEIGHT, HORIZON, WIDTH, Picture

DAY = (
    ("shallows_dawn", 860),
    ("reedbed_dawn", 560),
    ("lake_noon", 760),
    ("willow_dusk", 1094),
    ("night_night", 884),
)
"""Each place at its usual hour, and which px of it stands in the middle of its part of the map."""
SIZE = 0.62
"""of a place on the map"""
SKY_LINE = 232
"""where the far shore lies on the map, px from the top: what lies below is water"""
BLEND = 120
"""px over which one part becomes the next"""
VIEW = (376, 236)
_SMOOTH = Image.Resampling.LANCZOS


def pictures(painted: Mapping[str, Picture]) -> dict[str, Picture]:
    day = Picture(_day({name: scene.land(painted, name) for name, _ in DAY}), (WIDTH / 2, HEIGHT / 2), {}, "webp")
    views = {name: scene.preview(painted, name, 0.6, alive=False) for name, _ in DAY}
    calm = Picture(_calm(views["shallows_dawn"]), (WIDTH / 4, HEIGHT / 4), {}, "webp")
    places = {f"place_{name.split('_')[0]}": _view(views[name]) for name, _ in DAY}
    return {"map": day, "backdrop": calm, **places}


def _day(lands: Mapping[str, Pixels]) -> Pixels:
    """From dawn to night across one water, each place melting into the next."""
    part = WIDTH / len(DAY)
    total, weights = np.zeros((HEIGHT, WIDTH, 4), np.float32), np.zeros((1, WIDTH, 1), np.float32)
    x = np.arange(WIDTH)
    for i, (name, middle) in enumerate(DAY):
        centre = (i + 0.5) * part
        near = 1 - ramp(part / 2 - BLEND / 2, part / 2 + BLEND / 2, np.abs(x - centre))
        if i in (0, len(DAY) - 1):
            near = np.where((x < centre) == (i == 0), 1.0, near)
        land = _sized(lands[name])
        columns = np.clip(np.rint(x - centre + middle * SIZE), 0, land.shape[1] - 1).astype(int)
        weight = near.astype(np.float32)[None, :, None]
        total += land[:, columns] * weight
        weights += weight
    out = total / weights
    out[..., 3] = 1
    return out


def _sized(land: Pixels) -> Pixels:
    """Smaller, its far shore at SKY_LINE, its water drawn out to the foot of the map."""
    wide = round(WIDTH * SIZE)
    levels = np.rint(np.clip(land, 0, 1) * 255).astype(np.uint8)
    above, below = (Image.fromarray(part) for part in (levels[:HORIZON], levels[HORIZON:]))
    parts = (above.resize((wide, SKY_LINE), _SMOOTH), below.resize((wide, HEIGHT - SKY_LINE), _SMOOTH))
    return np.asarray(np.concatenate([np.asarray(part) for part in parts]) / 255, np.float32)


def _calm(view: Pixels) -> Pixels:
    """Half as large as it is shown, soft and a little darker, so that words before it are at ease."""
    small = view[::2, ::2].copy()
    small[..., :3] = gaussian_filter(small[..., :3], (7, 9, 0), mode="nearest") ** 1.12
    return small


def _view(view: Pixels) -> Picture:
    """Small, with round corners."""
    levels = np.rint(np.clip(view, 0, 1) * 255).astype(np.uint8)
    width, height = VIEW
    wide = round(height * WIDTH / HEIGHT)
    image = Image.fromarray(levels).resize((wide, height), _SMOOTH)
    left = (wide - width) // 2
    pixels = np.asarray(np.asarray(image)[:, left : left + width] / 255, np.float32)
    mask = Sheet(width, height)
    mask.canvas.drawRoundRect(skia.Rect.MakeWH(width, height), 22, 22, ink("#ffffff"))
    pixels[..., 3] = mask.pixels()[..., 3]
    return Picture(pixels, (width / 2, height / 2), file_type="webp")
