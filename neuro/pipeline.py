"""The order of it all: samples in, estimates out, the same live, offline and in a replay."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.bands import BandPowers, Powers, Spectrum
from neuro.baseline import Baseline, Rest
from neuro.filters import MAINS_HZ, band_gain, band_pass, mains_notch, without_gaps
from neuro.quality import Quality, QualityCheck, together
from neuro.ring import Ring
from neuro.scorer import Scorer
from neuro.types import HOP_HZ, Chunk, Estimate, Headset, Phase, State

GAP_S = 0.25  # a pause this long in the stamps starts the windows anew; shorter ones are jitter of the radio
STALE_S = 1.0  # the newest sample is older: nothing may be said of now
REMEMBER_S = 10.0
TOGETHER_S = 4.0  # the least that shows whether channels share a head
MIN_GOOD = 0.5  # share of channels


@dataclass(frozen=True, slots=True)
class Moment:
    """What ten times a second is known of the signal, before anything is compared with the player's rest."""

    t_s: float
    powers: Powers
    quality: Quality

    @property
    def usable(self) -> NDArray[np.bool_]:
        """(n_channels,) good channels of whose last 4 s something clean is left."""
        return np.array([state == "good" for state in self.quality.channels]) & (self.powers.kept > 0)

    @property
    def calm(self) -> bool:
        """Whether it may be believed as far as the signal alone tells."""
        return self.quality.is_head and not self.quality.jolted and bool(self.usable.any())


class Front:
    """Filters, windows, band powers and quality of one headset: all that needs no player."""

    def __init__(self, headset: Headset, line_hz: float | None = None) -> None:
        rate_hz = headset.rate_hz
        self._n = len(headset.channels)
        self._rate_hz = rate_hz
        self._pass = band_pass(rate_hz)
        self._notch = mains_notch(rate_hz, line_hz)
        self._spectrum = Spectrum(rate_hz)
        self._bands = BandPowers(self._n, self._spectrum.hz)
        gain = max(band_gain(rate_hz, hz) for hz in (MAINS_HZ if line_hz is None else (line_hz,)))
        self._check = QualityCheck(self._spectrum.hz, headset.full_scale_uv, gain)
        self._ring = Ring(4 * self._n, round(REMEMBER_S * rate_hz))  # raw, clean, line and lost, one below the other
        self._newest_s = -np.inf
        self._restart()

    def __call__(self, chunk: Chunk) -> Iterator[Moment | float]:
        """Every hop that the chunk completes: a Moment, or only its time while the windows are not full."""
        breaks = np.flatnonzero(np.diff(chunk.t_s, prepend=self._newest_s) > GAP_S)
        for piece in np.split(np.arange(len(chunk.t_s)), breaks):
            if len(piece) == 0:
                continue
            if piece[0] in breaks:
                self._restart()
            yield from self._contiguous(chunk.uv[:, piece].astype(float), chunk.t_s[piece])
        if len(chunk.t_s):
            self._newest_s = float(chunk.t_s[-1])

    def _restart(self) -> None:
        self._pass.reset()
        self._notch.reset()
        self._bands.reset()
        self._check.reset()
        self._ring.clear()
        self._held = np.zeros(self._n)
        self._alike = np.zeros((self._n, self._n))
        self._samples = 0
        self._hops = 0

    def _contiguous(self, uv: NDArray[np.float64], t_s: NDArray[np.float64]) -> Iterator[Moment | float]:
        whole = without_gaps(uv, self._held)
        self._held = whole[:, -1].copy()
        passed = self._pass(whole)
        clean = self._notch(passed)
        rows = np.concatenate([whole, clean, passed - clean, np.isnan(uv)])
        done = 0
        while (until := self._next_hop() - self._samples) <= len(t_s) - done:
            self._ring.push(rows[:, done : done + until])
            done += until
            self._samples += until
            self._hops += 1
            yield self._hop(float(t_s[done - 1]))
        self._ring.push(rows[:, done:])
        self._samples += len(t_s) - done

    def _next_hop(self) -> int:
        return round((self._hops + 1) * self._rate_hz / HOP_HZ)

    def _hop(self, t_s: float) -> Moment | float:
        n = self._spectrum.n_samples
        if len(self._ring) < n:
            return t_s
        raw, clean, line, lost = np.split(self._ring.last(n), 4)
        self._compare_channels()
        power = self._spectrum(clean)
        quality = self._check(raw, clean, line, power, lost.mean(axis=1), self._alike, n // 4)
        powers = self._bands(power, quality.clean)
        return Moment(t_s, powers, quality) if self._bands.full else t_s

    def _compare_channels(self) -> None:
        """Once a second, over all that is remembered."""
        seen = len(self._ring)
        if self._hops % HOP_HZ == 0 and seen >= TOGETHER_S * self._rate_hz - 1:
            self._alike = together(self._ring.last(seen)[self._n : 2 * self._n])


class Pipeline:
    """One player's head: what `Front` sees, compared with the player's own rest and scored.

    It reads no clock and no device: the same calls of `step` give the same estimates, bit for bit.
    """

    def __init__(
        self, headset: Headset, scorer: Scorer, baseline: Baseline | None = None, line_hz: float | None = None
    ) -> None:
        self.baseline = baseline
        self._headset = headset
        self._front = Front(headset, line_hz)
        self._scorer = scorer
        self._rest: Rest | None = None
        self._newest_s: float | None = None
        self._said_s = -np.inf

    def step(self, now_s: float, phase: Phase, chunk: Chunk) -> tuple[Estimate, ...]:
        """Take what has arrived until now; the estimates of the hops that it completes, oldest first.

        While the phase is `rest` clean moments become the baseline, which holds from the end of the rest on.
        Where nothing arrives, an estimate still says so, ten times a second.
        """
        self._follow(phase)
        estimates = [self._estimate(moment) for moment in self._front(chunk)]
        if len(chunk.t_s):
            self._newest_s = float(chunk.t_s[-1])
        elif (silent := self._silent(now_s)) is not None:
            estimates.append(silent)
        if estimates:
            self._said_s = estimates[-1].t_s
        return tuple(estimates)

    def _follow(self, phase: Phase) -> None:
        if phase == "rest" and self._rest is None:
            self._rest = Rest(self._headset.channels, self._scorer.usual_spread, 1 / HOP_HZ)
        elif phase != "rest" and self._rest is not None:
            self.baseline = self._rest.baseline() or self.baseline
            self._rest = None

    def _silent(self, now_s: float) -> Estimate | None:
        if now_s - self._said_s < 1 / HOP_HZ:
            return None
        if self._newest_s is None:
            return _unknown(now_s, "absent")
        return _unknown(now_s, "stale") if now_s - self._newest_s > STALE_S else None

    def _estimate(self, moment: Moment | float) -> Estimate:
        if isinstance(moment, float):
            return _unknown(moment, "poor")
        quality = moment.quality
        usable = moment.usable
        if self._rest is not None and moment.calm:
            self._rest.add(moment.powers.steady, quality.muscle_db)
        muscle = self.baseline is not None and self.baseline.is_muscle(quality.muscle_db)
        state = _state(moment, muscle)
        if self.baseline is None or not usable.any():
            return Estimate(moment.t_s, 0.5, 0.0, state, quality.channels)
        trust = float(usable.mean() * moment.powers.kept[usable].mean() * self.baseline.trust)
        score = self._scorer(self.baseline.z(moment.powers.steady, usable))
        return Estimate(moment.t_s, score, trust if state == "good" else trust / 4, state, quality.channels)


def _state(moment: Moment, muscle: bool) -> State:
    if not moment.quality.is_head:
        return "not_worn"
    if muscle or moment.quality.jolted:
        return "artifact"
    return "good" if moment.usable.mean() >= MIN_GOOD else "poor"


def _unknown(t_s: float, state: State) -> Estimate:
    return Estimate(t_s, 0.5, 0.0, state)
