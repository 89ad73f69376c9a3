"""What all contenders hear: simulated heads with mains on top, and simulated eyes."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from neuro.sources.twin import Twin
from neuro.twin.eyes import DEG_PER_SCREEN
from neuro.types import Chunk

RATE_HZ = 250.0
MAINS_HZ = 50.0
HOP, FULL_HOP = 10, 25
WINDOW = 500
"""Samples: what a poll brings in 40 ms, what lies between two estimates, and 2 s."""

SECONDS = 60

GAZE_RATE_HZ = 200.0
GAZE_HOP, GAZE_WINDOW = 8, 400
"""Samples: what a poll brings in 40 ms, and 2 s."""


@dataclass(frozen=True, slots=True)
class Eeg:
    """An endless signal that repeats itself every minute; only its stamps never do.

    uv: (n_channels, n) float64 microvolts, whose last 2 s are its first 2 s again
    """

    uv: NDArray[np.float64]
    hop: int = HOP
    hops: tuple[NDArray[np.float64], ...] = field(init=False)

    def __post_init__(self) -> None:
        """Views of what each hop brings: nobody pays for their making."""
        ends = [first + WINDOW for first in range(0, self.uv.shape[1] - WINDOW, self.hop)]
        object.__setattr__(self, "hops", tuple(self.uv[:, end - self.hop : end] for end in ends))

    def window(self, k: int) -> NDArray[np.float64]:
        """The 2 s that end with hop k, (n_channels, 500)."""
        first = (k * self.hop) % (self.uv.shape[1] - WINDOW)
        return self.uv[:, first : first + WINDOW]

    def hop_uv(self, k: int) -> NDArray[np.float64]:
        """What hop k brings, (n_channels, hop)."""
        return self.hops[k % len(self.hops)]

    def chunk(self, k: int) -> Chunk:
        """The same as it comes from a source."""
        t_s = (k * self.hop + np.arange(self.hop)) / RATE_HZ
        return Chunk(self.hop_uv(k).astype(np.float32), t_s)


def eeg(n_channels: int = 8, hop: int = HOP) -> Eeg:
    """Simulated adults, four channels each, with 10 uV of mains. A sample is taken as 1/250 s whatever it was."""
    n = int(SECONDS * RATE_HZ)
    heads = [Twin("adult", seed).brain.samples(n) for seed in range(1, -(-n_channels // 4) + 1)]
    brain = np.concatenate(heads)[:n_channels].astype(float)
    mains = 10 * np.sqrt(2) * np.sin(2 * np.pi * MAINS_HZ * np.arange(n) / RATE_HZ)
    uv = (brain + mains).astype(np.float32).astype(float)  # what a source can deliver, so that all hear the same
    return Eeg(np.concatenate([uv, uv[:, :WINDOW]], axis=1), hop)


@dataclass(frozen=True, slots=True)
class Eyes:
    """A minute of gaze at 200 Hz, again and again.

    xy_deg:   (2, n) degrees; NaN in blinks
    pupil_mm: (n,)
    """

    xy_deg: NDArray[np.float64]
    pupil_mm: NDArray[np.float64]

    def window(self, k: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """xy (2, 400) and pupil (400,) of the 2 s that end with hop k."""
        first = (k * GAZE_HOP) % (self.xy_deg.shape[1] - GAZE_WINDOW)
        piece = slice(first, first + GAZE_WINDOW)
        return self.xy_deg[:, piece], self.pupil_mm[piece]


def eyes() -> Eyes:
    """A simulated adult who follows a target that jumps every second."""
    own = Twin("adult", 1).eyes
    targets = np.random.default_rng(1).uniform(0.15, 0.85, (SECONDS, 2)).tolist()
    pieces = [own.samples(int(GAZE_RATE_HZ), (x, y)) for x, y in targets]
    xy = np.concatenate([piece.xy for piece in pieces], axis=1) * np.array(DEG_PER_SCREEN)[:, None]
    return Eyes(xy.astype(float), np.concatenate([piece.pupil_mm for piece in pieces]).astype(float))
