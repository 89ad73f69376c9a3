"""What the eyes did, sample by sample and event by event."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Kind = Literal["fixation", "saccade", "pso", "pursuit", "blink", "lost"]

KINDS: tuple[Kind, ...] = ("fixation", "saccade", "pso", "pursuit", "blink", "lost")
FIXATION, SACCADE, PSO, PURSUIT, BLINK, LOST = range(6)

GAP_S = 0.05
"""Samples further apart do not belong together: nothing is measured across."""


@dataclass(frozen=True, slots=True)
class Look:
    """Consecutive samples of where the eyes point, oldest first; may hold none.

    t_s:            (n,) float64 seconds, strictly increasing
    deg:            (2, n) float64 degrees to the right and down; NaN, or 0, 0, while lost
    confidence:     (n,) float64, 0..1
    pupil_mm:       (n,) float64 diameter; NaN where it is not measured
    aperture_mm:    (n,) float64 how far the lids are apart; None where the tracker does not measure it
    head_deg_per_s: (2, n) float64 how fast a resting picture moves over a head-worn tracker's camera because the head
                    turns, right and down; None where nobody measures it
    """

    t_s: NDArray[np.float64]
    deg: NDArray[np.float64]
    confidence: NDArray[np.float64]
    pupil_mm: NDArray[np.float64]
    aperture_mm: NDArray[np.float64] | None = None
    head_deg_per_s: NDArray[np.float64] | None = None

    @staticmethod
    def of(t_s: NDArray[np.float64], deg: NDArray[np.floating]) -> "Look":
        """Gaze of which nothing else is known."""
        n = t_s.size
        return Look(t_s, np.asarray(deg, np.float64), np.ones(n), np.full(n, np.nan))

    @property
    def gone(self) -> NDArray[np.bool_]:
        """(n,) where the tracker does not say where the eyes point: NaN, or 0, 0."""
        return np.asarray(~np.isfinite(self.deg).all(axis=0) | (self.deg == 0).all(axis=0))

    def part(self, which: slice | NDArray[np.intp]) -> "Look":
        """Some of the samples."""
        aperture, head = self.aperture_mm, self.head_deg_per_s
        return Look(
            self.t_s[which],
            self.deg[:, which],
            self.confidence[which],
            self.pupil_mm[which],
            None if aperture is None else aperture[which],
            None if head is None else head[:, which],
        )


class Labels(NamedTuple):
    """What the eyes did at each sample.

    t_s:           (n,) float64 the samples' stamps
    kind:          (n,) int8 into KINDS
    deg:           (2, n) float64 where they pointed, noise smoothed
    deg_per_s:     (n,) float64 speed; NaN where it cannot be said
    """

    t_s: NDArray[np.float64]
    kind: NDArray[np.int8]
    deg: NDArray[np.float64]
    deg_per_s: NDArray[np.float64]

    @staticmethod
    def of(
        t_s: NDArray[np.float64], kind: NDArray[np.int8], deg: NDArray[np.float64], deg_per_s: NDArray[np.float64]
    ) -> "Labels":
        """Of samples with these kinds; where the eyes are not seen, nothing is said of where they point."""
        hidden = (kind == BLINK) | (kind == LOST)
        return Labels(t_s.copy(), kind, np.where(hidden, np.nan, deg), np.where(hidden, np.nan, deg_per_s))

    def part(self, which: slice) -> "Labels":
        """Some of them."""
        return Labels(self.t_s[which], self.kind[which], self.deg[:, which], self.deg_per_s[which])

    @staticmethod
    def joined(parts: Sequence["Labels"]) -> "Labels":
        """One after the other; none for none."""
        none = Labels(np.empty(0), np.empty(0, np.int8), np.empty((2, 0)), np.empty(0))
        parts = [none, *parts]
        return Labels(
            np.concatenate([each.t_s for each in parts]),
            np.concatenate([each.kind for each in parts]),
            np.concatenate([each.deg for each in parts], axis=1),
            np.concatenate([each.deg_per_s for each in parts]),
        )


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the eyes did for a while.

    amplitude_deg:  from where it began to where it ended; NaN for what is not seen
    peak_deg_per_s: highest speed; NaN for what is not seen
    """

    onset_s: float
    duration_s: float
    kind: Kind
    amplitude_deg: float
    peak_deg_per_s: float
