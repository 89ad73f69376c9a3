"""Estimates of a simulated player's hidden attention, ten a second, as good as one asks them to be.

Sittings by the thousand cannot go through EEG: making it and scoring it takes as long as playing, once more. So the
score is made from the hidden attention, with the faults that Heron's own score of the twin's EEG has
(tests/closed_loop/score.py): noise that forgets within seconds, a second's delay, and artifacts.
"""

from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

import numpy as np
from numpy.random import default_rng  # noqa: TID251 - seeded by the caller

from neuro.twin.eyes import blinks
from neuro.twin.happenings import Happening, Happenings, never
from neuro.twin.player import Player

RATE_HZ = 10.0
FORGETS_S = 2.5  # .67 after 1 s, .45 after 2, .20 after 4; measured: .75, .43, .22 (docs/simulation.md)
LAG_S = 1.0  # attention is followed by the score with this time constant
BLINK_S = 0.8  # a blink makes the estimates of so long an artifact: with 10 blinks a minute 13 % of them, as measured
CLENCH_Z = 1.5  # what a clenched jaw adds to a score that lets it (in SD of the noise)
FILLS_S = 4.0  # after a gap windows have to fill before an estimate is good again
MIDDLE, SPREAD = 0.5, 0.12  # of scores; Heron's have an SD of .15 to .19

_NOISE, _BLINKS, _LOSSES = 11, 1, 13


@dataclass(frozen=True, slots=True)
class Seen:
    """One estimate, as the rules take it (`engine.ports.Attention`)."""

    t_s: float
    score: float
    trust: float
    state: str
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a signal is.

    auc:   how well one estimate tells in from out of the zone
    lost:  share of the time that is lost in gaps of 5 to 20 s
    gated: whether artifacts are called so; False is a signal path that must not ship
    """

    auc: float = 0.70
    lost: float = 0.0
    gated: bool = True


class Stream:
    """The estimates of one player. Asked in order, every tenth of a second; a clench counts from when it is told."""

    def __init__(self, player: Player, quality: Quality, seed: int) -> None:
        self._zone = player.zone
        self._quality = quality
        self._reach = separation(quality.auc)
        self._rng = default_rng([seed, _NOISE])
        self._noise = self._rng.standard_normal()
        self._blinks = blinks(player.profile.looking, player.zone, default_rng([seed, _BLINKS]))
        self._losses = _losses(quality.lost, default_rng([seed, _LOSSES]))
        self._followed = 0.5
        self.clenching = False

    def at(self, t_s: float) -> Seen:
        """The estimate of this moment."""
        self._followed += (self._zone.attending(t_s) - self._followed) * (1 - exp(-1 / (RATE_HZ * LAG_S)))
        kept = exp(-1 / (RATE_HZ * FORGETS_S))
        self._noise = kept * self._noise + sqrt(1 - kept**2) * self._rng.standard_normal()
        z = self._reach * (self._followed - 0.5) + self._noise
        artifact = self.clenching or bool(self._blinks.between(t_s - BLINK_S, t_s + 1e-6))
        if self.clenching:
            z += CLENCH_Z
        score = min(1.0, max(0.0, MIDDLE + SPREAD * z))
        state = self._lost(t_s) or ("artifact" if artifact and self._quality.gated else "good")
        return Seen(t_s, score, 0.9 if state == "good" else 0.0, state)

    def _lost(self, t_s: float) -> str | None:
        gaps = self._losses.between(t_s - FILLS_S, t_s + 1e-6)
        if not gaps:
            return None
        return "not_worn" if t_s < gaps[-1].start_s + gaps[-1].duration_s else "poor"


def separation(auc: float) -> float:
    """How far apart, in SD of the noise, the state's means lie for one estimate to tell them with this AUC.

    d' = sqrt(2) Z(AUC), and as much more as the delay takes off in spells of 30 and 12 s (own simulation).
    """
    return 1.11 * sqrt(2) * NormalDist().inv_cdf(auc)


def _losses(share: float, rng: np.random.Generator) -> Happenings:  # noqa: TID251 - a type here
    if not share:
        return never()
    mean_s = 12.5

    def loss(t_s: float) -> Happening:
        return Happening(t_s, rng.uniform(5.0, 20.0), 1.0)

    return Happenings(lambda: rng.exponential(mean_s * (1 - share) / share), loss)
