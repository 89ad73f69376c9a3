"""Marks found in pictures of a scene camera."""

import numpy as np
import pytest

from neuro.errors import DeviceUnavailable
from neuro.screen import detector
from neuro.screen.codes import TAGS
from neuro.screen.detector import TagDetector
from neuro.screen.lens import NEON_PINHOLE, Calibration, angle_deg
from neuro.screen.plane import moved
from tests.neuro.screen.scene_camera import (
    AHEAD,
    FRAME_PX,
    GRID,
    NEON,
    PLACES,
    POSES,
    Pose,
    marked_screen,
    photographed,
)


def error_deg(matrix: np.ndarray, pose: Pose, lens: Calibration = NEON) -> float:
    """The largest angle between a place on the screen and where gaze at it is mapped to."""
    mapped = moved(matrix, lens.rays(pose.pixels(GRID)))
    return float(angle_deg(pose.rays(mapped), pose.rays(GRID)).max())


@pytest.fixture(scope="module")
def detect() -> TagDetector:
    return TagDetector(PLACES, NEON)


@pytest.mark.parametrize("pose", POSES)
def test_the_screen_is_found_from_every_side(detect: TagDetector, pose: Pose) -> None:
    found = detect(photographed(marked_screen(0, 1, 2, 3), pose), 7.5)
    assert found is not None
    assert found.t_s == 7.5
    assert found.error_deg < 0.1
    assert error_deg(found.matrix, pose) < 0.05


@pytest.mark.parametrize("pose", [Pose(0.45), Pose(0.6, 5, 10, 3)])
def test_blur_of_2_5_px_costs_a_tenth_of_a_degree(detect: TagDetector, pose: Pose) -> None:
    found = detect(photographed(marked_screen(0, 1, 2, 3), pose, blur_px=2.5), 0.0)
    assert found is not None
    assert error_deg(found.matrix, pose) < 0.1


def test_three_marks_are_enough(detect: TagDetector) -> None:
    found = detect(photographed(marked_screen(0, 1, 3), AHEAD), 0.0)
    assert found is not None
    assert error_deg(found.matrix, AHEAD) < 0.25


def test_two_marks_are_not(detect: TagDetector) -> None:
    assert detect(photographed(marked_screen(0, 2), AHEAD), 0.0) is None


def test_a_room_without_a_screen_shows_none(detect: TagDetector) -> None:
    room = np.random.default_rng(1).integers(0, 255, FRAME_PX[::-1], np.uint8)
    assert detect(room, 0.0) is None


def test_marks_that_contradict_one_another_are_not_believed() -> None:
    a, b, c, d = PLACES
    swapped = {a: PLACES[b], b: PLACES[a], c: PLACES[c], d: PLACES[d]}
    assert TagDetector(swapped, NEON)(photographed(marked_screen(0, 1, 2, 3), AHEAD), 0.0) is None


def test_marks_of_others_are_left_alone() -> None:
    ours = {tag: PLACES[tag] for tag in TAGS[:2]}
    assert TagDetector(ours, NEON)(photographed(marked_screen(0, 1, 2, 3), AHEAD), 0.0) is None


def test_without_a_calibration_the_screen_is_found_less_exactly() -> None:
    found = TagDetector(PLACES, NEON_PINHOLE)(photographed(marked_screen(0, 1, 2, 3), AHEAD), 0.0)
    assert found is not None
    assert error_deg(found.matrix, AHEAD, NEON_PINHOLE) < 1.0


def test_a_missing_opencv_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detector, "find_spec", lambda _name: None)
    with pytest.raises(DeviceUnavailable, match=r"heron-focus\[screen\]"):
        TagDetector(PLACES, NEON)
