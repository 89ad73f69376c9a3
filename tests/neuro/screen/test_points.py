"""The map from nine dots, and its recentring."""

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.screen.lens import NEON_PINHOLE, Calibration
from neuro.screen.points import PointMap, point_map
from neuro.screen.steady import Target
from tests.neuro.screen.nine_dots import TARGETS, looked_at, wobbled
from tests.neuro.screen.scene_camera import AHEAD, GRID, NEON, POSES, Pose


def mapped(pose: Pose, lens: Calibration = NEON) -> PointMap:
    made = point_map(*looked_at(pose), TARGETS, lens)
    assert made is not None
    return made


@pytest.mark.parametrize("pose", POSES)
def test_nine_dots_map_the_whole_screen(pose: Pose) -> None:
    assert mapped(pose).error_deg(pose.pixels(GRID), GRID) < 0.1
    assert mapped(pose)(pose.pixels(GRID)) == pytest.approx(GRID, abs=0.01)


def test_without_a_calibration_the_map_is_good_to_half_a_degree() -> None:
    assert mapped(AHEAD, NEON_PINHOLE).error_deg(AHEAD.pixels(GRID), GRID) < 0.5


def test_dots_at_which_the_eye_wandered_do_not_count() -> None:
    t_s, px = looked_at(AHEAD)
    made = point_map(t_s, wobbled(t_s, px, 0, 4, 8), TARGETS, NEON)
    assert made is not None
    assert made.error_deg(AHEAD.pixels(GRID), GRID) < 0.15


@pytest.mark.parametrize("wandered", [(0, 1, 2, 3), (0, 1, 2, 6, 7, 8), tuple(range(9))])
def test_with_fewer_than_six_dots_there_is_no_map(wandered: tuple[int, ...]) -> None:
    t_s, px = looked_at(AHEAD)
    assert point_map(t_s, wobbled(t_s, px, *wandered), TARGETS, NEON) is None


def test_dots_on_one_line_make_no_map() -> None:
    t_s, _ = looked_at(AHEAD)
    row = [Target((i + 1) / 10, 0.5, (i + 1) * 1.5) for i in range(9)]
    px = AHEAD.pixels(np.stack([np.repeat(np.arange(1, 10) / 10, 300), np.full(2700, 0.5)]))
    assert point_map(t_s, px, row, NEON) is None


def moved_on(pose: Pose) -> tuple[PointMap, NDArray[np.float64]]:
    """The map of a head straight ahead, and where the dot in the middle is seen after it turned."""
    return mapped(AHEAD), pose.pixels(np.array([[0.5], [0.5]]))[:, 0]


def test_one_dot_recentres_the_map_after_the_head_turned() -> None:
    turned = Pose(0.45, right=0.06, down=-0.04)  # about three degrees
    before, middle = moved_on(turned)
    after = before.recentred(middle, (0.5, 0.5))
    assert before.error_deg(turned.pixels(GRID), GRID) > 2.5
    assert after.error_deg(turned.pixels(GRID), GRID) < 0.2


def test_recentring_where_nothing_moved_changes_nothing() -> None:
    before = mapped(AHEAD)
    dot = before(AHEAD.pixels(np.array([[0.3], [0.6]])))[:, 0].astype(float)
    after = before.recentred(AHEAD.pixels(np.array([[0.3], [0.6]]))[:, 0], (dot[0], dot[1]))
    assert after.shift == pytest.approx([0, 0], abs=1e-6)


def test_recentring_twice_is_recentring_once() -> None:
    before, middle = moved_on(Pose(0.45, right=0.06))
    once = before.recentred(middle, (0.5, 0.5))
    assert once.recentred(middle, (0.5, 0.5)).shift == pytest.approx(once.shift)


def test_lost_gaze_recentres_nothing() -> None:
    with pytest.raises(ValueError, match="lost"):
        mapped(AHEAD).recentred(np.array([np.nan, 600.0]), (0.5, 0.5))


def test_gaze_beside_the_screen_is_nowhere() -> None:
    assert np.isnan(mapped(AHEAD)(np.array([[20.0, np.nan], [600.0, 600.0]]))).all()
