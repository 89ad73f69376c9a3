"""What a living room does to EEG, done on purpose to recordings whose truth is known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray
from scipy.signal import resample_poly

from neuro.sources.recorded import Recording
from neuro.twin.noise import Noise, band

Uv = NDArray[np.float32]

Change = Callable[[Recording, Generator], Recording]
"""A whole recording, and what it would have been."""

BLINK_S, BLINKS_PER_MIN = 0.3, 20.0
MUSCLE_HZ = (20.0, 120.0)
_NEIGHBOURS = {"Fp1": "F7", "Fp2": "F8", "T5": "O1", "T6": "O2", "C3": "P3", "C4": "P4", "O1": "T5", "O2": "T6"}
_EYES = {"Fp1": 1.0, "Fp2": 1.0, "F7": 0.4, "F8": 0.4, "F3": 0.4, "F4": 0.4, "Fz": 0.4}  # elsewhere .1; own choice
_JAW = {"T3": 1.0, "T4": 1.0, "T5": 0.8, "T6": 0.8, "F7": 0.8, "F8": 0.8, "Fp1": 0.6, "Fp2": 0.6}  # elsewhere .3


@dataclass(frozen=True, slots=True)
class Harm:
    """One kind and size of it.

    later: it begins after the minute of rest that is the baseline, and lasts from then on; else it is always there
    """

    name: str
    size: str
    later: bool
    change: Change

    def done(
        self, at_rest: Recording, at_task: Recording, rest_s: float, rng: Generator
    ) -> tuple[Recording, Recording]:
        """Both recordings of a person, harmed; where it begins later, the first `rest_s` of the first stay."""
        rest, task = self.change(at_rest, rng), self.change(at_task, rng)
        if self.later:
            before = at_rest.t_s < rest_s
            rest = replace(rest, uv=np.where(before, at_rest.uv, rest.uv))
        return rest, task


def white(uv: float) -> Change:
    """Noise of an amplifier or a dry electrode, independent on every channel."""
    return lambda head, rng: _plus(head, uv * rng.standard_normal(head.uv.shape))


def hum(uv: float, hz: float = 50.0) -> Change:
    """The mains, with a phase of its own on every channel."""

    def change(head: Recording, rng: Generator) -> Recording:
        phase = rng.uniform(0, 2 * np.pi, (len(head.uv), 1))
        return _plus(head, np.sqrt(2) * uv * np.sin(2 * np.pi * hz * head.t_s + phase))

    return change


def gain(factor: float, channels: tuple[str, ...] = ()) -> Change:
    """An amplifier that is set otherwise; on all channels, or on these."""
    return lambda head, _rng: replace(
        head, uv=(head.uv * np.where(_are(head, channels), factor, 1.0)[:, None]).astype(np.float32)
    )


def gone(*channels: str) -> Change:
    """Electrodes that have come off: nothing but half a microvolt of noise."""
    return lambda head, rng: replace(
        head,
        uv=np.where(_are(head, channels)[:, None], 0.5 * rng.standard_normal(head.uv.shape), head.uv).astype(
            np.float32
        ),
    )


def moved(share: float) -> Change:
    """A headset that sits askew: each site shares so much of the signal of the next site back, or out."""

    def change(head: Recording, _rng: Generator) -> Recording:
        row = {name: i for i, name in enumerate(head.headset.channels)}
        there = [row.get(_NEIGHBOURS.get(name, name), i) for name, i in row.items()]
        return replace(head, uv=((1 - share) * head.uv + share * head.uv[there]).astype(np.float32))

    return change


def at_rate(rate_hz: float) -> Change:
    """Another headset's rate, from the samples of this one."""

    def change(head: Recording, _rng: Generator) -> Recording:
        ratio = Fraction(rate_hz / head.headset.rate_hz).limit_denominator(1000)
        uv = resample_poly(head.uv, ratio.numerator, ratio.denominator, axis=1).astype(np.float32)
        headset = replace(head.headset, rate_hz=rate_hz)
        return replace(head, headset=headset, uv=uv, t_s=np.arange(uv.shape[1]) / rate_hz)

    return change


def muscle(uv: float) -> Change:
    """Jaw and forehead held tight, without pause: RMS between 20 and 120 Hz at the temples, less elsewhere."""

    def change(head: Recording, rng: Generator) -> Recording:
        rate_hz, (n_channels, n) = head.headset.rate_hz, head.uv.shape
        low_hz, high_hz = MUSCLE_HZ[0], min(MUSCLE_HZ[1], 0.45 * rate_hz)
        noise = Noise(band(low_hz, high_hz, rate_hz), n_channels, rate_hz, rng).next(n)
        return _plus(head, uv * _where(head, _JAW, 0.3) * noise)

    return change


def blinks(uv: float) -> Change:
    """Twenty a minute at random times, so high at the forehead."""

    def change(head: Recording, rng: Generator) -> Recording:
        rate_hz, n = head.headset.rate_hz, head.uv.shape[1]
        shape = np.hanning(round(BLINK_S * rate_hz))
        at = np.zeros(n)
        at[rng.random(n) < BLINKS_PER_MIN / 60 / rate_hz] = 1.0
        return _plus(head, uv * _where(head, _EYES, 0.1) * np.convolve(at, shape)[:n])

    return change


HARMS = (
    *(Harm("white noise", f"{uv:g} uV", False, white(uv)) for uv in (1.0, 3.0, 10.0)),
    Harm("mains", "20 uV", False, hum(20.0)),
    Harm("gain of all", "x 2", True, gain(2.0)),
    Harm("gain of Fp1", "x 2", True, gain(2.0, ("Fp1",))),
    Harm("Fp1 lost", "1 of 4", True, gone("Fp1")),
    Harm("T5, T6 lost", "2 of 4", True, gone("T5", "T6")),
    *(Harm("electrodes moved, always", f"{share:.0%}", False, moved(share)) for share in (0.3, 0.6)),
    Harm("electrodes moved, later", "30%", True, moved(0.3)),
    *(Harm("rate", f"{rate_hz:g} Hz", False, at_rate(rate_hz)) for rate_hz in (256.0, 128.0)),
    *(Harm("muscle", f"{uv:g} uV", True, muscle(uv)) for uv in (1.0, 2.0, 5.0)),
    *(Harm("blinks", f"{uv:g} uV", True, blinks(uv)) for uv in (80.0, 150.0)),
)
"""On a band of Fp1, Fp2, T5 and T6."""


def _plus(head: Recording, uv: NDArray[np.float64]) -> Recording:
    return replace(head, uv=(head.uv + uv).astype(np.float32))


def _are(head: Recording, channels: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([not channels or name in channels for name in head.headset.channels])


def _where(head: Recording, share: dict[str, float], elsewhere: float) -> NDArray[np.float64]:
    return np.array([share.get(name, elsewhere) for name in head.headset.channels])[:, None]
