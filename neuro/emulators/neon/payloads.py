"""The bytes of one datum: gaze in its six sizes, eye events and head motion (big-endian, told apart by size)."""

import struct
from math import cos, hypot, isnan, radians, sin

SCENE_PX = (1600, 1200)
FOCAL_PX = 892.0
"""Of Neon's scene camera, near enough to turn pixels into directions."""

OPEN_MM = 8.0
"""How far the lids of an adult are apart (own choice, within 6-9 mm of a Neon recording)."""

_EYE_APART_PX = 4.0  # each eye's own point lies this far from the common one, and
_PUPIL_APART_MM = 0.1  # each pupil this much from their mean: so that a mixed-up eye shows


def gaze(size: int, x: float, y: float, *, worn: bool, pupil_mm: float, lids_mm: float) -> bytes:
    """One gaze datum of `size` bytes; x, y in pixels of the scene camera. Unknown sizes end in zeros."""
    left, right = (x - _EYE_APART_PX, y), (x + _EYE_APART_PX, y)
    flag = 255 if worn else 0
    if size == 17:
        return struct.pack("!ffBff", *left, flag, *right)
    points = (*left, *right) if size in (25, 105) else ()
    eyes = _eyes(x, y, pupil_mm) if size >= 65 else ()
    lids = (lids_mm * 0.05, -lids_mm * 0.05, lids_mm) * 2 if size >= 89 else ()
    numbers = (*eyes, *lids, *points)
    return struct.pack(f"!ffB{len(numbers)}f", x, y, flag, *numbers).ljust(size, b"\0")


def saccade(start_ns: int, end_ns: int, figures: tuple[float, ...]) -> bytes:
    """figures: start, end and mean x, y (px), amplitude (px, degrees), mean and greatest velocity."""
    return struct.pack("!iqq10f", 0, start_ns, end_ns, *figures)


def fixation(start_ns: int, end_ns: int, figures: tuple[float, ...]) -> bytes:
    """figures: as of a saccade."""
    return struct.pack("!iqq10f", 1, start_ns, end_ns, *figures)


def saccade_onset(start_ns: int) -> bytes:
    return struct.pack("!iq", 2, start_ns)


def fixation_onset(start_ns: int) -> bytes:
    return struct.pack("!iq", 3, start_ns)


def blink(start_ns: int, end_ns: int) -> bytes:
    return struct.pack("!iqq", 4, start_ns, end_ns)


def keep_alive() -> bytes:
    return struct.pack("!i", 5)


def imu(unix_ns: int, turned_deg: tuple[float, float], rates_deg_s: tuple[float, float]) -> bytes:
    """A head turned to the right and down, as the protobuf message imuproto.ImuPacket: x right, y ahead, z up."""
    (right, down), (right_rate, down_rate) = map(radians, turned_deg), rates_deg_s
    cos_z, sin_z, cos_x, sin_x = cos(right / 2), -sin(right / 2), cos(down / 2), -sin(down / 2)
    accel = _vector(2, 0.0, 0.0, 1.0)
    gyro = _vector(3, -down_rate, 0.0, -right_rate)
    rotation = _vector(4, cos_z * cos_x, cos_z * sin_x, sin_z * sin_x, sin_z * cos_x)
    return b"\x08" + _varint(unix_ns) + accel + gyro + rotation


def _eyes(x: float, y: float, pupil_mm: float) -> tuple[float, ...]:
    """Left, then right: pupil diameter, centre of the eyeball and optical axis."""
    ahead = (x - SCENE_PX[0] / 2) / FOCAL_PX, (y - SCENE_PX[1] / 2) / FOCAL_PX, 1.0
    length = hypot(*ahead)
    axis = tuple(part / length for part in ahead)
    left = (pupil_mm + _PUPIL_APART_MM, -31.0, 10.0, -40.0, *axis)
    right = (pupil_mm - _PUPIL_APART_MM, 31.0, 10.0, -40.0, *axis)
    return (*left, *right)


def _vector(number: int, *parts: float) -> bytes:
    """A message of floats as field `number`."""
    body = b"".join(bytes(((index << 3) | 5,)) + struct.pack("<f", part) for index, part in enumerate(parts, 1))
    return bytes(((number << 3) | 2, len(body))) + body


def _varint(number: int) -> bytes:
    groups = []
    while number > 0x7F:
        groups.append(0x80 | (number & 0x7F))
        number >>= 7
    return bytes((*groups, number))


class HeldGaze:
    """Gives what the glasses say while the lids are shut: the point stays where it was, only the lids tell."""

    def __init__(self) -> None:
        self._x, self._y = SCENE_PX[0] / 2, SCENE_PX[1] / 2

    def __call__(self, x: float, y: float) -> tuple[float, float, bool]:
        """From x, y, NaN while shut, to the x, y that are told and whether the lids are shut; pixels all of them."""
        shut = isnan(x)
        if not shut:
            self._x, self._y = x, y
        return self._x, self._y, shut
