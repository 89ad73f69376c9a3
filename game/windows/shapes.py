"""The few shapes that all is painted with, as pixels: pictures in their colours, all others as white masks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, WebPImagePlugin  # noqa: F401 -- else Pillow fetches all kinds of pictures to find this one

from game.windows.text import ink, line_box

Pictures = Callable[[str], Path]
"""Where the picture of this name is kept."""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str


@dataclass(frozen=True, slots=True)
class Solid:
    """One white pixel, to be stretched."""


@dataclass(frozen=True, slots=True)
class Dot:
    radius: int


@dataclass(frozen=True, slots=True)
class Corner:
    """The top left quarter of a dot."""

    radius: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A level bar with soft edges; its width in quarters of a pixel."""

    length: int
    quarters: int


@dataclass(frozen=True, slots=True)
class Words:
    words: str
    size: float


Shape = Picture | Solid | Dot | Corner | Strip | Words


class Shapes:
    """Sizes and pixels of shapes. Only the sizes are kept: painters keep the pixels in the form they need."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._sizes: dict[str, tuple[int, int]] = {}

    def size(self, shape: Shape) -> tuple[int, int]:
        """Width and height in pixels."""
        match shape:
            case Picture(name):
                if name not in self._sizes:
                    with Image.open(self._pictures(name)) as picture:
                        self._sizes[name] = picture.size
                return self._sizes[name]
            case Solid():
                return 1, 1
            case Dot(radius):
                return 2 * radius, 2 * radius
            case Corner(radius):
                return radius, radius
            case Strip(length, quarters):
                return length, -(-quarters // 4)
            case Words(words, size):
                box = line_box(words, size)
                return box.width, box.height

    def image(self, shape: Shape) -> Image.Image:
        """The pixels (mode RGBA, alpha not multiplied in)."""
        match shape:
            case Picture(name):
                return Image.open(self._pictures(name)).convert("RGBA")
            case Words(words, size):
                return _white(ink(words, size))
            case Solid():
                return _white(Image.new("L", (1, 1), 255))
            case Dot(radius):
                return _white(_disc(radius))
            case Corner(radius):
                return _white(_disc(radius).crop((0, 0, radius, radius)))
            case Strip(length, quarters):
                return _white(_bar(length, quarters / 4))


def _white(mask: Image.Image) -> Image.Image:
    white = Image.new("L", mask.size, 255)
    return Image.merge("RGBA", (white, white, white, mask))


def _covered(depth: NDArray[np.float64]) -> Image.Image:
    """A mask from how deep in the shape each pixel's middle lies, in pixels: half covered on the edge itself."""
    return Image.fromarray(np.rint(255 * np.clip(depth + 0.5, 0, 1)).astype(np.uint8))


def _disc(radius: int) -> Image.Image:
    across = np.arange(2 * radius) + 0.5 - radius
    return _covered(radius - np.hypot(across[:, None], across))


def _bar(length: int, width: float) -> Image.Image:
    rows = int(np.ceil(width))
    off_middle = np.abs(np.arange(rows) + 0.5 - rows / 2)
    return _covered(np.repeat((width / 2 - off_middle)[:, None], length, axis=1))
