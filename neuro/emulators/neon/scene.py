"""What the scene camera sees, as H.264: a dim room, a bright screen, and a dot where the wearer looks."""

from collections.abc import Iterator
from fractions import Fraction

import av
import numpy as np
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from neuro.emulators.neon.payloads import SCENE_PX

RATE_HZ = 30
_SCREEN = slice(300, 850), slice(300, 1300)  # rows, columns; the dot is clipped to the picture
_DOT_PX = 12
_START_CODE = b"\x00\x00\x01"


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
        self._room[_SCREEN] = 190
        self._frames = 0

    def picture(self, x: float, y: float, *, key: bool) -> list[bytes]:
        """The NAL units of the next frame, its dot at x, y (pixels); key: readable without the ones before."""
        frame = av.VideoFrame.from_ndarray(self._drawn(x, y), format="yuv420p")
        frame.pts, self._frames = self._frames, self._frames + 1
        frame.pict_type = PictureType.I if key else PictureType.NONE
        return [unit for packet in self._codec.encode(frame) for unit in nal_units(bytes(packet))]

    def _drawn(self, x: float, y: float) -> NDArray[np.uint8]:
        picture = self._room.copy()
        column, row = (int(np.clip(at, _DOT_PX, size - _DOT_PX)) for at, size in zip((x, y), SCENE_PX, strict=True))
        picture[row - _DOT_PX : row + _DOT_PX, column - _DOT_PX : column + _DOT_PX] = 235
        return picture


def nal_units(stream: bytes) -> Iterator[bytes]:
    """The units of an Annex B byte stream, without start codes and without the encoder's advertisement (type 6)."""
    for unit in stream.split(_START_CODE):
        if (trimmed := unit.rstrip(b"\x00")) and trimmed[0] & 0x1F != 6:
            yield trimmed
