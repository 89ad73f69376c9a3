"""The marks that the game paints and the scene camera finds: eight of the AprilTag family 36h11."""

import numpy as np
from numpy.typing import NDArray

SIDE = 8
"""Modules on a mark's side: six of code, one black on either side. A white one must lie around those to be found."""

_CODES = {
    36: 0xF7A066836,
    37: 0x2DD0AFDF6,
    38: 0x3B9CB60B1,
    55: 0x29ACE98F3,
    73: 0x6AF846F37,
    81: 0xB5119492E,
    96: 0xD9339E076,
    106: 0xBA6D227D1,
}
"""36 modules each, row by row from the top left corner, 1 is white; as OpenCV has them, which a test compares.

Of the first 120 of the family these stay readable longest under blur (own measurement)."""

TAGS = tuple(_CODES)


def tag_bits(tag_id: int) -> NDArray[np.uint8]:
    """The modules (8, 8) of one of TAGS, 1 is white."""
    inner = [int(bit) for bit in f"{_CODES[tag_id]:036b}"]
    return np.pad(np.array(inner, np.uint8).reshape(6, 6), 1)
