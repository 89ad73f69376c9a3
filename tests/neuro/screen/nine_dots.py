"""Somebody looks at nine dots, one after the other."""

import numpy as np
from numpy.typing import NDArray

from neuro.screen.points import DOTS
from neuro.screen.steady import Target
from tests.neuro.screen.scene_camera import Pose

RATE_HZ = 200
DOT_S = 1.5
TARGETS = tuple(Target(x, y, (i + 1) * DOT_S) for i, (x, y) in enumerate(DOTS))


def looked_at(pose: Pose, sd_px: float = 3.0, seed: int = 0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """t_s (n,) and gaze (2, n) in pixels: each dot is reached after half a second, and the eye trembles about it."""
    n = int(DOT_S * RATE_HZ)
    t_s = (1 + np.arange(n * len(DOTS))) / RATE_HZ
    at = np.repeat(np.array(DOTS).T, n, axis=1)
    late = (np.arange(t_s.size) % n < RATE_HZ // 2) & (t_s > DOT_S)
    at[:, late] = np.roll(at, n, axis=1)[:, late]
    return t_s, pose.pixels(at) + np.random.default_rng(seed).normal(0, sd_px, at.shape)


def wobbled(t_s: NDArray[np.float64], px: NDArray[np.float64], *dots: int) -> NDArray[np.float64]:
    """The same gaze, but at these dots the eye wandered to and fro by 60 px."""
    moving = np.isin(((t_s - 0.5 / RATE_HZ) // DOT_S).astype(int), dots)
    return px + np.where(moving, 30 * np.sign(np.sin(40 * t_s)), 0.0)
