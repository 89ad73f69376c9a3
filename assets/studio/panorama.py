"""The five places seen at once: a day from left to right, for the map."""

from collections.abc import Mapping

import numpy as np
from PIL import Image
from studio import scene
from studio.brush import Pixels, ramp
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
_SMOOTH = Image.Resampling.LANCZOS


def pictures(painted: Mapping[str, Picture]) -> dict[str, Picture]:
    day = Picture(_day({name: scene.land(painted, name) for name, _ in DAY}), (WIDTH / 2, HEIGHT / 2), {}, "webp")
    return {"map": day}


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
