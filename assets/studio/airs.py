"""The air of each place: wind and water as shaped noise, a loop without a seam, with no creature in it.

A creature that calls here could be taken for one that the game asks about.
"""

from typing import NamedTuple

import numpy as np
from studio.brush import Chance
from studio.loudness import Sound, lasting
from studio.tape import RATE_HZ

LOOP_S = 24.0
LOUDNESS = -38.0
"""LUFS of each: felt more than heard."""


class Breeze(NamedTuple):
    """One band of noise.

    share:  of the whole
    swells: how many times it comes and goes in the loop, by two that meet
    calm:   what always stays, 0..1
    """

    low_hz: float
    high_hz: float
    share: float
    swells: tuple[int, ...]
    calm: float


AIRS: dict[str, tuple[Breeze, ...]] = {
    "shallows": (Breeze(220, 900, 1.0, (5, 7), 0.15), Breeze(90, 260, 0.7, (2, 3), 0.5)),
    "reedbed": (Breeze(900, 2600, 0.5, (2, 3), 0.1), Breeze(120, 400, 0.8, (2, 3), 0.4)),
    "lake": (Breeze(90, 320, 1.0, (1, 2), 0.45), Breeze(260, 700, 0.4, (4, 5), 0.1)),
    "willow": (Breeze(600, 1900, 0.5, (3, 4), 0.1), Breeze(110, 330, 0.8, (1, 3), 0.5)),
    "night": (Breeze(80, 240, 1.0, (1, 2), 0.6), Breeze(200, 500, 0.3, (3, 5), 0.1)),
}


def airs(chance: Chance) -> dict[str, Sound]:
    """(n, 2) of each place."""
    return {f"air_{place}": _air(breezes, chance) for place, breezes in AIRS.items()}


def _air(breezes: tuple[Breeze, ...], chance: Chance) -> Sound:
    out = np.stack([sum(_breeze(breeze, chance) for breeze in breezes) for _ in range(2)], axis=1)
    return np.asarray(out * 10 ** ((LOUDNESS - lasting(out, RATE_HZ)) / 20))


def _breeze(breeze: Breeze, chance: Chance) -> Sound:
    """Noise made of whole turns of the loop, and so are its swells: it ends where it began."""
    n = round(LOOP_S * RATE_HZ)
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    middle, width = np.sqrt(breeze.low_hz * breeze.high_hz), np.log(breeze.high_hz / breeze.low_hz) / 2
    tilt = np.exp(-0.5 * (np.log(np.maximum(hz, 1) / middle) / width) ** 2) / np.sqrt(np.maximum(hz, 20))
    noise = np.fft.irfft(tilt * np.exp(2j * np.pi * chance.uniform(0, 1, len(hz))), n)
    t = np.arange(n) / n
    swell = np.ones(n)
    for turns in breeze.swells:
        swell *= 0.5 + 0.5 * np.sin(2 * np.pi * (turns * t + chance.uniform(0, 1)))
    return np.asarray(breeze.share * (breeze.calm + (1 - breeze.calm) * swell / swell.max()) * noise / noise.std())
