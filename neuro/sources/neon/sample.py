"""What one gaze datum of a Neon says, whichever of its six forms it has."""

from math import isnan, nan
from typing import Any, NamedTuple

SHUT_MM = 1.5
"""Lids less apart than this, on both eyes, are shut (own choice: finds both blinks of the maker's demo)."""

LONGEST_BLINK_S = 1.0
"""Who keeps the eyes shut for longer does not blink (own choice)."""


class Sample(NamedTuple):
    """x, y in pixels of the scene camera and pupil_mm are NaN, and confidence 0, while not worn or shut.

    shut: None where the glasses do not measure the lids
    """

    x: float
    y: float
    pupil_mm: float
    confidence: float
    shut: bool | None


def sample(datum: Any) -> Sample:
    """Args: datum: any of the client's gaze types; what it has not, it does not measure."""
    shut = None
    if hasattr(datum, "eyelid_aperture_left"):
        shut = max(datum.eyelid_aperture_left, datum.eyelid_aperture_right) < SHUT_MM
    if not datum.worn or shut:
        return Sample(nan, nan, nan, 0.0, shut if datum.worn else None)
    x, y = _point(datum)
    if isnan(x) or isnan(y):
        return Sample(nan, nan, nan, 0.0, shut)
    return Sample(x, y, _pupil_mm(datum), 1.0, shut)


class Lids:
    """Told of each sample, says when a blink was. measured: whether these glasses see lids at all."""

    def __init__(self) -> None:
        self.measured = False
        self._shut: bool | None = None
        self._since_s: float | None = None  # when they were seen to fall shut

    def __call__(self, t_s: float, shut: bool | None) -> float | None:
        """The middle of the blink that ended with this sample; None where none did."""
        before, self._shut = self._shut, shut
        self.measured |= shut is not None
        if shut and not before:
            self._since_s = None if before is None else t_s
        if not before or shut is not False or self._since_s is None or t_s - self._since_s >= LONGEST_BLINK_S:
            return None
        return (self._since_s + t_s) / 2


def _point(datum: Any) -> tuple[float, float]:
    if hasattr(datum, "x"):
        return datum.x, datum.y
    return (datum.left.x + datum.right.x) / 2, (datum.left.y + datum.right.y) / 2


def _pupil_mm(datum: Any) -> float:
    """The mean of both pupils, or the one that is seen."""
    if not hasattr(datum, "pupil_diameter_left"):
        return nan
    seen = [mm for mm in (datum.pupil_diameter_left, datum.pupil_diameter_right) if not isnan(mm)]
    return sum(seen) / len(seen) if seen else nan
