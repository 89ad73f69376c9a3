"""Labels of samples into events: what lasted how long, how far and how fast."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from neuro.eyes.look import BLINK, FIXATION, GAP_S, KINDS, LOST, SACCADE, Event, Labels

_FIXATION_S = 0.04
"""Eyes that rest for less are between two movements (Salvucci & Goldberg 2000 leave such fixations out, too)."""


class Episodes:
    """Events as they end. Built once, called with all labels in turn."""

    def __init__(self) -> None:
        self._begun: list[Labels] = []
        self._step_s = 0.0
        self._left_deg: NDArray[np.float64] | None = None  # where the event before ended, unless far before

    def __call__(self, labels: Labels) -> list[Event]:
        """The events that ended within these labels; one that goes on is told when it has ended."""
        events: list[Event] = []
        n = labels.t_s.size
        if not n:
            return events
        changes = (np.diff(labels.kind) != 0) | (np.diff(labels.t_s) > GAP_S)
        edges = [0, *(np.flatnonzero(changes) + 1).tolist(), n]
        for first, last in pairwise(edges):
            part = labels.part(slice(first, last))
            if self._begun and not self._goes_on(part):
                events += self._ended(part)
            self._begun.append(part)
        return events

    def finish(self) -> list[Event]:
        """The last event, which nothing ended."""
        return self._ended(None) if self._begun else []

    def _goes_on(self, part: Labels) -> bool:
        before = self._begun[-1]
        return bool(before.kind[0] == part.kind[0] and part.t_s[0] - before.t_s[-1] <= GAP_S)

    def _ended(self, after: Labels | None) -> list[Event]:
        """The event that was begun, up to the next sample, or to where that should have been."""
        whole = Labels.joined(self._begun)
        t_s, kind = whole.t_s, int(whole.kind[0])
        if t_s.size > 1:
            self._step_s = float(np.median(np.diff(t_s)))
        near = after is not None and after.t_s[0] - t_s[-1] <= GAP_S
        end_s = float(after.t_s[0]) if after is not None and near else float(t_s[-1]) + self._step_s
        from_deg, to_deg = whole.deg[:, 0], whole.deg[:, -1]
        if kind == SACCADE:  # from where the eyes were to where they came
            from_deg = from_deg if self._left_deg is None else self._left_deg
            to_deg = after.deg[:, 0] if after is not None and near and np.isfinite(after.deg[0, 0]) else to_deg
        self._begun, self._left_deg = [], whole.deg[:, -1] if near and np.isfinite(whole.deg[0, -1]) else None
        if kind == FIXATION and end_s - t_s[0] < _FIXATION_S:
            return []
        hidden = kind in (BLINK, LOST)
        amplitude = np.nan if hidden else float(np.hypot(*(to_deg - from_deg)))
        peak = np.nan if hidden or np.isnan(whole.deg_per_s).all() else float(np.nanmax(whole.deg_per_s))
        return [Event(float(t_s[0]), end_s - float(t_s[0]), KINDS[kind], amplitude, peak)]
