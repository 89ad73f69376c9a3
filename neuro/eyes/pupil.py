"""The pupil without its blinks and without the light: tonic, phasic, and how fast it changes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import GAP_S

PAD_S = 0.1
"""The lids cover part of the pupil so long before and after a blink (training-science 7.3)."""

_TONIC_S = 10.0
_SLOPE_S = 1.0
_LAG_S = 0.5
"""The pupil follows light so late; 0.2 to 1 s in people (training-science 4.2)."""

_LEAST_MM, _MOST_MM = 1.0, 9.5
_JUMP_MM_PER_S = 20.0  # no pupil is as fast: constriction reaches 8 mm/s (own choice, with room for noise)


@dataclass(frozen=True, slots=True)
class LightCurve:
    """A player's pupil by light: mm = at_one + per_decade * log10(luminance).

    per_decade: negative: light makes pupils small
    """

    at_one_mm: float
    per_decade_mm: float

    @staticmethod
    def fit(luminance: NDArray[np.floating], pupil_mm: NDArray[np.floating]) -> "LightCurve":
        """By least squares over the grey steps of a calibration (n,) each; luminance above 0, in any unit.

        Raises: ValueError: fewer than three known points, or all of one luminance.
        """
        known = np.isfinite(pupil_mm) & (luminance > 0)
        light = np.log10(np.where(known, luminance, 1.0))[known]
        if known.sum() < 3 or np.ptp(light) < 0.1:
            raise ValueError("A pupil's light curve needs three or more points of different brightness.")
        per_decade, at_one = np.polyfit(light, pupil_mm[known], 1)
        return LightCurve(float(at_one), float(per_decade))

    def mm(self, luminance: NDArray[np.floating]) -> NDArray[np.float64]:
        """What is expected at each luminance (n,)."""
        return np.asarray(self.at_one_mm + self.per_decade_mm * np.log10(luminance))


@dataclass(frozen=True, slots=True)
class Pupil:
    """The pupil at each sample (n,) float64; NaN where it cannot be said.

    clean_mm:     blinks padded, gaps up to 50 ms filled
    effort_mm:    clean, less what light explains; clean less its first second where no light is known
    tonic_mm:     the slow part of effort: its median over the last ten seconds
    phasic_mm:    effort less tonic
    mm_per_s:     slope of effort over the last second
    """

    clean_mm: NDArray[np.float64]
    effort_mm: NDArray[np.float64]
    tonic_mm: NDArray[np.float64]
    phasic_mm: NDArray[np.float64]
    mm_per_s: NDArray[np.float64]


def pupil(
    t_s: NDArray[np.float64],
    pupil_mm: NDArray[np.floating],
    hidden: NDArray[np.bool_],
    curve: LightCurve | None = None,
    luminance: NDArray[np.floating] | None = None,
) -> Pupil:
    """Args: hidden: (n,) blinks and losses; luminance: (n,) of what is looked at, in the curve's unit.

    Only the past says what tonic, phasic and slope are.
    """
    clean = cleaned(t_s, pupil_mm, hidden)
    effort = clean - _expected(t_s, clean, curve, luminance)
    tonic, slope = np.full(t_s.size, np.nan), np.full(t_s.size, np.nan)
    long, short = np.searchsorted(t_s, t_s - _TONIC_S), np.searchsorted(t_s, t_s - _SLOPE_S)
    for i in range(t_s.size):
        recent = effort[long[i] : i + 1]
        recent = recent[np.isfinite(recent)]
        if recent.size:
            tonic[i] = np.median(recent)
        slope[i] = _slope(t_s[short[i] : i + 1], effort[short[i] : i + 1])
    return Pupil(clean, effort, tonic, effort - tonic, slope)


def cleaned(
    t_s: NDArray[np.float64], pupil_mm: NDArray[np.floating], hidden: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(n,) mm: what no pupil can be is left out, PAD_S around what is hidden too; gaps up to 50 ms are filled."""
    mm = np.asarray(pupil_mm, np.float64).copy()
    bad = hidden | ~(mm >= _LEAST_MM) | ~(mm <= _MOST_MM)
    steps = np.abs(np.diff(mm)) / np.maximum(np.diff(t_s), 1e-6)
    bad[1:] |= steps > _JUMP_MM_PER_S
    edges = t_s[hidden]
    if edges.size:
        place = np.searchsorted(edges, t_s)
        after = np.abs(t_s - edges[np.maximum(place - 1, 0)])
        before = np.abs(edges[np.minimum(place, edges.size - 1)] - t_s)
        bad |= np.minimum(after, before) <= PAD_S
    mm[bad] = np.nan
    known = np.flatnonzero(~bad)
    if known.size > 1:
        short = np.flatnonzero((np.diff(t_s[known]) <= GAP_S * 1.001) & (np.diff(known) > 1))
        for k in short:
            gap = slice(known[k] + 1, known[k + 1])
            mm[gap] = np.interp(t_s[gap], t_s[known], mm[known])
    return mm


def _expected(
    t_s: NDArray[np.float64],
    clean: NDArray[np.float64],
    curve: LightCurve | None,
    luminance: NDArray[np.floating] | None,
) -> NDArray[np.float64] | float:
    """What light alone makes of the pupil; the mean of the first second where nobody knows the light."""
    if curve and luminance is not None:
        return np.interp(t_s - _LAG_S, t_s, curve.mm(luminance))
    first = clean[t_s <= t_s[0] + 1.0] if t_s.size else clean
    first = first[np.isfinite(first)]
    return float(first.mean()) if first.size else 0.0


def _slope(t_s: NDArray[np.float64], mm: NDArray[np.float64]) -> float:
    known = np.isfinite(mm)
    if known.sum() < 3:
        return float("nan")
    off_s = t_s[known] - t_s[known].mean()
    return float((off_s * mm[known]).sum() / (off_s * off_s).sum())


def lhipa_per_s(t_s: NDArray[np.float64], clean_mm: NDArray[np.float64]) -> float | None:
    """The low/high index of pupillary activity; for the log only: it failed to tell loads apart and follows light.

    Ratio of wavelet details (sym16 there, a Haar cascade here: no wavelet library) of a low and a high band; its
    modulus maxima above the universal threshold, a second. None under ten seconds or with a tenth missing.

    Source: after Duchowski et al. 2020, CHI; against it, training-science 4.2.
    """
    known = np.isfinite(clean_mm)
    if t_s.size < 64 or t_s[-1] - t_s[0] < 10 or known.mean() < 0.9:
        return None
    mm = np.interp(t_s, t_s[known], clean_mm[known])
    levels = max(int(np.log2(mm.size)) - 2, 2)
    details = []
    for _ in range(levels):
        mm = mm[: mm.size // 2 * 2].reshape(-1, 2)
        details.append((mm[:, 1] - mm[:, 0]) / np.sqrt(2))
        mm = mm.sum(axis=1) / np.sqrt(2)
    low, high = details[levels // 2], details[0]
    ratio = np.abs(low) / (np.abs(high[:: high.size // low.size][: low.size]) + 1e-9)
    peaks = ratio[1:-1][(ratio[1:-1] > ratio[:-2]) & (ratio[1:-1] >= ratio[2:])]
    limit = np.std(peaks) * np.sqrt(2 * np.log2(max(ratio.size, 2))) if peaks.size else 0.0
    return float((peaks > limit).sum() / (t_s[-1] - t_s[0]))
