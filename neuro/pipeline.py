"""The order of it all: samples in, estimates out, the same live, offline and in a replay."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.baseline import Baseline, Rest, Tension
from neuro.deviations import Deviations
from neuro.errors import DeviceUnavailable
from neuro.eyes.tokens import EyeTokens
from neuro.filters import band_pass, mains_notch
from neuro.kernels import Hops, recipe
from neuro.quality import JUDGED_HZ, Quality, QualityCheck
from neuro.scalp import places
from neuro.scorer import Scorer, Verdict
from neuro.spectrum import HZ
from neuro.tokens import Spectra, Tokens
from neuro.types import HOP_HZ, Chunk, Estimate, Gaze, Headset, Phase, State

SLOWEST_HZ = 90.0  # samples a second; fewer do not show 30-45 Hz, and muscle could not be told from a mind
GAP_S = 0.25  # a pause this long in the stamps starts the windows anew; shorter ones are jitter of the radio
STALE_S = 0.9  # the newest sample is older: nothing may be said of now, and that within a second, polls included
MIN_GOOD = 0.5  # share of channels
NO_GAZE = Gaze.empty()


@dataclass(frozen=True, slots=True)
class Moment:
    """What ten times a second is known of the signal, before anything is compared with the player's rest.

    usable: (n_channels,) good channels of whose last 4 s something clean is left
    calm:   whether it may be believed as far as the signal alone tells
    """

    t_s: float
    tokens: Tokens
    quality: Quality
    usable: NDArray[np.bool_]
    calm: bool


class Seen(NamedTuple):
    """A verdict, and what it was of: z (n_channels, ROWS, N_NUMBERS) deviations from rest."""

    t_s: float
    verdict: Verdict
    z: NDArray[np.float64]


class Front:
    """Filters, windows, spectra and quality of one headset: all that needs no player.

    spectra: of the newest hops

    Raises: DeviceUnavailable: the headset is too slow.
    """

    def __init__(self, headset: Headset, line_hz: float | None = None) -> None:
        rate_hz = headset.rate_hz
        if rate_hz < SLOWEST_HZ:
            raise DeviceUnavailable(
                f"{headset.name} gives {rate_hz:g} samples a second: choose EEG of at least {SLOWEST_HZ:g}."
            )
        filters = mains_notch(rate_hz, line_hz).sos, band_pass(rate_hz).sos
        wanted = recipe(rate_hz, *filters, JUDGED_HZ, headset.full_scale_uv)
        self._hops = Hops(wanted, len(headset.channels))
        self.spectra = Spectra(len(headset.channels))
        self._check = QualityCheck(rate_hz, len(headset.channels))
        self._newest_s = -np.inf

    def __call__(self, chunk: Chunk) -> Iterator[Moment | float]:
        """Every hop that the chunk completes: a Moment, or only its time while the windows are not full."""
        if len(chunk.t_s) == 0:
            return
        oldest_s, newest_s = float(chunk.t_s[0]), float(chunk.t_s[-1])
        breaks: list[int] = []
        if newest_s - oldest_s > GAP_S:
            breaks = (np.flatnonzero(chunk.t_s[1:] - chunk.t_s[:-1] > GAP_S) + 1).tolist()
        if oldest_s - self._newest_s > GAP_S:
            self._restart()
        self._newest_s = newest_s
        for first, last in pairwise([0, *breaks, len(chunk.t_s)]):
            if first:
                self._restart()
            for used in self._hops.push(chunk.uv[:, first:last]):
                yield self._hop(float(chunk.t_s[first + used - 1]))

    def _restart(self) -> None:
        self._hops.restart()
        self.spectra.reset()
        self._check.reset()

    def _hop(self, t_s: float) -> Moment | float:
        if not self._hops.full:
            return t_s
        quality = self._check(t_s, self._hops)
        tokens = self.spectra(self._hops.parts(len(HZ)), quality.clean)
        if not self.spectra.full:
            return t_s
        usable = quality.good & tokens.clean.any(axis=1)
        calm = quality.is_head and not quality.jolted and bool(np.count_nonzero(usable))
        return Moment(t_s, tokens, quality, usable, calm)


class Pipeline:
    """One player's head: what `Front` sees, compared with the player's own rest and scored.

    It reads no clock and no device: the same calls of `step` give the same estimates, bit for bit.

    seen: the newest verdict of the last step, and what it was of; None where nothing was scored in it
    """

    def __init__(
        self, headset: Headset, scorer: Scorer, baseline: Baseline | None = None, line_hz: float | None = None
    ) -> None:
        """Raises: DeviceUnavailable: the headset is too slow."""
        self.baseline = baseline
        self.seen: Seen | None = None
        self._headset = headset
        self._front = Front(headset, line_hz)
        self._scorer = scorer
        self._places = places(headset.channels)
        self._rest: Rest | None = None
        self._deviations = Deviations(len(headset.channels))
        self._tension = Tension()
        self._eyes = EyeTokens()
        self._newest_s: float | None = None
        self._said_s = -np.inf

    def take_model(self, scorer: Scorer) -> None:
        """Score with this one from the next moment on; what is usual for the player stays."""
        self._scorer = scorer

    def step(self, now_s: float, phase: Phase, chunk: Chunk, gaze: Gaze = NO_GAZE) -> tuple[Estimate, ...]:
        """Take what has arrived until now; the estimates of the hops that it completes, oldest first.

        gaze: on the screen, where somebody measures it; a moment knows what had arrived of it by then

        While the phase is `rest` clean moments become the baseline, which holds from the end of the rest on.
        Where nothing arrives, an estimate still says so, ten times a second.
        """
        self._follow(phase)
        self.seen = None
        self._eyes.take(gaze)
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
            self._rest = Rest(self._headset.channels, self._scorer.usual_spread)
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
            self._eyes(moment)
            self._deviations.forget()
            return _unknown(moment, "poor")
        looks = self._eyes(moment.t_s)
        quality, usable, baseline = moment.quality, moment.usable, self.baseline
        if self._rest is not None and moment.calm:
            self._rest.add(
                moment.tokens.newest, quality.clean, quality.good, quality.muscle_db, quality.sudden, looks[-1]
            )
        state = _state(moment, baseline is not None and self._is_disturbed(moment, baseline))
        if baseline is None:
            return Estimate(moment.t_s, 0.5, 0.0, state, quality.channels)
        z = self._deviations(self._front.spectra, moment.tokens, baseline, quality.good)
        if not np.count_nonzero(usable):
            return Estimate(moment.t_s, 0.5, 0.0, state, quality.channels)
        may_be_seen = moment.tokens.clean & usable[:, None]
        eyes = None if baseline.eyes is None else baseline.eyes_z(looks)
        verdict = self._scorer(z, may_be_seen, self._places, eyes)
        self.seen = Seen(moment.t_s, verdict, z)
        trust = float(np.count_nonzero(may_be_seen)) / may_be_seen.size * baseline.trust * verdict.trust
        return Estimate(moment.t_s, verdict.score, trust if state == "good" else trust / 4, state, quality.channels)

    def _is_disturbed(self, moment: Moment, baseline: Baseline) -> bool:
        quality = moment.quality
        tense = self._tension(moment.t_s, baseline.is_muscle(quality.muscle_db))
        return tense or baseline.is_sudden(quality.sudden, quality.good)


def _state(moment: Moment, disturbed: bool) -> State:
    if not moment.quality.is_head:
        return "not_worn"
    if disturbed or moment.quality.jolted:
        return "artifact"
    return "good" if np.count_nonzero(moment.usable) >= MIN_GOOD * len(moment.usable) else "poor"


def _unknown(t_s: float, state: State) -> Estimate:
    return Estimate(t_s, 0.5, 0.0, state)
