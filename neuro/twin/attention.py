"""Attention that comes and goes: a two-state semi-Markov chain whose good spells shorten as the player tires."""

import threading
from bisect import bisect_right
from math import exp, sqrt
from typing import NamedTuple

import numpy as np
from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance
from numpy.typing import NDArray

from neuro.twin.profiles import Attention


class _Stretch(NamedTuple):
    """A time of play or of rest: from start_s on, the decrement goes from `begin` to `goal` with tau_s."""

    start_s: float
    begin: float
    goal: float
    tau_s: float

    def at(self, t_s: float) -> float:
        return self.goal + (self.begin - self.goal) * exp(-(t_s - self.start_s) / self.tau_s)


class Zone:
    """In the zone, or out of it, at every moment from the twin's start on.

    A function of the numbers, the generator and what was lived through: dwells are drawn in order, as far as anybody
    has looked, so neither the order nor the number of questions changes an answer, nor the thread that asks. What is
    lived through changes only what nobody has looked at yet.
    """

    def __init__(self, attention: Attention, rng: Generator) -> None:
        self._attention = attention
        self._rng = rng
        self._lock = threading.Lock()
        self._starts_in = bool(rng.random() < attention.in_s / (attention.in_s + attention.out_s))
        self._usual = _mean_decrement(attention)
        self._edges_s = [0.0]  # where each dwell begins
        self._depth = [0.0 if self._starts_in else 1.0]  # `wandering` at each edge
        self._knots_s, self._arousal = [0.0], [0.0]  # arousal in SD, straight between the knots
        self._seen_s = 0.0  # as far as anybody has looked
        self._pace = 1.0
        self._stretches = [_Stretch(0.0, 0.0, -attention.decrement, attention.decrement_tau_s)]

    def attending(self, t_s: float) -> bool:
        """Whether attention is in the zone at t_s seconds from the twin's start."""
        with self._lock:
            self._reach(t_s)
            return self._is_in(max(bisect_right(self._edges_s, t_s) - 1, 0))

    def wandering(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far out of the zone brain and eyes are, 0 to 1: the state, followed with a short lag. (n,) -> (n,)."""
        with self._lock:
            self._reach(float(t_s[-1]))
            edges_s, depths = np.array(self._edges_s), np.array(self._depth)
        dwell = np.searchsorted(edges_s, t_s, side="right") - 1
        goal = (dwell % 2 == 0) != self._starts_in
        away = depths[dwell] - goal
        depth: NDArray[np.float64] = goal + away * np.exp((edges_s[dwell] - t_s) / self._attention.settle_s)
        return depth

    def arousal(self, t_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Arousal in SD, 0 where the sitting began. (n,) -> (n,)."""
        with self._lock:
            self._reach(float(t_s[-1]))
            return np.interp(t_s, self._knots_s, self._arousal)

    def urge(self, t_s: float, pace: float) -> None:
        """From t_s on, or from where nobody has looked yet, spells in the zone pass `pace` times as fast as usual."""
        with self._lock:
            if pace == self._pace:
                return
            self._reach(t_s)
            if self._is_in(len(self._edges_s) - 2):  # the spell that runs, of which one edge is still to come
                self._bend(self._pace / pace)
            self._pace = pace

    def rest(self, t_s: float, resting: bool) -> None:
        """From t_s on the player rests from the task, or is at it again."""
        a = self._attention
        goal, tau_s = (0.0, a.recovery_tau_s) if resting else (-a.decrement, a.decrement_tau_s)
        with self._lock:
            self._stretches.append(_Stretch(t_s, self._decrement(t_s), goal, tau_s))

    def _bend(self, factor: float) -> None:
        """Move the next edge, without touching what has been looked at."""
        edge_s, seen_s = self._edges_s[-1], self._seen_s
        arousal = float(np.interp(seen_s, self._knots_s, self._arousal))
        self._knots_s[-1:], self._arousal[-1:] = [seen_s, edge_s], [arousal, self._arousal[-1]]
        self._edges_s[-1] = self._knots_s[-1] = seen_s + (edge_s - seen_s) * factor
        self._depth[-1] = self._depth_after(len(self._edges_s) - 2)

    def _is_in(self, dwell: int) -> bool:
        return (dwell % 2 == 0) == self._starts_in

    def _reach(self, t_s: float) -> None:
        self._seen_s = max(self._seen_s, t_s)
        while self._edges_s[-1] <= t_s:
            self._draw_dwell()

    def _draw_dwell(self) -> None:
        a, start_s = self._attention, self._edges_s[-1]
        dwell = len(self._edges_s) - 1
        mean_s = a.in_s * exp(a.arousal_gain * (self._arousal[-1] - self._usual)) if self._is_in(dwell) else a.out_s
        dwell_s = self._rng.gamma(a.dwell_shape, mean_s / a.dwell_shape) / (self._pace if self._is_in(dwell) else 1)
        self._arousal.append(self._next_arousal(start_s, dwell_s))
        self._edges_s.append(start_s + dwell_s)
        self._knots_s.append(start_s + dwell_s)
        self._depth.append(self._depth_after(dwell))

    def _depth_after(self, dwell: int) -> float:
        """`wandering` at the end of a dwell."""
        goal = 0.0 if self._is_in(dwell) else 1.0
        dwell_s = self._edges_s[dwell + 1] - self._edges_s[dwell]
        return goal + (self._depth[dwell] - goal) * exp(-dwell_s / self._attention.settle_s)

    def _next_arousal(self, start_s: float, dwell_s: float) -> float:
        a = self._attention
        kept = exp(-dwell_s / a.arousal_tau_s)  # exact for an Ornstein-Uhlenbeck process over any step
        above = self._arousal[-1] - self._decrement(start_s)
        shock = a.arousal_sd * sqrt(1 - kept**2) * self._rng.standard_normal()
        return self._decrement(start_s + dwell_s) + kept * above + shock

    def _decrement(self, t_s: float) -> float:
        """Where arousal tends to, in SD: it sinks with time on task, and comes back in breaks."""
        return next((s for s in reversed(self._stretches) if s.start_s <= t_s), self._stretches[0]).at(t_s)


def _mean_decrement(attention: Attention) -> float:
    """The mean decrement over a sitting without breaks, so that the profile's dwells are the sitting's averages."""
    taus = attention.sitting_s / attention.decrement_tau_s
    return -attention.decrement * (1 - (1 - exp(-taus)) / taus)
