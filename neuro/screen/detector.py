"""Finds the game's marks in a picture of the scene camera, and from them the screen; the only user of OpenCV."""

from collections.abc import Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neuro.errors import DeviceUnavailable
from neuro.screen.lens import Calibration, angle_deg
from neuro.screen.plane import Homography, back, fitted, moved

Places = Mapping[int, NDArray[np.float64]]
"""Where each mark is: its number, and its black square's corners (2, 4) in screens, from the top left clockwise."""

LEAST_TAGS = 3
MOST_ERROR_DEG = 1.0  # own choice: without a lens .6 at most; one mark taken for another gives tens


class TagDetector:
    """Takes pictures, gives homographies.

    Raises: DeviceUnavailable: OpenCV is not installed.
    """

    def __init__(self, places: Places, calibration: Calibration) -> None:
        need_opencv()
        import cv2  # noqa: PLC0415  an extra, and a tenth of a second

        cv2.setNumThreads(1)  # more do not help at this size (own measurement)
        self._detect = _detector(cv2, list(places)).detectMarkers
        self._places = list(places.items())
        self._calibration = calibration

    def __call__(self, frame: NDArray[np.uint8], t_s: float) -> Homography | None:
        """frame: (height, width) grey. None: too few marks are seen, or they contradict one another."""
        seen = self._seen(frame)
        if len(seen) < LEAST_TAGS:
            return None
        here, there = (np.concatenate(part, axis=1) for part in zip(*seen.values(), strict=True))
        matrix = fitted(here, there)
        error_deg = float(np.sqrt((angle_deg(moved(back(matrix), there), here) ** 2).mean()))
        return Homography(matrix, t_s, error_deg) if error_deg <= MOST_ERROR_DEG else None

    def _seen(self, frame: NDArray[np.uint8]) -> dict[int, tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """The marks that are seen: where their corners (2, 4) lie as rays, and where on the screen they are."""
        corners, numbers, _ = self._detect(frame)
        if numbers is None:
            return {}
        rays = [self._calibration.rays(px[0].T) for px in corners]
        marks = [self._places[number] for number in numbers.ravel()]
        return {tag: (at, place) for (tag, place), at in zip(marks, rays, strict=True) if np.isfinite(at).all()}


def need_opencv() -> None:
    """Raises: DeviceUnavailable: OpenCV is not installed."""
    if find_spec("cv2") is None:
        raise DeviceUnavailable(
            'The screen is found with OpenCV, which is missing: run `python3 -m pip install "heron-focus[screen]"`, '
            "or look at the nine dots instead."
        )


def _detector(cv2: ModuleType, tags: list[int]) -> Any:
    """OpenCV's detector for these marks of the family 36h11, which it numbers from 0 on.

    Own measurement on pictures of 1600 x 1200 with blur up to 2.5 px: these settings find more marks than the
    defaults in a third of the time (10 ms). Corners where lines along the edges meet stay in place under blur.
    """
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    settings = cv2.aruco.DetectorParameters()
    settings.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_CONTOUR
    settings.adaptiveThreshWinSizeMin = settings.adaptiveThreshWinSizeMax = 13
    settings.perspectiveRemoveIgnoredMarginPerCell = 0.3  # blur spoils a module from its edges
    settings.errorCorrectionRate = 1.0  # 5 of 36 modules: with so few marks in use, none is taken for another
    return cv2.aruco.ArucoDetector(
        cv2.aruco.Dictionary(family.bytesList[tags], family.markerSize, family.maxCorrectionBits), settings
    )
