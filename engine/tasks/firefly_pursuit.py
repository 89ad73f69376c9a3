"""How well eyes follow what moves, by running sums over one flight: gain, lag, distance, catch-up saccades.

Gain is that of the eyes between their jumps: within each stretch without one, the places of the eyes are regressed on
those of the target, both about their means. One sample is too unsure for speeds, a stretch is not.
"""

from dataclasses import dataclass

from engine.copies import replace
from engine.ports import TICK_S, Place
from engine.tasks.sight import Jump, Steady, watched

LEAST_JUMP_DEG = 0.6
"""Forward, beyond what following brings: catch-up saccades are of a degree or so, told with an error of about .25."""

COUNTED_DEG = 0.75
"""What has gained less once it has landed may be noise: it ends a stretch, but is not counted."""

LOST_DEG = 5.0
"""Eyes that are further away than this follow something else, or nothing (own choice)."""

_LEAST_DEG2 = 1.0
_LEAST_SAMPLES = 8  # of a stretch: over less time noise is all there is
_MOST_SAMPLES = 18  # long ones are often those whose jumps were missed: they may not weigh more than others
_USUAL_GAIN, _USUAL_DEG2 = 0.9, 30.0  # what is expected of eyes before they were seen, and what that weighs


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sums over samples since the last jump: eyes e, target t, in degrees."""

    n: int = 0
    e: Place = (0.0, 0.0)
    t: Place = (0.0, 0.0)
    tt: float = 0.0
    et: float = 0.0


@dataclass(frozen=True, slots=True)
class Pursuit:
    """The sums of one flight.

    et, tt:       over all stretches but the last about their means, degrees squared; their ratio is the gain
    last:         both of the stretch that ended last, which is taken back where the eyes turn out to have stopped
    behind, fast: sums of e . v and v . v, where e is how far the eyes are behind and v the target's velocity
    far:          of squared distances, over `near` samples
    jumps:        catch-up saccades
    """

    steady: Steady = Steady()  # noqa: RUF009 -- frozen
    stretch: Stretch = Stretch()
    et: float = 0.0
    tt: float = 0.0
    last: tuple[float, float] = (0.0, 0.0)
    behind: float = 0.0
    fast: float = 0.0
    far: float = 0.0
    near: int = 0
    jumps: int = 0

    @property
    def weight_deg2(self) -> float:
        """How much was seen of the gain: the squared way of the target over all stretches, about their means."""
        return self._sums[1]

    @property
    def gain(self) -> float | None:
        """Speed of the eyes by that of the target; None after too little."""
        et, tt = self._sums
        return et / tt if tt >= _LEAST_DEG2 else None

    @property
    def _sums(self) -> tuple[float, float]:
        now = _closed(self)
        return now.et + now.last[0], now.tt + now.last[1]

    @property
    def lag_s(self) -> float | None:
        """How long ago the target was where the eyes are now: e . v / v . v, exact for eyes that are only late."""
        return self.behind / self.fast if self.fast > 0 else None

    @property
    def rmse_deg(self) -> float | None:
        return (self.far / self.near) ** 0.5 if self.near else None

    @property
    def catch_ups_per_s(self) -> float | None:
        return self.jumps / (self.near * TICK_S) if self.near else None


def followed(now: Pursuit, eyes: Place | None, target: Place, velocity: Place, even: bool) -> Pursuit:
    """One tick later.

    eyes:     degrees; None while they cannot be seen
    target:   where it was at the same moment, degrees; velocity: degrees a second
    even:     whether it has moved as it moves for a while, so that eyes can have taken it up
    """
    if eyes is None:
        return replace(_closed(now), steady=Steady())
    dx, dy = target[0] - eyes[0], target[1] - eyes[1]
    if dx * dx + dy * dy > LOST_DEG**2:  # they had stopped following before they were so far behind
        return replace(now, stretch=Stretch(), last=(0.0, 0.0), steady=Steady())
    now = replace(now, far=now.far + dx * dx + dy * dy, near=now.near + 1)
    if even:
        now = replace(
            now,
            behind=now.behind + dx * velocity[0] + dy * velocity[1],
            fast=now.fast + velocity[0] ** 2 + velocity[1] ** 2,
        )
    expected = (now.et + _USUAL_GAIN * _USUAL_DEG2) / (now.tt + _USUAL_DEG2)
    steady, seen = watched(now.steady, (eyes, target), LEAST_JUMP_DEG, expected, velocity)
    now = replace(now, steady=steady)
    if isinstance(seen, Jump):
        return replace(now, jumps=now.jumps + (seen.along(velocity) >= COUNTED_DEG))
    if steady.origin or not even:
        return _closed(now)
    if seen is None:
        return now
    now = replace(now, stretch=_longer(now.stretch, *seen))
    return _closed(now) if now.stretch.n >= _MOST_SAMPLES else now


def _longer(now: Stretch, e: Place, t: Place) -> Stretch:
    return Stretch(
        now.n + 1,
        (now.e[0] + e[0], now.e[1] + e[1]),
        (now.t[0] + t[0], now.t[1] + t[1]),
        now.tt + t[0] * t[0] + t[1] * t[1],
        now.et + e[0] * t[0] + e[1] * t[1],
    )


def _closed(now: Pursuit) -> Pursuit:
    """The stretch has ended; one that was too short is left out."""
    done = now.stretch
    if done.n < _LEAST_SAMPLES:
        return replace(now, stretch=Stretch()) if done.n else now
    (ex, ey), (tx, ty) = done.e, done.t
    return replace(
        now,
        stretch=Stretch(),
        et=now.et + now.last[0],
        tt=now.tt + now.last[1],
        last=(done.et - (ex * tx + ey * ty) / done.n, done.tt - (tx * tx + ty * ty) / done.n),
    )
