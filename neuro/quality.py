"""Is this a head, and is it quiet: one word a channel, and what disturbs the moment."""

from collections import deque
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from neuro.kernels import Hops, bins_hz
from neuro.kernels.ready import judge
from neuro.kernels.words import FLAT, LINE, RAILED
from neuro.types import HOP_HZ

ChannelState = Literal["good", "flat", "railed", "line", "loud", "lost", "noise"]
"""As `neuro.kernels.words` numbers them. flat: no signal; railed: at the end of the amplifier's range; line: drowned
by the mains; loud: movement or a loose electrode; lost: packets missing; noise: not the spectrum of a head."""

_WORDS: tuple[ChannelState, ...] = get_args(ChannelState)
_EMPTY = (FLAT, RAILED, LINE)
"""Words of channels that carry nothing of a head."""

JUDGED_HZ = ((2.0, 7.0), (20.0, 40.0), (30.0, 45.0), (2.0, 20.0), (1.0, 45.0))
"""Whose power is judged: slow and fast for the tilt, muscle, where EEG must be, and all."""

AGREE_HZ = (2.0, 30.0)
AGREE_SECONDS = 20  # how far back agreement is remembered
AGREE_LEAST = 3  # seconds before anything is called a head
DOUBTED = 2  # seconds of passing that are not yet believed after a failure
DOUBT_LEAST = 10  # seconds before a failure is held against anybody
HEAD_AGREES = 0.08  # in three of four seconds; EEGMAT's smallest is .10, a desk's largest .06, docs/why/0004
COPIED = 0.97  # one signal on every channel: a bridge of gel, or a test tone; Fp1 and Fp2 of EEGMAT reach .94

QUIET_PIECE_S, QUIET_PIECES = 0.5, 8  # how long, and how many a second, one beginning after the other
QUIET_SLOW_HZ, QUIET_FAST_HZ = (2.0, 13.0), (13.0, 30.0)
QUIET_ABOVE = (0.6, 0.35)  # log amplitude over the quietest quarter, slow and fast: about what noise does by itself
QUIET_HZ = (2.0, 17.0)  # what rattles, rattles above it
QUIET_AGREES = 0.19  # 99 % of EEGMAT have over .23; strangers' largest is .14, docs/why/0004


@dataclass(frozen=True, slots=True)
class Quality:
    """What the last 2 s were worth, and whether a head was there over the last 20 s.

    channels:  one ChannelState a channel
    good:      (n_channels,) whether its word is `good`
    clean:     (n_channels,) whether the last 2 s of the channel hold no blink, no jolt and no loss over 50 ms
    is_head:   whether the channels that carry a signal look like a head at all
    jolted:    whether a blink or a movement is happening just now
    muscle_db: power at 30-45 Hz, median of the channels that carry a signal; what the muscle limit is compared with
    sudden:    (2, n_channels) of the last 0.5 s: peak to peak in microvolts, and power above 30 Hz in dB
    """

    channels: tuple[ChannelState, ...]
    good: NDArray[np.bool_]
    clean: NDArray[np.bool_]
    is_head: bool
    jolted: bool
    muscle_db: float
    sudden: NDArray[np.float64]


class QualityCheck:
    """Judges each hop from what was measured of the 2 s that end there."""

    def __init__(self, rate_hz: float, n_channels: int) -> None:
        hz = bins_hz(rate_hz)
        self._n_bins = np.array([((hz >= low) & (hz < high)).sum() for low, high in JUDGED_HZ[:3]], float)
        self._judge = judge()
        self._tilts_db, self._work = np.empty((2, n_channels))
        self._codes = np.empty(n_channels, np.int8)
        self._named: dict[bytes, tuple[tuple[ChannelState, ...], tuple[bool, ...]]] = {}
        self._head = HeadCheck(hz, rate_hz)
        self.reset()

    def __call__(self, t_s: float, hops: Hops) -> Quality:
        """Judge the newest 2 s of hops whose ranges are JUDGED_HZ."""
        n_channels = len(self._codes)
        good, clean, sudden = np.empty(n_channels, bool), np.empty(n_channels, bool), np.empty((2, n_channels))
        found = hops.measures
        jolted, muscle_db = self._judge(
            *(found.lost_share, found.railed_share, found.torn_share, found.line_uv),
            *(found.span_uv, found.jolt_uv, found.fast_uv2, hops.ranges),
            *(self._n_bins, self._tilts_db, self._work, self._codes, good, clean, sudden),
        )
        words, carries = self._words()
        return Quality(words, good, clean, self._head(t_s, hops, carries), jolted, muscle_db, sudden)

    def reset(self) -> None:
        """Forget the signal before a gap, but not whose head it was."""
        self._tilts_db[:] = np.nan

    def _words(self) -> tuple[tuple[ChannelState, ...], tuple[bool, ...]]:
        """Of each channel its word, and whether it carries a signal. They seldom change."""
        codes = self._codes.tobytes()
        if codes not in self._named:
            self._named = {
                codes: (tuple(_WORDS[code] for code in codes), tuple(code not in _EMPTY for code in codes))
            }
        return self._named[codes]


class Segment(Protocol):
    """What `Hops` has of the newest 2 s; looked at once a second."""

    @property
    def clean(self) -> NDArray[np.float64]: ...

    @property
    def bins(self) -> NDArray[np.complex128]: ...


class Second(NamedTuple):
    """What is remembered of a second.

    agreement: (n_channels, n_channels) over the last 2 s
    phases:    (QUIET_PIECES, n_channels, n_bins) of its pieces, complex, of length 1
    slow, fast: (QUIET_PIECES, n_channels) how loud they were, log amplitude
    """

    t_s: float
    agreement: NDArray[np.float64]
    phases: NDArray[np.complex128]
    slow: NDArray[np.float64]
    fast: NDArray[np.float64]


class HeadCheck:
    """Whether the channels share what a head shares: one brain and one reference reach every electrode, always.

    Once a second their phases in the bins of 2-30 Hz are compared, without lag; what counts is the agreement that
    three of the last four seconds reach, over 20 s. Every bin and every second weighs the same, so neither hum nor
    slow drift nor knocks on the table make strangers agree. A phone that rings does, second for second: so a
    head must agree in its quiet moments, too, and in most of the bins. Whoever failed is believed in the third second
    of passing. Source: own measurement on EEGMAT, docs/why/0004.
    """

    def __init__(self, hz: NDArray[np.float64], rate_hz: float) -> None:
        self._bins = np.flatnonzero((hz >= AGREE_HZ[0]) & (hz < AGREE_HZ[1]))
        self._pieces = Pieces(rate_hz)
        self._seconds: deque[Second] = deque(maxlen=AGREE_SECONDS)
        self._hops = 0
        self._asked: tuple[bool, ...] = ()
        self._is_head = False
        self._doubts = 0

    def __call__(self, t_s: float, newest: Segment, carries: tuple[bool, ...]) -> bool:
        """Take the newest 2 s, and who carries a signal.

        A headset of one channel cannot be asked: there any signal is taken for a head.
        """
        if len(carries) == 1:
            return carries[0]
        fresh = self._hops % HOP_HZ == 0
        self._hops += 1
        if sum(carries) < 2:  # taken off: what was seen before says nothing of what comes
            self._seconds.clear()
            self._doubts = 0
        elif fresh:
            self._seconds.append(Second(t_s, agreement(newest.bins[:, self._bins]), *self._pieces(newest.clean)))
            while t_s - self._seconds[0].t_s > AGREE_SECONDS:
                self._seconds.popleft()
        if fresh or carries != self._asked:
            self._asked = carries
            known = len(self._seconds) >= AGREE_LEAST
            agree = known and self._agree(np.array(carries))
            self._is_head = agree and not self._doubts
            if len(self._seconds) >= DOUBT_LEAST and not agree:
                self._doubts = DOUBTED
            elif fresh:
                self._doubts = max(0, self._doubts - 1)
        return self._is_head

    def _agree(self, carries: NDArray[np.bool_]) -> bool:
        n = len(self._seconds)
        fewer = AGREE_SECONDS / n  # in fewer seconds strangers agree more by chance
        ranked = np.sort([each.agreement[carries][:, carries] for each in self._seconds], axis=0)
        alike, unlike = ranked[(n - 1) // 4], -ranked[n - 1 - (n - 1) // 4]  # a bipolar lead may turn the sign
        reached = np.maximum(alike, unlike)
        if reached[~np.eye(len(reached), dtype=bool)].min() > COPIED:
            return False
        np.fill_diagonal(reached, -1.0)
        nearest = reached.argmax(axis=1)
        here = np.arange(len(nearest))
        if np.median(reached[here, nearest]) < HEAD_AGREES * fewer**0.5:
            return False
        sign = np.where(alike >= unlike, 1.0, -1.0)[here, nearest]
        return bool(np.median(sign * self._when_quiet(carries, nearest)) >= QUIET_AGREES * fewer**0.25)

    def _when_quiet(self, carries: NDArray[np.bool_], nearest: NDArray[np.intp]) -> NDArray[np.float64]:
        """(n_channels,) how far each channel agrees with its nearest in quiet pieces, in the median of the bins."""
        _, _, phases, slow, fast = zip(*self._seconds, strict=True)
        quiet = np.ones(len(phases) * QUIET_PIECES, bool)
        for loud, above in zip((slow, fast), QUIET_ABOVE, strict=True):
            level = np.concatenate(loud)[:, carries].mean(axis=1)
            quiet &= level <= np.quantile(level, 0.25) + above
        if not quiet.any():
            return np.zeros(len(nearest))
        own = np.concatenate(phases)[quiet][:, carries]
        return np.asarray(np.median((own * own[:, nearest].conj()).real.mean(axis=0), axis=1))


class Pieces:
    """Half a second each, overlapped: short enough to fall between two disturbances."""

    def __init__(self, rate_hz: float) -> None:
        n = round(QUIET_PIECE_S * rate_hz)
        self._window = np.hanning(n + 1)[:-1]
        hz = np.arange(n // 2 + 1) * rate_hz / n
        self._slow, self._fast, self._agree = (
            (hz >= low) & (hz < high) for low, high in (QUIET_SLOW_HZ, QUIET_FAST_HZ, QUIET_HZ)
        )
        self._back = np.round(np.arange(QUIET_PIECES) * rate_hz / QUIET_PIECES).astype(int)

    def __call__(
        self, clean: NDArray[np.float64]
    ) -> tuple[NDArray[np.complex128], NDArray[np.float64], NDArray[np.float64]]:
        """Of the newest second of (n_channels, n): phases, and how loud slow and fast were, as in `Second`."""
        ends = clean.shape[1] - self._back
        pieces = np.stack([clean[:, end - len(self._window) : end] for end in ends])
        bins = np.fft.rfft(pieces * self._window)
        amplitude = np.abs(bins) + 1e-12
        level = np.log(amplitude)
        phases = (bins / amplitude)[..., self._agree]
        return phases, level[..., self._slow].mean(axis=-1), level[..., self._fast].mean(axis=-1)


def agreement(bins: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Mean cosine of the phase differences (n_channels, n_channels) of transforms (n_channels, n_bins): -1..1."""
    phase = bins / (np.abs(bins) + 1e-12)
    return np.asarray((phase @ phase.conj().T).real / bins.shape[1])
