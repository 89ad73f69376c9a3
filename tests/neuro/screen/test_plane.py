"""Homographies: found from points, applied, turned round."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neuro.screen.plane import EDGE, back, fitted, moved, on_screen, span_deg
from tests.neuro.screen.scene_camera import GRID, POSES, Pose

angles = st.floats(-35, 35)
shifts = st.floats(-0.4, 0.4)
poses = st.builds(Pose, st.floats(0.2, 0.8), angles, angles, st.floats(-180, 180), shifts, shifts)
CORNERS = np.array([[0.0, 1, 1, 0], [0, 0, 1, 1]])
CORNERS_OF_GRID = np.array([0, 6, 42, 48])


@given(poses)
def test_four_points_give_the_homography_exactly(pose: Pose) -> None:
    assert moved(fitted(pose.rays(CORNERS), CORNERS), pose.rays(GRID)) == pytest.approx(GRID, abs=1e-9)


@pytest.mark.parametrize("pose", POSES)
def test_more_points_than_needed_average_out_their_noise(pose: Pose) -> None:
    rays = pose.rays(GRID)
    noisy = rays + np.random.default_rng(5).normal(0, 1e-4, GRID.shape)
    few, all_of_them = (
        np.abs(moved(fitted(noisy[:, part], GRID[:, part]), rays) - GRID).mean()
        for part in (CORNERS_OF_GRID, slice(None))
    )
    assert all_of_them < 0.6 * few


@given(poses)
def test_there_and_back_is_where_it_was(pose: Pose) -> None:
    matrix = fitted(pose.rays(CORNERS), CORNERS)
    assert moved(matrix, moved(back(matrix), GRID)) == pytest.approx(GRID, abs=1e-9)


@given(poses, st.floats(-3, 3), st.floats(-3, 3))
def test_nobody_looks_at_a_screen_behind_them(pose: Pose, x: float, y: float) -> None:
    truth = np.linalg.inv(pose.rays_of_screen())
    ahead = float(truth[2] @ [x, y, 1]) * np.sign(np.linalg.det(truth))
    assume(abs(ahead) > 1e-3)
    seen = moved(fitted(pose.rays(CORNERS), CORNERS), np.array([[x], [y]]))
    assert np.isfinite(seen).all() == (ahead > 0)


@pytest.mark.parametrize(
    "points",
    [CORNERS[:, :3], np.tile([[0.3], [0.4]], 5), np.array([np.arange(6), 2 * np.arange(6)], float)],
    ids=["three", "one place", "one line"],
)
def test_points_that_leave_it_open_are_refused(points: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="a homography needs"):
        fitted(points, points)


def test_off_the_screen_is_nowhere_but_its_edge_is_forgiven() -> None:
    x = np.array([-0.06, -EDGE, 0.5, 1 + EDGE, 1.06, np.nan])
    seen = on_screen(np.stack([x, np.full(6, 0.5)]))
    assert np.isfinite(seen).all(axis=0).tolist() == [False, True, True, True, False, False]


def test_a_screen_straight_ahead_spans_what_its_width_and_distance_say() -> None:
    wide, high = span_deg(np.linalg.inv(Pose(0.5).rays_of_screen()))
    away = 888.41113245 / 800
    assert wide == pytest.approx(2 * np.degrees(np.arctan(0.5 / away)))
    assert high == pytest.approx(2 * np.degrees(np.arctan(9 / 32 / away)))


@pytest.mark.parametrize("pose", POSES)
def test_a_homography_says_how_large_the_screen_appears(pose: Pose) -> None:
    wide, high = span_deg(fitted(pose.rays(CORNERS), CORNERS))
    assert 15 < wide < 60
    assert high < wide
