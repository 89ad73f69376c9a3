"""Fixations and saccades by one threshold of speed, as others define them: I-VT, and the detector of Neon's app."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.events import seen, there_is_gaze
from neuro.eyes.look import BLINK, FIXATION, Labels, Look
from neuro.eyes.past import and_then, without
from neuro.eyes.paths import JITTER, busy, places, steps
from neuro.eyes.saccades import GOOD, ISLAND_S, SHUT
from neuro.eyes.stretches import settle

_KEPT_S = 0.2  # of the past, for what looks back


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is a saccade.

    half_s:           half of the stretch over which gaze is smoothed
    bent:             by a parabola; else by the mean
    fast_deg_per_s:   what moves faster, moves
    head_half_s:      half of the stretch over which the head's turning raises that, by 0.8 of its root mean
                      square; 0: it does not, and is not taken off gaze
    small_s, small_deg: a movement shorter than this, and no larger, is part of the rest around it
    rest_s:           a rest shorter than this is part of the movement around it
    """

    half_s: float
    bent: bool
    fast_deg_per_s: float
    head_half_s: float
    small_s: float
    small_deg: float
    rest_s: float


_HEAD_GAIN = 0.8

_HEAD = 0.93  # of the motion sensor's speed is what Neon takes off, by the speeds that its app stores with its events

IVT = Threshold(
    half_s=0.010,
    bent=False,
    fast_deg_per_s=45.0,
    head_half_s=0.0,
    small_s=0.0095,
    small_deg=np.inf,
    rest_s=0.0390,
)
"""Salvucci & Goldberg 2000 with 20 ms of smoothing, saccades of 10 ms and fixations of 40 ms at least; stamps may be
half a millisecond off."""

NEON = Threshold(
    half_s=0.025,
    bent=True,
    fast_deg_per_s=48.2,
    head_half_s=0.100,
    small_s=0.0175,
    small_deg=2.0,
    rest_s=0.0725,
)
"""The detector of Neon's Companion app. Its make is that of Drews & Dierkes 2024, Behav Res Methods (smoothing, the
head taken off, 0.8 of the head's speed over 41 samples, 2 degrees, 70 ms). That gaze is fast from 750 pixels a second
on, of 0.0643 degrees each, and that small movements last up to three samples, is read off the events in the maker's
two recordings (docs/eyes.md)."""


class VelocityEvents:
    """What the eyes did at each sample by a `Threshold`. Built once, called per chunk, as `EyeEvents`.

    Labels are final 0.11 s after their sample by NEON and 0.03 s by IVT, up to 0.1 s later while a rest or a movement
    is still short, and up to 0.9 s later in a loss. Oscillations are part of saccades, pursuit is fixation.
    """

    def __init__(self, rule: Threshold) -> None:
        self._rule = rule
        self._past = _Past.of(Look.of(np.empty(0), np.empty((2, 0))), rule)
        self._state = np.zeros(4, np.int64)
        self._placed = self._measured = self._told = 0  # how many of the past

    def __call__(self, look: Look) -> Labels:
        """The labels that have become final."""
        self._past = and_then(self._past, _Past.of(look, self._rule))
        return self._work(over=False)

    def finish(self) -> Labels:
        """The labels of all that is left; nothing may follow."""
        return self._work(over=True)

    def _work(self, *, over: bool) -> Labels:
        past, rule = self._past, self._rule
        if not past.t_s.size:
            return past.labels(slice(0))
        self._measure(over=over)
        moves = past.speed > past.fast
        until = settle(
            past.t_s, past.place, moves, past.there, self._measured, over,
            rule.small_s, rule.small_deg, rule.rest_s, self._state, past.kind,
        )  # fmt: skip
        if not over:
            until = max(min(until, int(np.searchsorted(past.t_s, past.t_s[-1] - ISLAND_S))), self._told)
        told = past.labels(slice(self._told, until))
        self._told = until
        self._forget()
        return told

    def _measure(self, *, over: bool) -> None:
        """Place, speed and threshold of each sample of which enough is known."""
        past, rule = self._past, self._rule
        n, newest_s = past.t_s.size, past.t_s[-1]
        placed = n if over else max(int(np.searchsorted(past.t_s, newest_s - rule.half_s * JITTER)), self._placed)
        places(past.t_s, past.deg, past.there, self._placed, placed, rule.half_s, rule.bent, past.place)
        known = n if over else int(np.searchsorted(past.t_s, newest_s - rule.head_half_s * JITTER))
        known = max(min(known, placed if over else placed - 1), self._measured)
        steps(past.t_s, past.place, past.head, past.there, self._measured, known, past.speed)
        busy(past.t_s, past.head, self._measured, known, rule.head_half_s, past.fast)
        new = slice(self._measured, known)
        past.fast[new] = rule.fast_deg_per_s + _HEAD_GAIN * past.fast[new]
        self._placed, self._measured = placed, known

    def _forget(self) -> None:
        """All that nothing looks back to any more."""
        past = self._past
        if not self._told:
            return
        n = int(np.searchsorted(past.t_s, past.t_s[self._told - 1] - _KEPT_S)) - 1
        if n > 0:
            self._past = without(past, n)
            self._placed -= n
            self._measured -= n
            self._told -= n
            self._state[:2] -= n


class _Past(NamedTuple):
    """The last samples, and what was found out of each; the last axis of all is the samples'."""

    t_s: NDArray[np.float64]
    deg: NDArray[np.float64]
    head: NDArray[np.float64]
    place: NDArray[np.float64]
    speed: NDArray[np.float64]
    fast: NDArray[np.float64]
    there: NDArray[np.int8]
    shut: NDArray[np.bool_]
    kind: NDArray[np.int8]

    @staticmethod
    def of(look: Look, rule: Threshold) -> "_Past":
        n = look.t_s.size
        head = np.zeros((2, n))
        if look.head_deg_per_s is not None and rule.head_half_s:
            head = _HEAD * np.nan_to_num(look.head_deg_per_s)
        was = seen(look)
        there = np.where(there_is_gaze(look), GOOD, was).astype(np.int8)
        speed, fast = np.zeros((2, n))
        kind = np.full(n, FIXATION, np.int8)
        return _Past(look.t_s, look.deg, head, np.zeros((2, n)), speed, fast, there, was == SHUT, kind)

    def labels(self, which: slice) -> Labels:
        """Where lids are shut, and between, is a blink, whatever gaze seems to do there."""
        before_s = np.maximum.accumulate(np.where(self.shut, self.t_s, -np.inf))
        after_s = np.minimum.accumulate(np.where(self.shut, self.t_s, np.inf)[::-1])[::-1]
        kind = np.where(after_s - before_s <= ISLAND_S, BLINK, self.kind)[which].astype(np.int8)
        return Labels.of(self.t_s[which], kind, self.place[:, which], self.speed[which])
