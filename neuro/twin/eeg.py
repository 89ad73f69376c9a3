"""The head of the simulated player: four channels of EEG in which attention shows, faintly, as in people."""

from math import exp, log, sqrt

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance
from numpy.typing import NDArray

from neuro.twin.attention import Zone
from neuro.twin.happenings import Happening, Happenings
from neuro.twin.noise import Blocks, Noise, band, power_law, walk
from neuro.twin.profiles import Profile, Rhythms

CHANNELS = ("TP9", "AF7", "AF8", "TP10")
RATE_HZ = 256.0

_BLOCK = 256
"""Samples made at once. The head lives at most this far ahead of what has been read."""

_BURST_SPREAD = 0.3  # own choice: SD of the log height of alpha bursts

# What each channel (a row) sees of each source (a column). Own choice, so that neighbours correlate .2-.8 between
# 4 and 30 Hz: the skull smears, so every source reaches more than one electrode.
_SPREAD = np.array(
    [[0.90, 0.30, 0.10, 0.15], [0.30, 0.90, 0.20, 0.10], [0.10, 0.20, 0.90, 0.30], [0.15, 0.10, 0.30, 0.90]]
)
_ALPHA_SEEN = np.array([[1.0, 0.4], [0.5, 0.3], [0.3, 0.5], [0.4, 1.0]])  # left and right, behind the ears most
_THETA_SEEN = np.array([[0.4], [1.0], [1.0], [0.4]])  # on the midline, in front
_BLINK_SEEN = np.array([[0.2], [1.0], [1.0], [0.2]])
_BROW_SEEN = np.array([[0.2], [1.0], [0.9], [0.2]])
_JAW_SEEN = np.array([[1.0], [0.3], [0.3], [0.9]])
_CLENCH_SEEN = np.array([[1.0], [0.7], [0.7], [0.9]])  # jaw and brow together

_POP_TAU_S, _POP_S = 0.3, 1.0  # own choice: an electrode that pops is back within a second


class Brain:
    """An endless recording of TP9, AF7, AF8 and TP10 at 256 Hz.

    Sample k is that of k / 256 seconds from the twin's start. Aperiodic background, alpha in bursts, theta and beta
    that follow the zone, the eyes' own blinks, muscle, mains and sensor noise. Every portion is cut from
    blocks of one second, so chunking never changes a sample.
    """

    def __init__(self, profile: Profile, zone: Zone, blinks: Happenings, rng: Generator) -> None:
        r = profile.rhythms
        background, alpha, theta, beta, muscle, wander, events, sensor, contact, clench = rng.spawn(10)
        self._rhythms = r
        self._zone = zone
        self._blinks = blinks
        self._done = 0
        exponent = float(np.clip(events.normal(r.exponent, r.exponent_sd), 0.7, 2.0))
        self._background = Noise(power_law(exponent, RATE_HZ), len(CHANNELS), RATE_HZ, background)
        self._theta = Noise(band(r.theta_hz - 1, r.theta_hz + 1, RATE_HZ), 1, RATE_HZ, theta)
        self._beta = Noise(band(*r.beta_hz, RATE_HZ), len(CHANNELS), RATE_HZ, beta)
        self._wander = Noise(walk(r.wander_tau_s, RATE_HZ), 3, RATE_HZ, wander)
        self._alpha_seen = _ALPHA_SEEN * np.array(r.alpha_seat)[:, None]
        self._bursts = tuple(_alpha_bursts(r, rng) for rng in alpha.spawn(2))
        self._muscle = Noise(band(20.0, 120.0, RATE_HZ), len(CHANNELS), RATE_HZ, muscle)
        self._brow, self._jaw = (_muscle_bursts(r, rng) for rng in muscle.spawn(2))
        self._mains_uv = events.uniform(*r.line_uv, (len(CHANNELS), 1))
        self._mains_phase = events.uniform(0, 2 * np.pi, (len(CHANNELS), 1))
        self._sensor = sensor
        loose, pops, self._rattle = contact.spawn(3)
        self._loose, self._pops = _loose_spells(r, loose), _pops(r, pops)
        self._clench = Noise(band(20.0, 120.0, RATE_HZ), len(CHANNELS), RATE_HZ, clench)
        self._clench_uv = self._clenched_uv = 0.0
        self._blocks = Blocks(self._block)

    def samples(self, n: int) -> NDArray[np.float32]:
        """The next n samples: (4, n) microvolts."""
        return self._blocks.take(n)

    def tense(self, uv: float) -> None:
        """From the next second on the player's jaw and brow are tight: RMS where they are strongest; 0 lets go."""
        self._clench_uv = uv

    def _block(self) -> NDArray[np.float32]:
        t_s = (self._done + np.arange(_BLOCK)) / RATE_HZ
        self._done += _BLOCK
        uv = self._cortex(t_s) + self._eyelids(t_s) + self._muscles(t_s) + self._mains(t_s)
        uv += self._rhythms.sensor_uv * self._sensor.standard_normal(uv.shape) + self._contact(t_s)
        uv += self._clenching(len(t_s))
        return uv.astype(np.float32)

    def _cortex(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        r = self._rhythms
        out, minutes = self._zone.wandering(t_s), t_s / 60
        wander = np.exp(r.wander_sd * self._wander.next(len(t_s)))
        alpha = r.alpha_out**out * np.sqrt(1 + r.alpha_per_min * minutes) * wander[0]
        theta = r.theta_out**out * np.sqrt(1 + r.theta_per_min * minutes) * wander[1]
        beta = r.beta_out**out * wander[2]
        uv: NDArray[np.float64] = (
            r.background_uv * _seen(_SPREAD, self._background.next(len(t_s)))
            + self._alpha_seen @ (alpha * self._alpha_waves(t_s))
            + r.theta_uv * _THETA_SEEN @ (theta * self._theta.next(len(t_s)))
            + r.beta_uv * _seen(_SPREAD, beta * self._beta.next(len(t_s)))
        )
        return uv

    def _alpha_waves(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bursts of alpha, left and right: (2, n)."""
        waves = np.zeros((len(self._bursts), len(t_s)))
        for side, bursts in enumerate(self._bursts):
            for burst in bursts.between(t_s[0], t_s[-1]):
                waves[side] += _hann(burst, t_s) * np.sin(2 * np.pi * self._rhythms.alpha_hz * (t_s - burst.start_s))
        return waves

    def _eyelids(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        return _BLINK_SEEN * _envelope(self._blinks, t_s)

    def _muscles(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        tension_uv = _BROW_SEEN * _envelope(self._brow, t_s) + _JAW_SEEN * _envelope(self._jaw, t_s)
        return tension_uv * self._muscle.next(len(t_s))

    def _contact(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """What a sensor that lets go for a moment, or hangs loose for a while, adds: (4, n)."""
        uv = np.zeros((len(CHANNELS), len(t_s)))
        for pop in self._pops.between(t_s[0], t_s[-1]):
            since_s = np.clip(t_s - pop.start_s, 0, None)
            uv[_channel(pop)] += np.where(t_s >= pop.start_s, pop.size * np.exp(-since_s / _POP_TAU_S), 0)
        for spell in self._loose.between(t_s[0], t_s[-1]):
            within = (t_s >= spell.start_s) & (t_s < spell.start_s + spell.duration_s)
            uv[_channel(spell), within] += spell.size * self._rattle.standard_normal(int(within.sum()))
        return uv

    def _clenching(self, n: int) -> NDArray[np.float64] | float:
        """Muscle on purpose, tightened and let go within a block."""
        if not self._clench_uv and not self._clenched_uv:
            return 0.0
        tension_uv = np.linspace(self._clenched_uv, self._clench_uv, n)
        self._clenched_uv = self._clench_uv
        tight: NDArray[np.float64] = tension_uv * _CLENCH_SEEN * self._clench.next(n)
        return tight

    def _mains(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        swell = 1 + 0.3 * np.sin(2 * np.pi * 0.05 * t_s)  # own choice: a slow rise and fall
        return self._mains_uv * swell * np.sin(2 * np.pi * self._rhythms.line_hz * t_s + self._mains_phase)


def _alpha_bursts(rhythms: Rhythms, rng: Generator) -> Happenings:
    """Bursts of gamma distributed length; size is the height of one in microvolts."""
    shape = 6.0  # puts the 10th and the 90th percentile of a 0.95 s mean near 0.5 and 1.5 s
    mean_s = sum(rhythms.burst_s) / 2
    share = mean_s / (mean_s + rhythms.burst_gap_s)
    height_uv = rhythms.alpha_uv / sqrt(
        3 / 8 * 1 / 2 * share * exp(2 * _BURST_SPREAD**2)
    )  # Hann, sine, on, lognormal

    def burst(t_s: float) -> Happening:
        return Happening(t_s, rng.gamma(shape, mean_s / shape), height_uv * rng.lognormal(0, _BURST_SPREAD))

    return Happenings(lambda: rng.exponential(rhythms.burst_gap_s), burst)


def _muscle_bursts(rhythms: Rhythms, rng: Generator) -> Happenings:
    """Bursts at one of two sites, half of all each; size is the RMS in microvolts."""
    low, high = rhythms.muscle_uv

    def burst(t_s: float) -> Happening:
        return Happening(t_s, rng.uniform(*rhythms.muscle_s), exp(rng.uniform(log(low), log(high))))

    return Happenings(lambda: rng.exponential(60 / (rhythms.muscle_per_min / 2)), burst)


def _pops(rhythms: Rhythms, rng: Generator) -> Happenings:
    """A sensor lets go for a moment; size is the height in microvolts, up or down."""

    def pop(t_s: float) -> Happening:
        return Happening(t_s, _POP_S, rhythms.pop_uv * rng.choice((-1.0, 1.0)))

    return Happenings(lambda: rng.exponential(60 / rhythms.pops_per_min), pop)


def _loose_spells(rhythms: Rhythms, rng: Generator) -> Happenings:
    """A sensor hardly touches for some seconds; size is its noise in microvolts RMS."""

    def spell(t_s: float) -> Happening:
        return Happening(t_s, rng.uniform(3.0, 15.0), rhythms.loose_uv)

    return Happenings(lambda: rng.exponential(60 / rhythms.loose_per_min), spell)


def _channel(happening: Happening) -> int:
    """Which sensor it happens to: any, by the fraction of its moment."""
    return int(1000 * happening.start_s) % len(CHANNELS)


def _envelope(happenings: Happenings, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """How strong each moment is, Hann shaped from begin to end: (n,)."""
    total = np.zeros(len(t_s))
    for happening in happenings.between(t_s[0], t_s[-1]):
        total += _hann(happening, t_s)
    return total


def _hann(happening: Happening, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
    done = np.clip((t_s - happening.start_s) / happening.duration_s, 0, 1)
    shape: NDArray[np.float64] = happening.size * np.sin(np.pi * done) ** 2
    return shape


def _seen(spread: NDArray[np.float64], sources: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sources of equal strength as the channels see them, each channel with the strength of one source."""
    weights = spread / np.linalg.norm(spread, axis=1, keepdims=True)
    mixed: NDArray[np.float64] = weights @ sources
    return mixed
