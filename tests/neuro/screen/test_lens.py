"""The scene camera's lens, done and undone."""

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.screen.lens import NEON_PINHOLE, Calibration, angle_deg
from tests.neuro.screen.scene_camera import NEON

RAYS = np.array([[0.0, 0.5, -0.9, 0.2, -0.3], [0.0, -0.4, 0.1, 0.6, -0.6]])


def record(version: int = 1, focal: float = 888.0) -> bytes:
    """A calibration.bin of 803 bytes."""
    scene = struct.pack("<B6s", version, b"578846") + struct.pack("<9d", focal, 0, 805, 0, focal, 618, 0, 0, 1)
    return (scene + struct.pack("<8d", *NEON.distortion)).ljust(803, b"\0")


@given(st.floats(-1.1, 1.1), st.floats(-0.8, 0.8))
def test_undoing_the_lens_gives_back_the_direction(x: float, y: float) -> None:
    ray = np.array([[x], [y]])
    assert NEON.rays(NEON.pixels(ray)) == pytest.approx(ray, abs=1e-4)


def test_the_lens_bends_as_opencv_has_it() -> None:
    expected, _ = cv2.projectPoints(
        np.stack([*RAYS, np.ones(RAYS.shape[1])], axis=1), np.zeros(3), np.zeros(3), NEON.matrix, NEON.distortion
    )
    assert NEON.pixels(RAYS) == pytest.approx(expected[:, 0].T, abs=1e-6)


def test_pixels_that_no_light_reaches_have_no_direction() -> None:
    rays = NEON.rays(np.array([[800.0, 1e4, np.nan, -1e30], [600.0, 1e4, 600.0, 0.0]]))
    assert np.isfinite(rays[:, 0]).all()
    assert np.isnan(rays[:, 1:]).all()


def test_a_camera_without_a_lens_is_a_pinhole() -> None:
    assert NEON_PINHOLE.rays(np.array([[800.0, 1692.0], [600.0, 600.0]])) == pytest.approx(np.array([[0, 1], [0, 0]]))


def test_the_scene_camera_is_read_from_the_record() -> None:
    read = Calibration.from_bytes(record())
    assert read is not None
    assert read.matrix.tolist() == [[888, 0, 805], [0, 888, 618], [0, 0, 1]]
    assert read.distortion.tolist() == NEON.distortion.tolist()


@pytest.mark.parametrize(
    "nonsense", [b"", record()[:-1], record(version=2), record(focal=0.0), record(focal=float("nan"))]
)
def test_what_is_no_record_is_no_calibration(nonsense: bytes) -> None:
    assert Calibration.from_bytes(nonsense) is None


def test_the_calibration_of_a_real_neon_is_read(heron_data: Path) -> None:
    read = Calibration.from_bytes((heron_data / "neon_native" / "demo_recording" / "calibration.bin").read_bytes())
    assert read is not None
    assert read.matrix == pytest.approx(NEON.matrix)
    assert read.distortion == pytest.approx(NEON.distortion, abs=1e-6)


def test_an_angle_between_directions_is_in_degrees() -> None:
    ahead = np.zeros((2, 3))
    assert angle_deg(ahead, np.array([[1.0, 0, 1e-9], [0, 1, 0]])) == pytest.approx([45, 45, np.degrees(1e-9)])
