"""Figures of how somebody looks: how steadily, where, and how well a moving thing is followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import FIXATION, PURSUIT, Event, Labels

INTRUSION_DEG = 1.0
"""A saccade this large in a hold is an intrusion: smaller ones trackers on the head do not measure reliably
(training-science 4.2)."""

_SETTLED_S = 0.2
_LAG_S = 0.4
_GRID_S = 0.01


def bcea_deg2(deg: NDArray[np.floating], share: float = 0.6827) -> float:
    """Area of the ellipse that holds a share of gaze (2, n), in square degrees; NaN without three finite samples.

    Source: Crossland et al.; k pi sd_x sd_y sqrt(1 - r^2), k = -2 ln(1 - share), as pymovements has it
    (training-science 2.2).
    """
    known = deg[:, np.isfinite(deg).all(axis=0)]
    if known.shape[1] < 3:
        return float("nan")
    (xx, xy), (_, yy) = np.cov(known)
    return ellipse_deg2(xx, yy, xy, share)


def ellipse_deg2(xx: float, yy: float, xy: float, share: float = 0.6827) -> float:
    """The same from the variances and the covariance."""
    return float(-2 * np.log(1 - share) * np.pi * np.sqrt(max(xx * yy - xy * xy, 0.0)))


def dispersion_deg(deg: NDArray[np.floating]) -> float:
    """Width and height of what gaze (2, n) covers, added; NaN where nothing is known (Salvucci & Goldberg 2000)."""
    known = deg[:, np.isfinite(deg).all(axis=0)]
    return float(np.ptp(known, axis=1).sum()) if known.size else float("nan")


@dataclass(frozen=True, slots=True)
class Saccades:
    """per_s: how many a second; amplitude_deg: the median; None where there was none."""

    per_s: float
    amplitude_deg: float | None


def saccades(events: Sequence[Event], seen_s: float) -> Saccades:
    """Rate and size of saccades. Args: seen_s: how long there was gaze at all, more than 0."""
    sizes = [event.amplitude_deg for event in events if event.kind == "saccade"]
    return Saccades(len(sizes) / seen_s, float(np.median(sizes)) if sizes else None)


def intrusions_per_min(events: Sequence[Event], seen_s: float) -> float:
    """Saccades of INTRUSION_DEG or more in a minute of holding still."""
    return 60 * sum(event.kind == "saccade" and event.amplitude_deg >= INTRUSION_DEG for event in events) / seen_s


@dataclass(frozen=True, slots=True)
class Pursuit:
    """How well a target was followed.

    gain:   median speed of gaze along the target's way, over the target's; None without enough of it
    lag_s:  how far gaze was behind, 0 .. 0.4
    rmse_deg: distance of gaze from the target, root mean square
    """

    gain: float | None
    lag_s: float | None
    rmse_deg: float | None


def pursuit(labels: Labels, target_deg: NDArray[np.floating]) -> Pursuit:
    """Args: target_deg: (2, n) where the target was at the labels' stamps; 0.2 s from the first are left out.

    Saccades are left out of gain and lag, all that is not seen of the error (training-science 2.2).
    """
    t_s = labels.t_s
    settled = t_s >= t_s[0] + _SETTLED_S if t_s.size else np.zeros(0, bool)
    error = np.hypot(*(labels.deg - target_deg))[settled]
    error = error[np.isfinite(error)]
    rmse_deg = float(np.sqrt(np.mean(error**2))) if error.size else None
    smooth = settled & np.isin(labels.kind, (FIXATION, PURSUIT))
    if smooth.sum() < 10:
        return Pursuit(None, None, rmse_deg)
    eye, target = _velocity(t_s, labels.deg), _velocity(t_s, target_deg)
    along, way = (eye * target).sum(axis=0), (target * target).sum(axis=0)
    moving = smooth & np.isfinite(along) & (way > 1)
    gain = float(np.median(along[moving] / way[moving])) if moving.sum() >= 10 else None
    return Pursuit(gain, _lag_s(t_s, eye, target, smooth), rmse_deg)


def _velocity(t_s: NDArray[np.float64], deg: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(np.gradient(deg, t_s, axis=1))


def _lag_s(
    t_s: NDArray[np.float64], eye: NDArray[np.float64], target: NDArray[np.float64], smooth: NDArray[np.bool_]
) -> float | None:
    """The shift at which the eye's velocity is most like the target's; None while the target does not turn."""
    use = smooth & np.isfinite(eye).all(axis=0)
    if use.sum() < 10 or np.var(target[:, use], axis=1).sum() < 0.1:
        return None
    lags_s = np.arange(0, _LAG_S + _GRID_S / 2, _GRID_S)
    alike = [_likeness(eye[:, use], _at(t_s, target, t_s[use] - lag)) for lag in lags_s]
    return float(lags_s[int(np.argmax(alike))])


def _at(t_s: NDArray[np.float64], rows: NDArray[np.float64], when_s: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([np.interp(when_s, t_s, row) for row in rows])


def _likeness(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Correlation of two rows each, taken together."""
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean(axis=1, keepdims=True)
    scale = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / scale) if scale > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Region:
    """A disc of interest, in degrees."""

    name: str
    x_deg: float
    y_deg: float
    radius_deg: float


@dataclass(frozen=True, slots=True)
class Visit:
    """How a region was looked at. dwell_s: all visits together; visits: how many; revisits: but the first."""

    dwell_s: float
    visits: int

    @property
    def revisits(self) -> int:
        return max(self.visits - 1, 0)


def visits(labels: Labels, regions: Sequence[Region]) -> dict[str, Visit]:
    """Dwell and visits of each region; a visit is a stay in fixation or pursuit; a saccade within does not end it.

    The nearest of overlapping regions has the gaze.
    """
    still = np.isin(labels.kind, (FIXATION, PURSUIT))
    where = [_region(deg, regions) for deg in labels.deg[:, still].T]
    step_s = float(np.median(np.diff(labels.t_s))) if labels.t_s.size > 1 else 0.0
    found = {region.name: Visit(where.count(region.name) * step_s, 0) for region in regions}
    for name, _ in groupby(where):
        if name is not None:
            found[name] = Visit(found[name].dwell_s, found[name].visits + 1)
    return found


def _region(deg: NDArray[np.float64], regions: Sequence[Region]) -> str | None:
    away = [(float(np.hypot(deg[0] - r.x_deg, deg[1] - r.y_deg)) / r.radius_deg, r.name) for r in regions]
    nearest = min(away, default=(np.inf, ""))
    return nearest[1] if nearest[0] <= 1 else None


def on_target(labels: Labels, target_deg: NDArray[np.floating], radius_deg: float) -> float | None:
    """Share of the seen samples that are within a radius of the target (2, n); None where nothing was seen."""
    away = np.hypot(*(labels.deg - target_deg))
    seen = np.isfinite(away)
    return float(np.mean(away[seen] <= radius_deg)) if seen.any() else None
