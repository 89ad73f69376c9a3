"""What the scene camera sees, as H.264: a dim room, the screen with its marks, and a dot where the wearer looks."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

import av
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from neuro.emulators.neon.payloads import SCENE_PX
from neuro.screen.codes import SIDE, tag_bits
from neuro.screen.plane import moved

RATE_HZ = 30
_SCREEN, _DOT, _BLACK, _WHITE = 110, 235, 36, 174  # brightness; the marks are as dim as the game has them
_DOT_PX = 12
_FINE = 2  # points along each side of a pixel by which a mark is painted, so that its edges are smooth
_START_CODE = b"\x00\x00\x01"

_WHOLE = np.array([[0.0, 1, 1, 0], [0, 0, 1, 1]])
"""The corners (2, 4) of the screen, in screens."""

Places = Mapping[int, NDArray[np.float64]]
"""The marks on the screen: their numbers, and their black squares' corners (2, 4) in screens."""


class Sight(NamedTuple):
    """One moment before the camera.

    view:    (3, 3) homography from screens to pixels
    looking: where the wearer looks, in pixels
    places:  the marks that the screen shows
    """

    view: NDArray[np.float64]
    looking: tuple[float, float]
    places: Places


class Scene:
    """Draws and encodes one picture after the other; the parameter sets are known from the start."""

    def __init__(self) -> None:
        width, height = SCENE_PX
        self._codec = VideoCodecContext.create("libx264", "w")
        self._codec.width, self._codec.height, self._codec.pix_fmt = width, height, "yuv420p"
        self._codec.framerate, self._codec.time_base = Fraction(RATE_HZ), Fraction(1, RATE_HZ)
        self._codec.gop_size, self._codec.thread_count = RATE_HZ, 1
        self._codec.flags |= Flags.global_header  # parameter sets in the session's description, not in the stream
        self._codec.options = {"preset": "ultrafast", "tune": "zerolatency"}
        self._codec.open()
        self.parameter_sets = tuple(nal_units(self._codec.extradata or b""))
        self._room = np.full((height * 3 // 2, width), 128, np.uint8)  # planar yuv 4:2:0 without colour
        self._room[:height] = np.linspace(30, 70, width, dtype=np.uint8)
        self._frames = 0

    def picture(self, sight: Sight, *, key: bool) -> list[bytes]:
        """The NAL units of the next frame; key: readable without the ones before."""
        picture = self._room.copy()
        draw(picture[: SCENE_PX[1]], sight)
        frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
        frame.pts, self._frames = self._frames, self._frames + 1
        frame.pict_type = PictureType.I if key else PictureType.NONE
        return [unit for packet in self._codec.encode(frame) for unit in nal_units(bytes(packet))]


def draw(grey: NDArray[np.uint8], sight: Sight) -> None:
    """Paint what is seen over the room, grey (1200, 1600)."""
    _fill(grey, moved(sight.view, _WHOLE))
    column, row = (
        int(np.clip(at, _DOT_PX, size - _DOT_PX)) for at, size in zip(sight.looking, SCENE_PX, strict=True)
    )
    grey[row - _DOT_PX : row + _DOT_PX, column - _DOT_PX : column + _DOT_PX] = _DOT
    for number, (x, y) in sight.places.items():
        across, below = (x[1] - x[0], y[1] - y[0]), (x[3] - x[0], y[3] - y[0])
        from_modules = np.array([[*across, 0], [*below, 0], [SIDE * x[0], SIDE * y[0], SIDE]]).T / SIDE
        _mark(grey, sight.view @ from_modules, _painted(number))


def _painted(number: int) -> NDArray[np.uint8]:
    """A mark with its white border, (10, 10) modules."""
    return np.where(np.pad(tag_bits(number), 1, constant_values=1), _WHITE, _BLACK).astype(np.uint8)


def _fill(grey: NDArray[np.uint8], corners: NDArray[np.float64]) -> None:
    """Paint the screen, whose corners (2, 4) go clockwise, row by row from its left edge to its right one."""
    rows, columns = _around(corners)
    y = np.arange(rows.start, rows.stop)
    left, right = np.full(y.size, float(columns.start)), np.full(y.size, float(columns.stop - 1))
    for (x0, y0), (x1, y1) in zip(corners.T, np.roll(corners, -1, axis=1).T, strict=True):
        if y0 != y1:  # within the rows of a level edge the others say it all
            at = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
            left, right = (np.maximum(left, at), right) if y1 < y0 else (left, np.minimum(right, at))
    for row, first, last in zip(y.tolist(), np.ceil(left).astype(int), np.floor(right).astype(int), strict=True):
        if first <= last:
            grey[row, first : last + 1] = _SCREEN


def _mark(grey: NDArray[np.uint8], view: NDArray[np.float64], modules: NDArray[np.uint8]) -> None:
    """Paint a mark; view: from its modules, of which 0, 0 is the black square's corner, to pixels."""
    border = np.array([[-1, SIDE + 1, SIDE + 1, -1], [-1, -1, SIDE + 1, SIDE + 1]])
    rows, columns = _around(moved(view, border))
    part = grey[rows, columns]
    if not part.size:
        return
    within = (np.arange(_FINE) + 0.5) / _FINE - 0.5
    x, y = (np.add.outer(np.arange(span.start, span.stop), within).ravel() for span in (columns, rows))
    to_modules = np.asarray(np.linalg.inv(view), np.float64)
    at = np.floor(moved(to_modules, np.stack(np.meshgrid(x, y)).reshape(2, -1))).astype(int) + 1
    on = ((at >= 0) & (at < len(modules))).all(axis=0)
    column, row = np.where(on, at, 0)
    fine = np.where(on, modules[row, column], np.repeat(np.repeat(part, _FINE, 0), _FINE, 1).ravel())
    part[:] = fine.reshape(part.shape[0], _FINE, part.shape[1], _FINE).mean(axis=(1, 3)).round()


def _around(corners: NDArray[np.float64]) -> tuple[slice, slice]:
    """The rows and columns of the picture within which these corners (2, n) lie."""
    first, last = np.floor(corners.min(axis=1)).astype(int), np.ceil(corners.max(axis=1)).astype(int) + 1
    (left, top), (right, bottom) = (np.clip(at, 0, SCENE_PX) for at in (first, last))
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def nal_units(stream: bytes) -> Iterator[bytes]:
    """The units of an Annex B byte stream, without start codes and without the encoder's advertisement (type 6)."""
    for unit in stream.split(_START_CODE):
        if (trimmed := unit.rstrip(b"\x00")) and trimmed[0] & 0x1F != 6:
            yield trimmed
