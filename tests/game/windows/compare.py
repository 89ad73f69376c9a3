"""How alike two pictures are."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

MEAN, WORST = 2.0, 18.0
"""Two painters agree when no channel differs by more than MEAN (of 255) on average over the picture, and when no
channel's mean over 9 x 9 pixels differs by more than WORST: edges may lie half a pixel elsewhere, shapes may not."""


def assert_alike(a: Image.Image, b: Image.Image) -> None:
    assert a.size == b.size
    assert np.abs(_pixels(a) - _pixels(b)).mean(axis=(0, 1)).max() <= MEAN
    blur = ImageFilter.BoxBlur(4)
    assert np.abs(_pixels(a.filter(blur)) - _pixels(b.filter(blur))).max() <= WORST


def _pixels(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image.convert("RGB")).astype(np.int16)
