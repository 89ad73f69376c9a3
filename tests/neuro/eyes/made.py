"""Gaze made by the laws that eyes follow, with its truth: saccades, their wobble, drift, pursuit, blinks, noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import BLINK, FIXATION, PSO, PURSUIT, SACCADE, Look


@dataclass(frozen=True, slots=True)
class Made:
    """Gaze, and what it is: (n,) into KINDS."""

    look: Look
    kind: NDArray[np.int8]


def made(
    rate_hz: float,
    seconds: float,
    seed: int = 1,
    noise_deg: float = 0.02,
    follows: float = 0.0,
    tremor_deg: float = 0.0,
) -> Made:
    """Gaze that rests and jumps.

    Args:
        follows:    the share of rests in which it moves on instead, at 4 to 25 deg/s
        tremor_deg: how far eyes tremble, at 85 Hz
    """
    chance = np.random.default_rng(seed)
    n = round(rate_hz * seconds)
    deg, kind = np.zeros((2, n)), np.zeros(n, np.int8)
    at, done = np.zeros(2), 0

    def put(path: NDArray[np.float64], what: int) -> None:
        nonlocal done, at
        path = path[:, : n - done]
        deg[:, done : done + path.shape[1]], kind[done : done + path.shape[1]] = path, what
        done += path.shape[1]
        if path.shape[1] and np.isfinite(path[0, -1]):
            at = path[:, -1].copy()

    while done < n:
        s = np.arange(max(1, round(max(0.08, chance.gamma(3, 0.1)) * rate_hz))) / rate_hz
        moving = chance.random() < follows
        speed = chance.uniform(4, 25) if moving else 0.0
        put(at[:, None] + speed * _way(chance) * s, PURSUIT if moving else FIXATION)
        if not follows and chance.random() < 0.06:
            put(np.full((2, round(chance.uniform(0.12, 0.3) * rate_hz)), np.nan), BLINK)
            continue
        way, amplitude = _way(chance), min(chance.lognormal(np.log(3), 0.8), 25)
        s = (np.arange(max(2, round((0.0022 * amplitude + 0.021) * rate_hz))) + 1.0) / max(
            2, round((0.0022 * amplitude + 0.021) * rate_hz)
        )
        bent = s**0.85  # quicker off than down
        put(at[:, None] + amplitude * way * bent**3 * (10 - 15 * bent + 6 * bent**2), SACCADE)
        if chance.random() < 0.8:
            s = np.arange(round(chance.uniform(0.015, 0.035) * rate_hz)) / rate_hz
            size = chance.uniform(0.05, 0.15) * min(amplitude, 6)
            put(at[:, None] + size * way * np.sin(2 * np.pi * chance.uniform(25, 35) * s) * np.exp(-s / 0.012), PSO)
    drift = np.cumsum(chance.normal(0, 0.15 / np.sqrt(rate_hz), (2, n)), axis=1)
    t_s = np.arange(n) / rate_hz
    noise = chance.normal(0, noise_deg, (2, n))
    tremor = tremor_deg * np.sin(2 * np.pi * 85 * t_s + chance.uniform(0, 2 * np.pi, (2, 1)))
    return Made(Look.of(t_s, deg + drift + noise + tremor), kind)


def _way(chance: np.random.Generator) -> NDArray[np.float64]:
    angle = chance.uniform(0, 2 * np.pi)
    return np.array([[np.cos(angle)], [np.sin(angle)]])


def kappa(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Cohen's kappa of two yes and no (n,)."""
    by_chance = one.mean() * other.mean() + (1 - one.mean()) * (1 - other.mean())
    return float(((one == other).mean() - by_chance) / (1 - by_chance))
