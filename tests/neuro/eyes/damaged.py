"""Gaze as files have it on a bad day."""

from dataclasses import replace

import numpy as np

from neuro.eyes.look import Look
from tests.neuro.eyes.made import made


def damaged(seed: int) -> Look:
    """Some seconds at any rate, with runs of NaN and of zeros, missing stretches, jitter, and at times shut lids."""
    chance = np.random.default_rng(seed)
    rate_hz = float(chance.choice([30, 60, 120, 200, 500, 1000]))
    noise_deg = float(chance.choice([0.01, 0.1, 0.4]))
    look = made(rate_hz, float(chance.integers(3, 7)), seed, noise_deg, float(chance.choice([0.0, 0.6]))).look
    n, deg, keep = look.t_s.size, look.deg.copy(), np.ones(look.t_s.size, bool)
    for _ in range(chance.integers(0, 4)):
        first = chance.integers(n)
        deg[:, first : first + int(chance.uniform(0.005, 1.5) * rate_hz)] = chance.choice([np.nan, 0.0])
    for _ in range(chance.integers(0, 3)):
        first = chance.integers(n)
        keep[first : first + int(chance.uniform(0.005, 2.0) * rate_hz)] = False
    t_s = look.t_s + chance.uniform(0, 0.2 / rate_hz, n)
    lids = np.where(np.arange(n) // 40 == 5, 0.5, 8.0) if chance.random() < 0.3 else None
    return replace(look, t_s=t_s, deg=deg, aperture_mm=lids).part(np.flatnonzero(keep))
