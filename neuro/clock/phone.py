"""Brings a phone's stamps onto the host's timeline, by asking the phone again and again what time it is."""

from collections import deque
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

STEP_S = 0.02
"""An echo this far from the line, and further than its way can explain, means that the phone's clock was stepped."""

WINDOW_S = 600.0
"""The line rests on the echoes of the last ten minutes."""

_FLOOR_S = 0.0005  # the phone answers in whole milliseconds, cut off: half of one is missing on average
_BURST_GAP_S = 2.0  # an echo after a longer silence opens a new burst (own choice)
_KEPT = 7  # of a burst, those that took the least time (three leave a third more error: docs/why/0005)
_SHORTEST_WAY_SD_S = 0.0005  # what even the quickest echo may be wrong by (own choice)
_LIKELY_DRIFT = 100e-6  # quartz is seldom worse: keeps the drift near zero while there is only one burst (own choice)
_MOST_DRIFT = 200e-6


class _Echo(NamedTuple):
    """What the phone's clock lacked to the host's, when, and how long it took to say so."""

    at_s: float
    offset_s: float
    trip_s: float


class _Line(NamedTuple):
    """The offset is offset_s + slope (t - at_s); each echo is residual_s from that, in the mean of squares."""

    at_s: float
    offset_s: float
    slope: float
    residual_s: float
    trip_s: float

    def offset(self, t_s: float) -> float:
        return self.offset_s + self.slope * (t_s - self.at_s)


class PhoneClock:
    """Maps a phone's unix seconds to host monotonic seconds and back.

    It is told of single echoes, sent in bursts of about 20 every 30 s; of each burst it keeps the seven that took
    the least time, fits a line through the offsets of ten minutes, and starts anew when the phone's clock was
    stepped. How unequal the ways there and back are cannot be seen: half the shortest trip bounds what that hides.

    Source: own simulation, docs/why/0005.
    """

    def __init__(self) -> None:
        self._bursts: deque[list[_Echo]] = deque()
        self._newest_s = -np.inf
        self._line: _Line | None = None

    def echo(self, t_sent_s: float, phone_unix_s: float, t_received_s: float) -> float:
        """Take in one answer of the phone; by how much its clock was stepped, mostly 0.

        Args: t_sent_s, t_received_s: host monotonic seconds; phone_unix_s: the answer, a whole number of
              milliseconds as the phone cut it off, in seconds.
        """
        at_s = (t_sent_s + t_received_s) / 2
        echo = _Echo(at_s, at_s - phone_unix_s - _FLOOR_S, t_received_s - t_sent_s)
        step_s = self._step_s(echo)
        if step_s:
            self._bursts.clear()
        self._keep(echo)
        self._line = _fitted([echo for burst in self._bursts for echo in burst])
        return step_s

    def to_host(self, phone_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Host monotonic seconds of the phone's stamps, (n,) unix seconds.

        Raises: ValueError: there was no echo yet.
        """
        line = self._known()
        return np.asarray(line.at_s + (phone_s - line.at_s + line.offset_s) / (1 - line.slope))

    def to_phone(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """The phone's unix seconds of host monotonic seconds, (n,): for events that the phone is to keep.

        Raises: ValueError: there was no echo yet.
        """
        line = self._known()
        return np.asarray(t_s - line.offset_s - line.slope * (t_s - line.at_s))

    @property
    def offset_s(self) -> float:
        """What is to be added to the phone's seconds at the newest echo. Raises ValueError before the first."""
        return self._known().offset(self._newest_s)

    @property
    def drift_ppm(self) -> float:
        """How much faster than the host's the phone's clock runs. Raises ValueError before the first echo."""
        return -1e6 * self._known().slope

    @property
    def residual_s(self) -> float:
        """How far the echoes are from the line, root mean square. Raises ValueError before the first echo."""
        return self._known().residual_s

    @property
    def uncertainty_s(self) -> float:
        """The most that a stamp is likely to be wrong by. Raises ValueError before the first echo."""
        return self._known().trip_s / 2 + self._known().residual_s

    def _known(self) -> _Line:
        if self._line is None:
            raise ValueError("a phone must have answered before its stamps can be mapped")
        return self._line

    def _step_s(self, echo: _Echo) -> float:
        if self._line is None:
            return 0.0
        off_s = echo.offset_s - self._line.offset(echo.at_s)
        return -off_s if abs(off_s) > max(STEP_S, echo.trip_s / 2 + self.uncertainty_s) else 0.0

    def _keep(self, echo: _Echo) -> None:
        if not self._bursts or echo.at_s - self._newest_s > _BURST_GAP_S:
            self._bursts.append([])
        self._newest_s = echo.at_s
        self._bursts[-1] = sorted([*self._bursts[-1], echo], key=lambda one: one.trip_s)[:_KEPT]
        while self._bursts[0][0].at_s < echo.at_s - WINDOW_S:
            self._bursts.popleft()


def _fitted(echoes: list[_Echo]) -> _Line:
    """Weighted least squares: an echo that took longer may be wrong by half of what it took longer."""
    at_s, offset_s, trip_s = np.array(echoes).T
    shortest_s = float(trip_s.min())
    weight = 1 / (_SHORTEST_WAY_SD_S**2 + ((trip_s - shortest_s) / 2) ** 2)
    mean_at_s, mean_offset_s = np.average([at_s, offset_s], axis=1, weights=weight)
    x, y = at_s - mean_at_s, offset_s - mean_offset_s
    slope = float(weight @ (x * y) / (weight @ x**2 + _LIKELY_DRIFT**-2))
    slope = min(_MOST_DRIFT, max(-_MOST_DRIFT, slope))
    residual_s = float(np.sqrt(np.average((y - slope * x) ** 2, weights=weight)))
    return _Line(float(mean_at_s), float(mean_offset_s), slope, residual_s, shortest_s)
