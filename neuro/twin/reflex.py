"""Looking away from what appears: a race between the reflex to look there and the will not to."""

from collections.abc import Callable
from math import exp
from statistics import NormalDist
from typing import NamedTuple

from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance

from neuro.twin.profiles import Looking

_WILL_SD_S = 0.040  # own choice: SD of the time the will takes to stop the reflex
_AIM_S = (0.080, 0.020)  # own choice: from there to the jump the other way, mean and SD
_CORRECTS_S = 0.150
_CHOSEN_S = 0.12  # own choice: no jump that is willed comes sooner
_SLOWER_S = (
    0.034  # own choice: what a logit of difficulty costs the will; it shifts the odds of an error about as much
)


class LookAway(NamedTuple):
    """One antisaccade: whether the eyes first went to the cue, when they left, and when they were put right.

    latency_s:   from the cue to the first jump, whichever way
    corrected_s: from the cue to the jump that mends an error; None where there was none, or it was never mended
    """

    error: bool
    latency_s: float
    corrected_s: float | None


class Antisaccades:
    """Antisaccades of one player.

    The reflex takes as long as a saccade to a target. The will is a normal race against it, whose mean is where the
    profile's share of errors comes about.

    Args: chance: a fresh generator for a trial number, so that the order of questions does not matter.
    """

    def __init__(self, looking: Looking, chance: Callable[[int], Generator]) -> None:
        mu_s, sigma_s, tau_s = looking.latency_s
        spread_s = (sigma_s**2 + _WILL_SD_S**2) ** 0.5
        self._looking = looking
        self._will_s = mu_s + _quantile(looking.antisaccade_errors, spread_s, tau_s)
        self._chance = chance

    def look_away(self, trial: int, difficulty: float = 0.0) -> LookAway:
        """What the eyes do when a cue appears and they are to look to the other side.

        difficulty: logits; at 0 the profile's share of errors comes about
        """
        rng, look = self._chance(trial), self._looking
        mu_s, sigma_s, tau_s = look.latency_s
        reflex_s = rng.normal(mu_s, sigma_s) + rng.exponential(tau_s)
        will_s = rng.normal(self._will_s + _SLOWER_S * difficulty, _WILL_SD_S)
        aim_s, mends = rng.normal(*_AIM_S), rng.random() < look.corrected
        if reflex_s >= will_s:
            return LookAway(False, max(_CHOSEN_S, will_s + aim_s), None)
        latency_s = max(0.08, reflex_s)
        return LookAway(True, latency_s, latency_s + _CORRECTS_S if mends else None)


def _quantile(share: float, sigma: float, tau: float) -> float:
    """Where an ex-Gaussian around 0 has so much of itself below, by halving."""
    low, high = -10 * sigma, 10 * sigma + 40 * tau
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, sigma, tau) < share else (low, middle)
    return low


def _below(x: float, sigma: float, tau: float) -> float:
    """The share of an ex-Gaussian around 0 below x."""
    normal = NormalDist()
    tail = exp(sigma**2 / (2 * tau**2) - x / tau)
    return normal.cdf(x / sigma) - tail * normal.cdf(x / sigma - sigma / tau)
