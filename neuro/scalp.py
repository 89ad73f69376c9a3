"""Where on the head a channel sits, from its 10-20 name, so that one model reads any montage."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

N_PLACE = 4
"""Numbers a place has: right, forward and up on a head of radius 1, and 1; all 0 where the name is not known."""

_ROWS = {
    **{"FP": 1, "AFP": 1.5, "AF": 2, "F": 3, "FT": 4, "FC": 4, "T": 5, "C": 5},
    **{"TP": 6, "CP": 6, "P": 7, "PO": 8, "O": 9, "I": 10},
}
"""Tenths of the way from nasion to inion. Source: the 10-10 system (ACNS guideline 2); between them, own choice."""

_OLD_NAMES = {"T3": "T7", "T4": "T8", "T5": "P7", "T6": "P8"}
_EARS = ("A", "M")  # behind the ear, near TP9 and TP10
_SITE = re.compile(r"([A-Z]+?)(Z|\d{1,2})")
_OUTERMOST = {"FP": 2, "O": 2, "I": 2}  # the number of the channel on the rim; 8 elsewhere


def places(channels: Sequence[str]) -> NDArray[np.float32]:
    """(n_channels, N_PLACE) where the channels sit; zeros for a name that no system knows."""
    return np.array([_place(channel) for channel in channels], np.float32).reshape(-1, N_PLACE)


def _place(channel: str) -> tuple[float, ...]:
    name = channel.strip().upper()
    site = _SITE.fullmatch(_OLD_NAMES.get(name, name))
    if site is None or site[1] not in (*_ROWS, *_EARS):
        return (0.0,) * N_PLACE
    row, number = site[1], 0 if site[2] == "Z" else int(site[2])
    if row in _EARS:
        row, number = "TP", number + 8
    x, y, z = _on_sphere(_ROWS[row], (number + 1) // 2 * 2 / _OUTERMOST.get(row, 8))
    return (-x if number % 2 else x, y, z, 1.0)


def _on_sphere(row: float, out: float) -> tuple[float, float, float]:
    """A point so far out (0 on the midline, 1 on the rim) on the arc of a row, right of the middle."""
    along = np.pi * row / 10
    middle = np.array([0.0, np.cos(along), np.sin(along)])
    low = np.pi / 10  # the rim lies a tenth above the plane of nasion and inion
    around = np.pi * min(max(row, 1.0), 9.0) / 10
    rim = np.array([np.cos(low) * np.sin(around), np.cos(low) * np.cos(around), np.sin(low)])
    angle = np.arccos(np.clip(middle @ rim, -1, 1))
    if angle < 1e-9:
        return (float(middle[0]), float(middle[1]), float(middle[2]))
    point = (np.sin((1 - out) * angle) * middle + np.sin(out * angle) * rim) / np.sin(angle)
    return (float(point[0]), float(point[1]), float(point[2]))
