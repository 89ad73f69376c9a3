"""All that flows between the rooms of neuro: samples in, one estimate of attention out."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

State = Literal["good", "poor", "artifact", "not_worn", "stale", "absent"]
"""What an estimate is worth. Only `good` pays; every other state freezes reward and learning."""

Phase = Literal["fit", "rest", "task", "play"]
"""What the player is asked to do now. The resting baseline is learned while the phase is `rest`."""

HOP_HZ = 10.0
"""Estimates a second."""


@dataclass(frozen=True, slots=True)
class Headset:
    """What a source of EEG is.

    name:          for people, as in "Muse 2"
    channels:      one name a row of every chunk; 10-20 names where the montage is known, else "Ch1", "Ch2", ...
    rate_hz:       samples a second, as the stamps have it
    full_scale_uv: where the amplifier saturates; None where the board does not say
    """

    name: str
    channels: tuple[str, ...]
    rate_hz: float
    full_scale_uv: float | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive EEG samples, oldest first; may hold none.

    uv:       (n_channels, n_samples) float32 microvolts; NaN where a packet was lost
    t_s:      (n_samples,) float64 host monotonic seconds, strictly increasing
    device_s: (n_samples,) float64 what the device or its driver stamped, as it came; None where nobody stamps
    """

    uv: NDArray[np.float32]
    t_s: NDArray[np.float64]
    device_s: NDArray[np.float64] | None = None

    @staticmethod
    def empty(n_channels: int) -> "Chunk":
        return Chunk(np.empty((n_channels, 0), np.float32), np.empty(0))


@dataclass(frozen=True, slots=True)
class Gaze:
    """Consecutive samples of where the player looks, oldest first; may hold none.

    t_s:        (n,) float64 host monotonic seconds, strictly increasing
    xy:         (2, n) float32 in screens: 0, 0 is the top left corner and 1, 1 the bottom right; NaN while lost
    pupil_mm:   (n,) float32 pupil diameter; NaN where it is not measured
    confidence: (n,) float32, 0..1
    device_s:   (n,) float64 what the tracker stamped, in seconds of its own clock; None where it stamps nothing
    scene_px:   (2, n) float32 pixels of a head-worn tracker's scene camera; None where there is no such camera
    """

    t_s: NDArray[np.float64]
    xy: NDArray[np.float32]
    pupil_mm: NDArray[np.float32]
    confidence: NDArray[np.float32]
    device_s: NDArray[np.float64] | None = None
    scene_px: NDArray[np.float32] | None = None

    @staticmethod
    def empty() -> "Gaze":
        return Gaze(np.empty(0), np.empty((2, 0), np.float32), np.empty(0, np.float32), np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Estimate:
    """How attentive the player is, how far that can be believed, and why not.

    t_s:      the newest sample that it rests on, host monotonic seconds
    score:    0..1; 0.5 where nothing is known
    trust:    0..1; 0 where nothing is known
    state:    only `good` may pay
    channels: one word a channel, as `quality.ChannelState`; empty where there is no headset
    """

    t_s: float
    score: float
    trust: float
    state: State
    channels: tuple[str, ...] = ()
