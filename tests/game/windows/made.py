"""Pictures made on the spot, for painters to paint."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

Pictures = Callable[[str], Path]


def make(folder: Path) -> Pictures:
    """`back` fills the picture, `fish` is an opaque ellipse with black where it is clear, `glow` is soft light;
    `hill` is large, and clear over its slope.
    """
    y, x = np.mgrid[0:720, 0:1280]
    save(folder / "back.png", 60 + y / 8, 80 + x / 20, 110 + 40 * np.sin(x / 50) * np.cos(y / 40), 255)
    y, x = np.mgrid[0:96, 0:128]
    inside = np.hypot((x - 63.5) / 60, (y - 47.5) / 40) < 1
    save(folder / "fish.png", (220 - x) * inside, (120 + y) * inside, 90 * inside, 255 * inside)
    y, x = np.mgrid[0:64, 0:64]
    save(folder / "glow.png", 255, 240, 200, 255 * np.clip(1 - np.hypot(x - 31.5, y - 31.5) / 32, 0, 1) ** 2)
    y, x = np.mgrid[0:200, 0:300]
    save(folder / "hill.png", 200, 90 + x / 3, 60, 255 * (3 * y > 2 * x))
    return lambda name: folder / f"{name}.png"


def save(path: Path, *channels: object) -> None:
    pixels = np.stack(np.broadcast_arrays(*channels), axis=-1)  # type: ignore[arg-type]
    Image.fromarray(pixels.astype(np.uint8)).save(path)
