"""Attention that comes and goes: a two-state semi-Markov chain whose good spells shorten as the player tires."""

from bisect import bisect_right
from math import exp, sqrt

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance
from numpy.typing import NDArray

from neuro.twin.profiles import Attention


class Zone:
    """In the zone, or out of it, at every moment from the twin's start on.

    A function of the numbers and the generator alone: dwells are drawn in order, as far as anybody has looked,
    so neither the order nor the number of questions changes an answer.
    """

    def __init__(self, attention: Attention, rng: Generator) -> None:
        self._attention = attention
        self._rng = rng
        self._starts_in = bool(rng.random() < attention.in_s / (attention.in_s + attention.out_s))
        self._usual = _mean_decrement(attention)
        self._edges_s = [0.0]  # where each dwell begins
        self._arousal = [0.0]  # in SD, at each edge
        self._depth = [0.0 if self._starts_in else 1.0]  # `wandering` at each edge

    def attending(self, t_s: float) -> bool:
        """Whether attention is in the zone at t_s seconds from the twin's start."""
        self._reach(t_s)
        return self._is_in(max(bisect_right(self._edges_s, t_s) - 1, 0))

    def wandering(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far out of the zone brain and eyes are, 0 to 1: the state, followed with a short lag. (n,) -> (n,)."""
        self._reach(float(t_s[-1]))
        edges_s = np.array(self._edges_s)
        dwell = np.searchsorted(edges_s, t_s, side="right") - 1
        goal = (dwell % 2 == 0) != self._starts_in
        away = np.array(self._depth)[dwell] - goal
        depth: NDArray[np.float64] = goal + away * np.exp((edges_s[dwell] - t_s) / self._attention.settle_s)
        return depth

    def arousal(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Arousal in SD, 0 where the sitting began. (n,) -> (n,)."""
        self._reach(float(t_s[-1]))
        return np.interp(t_s, self._edges_s, self._arousal)

    def _is_in(self, dwell: int) -> bool:
        return (dwell % 2 == 0) == self._starts_in

    def _reach(self, t_s: float) -> None:
        while self._edges_s[-1] <= t_s:
            self._draw_dwell()

    def _draw_dwell(self) -> None:
        a, start_s = self._attention, self._edges_s[-1]
        is_in = self._is_in(len(self._edges_s) - 1)
        mean_s = a.in_s * exp(a.arousal_gain * (self._arousal[-1] - self._usual)) if is_in else a.out_s
        dwell_s = self._rng.gamma(a.dwell_shape, mean_s / a.dwell_shape)
        goal = 0.0 if is_in else 1.0
        self._edges_s.append(start_s + dwell_s)
        self._arousal.append(self._next_arousal(start_s, dwell_s))
        self._depth.append(goal + (self._depth[-1] - goal) * exp(-dwell_s / a.settle_s))

    def _next_arousal(self, start_s: float, dwell_s: float) -> float:
        a = self._attention
        kept = exp(-dwell_s / a.arousal_tau_s)  # exact for an Ornstein-Uhlenbeck process over any step
        above = self._arousal[-1] - _decrement(a, start_s)
        shock = a.arousal_sd * sqrt(1 - kept**2) * self._rng.standard_normal()
        return _decrement(a, start_s + dwell_s) + kept * above + shock


def _decrement(attention: Attention, t_s: float) -> float:
    """Where arousal tends to after t_s of playing, in SD: the vigilance decrement."""
    return -attention.decrement * (1 - exp(-t_s / attention.decrement_tau_s))


def _mean_decrement(attention: Attention) -> float:
    """The mean of `_decrement` over a sitting, so that the profile's dwells are the sitting's averages."""
    taus = attention.sitting_s / attention.decrement_tau_s
    return -attention.decrement * (1 - (1 - exp(-taus)) / taus)
