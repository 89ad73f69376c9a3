"""What the eyes of somebody who plays do: the measures of the last seconds, ten times a second."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.episodes import Episodes
from neuro.eyes.events import EyeEvents
from neuro.eyes.look import BLINK, LOST, Event, Labels, Look
from neuro.eyes.measures import INTRUSION_DEG
from neuro.eyes.pupil import cleaned
from neuro.eyes.tally import Row, Sums, ellipse, share, summed_up
from neuro.types import Gaze

STEP_S = 0.1
"""Something is said so often."""

LOOK_S, TONIC_S, BLINKS_S = 5.0, 10.0, 30.0
"""How far back the measures go; the pupil's slow part; and the rate of blinks, of which there are few."""

_AROUND_S = 0.2  # what a pupil's cleaning looks at on either side: 0.1 s around blinks, 0.05 s of a gap
_LEAST_S = 1.0  # of gaze, for a rate

Rays = Callable[[NDArray[np.floating]], NDArray[np.floating]]
"""Pixels of a scene camera (2, n) to rays: slopes right and down (2, n)."""


@dataclass(frozen=True, slots=True)
class EyeMoment:
    """What the eyes did in the LOOK_S up to t_s; NaN where that is not known.

    seen_share:       of the time, how much the tracker saw the eyes
    on_screen_share:  of the time seen, how much was spent on the screen
    fixation_share, pursuit_share: of the time seen
    saccades_per_s:   of the time seen; intrusions_per_min: those of INTRUSION_DEG or more
    bcea_deg2:        ellipse of 68 % of gaze
    on_target_share:  within TARGET_DEG, of the time seen in which there was a target
    blinks_per_min:   in the last BLINKS_S; NaN for trackers that see no lids (those with a scene camera)
    pupil_tonic_mm:   median of the last TONIC_S; pupil_phasic_mm: how much larger it is now. The light is in both
    """

    t_s: float
    seen_share: float
    on_screen_share: float
    fixation_share: float
    pursuit_share: float
    saccades_per_s: float
    intrusions_per_min: float
    bcea_deg2: float
    on_target_share: float
    blinks_per_min: float
    pupil_tonic_mm: float
    pupil_phasic_mm: float


class EyeFront:
    """Built once, called per chunk of gaze; says what happened in each tenth of a second once its labels are final.

    That is 0.4 s later, and up to 1.2 s later in a loss.

    Args:
        span_deg: how wide and how high the screen appears
        rays:     of a head-worn tracker's scene camera: where gaze comes with its pixels, movements are measured by
                  them; else by the screen
    Raises: ValueError: the screen has no width or height.
    """

    def __init__(self, span_deg: tuple[float, float], rays: Rays | None = None) -> None:
        if not all(0 < wide < 180 for wide in span_deg):
            raise ValueError(f"a screen appears between 0 and 180 degrees wide and high, not {span_deg}")
        self._half_deg = np.array(span_deg)[:, None] / 2
        self._reach = np.tan(np.radians(self._half_deg))
        self._rays = rays
        self._sees_lids = True
        self._clear()

    def __call__(self, gaze: Gaze, target_xy: tuple[float, float] | None = None) -> list[EyeMoment]:
        """What is known now, oldest first; often nothing. target_xy: where one was all that time, in screens."""
        rows = self._rows_of(gaze, target_xy)
        before_s = self._rows[0, -1:] if self._rows.size else rows[0, :1]
        apart = np.flatnonzero(np.diff(rows[0], prepend=before_s) > BLINKS_S)
        said: list[EyeMoment] = []
        for first, part in zip([0, *apart.tolist()], np.split(rows, apart, axis=1), strict=True):
            if first in apart:
                self._clear()
            said += self._take(part) if part.size else []
        return said

    def _clear(self) -> None:
        """Nothing is remembered of what was long ago."""
        self._rows = np.empty((len(Row._fields), 0))
        self._kind = np.empty(0, np.int8)  # of the first of them
        self._n_fed = self._n_due = self._n_told = 0
        self._start_s = 0.0
        self._events, self._episodes = EyeEvents(), Episodes()
        self._ended: deque[Event] = deque()
        self._steps = np.zeros((round(BLINKS_S / STEP_S), len(Sums._fields)))
        self._pupils = np.full(round(TONIC_S / STEP_S), np.nan)

    def _rows_of(self, gaze: Gaze, target_xy: tuple[float, float] | None) -> NDArray[np.float64]:
        """The fields of `Row`."""
        on_screen_deg = self._angles(np.asarray(gaze.xy, np.float64))
        deg = on_screen_deg
        if self._rays is not None and gaze.scene_px is not None:
            self._sees_lids = False  # such a tracker says where the eyes point while they are shut
            deg = np.degrees(np.arctan(self._rays(gaze.scene_px)))
        away = np.full(gaze.t_s.size, np.nan)
        if target_xy is not None:
            away = np.hypot(*(on_screen_deg - self._angles(np.array(target_xy)[:, None])))
            away[np.isnan(away)] = np.inf
        on_screen = (np.abs(on_screen_deg - self._half_deg) <= self._half_deg).all(axis=0)
        return np.vstack([gaze.t_s, deg, gaze.confidence, gaze.pupil_mm, on_screen, away])

    def _angles(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """(2, n) degrees right and down from the screen's upper left corner, for somebody straight before it."""
        return np.asarray(np.degrees(np.arctan((2 * xy - 1) * self._reach)) + self._half_deg)

    def _take(self, rows: NDArray[np.float64]) -> list[EyeMoment]:
        """One stretch. Labels are made a step at a time, however gaze is cut: that is cheaper, too."""
        if not self._rows.size:
            self._start_s = float(rows[0, 0])
        self._rows = np.concatenate([self._rows, rows], axis=1)
        n_due = self._n_steps(rows[0, -1])
        if n_due == self._n_due:
            return []
        self._n_due = n_due
        until = int(np.searchsorted(self._rows[0], self._start_s + n_due * STEP_S))
        now = Row(*self._rows[:, self._n_fed : until])
        labels = self._events(Look(now.t_s, np.stack([now.x_deg, now.y_deg]), now.confidence, now.pupil_mm))
        self._n_fed = until
        self._label(labels)
        return self._tell()

    def _n_steps(self, t_s: float) -> int:
        """How many are over at t_s."""
        return int((t_s - self._start_s) / STEP_S + 1e-6)

    def _label(self, labels: Labels) -> None:
        self._kind = np.concatenate([self._kind, labels.kind])
        self._ended += self._episodes(labels)

    def _tell(self) -> list[EyeMoment]:
        """All steps of which enough is known."""
        n = self._kind.size
        n_over = self._n_steps(self._rows[0, n - 1] - _AROUND_S) if n else 0
        if n_over <= self._n_told:
            return []
        rows, hidden = Row(*self._rows[:, :n]), (self._kind == BLINK) | (self._kind == LOST)
        sums = summed_up(rows, self._kind, hidden)
        clean_mm = cleaned(rows.t_s, rows.pupil_mm, hidden)
        edges = np.searchsorted(rows.t_s, self._start_s + STEP_S * np.arange(self._n_told, n_over + 1))
        said = []
        for first, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
            self._n_told += 1
            step = sums[:, first:stop].sum(axis=1)
            step[-3:] = self._counted(self._start_s + self._n_told * STEP_S)
            known_mm = clean_mm[first:stop]
            known_mm = known_mm[np.isfinite(known_mm)]
            self._steps[self._n_told % len(self._steps)] = step
            self._pupils[self._n_told % len(self._pupils)] = known_mm.mean() if known_mm.size else np.nan
            said.append(self._moment())
        self._forget()
        return said

    def _counted(self, until_s: float) -> tuple[int, int, int]:
        """Saccades, intrusions among them, and blinks that ended before then and were not counted yet."""
        saccades, intrusions, blinks = 0, 0, 0
        while self._ended and self._ended[0].onset_s + self._ended[0].duration_s <= until_s:
            event = self._ended.popleft()
            saccades += event.kind == "saccade"
            intrusions += event.kind == "saccade" and event.amplitude_deg >= INTRUSION_DEG
            blinks += event.kind == "blink"
        return saccades, intrusions, blinks

    def _moment(self) -> EyeMoment:
        at, t_s = self._n_told, self._start_s + self._n_told * STEP_S
        last = (at - np.arange(round(LOOK_S / STEP_S))) % len(self._steps)
        s = Sums(*self._steps[last].sum(axis=0).tolist())
        long = Sums(*self._steps.sum(axis=0).tolist())
        tonic, now = np.nan, float(self._pupils[at % len(self._pupils)])
        if np.isfinite(self._pupils).any():
            tonic = float(np.nanmedian(self._pupils))
        rate_s = s.seen_s if s.seen_s >= _LEAST_S else np.nan
        return EyeMoment(
            t_s=t_s,
            seen_share=share(s.seen_s, s.all_s),
            on_screen_share=share(s.on_screen_s, s.seen_s),
            fixation_share=share(s.fixation_s, s.seen_s),
            pursuit_share=share(s.pursuit_s, s.seen_s),
            saccades_per_s=s.saccades / rate_s,
            intrusions_per_min=60 * s.intrusions / rate_s,
            bcea_deg2=ellipse(s),
            on_target_share=share(s.on_target_s, s.target_s),
            blinks_per_min=60 * share(long.blinks, long.all_s) if self._sees_lids else np.nan,
            pupil_tonic_mm=tonic,
            pupil_phasic_mm=now - tonic,
        )

    def _forget(self) -> None:
        """All that is told, but for what the next step's pupil looks back to."""
        n = int(np.searchsorted(self._rows[0], self._start_s + self._n_told * STEP_S - _AROUND_S))
        self._rows = self._rows[:, n:].copy()
        self._kind = self._kind[n:].copy()
        self._n_fed -= n
