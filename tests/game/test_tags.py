"""The marks as the game paints them: found by the glasses, out of nobody's way."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

import assets
from game.draw import HEIGHT, WIDTH, Rect
from game.scenes.marsh import Marsh, world
from game.tags import CORNERS, Tag, places, tags
from game.windows import open_window
from neuro.screen import TagDetector
from neuro.screen.codes import TAGS
from neuro.screen.lens import angle_deg
from neuro.screen.plane import moved
from tests.neuro.screen.scene_camera import GRID, NEON, POSES, Pose, photographed


@cache
def screen() -> NDArray[np.uint8]:
    """The marsh with its marks as the player sees it, grey."""
    window = open_window("memory", "Heron", assets.picture)
    window.paint((*world(Marsh(), None, 3), *tags()))
    return np.array(window.screenshot().convert("L"))


@pytest.fixture(scope="module")
def detect() -> TagDetector:
    return TagDetector(places(), NEON)


@pytest.mark.parametrize(
    ("pose", "blur_px", "limit_deg"),
    [
        *((pose, 0.5, 0.1) for pose in POSES),
        (Pose(0.25), 1.0, 0.1),
        (Pose(0.3), 1.5, 0.3),
        (Pose(0.45, 8, -8, 4), 2.5, 0.3),
        (Pose(0.6, -5, 15, -6), 2.5, 0.3),
    ],
)
def test_gaze_lands_where_it_looked(detect: TagDetector, pose: Pose, blur_px: float, limit_deg: float) -> None:
    found = detect(photographed(screen(), pose, blur_px), 0.0)
    assert found is not None
    mapped = moved(found.matrix, NEON.rays(pose.pixels(GRID)))
    assert angle_deg(pose.rays(mapped), pose.rays(GRID)).max() < limit_deg


def test_a_marsh_without_marks_is_not_taken_for_a_screen(detect: TagDetector) -> None:
    window = open_window("memory", "Heron", assets.picture)
    window.paint(world(Marsh(), None, 3))
    assert detect(photographed(np.array(window.screenshot().convert("L")), POSES[0]), 0.0) is None


def test_the_marks_lie_in_the_corners_of_the_picture_within_it() -> None:
    for op in tags():
        assert isinstance(op, Rect)
        assert 0 <= op.x <= op.x + op.width <= WIDTH
        assert 0 <= op.y <= op.y + op.height <= HEIGHT
        assert abs(op.x + op.width / 2 - WIDTH / 2) > WIDTH * 0.4
        assert abs(op.y + op.height / 2 - HEIGHT / 2) > HEIGHT * 0.3


def test_a_white_border_of_a_module_lies_around_each_mark() -> None:
    for tag in CORNERS:
        x, y = places()[tag.number] * [[WIDTH], [HEIGHT]]
        assert (x.min() - tag.module, y.min() - tag.module) == pytest.approx((tag.x, tag.y))
        assert Rect(tag.x, tag.y, 120, 120, (178, 172, 190)) in tags()


def test_a_mark_is_as_wide_as_the_glasses_need() -> None:
    for corners in places().values():
        assert np.ptp(corners[0]) >= 0.05


def test_marks_may_lie_elsewhere() -> None:
    layout = (Tag(TAGS[5], 600, 100, module=10),)
    assert places(layout)[TAGS[5]][:, 0] == pytest.approx([610 / WIDTH, 110 / HEIGHT])
    assert tags(layout)[0] == Rect(600, 100, 100, 100, (178, 172, 190))
