"""The heron on its way: a cycle of slow steps, and how it comes down out of the air."""

from dataclasses import replace

import numpy as np
from studio.heron import WAIT, Pose, heron
from studio.picture import Picture, cropped_alike

STEP = 34.0
"""px: how far before and behind the hip a foot is set"""
STRIDE = 4 * STEP
"""px that a whole cycle of both legs carries it; game/scenes/heron.py walks at this pace"""
ROOM = (120.0, 110.0)


def walking() -> list[Picture]:
    """Eight frames of one cycle, facing right; a foot that stands goes back under it, one that steps is lifted."""
    return cropped_alike([_step(i / 8) for i in range(8)])


def _step(phase: float) -> Picture:
    near, far = _foot(phase), _foot((phase + 0.5) % 1)
    push = np.cos(4 * np.pi * phase)
    neck = tuple((x + 3.4 * push * i / 4, y + 1.2 * push) for i, (x, y) in enumerate(WAIT.neck))
    pose = replace(
        WAIT,
        neck=neck,
        gaze=6 - 3 * float(push),
        tilt=1.5,
        lean=(0.0, -1.5 + 2.2 * float(np.cos(4 * np.pi * phase + 0.6))),
        far=(far[0] - 6, far[1]),
        near=(near[0] + 4, near[1]),
    )
    return heron(pose)


def _foot(phase: float) -> tuple[float, float]:
    """Three parts of five it stands; then it is folded up, carried on and set down."""
    if phase < 0.6:
        return STEP * (1 - 2 * phase / 0.6), 0.0
    share = (phase - 0.6) / 0.4
    eased = share * share * (3 - 2 * share)
    return STEP * (2 * eased - 1), -46.0 * float(np.sin(np.pi * share) ** 0.8)


def turning() -> list[Picture]:
    """Two frames in which it turns away; mirrored and backwards it then turns to the other side."""
    return cropped_alike([heron(WAIT, side=side) for side in (0.74, 0.34)])


_FOLDED = ((60, -180), (52, -202), (34, -214), (34, -234), (50, -246))
_LOOKING = ((64, -182), (64, -206), (48, -226), (42, -246), (54, -264))
_DANGLING = ((-52.0, -34.0), (-30.0, -26.0))
_REACHING = ((4.0, -14.0), (34.0, -10.0))

_COMING = (
    Pose(_FOLDED, 8, -8, (0, -20), 0.6, 6, far=_DANGLING[0], near=_DANGLING[1], wings=(48, 1.0)),
    Pose(_FOLDED, 8, -10, (0, -16), 0.6, 6, far=_DANGLING[0], near=_DANGLING[1], wings=(82, 1.0)),
    Pose(_FOLDED, 8, -8, (0, -24), 0.6, 6, far=_DANGLING[0], near=_DANGLING[1], wings=(22, 0.94)),
    Pose(_FOLDED, 6, -6, (0, -28), 0.6, 6, far=(-44.0, -30.0), near=(-18.0, -24.0), wings=(-16, 0.86)),
    Pose(_LOOKING, 10, -16, (-6, -14), 0.6, 14, far=_REACHING[0], near=_REACHING[1], wings=(70, 1.0)),
    Pose(_LOOKING, 14, -12, (-4, 2), 0.5, 18, far=(-13.0, 0.0), near=(15.0, 0.0), wings=(96, 0.9)),
    Pose(_LOOKING, 8, -4, (-2, 4), 0.5, 12, wings=(64, 0.62)),
    Pose(_LOOKING, 4, 0, (0, 2), 0.6, 6, wings=(28, 0.4)),
)
"""Gliding, two beats, reaching for the ground, down with wings high, folding them."""


def landing() -> list[Picture]:
    return cropped_alike([heron(pose, ROOM) for pose in _COMING])
