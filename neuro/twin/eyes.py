"""The eyes of the simulated player: they hold, jump, pursue, glance away and blink."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, log, log10, pi, sin

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance
from numpy.typing import NDArray

from neuro.sections import through
from neuro.twin.attention import Zone
from neuro.twin.happenings import Happening, Happenings
from neuro.twin.noise import Blocks, Noise, power_law, walk
from neuro.twin.profiles import Looking, Profile
from neuro.types import Gaze

RATE_HZ = 200.0

DEG_PER_SCREEN = (40.0, 22.5)
"""What a screen fills of the field of view: 16:9, about half a metre wide at 70 cm (own choice)."""

_SCREEN_DEG = np.array(DEG_PER_SCREEN)[:, None]

USUAL_LIGHT = 0.22
"""Mean relative luminance of a picture at which pupils are as wide as the profile says."""

_JUMP_DEG = 1.0  # a target that moves further within a sample is a new place, not a movement to follow
_LURE_S = 0.4  # own choice: median of the time for which a lure holds the eyes

_EVOKED_ORDER, _EVOKED_PEAK_S = 10.1, 0.93

_BLOCK = 200
"""Samples of unsteadiness made at once. Where the eyes point is never ahead of what has been read."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Saccade:
    """A jump, to come, under way or landed, in degrees from the top left corner of the screen."""

    start_s: float
    end_s: float
    origin: Point
    landing: Point

    def at(self, t_s: float) -> Point:
        """Where the eye is on the path of least jerk."""
        done = min(max((t_s - self.start_s) / (self.end_s - self.start_s), 0.0), 1.0)
        way = done**3 * (10 - 15 * done + 6 * done**2)
        (x0, y0), (x1, y1) = self.origin, self.landing
        return x0 + way * (x1 - x0), y0 + way * (y1 - y0)


class Eyes:
    """An endless recording of gaze at 200 Hz; sample k is that of k / 200 seconds from the twin's start.

    The eyes jump when what they want to see is more than a degree from where they rest: the target, a lure or, at
    times while attention is out, something else. What moves they follow smoothly, a little too slowly. Portions of
    any size give the same samples as long as each sample has the same target and the same light.
    """

    def __init__(self, profile: Profile, zone: Zone, blinks: Happenings, rng: Generator) -> None:
        look = profile.looking
        drift, pupil, glances, self._tracker, self._jumps = rng.spawn(5)
        self._lures, self._arousals = rng.spawn(2)
        (unsteadiness,) = rng.spawn(1)
        self._look = look
        self._zone = zone
        self._blinks = blinks
        self._glances = _glances_away(look, zone, glances)
        self._glance: Happening | None = None
        self._aside: Point = (0.0, 0.0)
        self._drift = Noise(walk(look.drift_tau_s, RATE_HZ), 2, RATE_HZ, drift)
        self._wander = Noise(walk(look.wander_tau_s, RATE_HZ), 1, RATE_HZ, unsteadiness)
        self._pupil = Noise(power_law(1.0, RATE_HZ, 0.1, 40.0), 1, RATE_HZ, pupil)
        self._bias_deg = self._tracker.normal(0, look.bias_deg, (2, 1))
        middle = (DEG_PER_SCREEN[0] / 2, DEG_PER_SCREEN[1] / 2)
        self._saccade = _Saccade(-1.0, 0.0, middle, middle)
        self._target: Point | None = None
        self._speed: Point = (0.0, 0.0)  # of the target as the eyes have taken it up, degrees a second
        self._slid: Point = (0.0, 0.0)  # by smooth pursuit since the start
        self._lure: tuple[float, Point] | None = None  # until when, and where
        self._dimming = np.zeros(ceil(look.pupil_lag_s * RATE_HZ))  # light that has not reached the pupil yet
        self._narrowed = np.zeros((1, 1, 2))
        self._evoked: list[tuple[float, float]] = []  # when something that mattered was seen, and how much it did, mm
        self._light = USUAL_LIGHT
        self._made = 0
        self._done = 0
        self._shaking = Blocks(self._block)

    def shine(self, luminance: float) -> None:
        """From now on the picture has this mean relative luminance, above 0."""
        self._light = luminance

    def samples(self, n: int, target_xy: Point, light: float | None = None) -> Gaze:
        """The next n samples while the thing to see is at target_xy (screens); t_s counts from the twin's start.

        light: mean relative luminance of the picture; None for what shines
        """
        if n == 0:
            return Gaze.empty()
        t_s = (self._done + np.arange(n)) / RATE_HZ
        xy, wide_mm = self._next(n, target_xy)
        pupil_mm = wide_mm - self._light_mm(n, self._light if light is None else light) + self._evoked_mm(t_s)
        return Gaze(t_s, xy, pupil_mm=pupil_mm, confidence=np.isfinite(xy[0]).astype(np.float32))

    def looks(self, n: int, target_xy: Point) -> NDArray[np.float32]:
        """Where the next n > 0 samples look, (2, n) in screens, for whoever asks for no pupils: much faster."""
        return self._next(n, target_xy)[0]

    def _next(self, n: int, target_xy: Point) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Where they look, and how wide the pupil is by itself."""
        times_s = [sample / RATE_HZ for sample in range(self._done, self._done + n)]
        self._done += n
        shaking = self._shaking.take(n)
        deg = self._path(times_s, target_xy) + shaking[:2]
        return (deg / _SCREEN_DEG).astype(np.float32), shaking[2]

    def lure(self, t_s: float, at_xy: Point, level: int) -> None:
        """Something draws the eyes to at_xy (screens), the more the higher its level; sometimes it succeeds."""
        if self._lures.random() < self._look.lured * level:
            until_s = t_s + self._lures.lognormal(log(_LURE_S), 0.4)
            self._lure = (until_s, (at_xy[0] * DEG_PER_SCREEN[0], at_xy[1] * DEG_PER_SCREEN[1]))

    def jump(self, t_s: float, to_xy: Point) -> None:
        """The eyes leave for to_xy (screens) at t_s or with the next sample: whoever says so has waited it out.

        They stay there only if from then on that is also where the thing to see is.
        """
        start_s = max(t_s, self._done / RATE_HZ)
        to = (to_xy[0] * DEG_PER_SCREEN[0] - self._slid[0], to_xy[1] * DEG_PER_SCREEN[1] - self._slid[1])
        self._saccade = self._jump(start_s, self._saccade.at(start_s), to)

    def notice(self, t_s: float) -> None:
        """Something that matters was seen at t_s, and attended to: the pupil will widen for a second or two."""
        self._evoked.append((t_s, self._arousals.uniform(*self._look.pupil_evoked_mm)))

    def _evoked_mm(self, t_s: NDArray[np.float64]) -> NDArray[np.float32]:
        """How much wider the pupil is for what was noticed: (n,) mm.

        Source: Hoeks and Levelt 1993, Behav Res Methods 25:16 (an Erlang gamma of n = 10.1 that peaks after .93 s).
        """
        self._evoked = [one for one in self._evoked if t_s[0] - one[0] < 6 * _EVOKED_PEAK_S]
        wider = np.zeros(len(t_s))
        for noticed_s, most_mm in self._evoked:
            done = np.clip((t_s - noticed_s) / _EVOKED_PEAK_S, 0, None)
            wider += most_mm * (done * np.exp(1 - done)) ** _EVOKED_ORDER
        return wider.astype(np.float32)

    def _light_mm(self, n: int, light: float) -> NDArray[np.float32]:
        """How much narrower the pupil is for the light of the picture, late and slowly: (n,) mm."""
        look = self._look
        coming = np.concatenate([self._dimming, np.full(n, look.pupil_light_mm * log10(light / USUAL_LIGHT))])
        self._dimming = coming[n:]
        kept = np.exp(-1 / (look.pupil_tau_s * RATE_HZ))
        slowly = np.array([[1 - kept, 0.0, 0.0, 1.0, -kept, 0.0]])
        narrowed, self._narrowed = through(slowly, coming[None, :n], self._narrowed)
        return np.asarray(narrowed[0], np.float32)

    def _path(self, times_s: Sequence[float], target_xy: Point) -> NDArray[np.float64]:
        """Where the eyes point if they did not shake: (2, n) degrees."""
        target = (target_xy[0] * DEG_PER_SCREEN[0], target_xy[1] * DEG_PER_SCREEN[1])
        glances = self._glances.between(times_s[0], times_s[-1] + 1 / RATE_HZ)
        return np.array([self._step(t_s, target, glances) for t_s in times_s]).T

    def _wish(self, t_s: float, target: Point, glances: Sequence[Happening]) -> Point:
        """What the player wants to see now."""
        if self._lure and t_s < self._lure[0]:
            return self._lure[1]
        for glance in glances:
            if glance.start_s <= t_s < glance.start_s + glance.duration_s:
                if glance is not self._glance:
                    angle = self._jumps.uniform(0, 2 * pi)
                    self._glance, self._aside = glance, (glance.size * cos(angle), glance.size * sin(angle))
                return target[0] + self._aside[0], target[1] + self._aside[1]
        return target

    def _step(self, t_s: float, target: Point, glances: Sequence[Happening]) -> Point:
        """Where the eyes point at t_s, after a jump was begun if one is due."""
        wish = self._wish(t_s, target, glances)
        self._pursue(target, follows=wish == target)
        slid = self._slid
        if t_s >= self._saccade.end_s:
            steady = (wish[0] - slid[0], wish[1] - slid[1])
            if _distance(steady, self._saccade.landing) > 1.0:
                self._saccade = self._jump(t_s + self._latency_s(), self._saccade.landing, steady)
        x, y = self._saccade.at(t_s)
        return x + slid[0], y + slid[1]

    def _pursue(self, target: Point, follows: bool) -> None:
        """Slide along with what moves, at the speed that has been taken up so far."""
        before, self._target = self._target or target, target
        if before == target and self._speed == (0.0, 0.0):
            return
        taken = 1 / (self._look.pursuit_tau_s * RATE_HZ)
        gone = (target[0] - before[0], target[1] - before[1])
        if not follows or hypot(*gone) > _JUMP_DEG:
            self._speed = (0.0, 0.0)
            return
        vx, vy = (v + taken * (d * RATE_HZ - v) for v, d in zip(self._speed, gone, strict=True))
        self._speed = (vx, vy) if hypot(vx, vy) > 0.05 else (0.0, 0.0)
        step = self._look.pursuit_gain / RATE_HZ
        self._slid = (self._slid[0] + vx * step, self._slid[1] + vy * step)

    def _latency_s(self) -> float:
        mu_s, sigma_s, tau_s = self._look.latency_s
        return max(0.08, float(self._jumps.normal(mu_s, sigma_s) + self._jumps.exponential(tau_s)))

    def _jump(self, start_s: float, origin: Point, wish: Point) -> _Saccade:
        gain = self._jumps.normal(*self._look.saccade_gain)
        (x0, y0), (x1, y1) = origin, wish
        landing = (x0 + gain * (x1 - x0), y0 + gain * (y1 - y0))
        duration_s = 0.0022 * _distance(landing, (x0, y0)) + 0.021  # the main sequence
        return _Saccade(start_s, start_s + duration_s, (x0, y0), landing)

    def _block(self) -> NDArray[np.float32]:
        """All that does not depend on the target: two rows of unsteadiness in degrees, one of pupil in mm."""
        look = self._look
        t_s = (self._made + np.arange(_BLOCK)) / RATE_HZ
        self._made += _BLOCK
        out = self._zone.wandering(t_s)
        wander = np.exp(look.wander_sd * self._wander.next(_BLOCK)[0])
        drift_deg = look.drift_deg * look.drift_out**out * wander * self._drift.next(_BLOCK)
        offset_deg = self._bias_deg + drift_deg + self._tracker.normal(0, look.tracker_deg, (2, _BLOCK))
        pupil_mm = look.pupil_mm + look.pupil_arousal_mm * self._zone.arousal(t_s)
        pupil_mm = pupil_mm + look.pupil_noise_mm * self._pupil.next(_BLOCK)[0]
        offset_deg[:, self._shut(t_s, 0.0)] = np.nan
        pupil_mm[self._shut(t_s, 0.1)] = np.nan  # the lids cover part of it a little longer
        return np.vstack([offset_deg, pupil_mm]).astype(np.float32)

    def _shut(self, t_s: NDArray[np.float64], margin_s: float) -> NDArray[np.bool_]:
        """Whether a blink is on, or less than margin_s away: (n,)."""
        shut = np.zeros(len(t_s), bool)
        for blink in self._blinks.between(float(t_s[0]) - margin_s, float(t_s[-1]) + margin_s):
            shut |= (t_s >= blink.start_s - margin_s) & (t_s < blink.start_s + blink.duration_s + margin_s)
        return shut


def blinks(looking: Looking, zone: Zone, rng: Generator) -> Happenings:
    """The twin's blinks, for head and eyes alike; size is the height above the eyes in microvolts.

    A Poisson process by thinning: more blinks out of the zone, and more as time goes on (up to twice as many).
    """
    most = looking.blink_out * 2

    def rate(t_s: float) -> float:
        tiring = min(1 + looking.blink_per_10_min * t_s / 600, 2.0)
        return tiring * (1.0 if zone.attending(t_s) else looking.blink_out)

    def blink(t_s: float) -> Happening | None:
        if rng.random() * most >= rate(t_s):
            return None
        return Happening(t_s, rng.uniform(*looking.blink_s), rng.uniform(*looking.blink_uv))

    return Happenings(lambda: rng.exponential(60 / (looking.blinks_per_min * most)), blink)


def _glances_away(looking: Looking, zone: Zone, rng: Generator) -> Happenings:
    """Glances that begin while attention is out; size is how far they go in degrees."""

    def glance(t_s: float) -> Happening | None:
        if zone.attending(t_s):
            return None
        return Happening(t_s, rng.lognormal(log(looking.stray_s), 0.5), rng.uniform(*looking.stray_deg))

    return Happenings(lambda: rng.exponential(1 / looking.stray_per_s), glance)


def _distance(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])
