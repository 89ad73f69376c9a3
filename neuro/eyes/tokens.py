"""What the net reads of the eyes: a few numbers of the last two seconds of gaze, ten times a second."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from neuro.types import Gaze

NAMES = ("drift", "spread", "reach", "lost", "pupil", "pupil_change")
"""drift:  log of how far gaze moves from one tenth of a second to the next, median: jumps do not count, noise hardly
spread: log of how far gaze is from its middle, median
reach:  log of the farthest that it is from its middle: glances away
lost:   share without gaze: blinks, or eyes that are somewhere else
pupil:  its mean diameter; pupil_change: the later second minus the earlier
"""

SECONDS = 2.0
PIECES = 20
LEAST_PIECES = 12  # of the twenty with gaze; fewer say nothing
FLOOR = 1e-4  # screens: far below what any tracker resolves
NOTHING = np.full(len(NAMES), np.nan)
STEPS, STEP_HOPS = 5, 5  # as in neuro.tokens


class EyeTokens:
    """Keeps what was seen lately, and tells the tokens of a window; called at every hop."""

    def __init__(self) -> None:
        self._t_s = np.empty(0)
        self._rows = np.empty((3, 0))  # x, y, pupil
        self._told = deque([NOTHING] * ((STEPS - 1) * STEP_HOPS + 1), maxlen=(STEPS - 1) * STEP_HOPS + 1)

    def __call__(self, t_s: float) -> NDArray[np.float64]:
        """(STEPS, 6) tokens of half-second steps, the newest that of the two seconds until t_s; NaN where unknown."""
        self._told.append(self.token(t_s))
        return np.array([self._told[i] for i in range(0, len(self._told), STEP_HOPS)])

    def take(self, gaze: Gaze) -> None:
        """Samples, oldest first."""
        if gaze.t_s.size:
            kept = self._t_s > gaze.t_s[-1] - 2 * SECONDS
            self._t_s = np.concatenate([self._t_s[kept], gaze.t_s])
            self._rows = np.concatenate([self._rows[:, kept], [*gaze.xy, gaze.pupil_mm]], axis=1)

    def token(self, t_s: float) -> NDArray[np.float64]:
        """(6,) as `NAMES` for the two seconds until t_s; NaN where too little was seen, or no pupil was measured."""
        if not self._t_s.size or self._t_s[-1] < t_s - SECONDS:
            return NOTHING
        first, last = np.searchsorted(self._t_s, [t_s - SECONDS, t_s], side="right")
        piece = ((self._t_s[first:last] - (t_s - SECONDS)) * (PIECES / SECONDS)).astype(int).clip(0, PIECES - 1)
        rows = self._rows[:, first:last]
        x, y, pupil = (_means(row, piece) for row in rows)
        seen = np.isfinite(x) & np.isfinite(y)
        if seen.sum() < LEAST_PIECES:
            return NOTHING
        steps = np.hypot(np.diff(x), np.diff(y))
        away = np.hypot(x[seen] - np.median(x[seen]), y[seen] - np.median(y[seen]))
        steps = steps[np.isfinite(steps)]
        drift = np.median(steps) if steps.size else np.median(away)
        halves = [half[np.isfinite(half)] for half in np.split(pupil, 2)]
        early, late = (half.mean() if half.size else np.nan for half in halves)
        return np.array(
            [
                *np.log(np.array([drift, np.median(away), away.max()]) + FLOOR),
                1 - np.isfinite(rows[0]).sum() / max(rows.shape[1], 1),
                (early + late) / 2,
                late - early,
            ]
        )


def _means(row: NDArray[np.float64], piece: NDArray[np.intp]) -> NDArray[np.float64]:
    """(PIECES,) the mean of what is known of each piece; NaN where nothing is."""
    known = np.isfinite(row)
    n = np.bincount(piece[known], minlength=PIECES)
    total = np.bincount(piece[known], row[known], minlength=PIECES)
    return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan))
