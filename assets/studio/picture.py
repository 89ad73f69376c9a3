"""A finished picture with its anchor, and how layers lie over one another."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from studio.brush import Pixels, Sheet

WIDTH, HEIGHT = 1280, 720
HORIZON = 372
"""where the far shore meets the water, px from the top"""
OVER = 24
"""px that a layer of the marsh reaches beyond the picture on each side, so that it can drift"""
SPAN = WIDTH + 2 * OVER


class Picture(NamedTuple):
    """anchor: the point that a scene holds it by, in px from the top left; more: what else the index says of it."""

    pixels: Pixels
    anchor: tuple[float, float]
    more: dict[str, float | list[float]] = {}  # noqa: RUF012 - never changed
    file_type: str = "png"


def whole(sheet: Sheet, file_type: str = "png") -> Picture:
    """The sheet as it is, held by its middle."""
    return Picture(sheet.pixels(), (sheet.width / 2, sheet.height / 2), file_type=file_type)


def cropped(pixels: Pixels, anchor: tuple[float, float], margin: int = 2, file_type: str = "png") -> Picture:
    """Only what is painted, the anchor kept at the same place of the scene."""
    rows = np.flatnonzero(pixels[..., 3].max(axis=1) > 1 / 255)
    columns = np.flatnonzero(pixels[..., 3].max(axis=0) > 1 / 255)
    top, left = max(0, rows[0] - margin), max(0, columns[0] - margin)
    inside = pixels[top : rows[-1] + 1 + margin, left : columns[-1] + 1 + margin]
    return Picture(inside, (anchor[0] - left, anchor[1] - top), file_type=file_type)


def cropped_alike(frames: Sequence[Picture]) -> list[Picture]:
    """Frames of one size and anchor, each cut to what is painted on any of them."""
    painted = np.max([frame.pixels[..., 3] for frame in frames], axis=0)
    rows, columns = (np.flatnonzero(painted.max(axis=axis) > 1 / 255) for axis in (1, 0))
    top, left = int(rows[0]), int(columns[0])
    return [
        frame._replace(
            pixels=frame.pixels[top : rows[-1] + 1, left : columns[-1] + 1],
            anchor=(frame.anchor[0] - left, frame.anchor[1] - top),
        )
        for frame in frames
    ]


def kept(sheet: Sheet, x: float, y: float) -> Picture:
    """What is painted on the sheet, held at x, y of it."""
    return cropped(sheet.pixels(), (x, y), file_type="webp")


def over(below: Pixels, above: Pixels, alpha: float = 1) -> Pixels:
    """`above` laid on an opaque picture of the same size."""
    a = above[..., 3:] * alpha
    out = below.copy()
    out[..., :3] = above[..., :3] * a + below[..., :3] * (1 - a)
    return out


def luminance(pixels: Pixels) -> float:
    """Mean WCAG relative luminance of an opaque picture, 0..1."""
    c = pixels[..., :3].astype(np.float64)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float((linear @ np.array([0.2126, 0.7152, 0.0722])).mean())


def numbered(name: str, frames: Sequence[Picture]) -> dict[str, Picture]:
    """name_1, name_2, ..."""
    return {f"{name}_{i}": frame for i, frame in enumerate(frames, 1)}
