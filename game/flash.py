"""The photosensitivity guard: sees flashes in the pictures of a game, and dims them before they can do harm.

WCAG 2.2, 2.3.1: no more than three flashes in any second over a quarter of any ten degrees of the view. A flash is
a pair of opposing changes of relative luminance by .1 or more, the darker of the two below .8; a red flash is a pair
of opposing changes to or from a saturated red. Heron's own rule, kept here, is stricter: no more than two, over an
eighth, so that there is time to dim before the fourth.
"""

from collections import deque
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.draw import HEIGHT, WIDTH, DrawList, Rect

ACROSS, DOWN = 160, 90
"""Cells that a picture is looked at in, of 8 x 8 of its units."""

MOST = 2
"""Flashes in any second."""

LUMINANCE_STEP, BRIGHT = 0.1, 0.8
RED_STEP, RED_SHARE = 20.0, 0.8
"""WCAG 2.2, definition of flashes: (R - G - B) x 320 changes by more than 20 where R / (R + G + B) is .8 or more."""

FIELD = 341 * ACROSS // WIDTH + 1, 256 * DOWN // HEIGHT
"""Ten degrees of the view, in cells: WCAG's 341 x 256 pixels of 1024 x 768, taken as so many units of our 1280 x 720.
On a laptop of 15 inches at 60 cm these are 9 x 7 degrees; on 24 inches 13 x 10, which is why an eighth counts."""
SHARE = 0.125

DIM = 0.7
"""Share of the light that is taken away: of a flash from black to white .07 of luminance is left, under .1."""
DIM_S, HOLD_S, CLEAR_S = 0.2, 2.0, 4.0
"""How fast it dims, how long after the last flash it stays so, and how slowly it clears (own choice)."""

STEP, STEP_S = 0.1, 0.5
"""Own rule: the whole picture's luminance changes by no more than this in this time."""

Pixels = NDArray[np.uint8]
"""(DOWN, ACROSS, 3) red, green, blue."""
Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

Kind = Literal["general", "red"]


class Flash(NamedTuple):
    """Flashes that are more than should be.

    per_s: in the last second, on the cells that flash most
    area:  the largest share of ten degrees of the view that flashes more than MOST times, 0..1
    """

    kind: Kind
    t_s: float
    per_s: float
    area: float


_LINEAR = np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255])
_LINEAR = _LINEAR.astype(np.float32)
_WEIGHTS = np.array((0.2126, 0.7152, 0.0722), np.float32)


def luminance(pixels: Pixels) -> Values:
    """(DOWN, ACROSS) WCAG relative luminance, 0..1."""
    light: Values = _LINEAR[pixels] @ _WEIGHTS
    return light


def redness(pixels: Pixels) -> Values:
    """(DOWN, ACROSS) by how much a saturated red is red; 0 where it is not saturated."""
    linear = _LINEAR[pixels]
    red, rest = linear[..., 0], linear[..., 1] + linear[..., 2]
    return np.where(red >= RED_SHARE * (red + rest), np.maximum(0, red - rest) * 320, np.float32(0))


class Swings:
    """Counts, cell by cell, how often a value has turned in the last second by at least a step."""

    def __init__(self, step: float, bright: float) -> None:
        """Args: bright: a change counts only where the lower of its two values is below this."""
        self._step, self._bright = step, bright
        self._low = self._high = np.zeros((DOWN, ACROSS), np.float32)
        self._way = np.zeros((DOWN, ACROSS), np.int8)
        self._turned: deque[tuple[float, Mask]] = deque()
        self.counts = np.zeros((DOWN, ACROSS), np.int16)

    def seen(self, values: Values, t_s: float) -> None:
        if not self._turned:
            self._low = self._high = values
        rose = (self._way <= 0) & (values - self._low >= self._step) & (self._low < self._bright)
        fell = (self._way >= 0) & (self._high - values >= self._step) & (values < self._bright)
        turned = rose | fell
        self._way = np.where(rose, 1, np.where(fell, -1, self._way)).astype(np.int8)
        self._low = np.where(turned, values, np.minimum(self._low, values))
        self._high = np.where(turned, values, np.maximum(self._high, values))
        self._turned.append((t_s, turned))
        self.counts += turned
        while self._turned[0][0] <= t_s - 1 + 1e-6:
            self.counts -= self._turned.popleft()[1]


class Flashes:
    """Looks at one picture after the other."""

    def __init__(self) -> None:
        self._swings: dict[Kind, Swings] = {
            "general": Swings(LUMINANCE_STEP, BRIGHT),
            "red": Swings(RED_STEP, np.inf),
        }

    def seen(self, pixels: Pixels, t_s: float) -> Flash | None:
        """What flashes too much, as of this picture."""
        seen: tuple[tuple[Kind, Values], ...] = (("general", luminance(pixels)), ("red", redness(pixels)))
        for kind, values in seen:
            self._swings[kind].seen(values, t_s)
        for kind, swings in self._swings.items():
            flashing = swings.counts > 2 * MOST
            if flashing.any() and (area := _widest(flashing)) >= SHARE:
                return Flash(kind, t_s, float(swings.counts.max()) / 2, area)
        return None


def _widest(flashing: Mask) -> float:
    """The largest share of any ten degrees that is flashing."""
    across, down = FIELD
    sums = np.zeros((DOWN + 1, ACROSS + 1), np.int32)
    sums[1:, 1:] = flashing.cumsum(0).cumsum(1)
    inside = sums[down:, across:] - sums[:-down, across:] - sums[down:, :-across] + sums[:-down, :-across]
    return float(inside.max()) / (across * down)


class Steps:
    """How far the whole picture's luminance went within STEP_S."""

    def __init__(self) -> None:
        self._lights: deque[tuple[float, float]] = deque()

    def seen(self, pixels: Pixels, t_s: float) -> float:
        """The largest change up to now, of relative luminance."""
        self._lights.append((t_s, float(luminance(pixels).mean())))
        while self._lights[0][0] < t_s - STEP_S:
            self._lights.popleft()
        lights = [light for _, light in self._lights]
        return max(lights) - min(lights)


class Guard:
    """Dims what flashes, for as long as it does."""

    def __init__(self) -> None:
        self._flashes = Flashes()
        self._flashed_s: float | None = None
        self._dim = 0.0
        self._told: list[Flash] = []
        self._last_s: float | None = None

    def veil(self, t_s: float) -> DrawList:
        """What lies over the picture that is painted at this time."""
        elapsed_s = 0.0 if self._last_s is None else max(0.0, t_s - self._last_s)
        self._last_s = t_s
        if self._flashed_s is not None and t_s - self._flashed_s < HOLD_S:
            self._dim = min(DIM, self._dim + DIM * elapsed_s / DIM_S)
        else:
            self._dim = max(0.0, self._dim - DIM * elapsed_s / CLEAR_S)
        return (Rect(0, 0, WIDTH, HEIGHT, (0, 0, 0), self._dim),) if self._dim else ()

    def saw(self, painted: Pixels, t_s: float) -> None:
        """The picture as it was painted, under its veil."""
        bare = np.minimum(255, painted / np.float32(1 - self._dim)).astype(np.uint8) if self._dim else painted
        flash = self._flashes.seen(bare, t_s)
        if flash is None:
            return
        if self._flashed_s is None or t_s - self._flashed_s >= HOLD_S:
            self._told.append(flash)
        self._flashed_s = t_s

    def told(self) -> list[Flash]:
        """The stretches of flashes that have begun since this was last asked."""
        told, self._told = self._told, []
        return told
