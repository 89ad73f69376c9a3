"""The marks' modules."""

import cv2
import pytest

from neuro.screen.codes import TAGS, tag_bits

FAMILY = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)


@pytest.mark.parametrize("tag", TAGS)
def test_a_mark_is_the_one_that_opencv_draws(tag: int) -> None:
    assert (tag_bits(tag) * 255).tolist() == cv2.aruco.generateImageMarker(FAMILY, tag, 8).tolist()
