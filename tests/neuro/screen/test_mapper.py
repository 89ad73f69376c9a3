"""Gaze on the screen while the marks are seen, and a moment longer."""

import numpy as np
import pytest

from neuro.screen.mapper import HOLD_S, TagMapper
from neuro.screen.plane import Homography
from tests.neuro.screen.scene_camera import AHEAD, GRID, NEON, Pose


def sight(pose: Pose, t_s: float) -> Homography:
    return Homography(np.linalg.inv(pose.rays_of_screen()), t_s, 0.0)


@pytest.fixture
def mapper() -> TagMapper:
    """The screen was straight ahead at 10 s."""
    mapper = TagMapper(NEON)
    mapper.see(sight(AHEAD, 10.0))
    return mapper


def test_before_the_screen_was_seen_gaze_is_nowhere() -> None:
    assert np.isnan(TagMapper(NEON)(np.arange(49.0), AHEAD.pixels(GRID))).all()


def test_gaze_is_where_on_the_screen_it_is(mapper: TagMapper) -> None:
    assert mapper(np.full(49, 10.1), AHEAD.pixels(GRID)) == pytest.approx(GRID, abs=1e-5)


def test_a_sight_is_held_for_three_tenths_of_a_second(mapper: TagMapper) -> None:
    t_s = np.array([10.0, 10.15, 10.0 + HOLD_S - 1e-6, 10.0 + HOLD_S + 1e-6, 11.0])
    xy = mapper(t_s, AHEAD.pixels(np.full((2, 5), 0.5)))
    assert np.isfinite(xy).all(axis=0).tolist() == [True, True, True, False, False]


def test_a_new_sight_takes_over(mapper: TagMapper) -> None:
    turned = Pose(0.45, 0, 8, 0, -0.1)
    mapper.see(sight(turned, 10.2))
    assert mapper(np.full(49, 10.4), turned.pixels(GRID)) == pytest.approx(GRID, abs=1e-5)


def test_a_sight_that_comes_late_changes_nothing(mapper: TagMapper) -> None:
    mapper.see(sight(Pose(0.3), 9.9))
    assert mapper(np.full(49, 10.1), AHEAD.pixels(GRID)) == pytest.approx(GRID, abs=1e-5)


def test_gaze_beside_the_screen_and_lost_gaze_are_nowhere(mapper: TagMapper) -> None:
    beside = AHEAD.pixels(np.array([[-0.2, 0.5], [0.5, 1.3]]))
    px = np.concatenate([beside, [[np.nan], [600.0]]], axis=1)
    assert np.isnan(mapper(np.full(3, 10.0), px)).all()


def test_no_gaze_gives_no_gaze(mapper: TagMapper) -> None:
    assert mapper(np.empty(0), np.empty((2, 0))).shape == (2, 0)
