"""Whether a measure has changed by more than it wavers by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev
from typing import Literal

Verdict = Literal["lower", "higher", "unclear", "unchanged"]

SURE, PERHAPS = 0.05, 0.20
"""Two-sided: below the first a change is reported, above the second it is not, between them it is unclear."""


@dataclass(frozen=True, slots=True)
class Wavering:
    """How a measure differs between two times where nothing happened in between.

    practice: mean difference, later minus earlier
    sd:       of the differences
    """

    practice: float
    sd: float


@dataclass(frozen=True, slots=True)
class Change:
    """index: the change less practice, in SD of the wavering; p: two-sided; adjusted: for all that were looked at."""

    index: float
    p: float
    adjusted: float
    verdict: Verdict


def wavering(befores: Sequence[float], afters: Sequence[float]) -> Wavering:
    """From people who were measured as players are, without training in between. Raises ValueError: fewer than 20.

    Source: Temkin et al. 1999, J Int Neuropsychol Soc 5:357 (empirical SD of differences, practice taken off).
    """
    if len(befores) < 20:
        raise ValueError("How a measure wavers needs at least 20 people who were measured twice.")
    differences = [after - before for before, after in zip(befores, afters, strict=True)]
    return Wavering(fmean(differences), stdev(differences))


def reliable_changes(
    before: Sequence[float], after: Sequence[float], waverings: Sequence[Wavering]
) -> tuple[Change, ...]:
    """One change a measure; `before` is the mean of as many check-ups as the waverings were learned from.

    index = (after - before - practice) / sd. p values are adjusted after Holm 1979 (Scand J Stat 6:65), so that of
    those in whom nothing has changed at most SURE are told of any change.
    """
    indices = [
        (now - then - wave.practice) / wave.sd for then, now, wave in zip(before, after, waverings, strict=True)
    ]
    ps = [2 * NormalDist().cdf(-abs(index)) for index in indices]
    return tuple(
        Change(index, p, adjusted, _verdict(index, adjusted))
        for index, p, adjusted in zip(indices, ps, holm(ps), strict=True)
    )


def holm(ps: Sequence[float], weights: Sequence[float] = ()) -> tuple[float, ...]:
    """p values adjusted for their number, so that of what is not so at most SURE is called so, all taken together.

    weights: how much each matters, above 0; none for all alike. Source: Holm 1979, who weighs them as well
    """
    shares = list(weights) or [1.0] * len(ps)
    order = sorted(range(len(ps)), key=lambda place: ps[place] / shares[place])
    adjusted, least = [0.0] * len(ps), 0.0
    for rank, place in enumerate(order):
        left = sum(shares[other] for other in order[rank:])
        least = max(least, min(1.0, ps[place] * left / shares[place]))
        adjusted[place] = least
    return tuple(adjusted)


def _verdict(index: float, p: float) -> Verdict:
    if p < SURE:
        return "lower" if index < 0 else "higher"
    return "unclear" if p < PERHAPS else "unchanged"
