"""How far off the gaze of a block was."""

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.screen.validation import Validation, validated
from tests.neuro.screen.nine_dots import TARGETS, looked_at
from tests.neuro.screen.scene_camera import AHEAD, NEON

SPAN_DEG = (40.0, 23.0)


def block(right: float = 0.0, below: float = 0.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gaze (2, n) in screens that lies so many screens beside the nine dots."""
    t_s, px = looked_at(AHEAD, sd_px=0.0)
    xy = np.linalg.inv(AHEAD.rays_of_screen()) @ np.concatenate([NEON.rays(px), np.ones((1, t_s.size))])
    return t_s, xy[:2] / xy[2] + [[right], [below]]


def judged(t_s: NDArray[np.float64], xy: NDArray[np.float64]) -> Validation:
    found = validated(t_s, xy, TARGETS, SPAN_DEG)
    assert found is not None
    return found


def test_gaze_that_is_right_has_no_error() -> None:
    found = judged(*block())
    assert found.error_deg == pytest.approx(0, abs=1e-6)
    assert (found.n_targets, found.n_steady) == (9, 9)


def test_gaze_that_is_off_is_off_by_so_many_degrees() -> None:
    found = judged(*block(right=0.025))  # a fortieth of 40 degrees, near the middle of a flat screen a little more
    assert found.error_deg == pytest.approx(1.0, rel=0.05)
    assert found.worst_deg >= found.error_deg
    assert found.drift_deg == pytest.approx((1.0, 0.0), abs=0.05)


def test_drift_has_a_direction() -> None:
    right, below = judged(*block(right=-0.05, below=0.05)).drift_deg
    assert right < -1.5
    assert below > 1.0


def test_targets_that_nobody_looked_at_are_counted_but_not_judged() -> None:
    t_s, xy = block()
    xy[:, (t_s > 3.0) & (t_s <= 6.0)] = np.nan
    found = judged(t_s, xy)
    assert (found.n_targets, found.n_steady) == (9, 7)
    assert found.error_deg == pytest.approx(0, abs=1e-6)


def test_without_gaze_there_is_no_verdict() -> None:
    t_s, xy = block()
    assert validated(t_s, np.full_like(xy, np.nan), TARGETS, SPAN_DEG) is None


def test_without_targets_there_is_no_verdict() -> None:
    assert validated(*block(), (), SPAN_DEG) is None
