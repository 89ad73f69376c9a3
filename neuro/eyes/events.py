"""Gaze into fixations, saccades, oscillations, pursuit, blinks and losses, as it comes in."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import FIXATION, GAP_S, Labels, Look
from neuro.eyes.past import and_then, without
from neuro.eyes.pursuit import AROUND_S, follow
from neuro.eyes.saccades import GONE, GOOD, OFF, SHUT, cut
from neuro.eyes.speeds import REACH_S, excess, lines, noise

SHUT_MM = 1.5
"""Lids less apart than this are shut (own choice: finds both blinks of Neon's demo recording)."""

SURE = 0.6
"""Less confidence is no gaze: what Pupil Core's own programs leave out."""

_KEPT_S = 0.5  # of the past, for what looks back; and one sample more, to know of a gap before


class EyeEvents:
    """What the eyes did at each sample, by rules, at any rate from 30 to 1000 Hz.

    Saccades by a threshold of speed that follows the tracker's noise (I-VT with hysteresis, the slow movement of the
    eyes taken off), pursuit by the slope of gaze between them. Built once, called per chunk; labels come when they
    are final: 0.18 s after their sample, a little later while a saccade lasts, and up to 0.9 s later in a loss.

    Source: Salvucci & Goldberg 2000, ETRA (I-VT); Nystrom & Holmqvist 2010, Behav Res 42:188 (adaptive threshold,
    oscillations). The numbers are own choices.
    """

    def __init__(self) -> None:
        self._past = _Past.of(Look.of(np.empty(0), np.empty((2, 0))), np.empty((2, 0)))
        self._noise, self._drift = np.array([0.0, 0.01]), np.array([0.0, 1.0, 0.0, 0.0])
        self._cut, self._follow = np.zeros(3, np.int64), np.zeros(1)
        self._measured = self._told = 0  # how many of the past have a speed, and have been told

    def __call__(self, look: Look) -> Labels:
        """The labels that have become final."""
        had = self._past.t_s.size
        self._past = and_then(self._past, _Past.of(look, self._turning(look)))
        past = self._past
        noise(past.deg, past.t_s, past.seen == GOOD, had, self._noise, past.sd_deg)
        return self._work(over=False)

    def finish(self) -> Labels:
        """The labels of all that is left; nothing may follow."""
        return self._work(over=True)

    def _turning(self, look: Look) -> NDArray[np.float64]:
        """(2, n) how far the head has carried what rests: the sum of its speed, gaps left out."""
        if look.head_deg_per_s is None or not look.t_s.size:
            return np.zeros_like(look.deg)
        past = self._past
        steps_s = np.diff(look.t_s, prepend=past.t_s[-1] if past.t_s.size else look.t_s[0])
        way = np.nan_to_num(look.head_deg_per_s) * np.where(steps_s < GAP_S, steps_s, 0.0)
        if past.t_s.size:
            way[:, 0] += past.turned[:, -1]
        return np.asarray(np.cumsum(way, axis=1))

    def _work(self, *, over: bool) -> Labels:
        past, begin = self._past, self._measured
        if not past.t_s.size:
            return past.labels(slice(0))
        known_s = past.t_s[-1] if over else past.t_s[-1] - REACH_S
        end = max(int(np.searchsorted(past.t_s, known_s, side="right" if over else "left")), begin)
        good = past.seen == GOOD
        lines(past.t_s, past.deg, good, past.sd_deg, begin, end, past.place, past.slope, past.blur)
        excess(past.t_s, past.slope, past.blur, begin, end, self._drift, past.speed, past.fast, past.edge)
        self._measured = end
        until = cut(
            past.t_s, past.place, past.speed, past.fast, past.edge, past.sd_deg, past.seen, end, over,
            self._cut, past.kind,
        )  # fmt: skip
        if not over and until:
            until = max(int(np.searchsorted(past.t_s, past.t_s[until - 1] - AROUND_S)), self._told)
        follow(past.t_s, past.deg, past.fast, self._told, until, self._follow, past.kind)
        told = past.labels(slice(self._told, until))
        self._told = until
        self._forget()
        return told

    def _forget(self) -> None:
        """All that nothing looks back to any more."""
        past = self._past
        if not self._told:
            return
        n = int(np.searchsorted(past.t_s, past.t_s[self._told - 1] - _KEPT_S)) - 1
        if n > 0:
            self._past = without(past, n)
            self._measured -= n
            self._told -= n
            self._cut[:2] = np.maximum(self._cut[:2] - n, 0)


class _Past(NamedTuple):
    """The last samples, and what was found out of each; the last axis of all is the samples'."""

    t_s: NDArray[np.float64]
    deg: NDArray[np.float64]  # the head's turning taken off
    turned: NDArray[np.float64]
    place: NDArray[np.float64]
    slope: NDArray[np.float64]
    blur: NDArray[np.float64]
    speed: NDArray[np.float64]
    fast: NDArray[np.float64]
    edge: NDArray[np.float64]
    sd_deg: NDArray[np.float64]
    seen: NDArray[np.int8]
    kind: NDArray[np.int8]

    @staticmethod
    def of(look: Look, turned: NDArray[np.float64]) -> "_Past":
        n = look.t_s.size
        blur, speed, fast, edge, sd_deg = np.zeros((5, n))
        place, slope = np.zeros((2, 2, n))
        kind = np.full(n, FIXATION, np.int8)
        return _Past(
            look.t_s, look.deg - turned, turned, place, slope, blur, speed, fast, edge, sd_deg, seen(look), kind
        )

    def labels(self, which: slice) -> Labels:
        place = self.place[:, which] + self.turned[:, which]
        return Labels.of(self.t_s[which], self.kind[which].copy(), place, np.hypot(*self.slope[:, which]))


def there_is_gaze(look: Look) -> NDArray[np.bool_]:
    """(n,) where the tracker says where the eyes point."""
    return np.asarray(~look.gone & (look.confidence >= SURE) & (look.pupil_mm != 0))


def seen(look: Look) -> NDArray[np.int8]:
    """(n,) GOOD where there is gaze, SHUT where the lids are, GONE where there is none, OFF if lids are not why."""
    there = there_is_gaze(look)
    if look.aperture_mm is None:
        return np.where(there, GOOD, GONE).astype(np.int8)
    shut = look.aperture_mm < SHUT_MM
    return np.where(shut, SHUT, np.where(there, GOOD, OFF)).astype(np.int8)
