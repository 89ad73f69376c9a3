"""What is otherwise than in the sittings before: another headset, another montage, medication, an unusual rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import fmean, median, stdev
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.said import Said

What = Literal["headset", "montage", "medication", "baseline", "alpha"]

LEAST_BEFORE = 4
"""Sittings with the same headset and sensors from which one can tell what is usual (own choice)."""

SURE = 0.99
"""Of a prediction interval: of a hundred rests like those before, one is called unusual (own choice; what
comes of it is measured in docs/finetuning.md)."""

LEAST_ALPHA_HZ = 0.5
"""A smaller change of the own alpha is within what a minute of rest leaves open (own choice)."""


@dataclass(frozen=True, slots=True)
class Rested:
    """What was usual at rest in one sitting.

    headset:  its name; channels: in the order of the rows
    alpha_hz: where the own alpha was; None without a rest
    centre, spread: (n_channels, n_numbers) how loud the rest was, as logarithms, and in what it is counted; None
                    without a rest
    """

    headset: str
    channels: tuple[str, ...]
    alpha_hz: float | None = None
    centre: NDArray[np.float64] | None = None
    spread: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that is otherwise, in one sentence."""

    what: What
    sentence: Said


def drifts(now: Rested, before: Sequence[Rested], medication: bool) -> tuple[Drift, ...]:
    """What a reader should know before comparing this sitting with those before, the oldest first.

    medication: whether somebody noted since the last sitting that it has changed
    """
    found = [_MEDICATION] if medication else []
    if before:
        found += _worn(now, before[-1])
    alike = [one for one in before if (one.headset, one.channels) == (now.headset, now.channels)]
    return (*found, *_rest(now, alike), *_alpha(now, alike))


_MEDICATION = Drift("medication", Said("Medication has changed since the sitting before, as was noted."))


def _worn(now: Rested, last: Rested) -> list[Drift]:
    if now.headset != last.headset:
        words = Said("Another headset than before: {now} instead of {last}.", now=now.headset, last=last.headset)
        return [Drift("headset", words)]
    if now.channels != last.channels:
        changed = {"now": ", ".join(now.channels), "last": ", ".join(last.channels)}
        return [Drift("montage", Said("The sensors sat elsewhere than before: {now} instead of {last}.", **changed))]
    return []


def _rest(now: Rested, alike: Sequence[Rested]) -> list[Drift]:
    """How far a rest is from the median of the others, against how far each of them is from that of the others."""
    known = [one for one in alike if one.centre is not None]
    if now.centre is None or len(known) < LEAST_BEFORE:
        return []
    usual = [_apart(one, [other for other in known if other is not one]) for one in known]
    ratio = _apart(now, known) / exp(fmean(map(log, usual)))
    if log(ratio) <= _limit([log(one) for one in usual]):
        return []
    words = Said("The rest before play was {ratio:.1f} times as far from the usual one as it mostly is.", ratio=ratio)
    return [Drift("baseline", words)]


def _apart(one: Rested, others: Sequence[Rested]) -> float:
    """Root mean square over channels and numbers, in spreads of a moment at rest."""
    assert one.centre is not None
    centre = np.median([other.centre for other in others if other.centre is not None], axis=0)
    spread = np.median([other.spread for other in others if other.spread is not None], axis=0)
    return float(np.sqrt(np.mean(((one.centre - centre) / spread) ** 2)))


def _alpha(now: Rested, alike: Sequence[Rested]) -> list[Drift]:
    known = [one.alpha_hz for one in alike if one.alpha_hz is not None]
    if now.alpha_hz is None or len(known) < LEAST_BEFORE:
        return []
    away_hz = now.alpha_hz - median(known)
    if abs(away_hz) <= max(LEAST_ALPHA_HZ, _limit(known, (1 + SURE) / 2)):  # it may lie either way
        return []
    words = Said(
        "The own alpha rhythm was at {now:.1f} Hz instead of {usual:.1f}.", now=now.alpha_hz, usual=median(known)
    )
    return [Drift("alpha", words)]


def _limit(values: Sequence[float], sure: float = SURE) -> float:
    """How far above the mean of these the next one may be, by a one-sided prediction interval of a normal."""
    from scipy import stats  # noqa: PLC0415 -- whoever only plays need not wait for it

    n = len(values)
    return float(stats.t.ppf(sure, n - 1)) * stdev(values) * sqrt(1 + 1 / n)
