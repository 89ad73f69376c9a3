"""What a device delivers, in numbers: rate, losses, jitter, how surely the eyes are seen, and when they blink."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.clock import BlinkLag, blink_lag
from neuro.clock.blinks import LONGEST_S
from neuro.types import Chunk, Gaze

WINDOW_S = 10.0
"""Stamps are held against a straight line this long: no clock bends within it."""

SHORTEST_BLINK_S, LONGEST_BLINK_S = 0.05, 0.5
"""Between the last sight of an open eye and the next (own choice: eyes that are shut longer rest, or are lost)."""

FRONTAL = frozenset(("Fp1", "Fpz", "Fp2", "AF3", "AF4", "AF7", "AFz", "AF8"))
"""Channels near enough to the eyes to show blinks."""

_GAP_S = 0.02  # own choice: what is shorter is jitter; boards that number their samples mark those as NaN


@dataclass(frozen=True, slots=True)
class Figures:
    """A stretch of signal.

    from_s, until_s: its first and its last stamp, host seconds
    rate_hz:   samples a second, lost ones included; None while there are fewer than two
    lost:      samples that were marked as lost, or whose time passed without them
    jitter_ms: standard deviation of the stamps from straight lines of ten seconds; None where rate_hz is
    """

    from_s: float
    until_s: float
    rate_hz: float | None
    lost: int
    jitter_ms: float | None

    @property
    def loss_per_minute(self) -> float | None:
        """None for a stretch without length."""
        length_s = self.until_s - self.from_s
        return 60 * self.lost / length_s if length_s > 0 else None


class _Sums(NamedTuple):
    """Over windows: periods that passed, those without a sample, samples, squares off the line (s2)."""

    periods: int = 0
    missing: int = 0
    n: int = 0
    squares_s2: float = 0.0


class Meter:
    """Counts one device's samples; memory and work do not grow with the length of the stretch.

    Args: nominal_hz: as the device promises; None for the middle pace of the stamps themselves.
    """

    def __init__(self, nominal_hz: float | None = None) -> None:
        self._nominal_s = None if nominal_hz is None else 1 / nominal_hz
        self.restart()

    def restart(self) -> None:
        """A new stretch begins with the next sample."""
        self._from_s: float | None = None
        self._open: list[NDArray[np.float64]] = []
        self._closed = _Sums()
        self._marked = 0

    def take(self, t_s: NDArray[np.float64], lost: NDArray[np.bool_] | None = None) -> None:
        """Args: t_s: (n,) host seconds, strictly increasing over all calls; lost: (n,) which hold no sample."""
        if not t_s.size:
            return
        if self._from_s is None:
            self._from_s = float(t_s[0])
        self._open.append(t_s)
        self._marked += 0 if lost is None else int(lost.sum())
        if t_s[-1] - self._open[0][0] >= WINDOW_S:
            self._closed = self._counted()
            self._open = [t_s[-1:]]

    def figures(self) -> Figures | None:
        """Of the stretch until now; None before its first sample."""
        if self._from_s is None:
            return None
        sums, until_s = self._counted(), float(self._open[-1][-1])
        if not sums.n:
            return Figures(self._from_s, until_s, None, self._marked, None)
        return Figures(
            self._from_s,
            until_s,
            rate_hz=sums.periods / (until_s - self._from_s),
            lost=self._marked + sums.missing,
            jitter_ms=1000 * float(np.sqrt(sums.squares_s2 / sums.n)),
        )

    def _counted(self) -> _Sums:
        """The sums with the window that is still open."""
        t_s = np.concatenate(self._open)
        if t_s.size < 2:
            return self._closed
        steps_s = np.diff(t_s)
        period_s = self._nominal_s or float(np.median(steps_s))
        gaps = steps_s > 1.5 * period_s + _GAP_S
        periods = np.where(gaps, np.rint(steps_s / period_s), 1).astype(int)
        k = np.append(0, periods.cumsum())
        off_s = t_s - np.polynomial.Polynomial.fit(k, t_s, 1)(k) if t_s.size > 2 else np.zeros(2)
        before = self._closed
        return _Sums(
            before.periods + int(k[-1]),
            before.missing + int(k[-1]) - periods.size,
            before.n + t_s.size,
            before.squares_s2 + float(off_s @ off_s),
        )


class EyesMeter:
    """How surely an eye tracker sees the eyes."""

    def __init__(self) -> None:
        self._n, self._seen, self._confidence = 0, 0, 0.0

    def take(self, gaze: Gaze) -> None:
        self._n += gaze.confidence.size
        self._seen += int((gaze.confidence > 0).sum())
        self._confidence += float(gaze.confidence.sum())

    @property
    def confidence(self) -> float | None:
        """Mean of the samples on which eyes were seen, 0..1; None where there are none."""
        return self._confidence / self._seen if self._seen else None

    @property
    def worn_share(self) -> float | None:
        """Of all samples, those on which eyes were seen: not while it is off, and not while they are shut."""
        return self._seen / self._n if self._n else None


class Blinks:
    """Finds blinks in gaze: eyes that were seen, are not for a moment, and are seen again."""

    def __init__(self) -> None:
        self._seen_s = -np.inf
        self._unseen = 0

    def __call__(self, gaze: Gaze) -> NDArray[np.float64]:
        """(n,) host seconds of the middle of each blink that ends in this gaze."""
        seen = np.flatnonzero(gaze.confidence > 0)
        at_s = np.append(self._seen_s, gaze.t_s[seen])
        between = np.diff(seen, prepend=-1 - self._unseen) - 1
        steps_s = np.diff(at_s)
        blink = (between > 0) & (steps_s >= SHORTEST_BLINK_S) & (steps_s <= LONGEST_BLINK_S)
        self._seen_s = float(at_s[-1])
        self._unseen = int(gaze.t_s.size - 1 - seen[-1]) if seen.size else self._unseen + gaze.t_s.size
        return np.asarray(at_s[:-1][blink] + steps_s[blink] / 2)


class BlinkCheck:
    """Holds the clocks of a headset and an eye tracker against each other by the blinks that both see.

    It keeps the last five minutes of one number a sample, 1.2 MB at 250 samples a second.

    Args: channels: the headset's; without one near the eyes nothing can be said.
    """

    def __init__(self, channels: Sequence[str]) -> None:
        self._rows = [row for row, name in enumerate(channels) if name in FRONTAL]
        self._blinks = Blinks()
        self.restart()

    def restart(self) -> None:
        """A new stretch of EEG begins."""
        self._eeg: deque[tuple[NDArray[np.float64], NDArray[np.float32]]] = deque()
        self._blinked: deque[float] = deque()

    def take(self, chunk: Chunk, gaze: Gaze) -> None:
        """What has arrived of both."""
        self._blinked.extend(self._blinks(gaze).tolist())
        if not self._rows or not chunk.t_s.size:
            return
        self._eeg.append((chunk.t_s, chunk.uv[self._rows].mean(axis=0)))
        first_s = chunk.t_s[-1] - LONGEST_S
        while self._eeg[0][0][-1] < first_s:
            self._eeg.popleft()
        while self._blinked and self._blinked[0] < first_s:
            self._blinked.popleft()

    def lag(self) -> BlinkLag | None:
        """Over the last five minutes of the stretch; None with fewer than ten blinks."""
        if not self._eeg:
            return None
        t_s, uv = (np.concatenate(part) for part in zip(*self._eeg, strict=True))
        return blink_lag(t_s, uv, np.array(self._blinked))
