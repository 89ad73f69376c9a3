"""What tasks for the eyes measure with: angles of view, jumps of eyes seen 60 times a second, and their scatter.

A single sample is a third of a degree off, so that speeds from one tick to the next say nothing; a jump is told by
means of a few samples. Numbers without a source are own choices.
"""

from dataclasses import dataclass
from math import hypot, pi

from engine.copies import replace
from engine.ports import GAZE_DELAY_S, TICK_S, Place
from engine.tasks.task import By

DEG_PER_SCREEN = (40.0, 22.5)
"""What a screen is taken to fill of the field of view: 16:9, about half a metre wide at 70 cm."""

LEAST_KNOWN = 0.7
"""A trial in which gaze was known for less of the time than this says nothing."""

LATE = round(GAZE_DELAY_S / TICK_S)
"""Ticks between what the eyes did and the tick that hears of it."""

BCEA_K = 2.296
"""-2 ln(1 - P) with P = .6827, one SD."""

_NEW, _OLD = 3, 6
"""Samples on either side of a jump: 50 ms, in which a saccade of up to 12 degrees has landed, and 100 ms."""


def degrees(at: Place) -> Place:
    """A place in screens as degrees of view from the top left corner."""
    return at[0] * DEG_PER_SCREEN[0], at[1] * DEG_PER_SCREEN[1]


def apart(a: Place, b: Place) -> float:
    """Degrees of view between two places in screens."""
    return hypot((a[0] - b[0]) * DEG_PER_SCREEN[0], (a[1] - b[1]) * DEG_PER_SCREEN[1])


def delay_s(by: By) -> float:
    """How long ago it was that what a tick hears was done."""
    return GAZE_DELAY_S if by == "gaze" else 0.0


def fair_deg(radius_deg: float, by: By, error_deg: float) -> float:
    """A radius that gaze can be asked to keep: 2 degrees at least, and twice the error of its calibration."""
    return max(radius_deg, 2.0, 2 * error_deg) if by == "gaze" else radius_deg


Pair = tuple[Place, Place]
"""Where the eyes are and where what they look at is, degrees."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Where eyes that do not jump are, beside what they look at.

    n:      samples in the means, up to 6
    mean:   of where they were lately
    recent: the newest three samples, oldest first, which may turn out to lie beyond a jump
    origin: the mean before the jump that is under way; None while there is none
    wait:   samples to leave out, in which it lands
    """

    n: int = 0
    mean: Pair = ((0.0, 0.0), (0.0, 0.0))
    recent: tuple[Pair, ...] = ()
    origin: Pair | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Jump:
    """By how much the eyes jumped, degrees."""

    x: float
    y: float

    def along(self, way: Place | None) -> float:
        """How far it went in a direction; None for all of it."""
        if way is None or way == (0.0, 0.0):
            return hypot(self.x, self.y)
        return (self.x * way[0] + self.y * way[1]) / hypot(*way)


def watched(
    now: Steady, sample: Pair, least_deg: float, gain: float = 0.0, way: Place | None = None
) -> tuple[Steady, Pair | Jump | None]:
    """One sample later, with what has become certain: a sample that no jump came before, or a jump that has landed.

    least_deg: what is less is none
    gain:      the share of the target's movement that the eyes are expected to follow without jumps
    way:       jumps are looked for in this direction alone; None for any
    """
    if now.wait:
        return replace(now, wait=now.wait - 1), None
    recent = (*now.recent, sample)
    if len(recent) <= _NEW:
        landed = now.origin is not None and len(recent) == _NEW
        jump = _jump(recent, now.origin, gain) if now.origin and landed else None
        return Steady(recent=recent, origin=None if landed else now.origin), jump
    n = min(now.n + 1, _OLD)
    mean = (_nearer(now.mean[0], recent[0][0], n), _nearer(now.mean[1], recent[0][1], n))
    if n >= _NEW and _jump(recent[1:], mean, gain).along(way) >= least_deg:
        return Steady(origin=mean, wait=_NEW - 1), None
    return Steady(n, mean, recent[1:]), recent[0]


def _nearer(mean: Place, to: Place, n: int) -> Place:
    return mean[0] + (to[0] - mean[0]) / n, mean[1] + (to[1] - mean[1]) / n


def _jump(recent: tuple[Pair, ...], mean: Pair, gain: float) -> Jump:
    """How far the newest samples lie from where following alone would have brought the eyes."""
    x, y = (
        sum(eyes[axis] - gain * led[axis] for eyes, led in recent) / len(recent)
        - (mean[0][axis] - gain * mean[1][axis])
        for axis in (0, 1)
    )
    return Jump(x, y)


@dataclass(frozen=True, slots=True)
class Scatter:
    """Running sums over places in degrees."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def of(self, x: float, y: float) -> "Scatter":
        """With one more place."""
        return Scatter(self.n + 1, self.x + x, self.y + y, self.xx + x * x, self.yy + y * y, self.xy + x * y)

    @property
    def bcea_deg2(self) -> float | None:
        """Area of the ellipse that holds 68 % of the places: k pi sx sy sqrt(1 - r**2); None of fewer than three.

        sx sy sqrt(1 - r**2) is the root of the determinant of the covariance.
        """
        if self.n < 3:
            return None
        xx = self.xx - self.x * self.x / self.n
        yy = self.yy - self.y * self.y / self.n
        xy = self.xy - self.x * self.y / self.n
        return float(BCEA_K * pi * max(0.0, xx * yy - xy * xy) ** 0.5 / (self.n - 1))
