"""Brings samples onto the host's timeline by their numbers: arrival times jitter, a device's own pace does not."""

import math

import numpy as np
from numpy.typing import NDArray

TAU_S = 30.0
"""The line forgets what is older than about this (docs/why/0005)."""

_OPEN_S = 0.01  # how far from the truth the line begins, roughly
_OPEN_PERIOD = 0.005  # how far from its nominal rate a board may run, roughly
_ARRIVAL_SD_S = 0.005
_LATE_S, _LEAST_WEIGHT = 0.002, 0.05  # an arrival late by two milliseconds counts half
_TOO_LATE_S = 0.005  # own choice: were a whole second's arrivals all later, samples were lost without a number
_WATCH_S = 1.0
_FAR_S = 0.05  # own choice: no radio jitters this much; if early the line is wrong, if late the host was busy
_TICK_S = 1e-6  # the least time between two samples: boards' own stamps have microseconds


class SampleClock:
    """Turns sample numbers and arrival times into stamps that do not jitter.

    A line through arrivals over numbers, by recursive least squares that forgets. Nothing arrives before it was
    measured, so an early arrival tells more than a late one and weighs more. The line has the least time in it that
    a sample is on its way, which cannot be seen from here: that is `latency_s`.

    Each sample changes the line before it is stamped, so how samples are cut into chunks changes nothing. Samples
    that stay away from the line move it: when none of a whole second came near it, some were lost without a number;
    when one came far too early, the line began too late.

    Args:   rate_hz: as the board promises; latency_s: how long a sample is on its way at least, 0 where unknown.
    Source: own simulation, docs/why/0005.
    """

    def __init__(self, rate_hz: float, latency_s: float = 0.0) -> None:
        self._latency_s = latency_s
        self._nominal_s = self._period_s = 1 / rate_hz
        self._grow = math.exp(self._nominal_s / TAU_S)  # of doubt, a sample
        self._k: int | None = None
        self._t_s = self._begun_s = self._watched_until_s = 0.0
        # Doubt: the variance of t_s, its covariance with the period, and the variance of the period.
        self._p00, self._p01, self._p11 = _OPEN_S**2, 0.0, (_OPEN_PERIOD * self._nominal_s) ** 2
        self._square_s2 = 0.0
        self._seen = 0
        self._least_late_s = math.inf
        self._stamped_s = -math.inf

    def stamp(self, k: NDArray[np.int64], arrived_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n,) host monotonic seconds in whole microseconds, strictly increasing, over all calls.

        Args:   k: (n,) sample numbers, increasing; those of lost samples may be among them or left out.
                arrived_s: (n,) host monotonic seconds; NaN where nothing is known of an arrival.
        Raises: ValueError: the first sample of all, or after `restart`, has no arrival.
        """
        pairs = zip(k.tolist(), arrived_s.tolist(), strict=True)
        return np.fromiter((self._stamp(*pair) for pair in pairs), np.float64, k.size)

    def restart(self) -> None:
        """Numbers start anew, from anywhere; the pace stays known."""
        self._k = None

    @property
    def rate_hz(self) -> float:
        """Samples a second of the host's clock, as measured."""
        return 1 / self._period_s

    @property
    def jitter_s(self) -> float:
        """How far arrivals are from the line, root mean square of about the last half minute."""
        return math.sqrt(self._square_s2)

    @property
    def uncertainty_s(self) -> float:
        """Standard error of a stamp; how long samples are on their way at least is not in it."""
        return self.jitter_s * math.sqrt(self._p00) / _ARRIVAL_SD_S

    def _stamp(self, k: int, arrived_s: float) -> float:
        if self._k is None:
            self._begin(arrived_s)
        else:
            self._advance(k - self._k)
        self._k = k
        if not math.isnan(arrived_s):
            self._correct(arrived_s)
        # whole microseconds: finer than the jitter is nothing known, and it would take a fifth of a stored signal
        self._stamped_s = max(round(self._t_s - self._latency_s, 6), round(self._stamped_s + _TICK_S, 6))
        return self._stamped_s

    def _begin(self, arrived_s: float) -> None:
        if math.isnan(arrived_s):
            raise ValueError("the first sample must have arrived at some time")
        self._t_s = self._begun_s = self._watched_until_s = arrived_s
        self._least_late_s = math.inf
        self._p00, self._p01 = _OPEN_S**2, 0.0

    def _advance(self, steps: int) -> None:
        """Go along the line; doubt grows by the doubt about the pace, and by forgetting."""
        self._t_s += steps * self._period_s
        grow = self._grow if steps == 1 else self._grow**steps
        self._p00 = (self._p00 + steps * (2 * self._p01 + steps * self._p11)) * grow
        self._p01 = (self._p01 + steps * self._p11) * grow
        self._p11 *= grow

    def _correct(self, arrived_s: float) -> None:
        late_s = arrived_s - self._t_s
        if arrived_s < self._begun_s + _WATCH_S:  # the least late of the first second is where the line begins
            self._t_s += min(late_s, 0.0)
            return
        if arrived_s > self._watched_until_s:
            self._judge(arrived_s)
        if late_s < -_FAR_S:
            self._shift(late_s)
        self._learn(arrived_s - self._t_s)

    def _learn(self, late_s: float) -> None:
        """One step of weighted recursive least squares."""
        ratio = late_s / _LATE_S
        least = _LEAST_WEIGHT if late_s < _FAR_S else 0.0
        weight = 1.0 if late_s < 0 else max(least, 1 / (1 + ratio * ratio))
        scale = 1 / (self._p00 + _ARRIVAL_SD_S**2 / weight)
        gain, pace_gain = self._p00 * scale, self._p01 * scale
        self._t_s += gain * late_s
        self._period_s += pace_gain * late_s
        self._p11 -= pace_gain * self._p01
        self._p01 -= gain * self._p01
        self._p00 -= gain * self._p00
        self._seen += 1
        self._square_s2 += (min(late_s, _FAR_S) ** 2 - self._square_s2) / min(self._seen, TAU_S / self._nominal_s)
        self._least_late_s = min(self._least_late_s, late_s)

    def _judge(self, arrived_s: float) -> None:
        """Whether any arrival of the last second was near the line; if none was, the line goes to the nearest."""
        if _TOO_LATE_S < self._least_late_s < math.inf:
            self._shift(self._least_late_s)
        self._least_late_s, self._watched_until_s = math.inf, arrived_s + _WATCH_S

    def _shift(self, by_s: float) -> None:
        self._t_s += by_s
        self._p00 += by_s * by_s
