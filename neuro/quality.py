"""Is this a head, and is it quiet: one word a channel, and what disturbs the moment."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

ChannelState = Literal["good", "flat", "railed", "line", "loud", "lost", "noise"]
"""flat: no signal; railed: at the end of the amplifier's range; line: drowned by the mains; loud: movement or a
loose electrode; lost: packets missing; noise: not the spectrum of a head."""

FLAT_UV = 0.5  # rms in 1-45 Hz; the quietest clean channel of EEGMAT has 2.8
LOUD_UV = 75.0  # rms in 1-45 Hz over 2 s; 99 % of EEGMAT stays under 18
LINE_UV = 100.0  # rms of the mains before the notch
LINE_RATIO = 10.0  # rms of the mains against what is left without it
RAILED_SHARE = 0.05  # of 2 s within 5 % of full scale
LOST_SHARE = 0.10  # of 2 s without packets
HEAD_DB = 4.0  # power at 2-7 Hz over power at 20-40 Hz, a channel's: white noise 0 +- 1, EEGMAT 12 (1 %: 3.6)
TILT_MEMORY = 0.97  # a hop: the tilt is judged over about 3 s, one segment of 2 s alone is too short to tell noise
HEAD_TOGETHER = 0.12  # see `together`: EEGMAT's smallest is .17, independent noise stays under .09
COPIED = 0.995  # one signal on every channel: a bridge of gel, or a test tone
BLINK_UV = 100.0  # peak to peak, 1-45 Hz: a blink has 100-200 at the forehead; 99 % of clean EEGMAT stays under it


@dataclass(frozen=True, slots=True)
class Quality:
    """What the last 2 s (`together`: 10 s) were worth.

    channels:  one ChannelState a channel
    is_head:   whether the good channels look like a head at all
    clean:     (n_channels,) whether the last 2 s of the channel hold no blink and no jolt
    jolted:    whether a blink or a movement is happening just now
    muscle_db: power at 30-45 Hz, mean of the good channels; what the muscle limit is compared with
    """

    channels: tuple[ChannelState, ...]
    is_head: bool
    clean: NDArray[np.bool_]
    jolted: bool
    muscle_db: float


class QualityCheck:
    """Judges each hop from windows that the pipeline cuts."""

    def __init__(self, hz: NDArray[np.float64], full_scale_uv: float | None, line_gain: float) -> None:
        """line_gain: what the band-pass leaves of a sine at the mains frequency, 0..1."""
        self._low = (hz >= 2) & (hz < 7)
        self._high = (hz >= 20) & (hz < 40)
        self._muscle = (hz >= 30) & (hz < 45)
        self._rail_uv = None if full_scale_uv is None else 0.95 * full_scale_uv
        self._line_gain = max(line_gain, 0.05)
        self._tilt_db: NDArray[np.float64] | None = None

    def __call__(
        self,
        raw: NDArray[np.float64],
        clean: NDArray[np.float64],
        line: NDArray[np.float64],
        power: NDArray[np.float64],
        lost: NDArray[np.float64],
        alike: NDArray[np.float64],
        half_s: int,
    ) -> Quality:
        """Judge one moment.

        raw, clean, line: (n_channels, n) the last 2 s as they came, filtered, and what the notch took away
        power:            (n_channels, n_bins) of `clean`
        lost:             (n_channels,) share of the 2 s without packets
        alike:            (n_channels, n_channels) of `together`
        half_s:           samples in half a second
        """
        rms = clean.std(axis=1)
        line_rms = line.std(axis=1) / self._line_gain
        tilt_db = self._tilt(power)
        railed = self._railed(raw)
        channels: list[ChannelState] = []
        for i in range(len(rms)):
            if lost[i] > LOST_SHARE:
                channels.append("lost")
            elif railed[i]:
                channels.append("railed")
            elif rms[i] < FLAT_UV:
                channels.append("flat")
            elif line_rms[i] > max(LINE_UV, LINE_RATIO * rms[i]) or line_rms[i] > 3 * LINE_UV:
                channels.append("line")
            elif rms[i] > LOUD_UV:
                channels.append("loud")
            elif tilt_db[i] < HEAD_DB:
                channels.append("noise")
            else:
                channels.append("good")
        span = np.ptp(clean, axis=1)
        recent = np.ptp(clean[:, -half_s:], axis=1)
        good = np.array([state == "good" for state in channels])
        return Quality(
            channels=tuple(channels),
            is_head=bool(good.any()) and _is_head(alike, good),
            clean=span < BLINK_UV,
            jolted=bool((recent[good] >= BLINK_UV).any()),
            muscle_db=float(_db(power[good][:, self._muscle].mean(axis=1)).mean()) if good.any() else 0.0,
        )

    def reset(self) -> None:
        """Forget the past after a gap."""
        self._tilt_db = None

    def _tilt(self, power: NDArray[np.float64]) -> NDArray[np.float64]:
        now = _db(power[:, self._low].mean(axis=1)) - _db(power[:, self._high].mean(axis=1))
        before = now if self._tilt_db is None else self._tilt_db
        self._tilt_db = TILT_MEMORY * before + (1 - TILT_MEMORY) * now
        return self._tilt_db

    def _railed(self, raw: NDArray[np.float64]) -> NDArray[np.bool_]:
        if self._rail_uv is None:
            return np.zeros(len(raw), bool)
        return np.asarray((np.abs(raw) > self._rail_uv).mean(axis=1) > RAILED_SHARE)


def together(clean: NDArray[np.float64]) -> NDArray[np.float64]:
    """How alike the channels are: |correlation| of the differences of (n_channels, n) samples, 0 on the diagonal.

    One brain and one reference reach every electrode, so a head's channels always share something; electrodes on
    a desk share nothing but the mains, which the notch took. Differences instead of samples, because slow drifts
    correlate by chance. Source: own measurement on EEGMAT, docs/why/0004.
    """
    steps = np.diff(clean, axis=1)
    steps -= steps.mean(axis=1, keepdims=True)
    norm = np.sqrt((steps**2).sum(axis=1)) + 1e-9
    alike = np.abs(steps @ steps.T) / np.outer(norm, norm)
    np.fill_diagonal(alike, 0.0)
    return np.asarray(alike)


def _is_head(alike: NDArray[np.float64], good: NDArray[np.bool_]) -> bool:
    """Whether the good channels share what a head shares; one channel alone cannot be asked."""
    if good.sum() < 2:
        return len(good) == 1
    among = alike[good][:, good]
    nearest = np.median(among.max(axis=1))
    others = among[~np.eye(len(among), dtype=bool)]
    return bool(nearest >= HEAD_TOGETHER and not (others > COPIED).all())


def _db(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(10 * np.log10(power + 1e-12))
