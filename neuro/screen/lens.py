"""The scene camera: from its pixels to directions in front of the glasses and back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RECORD_BYTES = 803
_SCENE = np.dtype([("version", "u1"), ("serial", "S6"), ("matrix", "<f8", (3, 3)), ("distortion", "<f8", 8)])
_STEPS = 30  # own measurement on Neon's lens: enough for 60 degrees off its axis; it sees 52 to either side
_UNDONE = 1e-5  # of rays, a hundredth of a pixel; in the corners the model does not say where the light came from


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a camera bends light.

    matrix:     (3, 3) float64 pixels
    distortion: (8,) float64: k1 k2 p1 p2 k3 k4 k5 k6 of OpenCV's rational model

    A ray is a direction as x / z, y / z in the camera's frame: x to the right, y down, z ahead.
    """

    matrix: NDArray[np.float64]
    distortion: NDArray[np.float64]

    @staticmethod
    def from_bytes(record: bytes) -> "Calibration | None":
        """The scene camera of Neon's calibration.bin; None where these bytes are no such record."""
        if len(record) != _RECORD_BYTES:
            return None
        scene = np.frombuffer(record, _SCENE, 1)[0]
        matrix, distortion = scene["matrix"].copy(), scene["distortion"].copy()
        finite = np.isfinite(matrix).all() and np.isfinite(distortion).all()
        if scene["version"] != 1 or not finite or min(matrix[0, 0], matrix[1, 1]) <= 0:
            return None
        return Calibration(matrix, distortion)

    def rays(self, px: NDArray[np.floating]) -> NDArray[np.float64]:
        """The directions (2, n) of pixels (2, n), the lens undone; NaN in corners where it cannot be."""
        seen = (px - self.matrix[:2, 2:]) / self._focals
        if not self.distortion.any():
            return np.asarray(seen, np.float64)
        rays = np.asarray(seen, np.float64)
        with np.errstate(all="ignore"):  # what runs away is not undone
            for _ in range(_STEPS):
                stretch, shift = self._bent(rays)
                rays, before = (seen - shift) / stretch, rays
                off = np.abs(rays - before).max(axis=0)
                if not (off > _UNDONE / 10).any():
                    break
        return np.where(off < _UNDONE, rays, np.nan)

    def pixels(self, rays: NDArray[np.floating]) -> NDArray[np.float64]:
        """Where directions (2, n) are seen, in pixels (2, n)."""
        stretch, shift = self._bent(np.asarray(rays, np.float64))
        return (rays * stretch + shift) * self._focals + self.matrix[:2, 2:]

    @property
    def _focals(self) -> NDArray[np.float64]:
        return np.diag(self.matrix)[:2, None]

    def _bent(self, rays: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What the lens does to rays: a factor (n,) along the radius, and a shift (2, n)."""
        k1, k2, p1, p2, k3, k4, k5, k6 = self.distortion
        x, y = rays
        r2 = x * x + y * y
        stretch = (1 + r2 * (k1 + r2 * (k2 + r2 * k3))) / (1 + r2 * (k4 + r2 * (k5 + r2 * k6)))
        shift = np.stack([2 * p1 * x * y + p2 * (r2 + 2 * x * x), p1 * (r2 + 2 * y * y) + 2 * p2 * x * y])
        return stretch, shift


NEON_PINHOLE = Calibration(np.array([[892.0, 0, 800], [0, 892, 600], [0, 0, 1]]), np.zeros(8))
"""Neon's scene camera without its lens, for glasses that sent no calibration: what is mapped with it is wrong by
0.3 degrees on a screen that fills half of the frame's width, by 0.6 on one that fills 0.7 (own measurement)."""


def angle_deg(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.float64]:
    """The angles (n,) between rays (2, n) and (2, n)."""
    one, other = (np.concatenate([rays, np.ones((1, rays.shape[1]))]) for rays in (a, b))
    across = np.linalg.norm(np.cross(one, other, axis=0), axis=0)  # exact for small angles, unlike the cosine
    return np.asarray(np.degrees(np.arctan2(across, (one * other).sum(axis=0))))
