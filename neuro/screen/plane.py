"""Homographies: how one plane is seen from another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neuro.screen.lens import angle_deg

EDGE = 0.05
"""Gaze this far off the screen still counts as on it: the glasses themselves err by 1 to 2 degrees (own choice)."""

_LEAST_POINTS = 4
_DEGENERATE = 1e-9  # smallest singular value that counts against the largest: on one line it is rounding, 1e-16


@dataclass(frozen=True, slots=True)
class Homography:
    """Where the screen was at one moment.

    matrix:    (3, 3) float64, takes rays of the scene camera to screens
    t_s:       when the picture was taken, host monotonic seconds
    error_deg: rms angle between the marks' corners and where the matrix has them
    """

    matrix: NDArray[np.float64]
    t_s: float
    error_deg: float


def fitted(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.float64]:
    """The homography (3, 3) that takes points a (2, n) to points b (2, n) with the least algebraic error.

    Raises: ValueError: fewer than four points, or too many of them on one line.
    Source: Hartley 1997, IEEE PAMI 19:580 (why the points are brought to the origin and to one size first).
    """
    if a.shape[1] < _LEAST_POINTS:
        raise ValueError(f"a homography needs {_LEAST_POINTS} points, not {a.shape[1]}")
    to_a, to_b = _to_origin(a), _to_origin(b)
    (x, y), (u, v) = moved(to_a, a), moved(to_b, b)
    one, none = np.ones_like(x), np.zeros_like(x)
    across = np.stack([x, y, one, none, none, none, -u * x, -u * y, -u], axis=1)
    down = np.stack([none, none, none, x, y, one, -v * x, -v * y, -v], axis=1)
    _, sizes, directions = np.linalg.svd(np.concatenate([across, down]))
    if sizes[7] < _DEGENERATE * sizes[0]:
        raise ValueError("a homography needs four points of which no three lie on one line")
    matrix = np.linalg.solve(to_b, directions[-1].reshape(3, 3) @ to_a)
    return _facing(matrix, a.mean(axis=1))


def moved(matrix: NDArray[np.float64], points: NDArray[np.floating]) -> NDArray[np.float64]:
    """Points (2, n) through a homography; NaN for what lies behind the plane."""
    x, y, depth = matrix[:, :2] @ points + matrix[:, 2:]
    depth = np.where(depth > 0, depth, np.nan)
    return np.stack([x / depth, y / depth])


def back(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The homography (3, 3) from screens to rays."""
    return _facing(np.linalg.inv(matrix), np.array([0.5, 0.5]))


def on_screen(xy: NDArray[np.float64]) -> NDArray[np.float32]:
    """Screens (2, n), NaN where they are off the screen."""
    inside = (np.abs(xy - 0.5) <= 0.5 + EDGE).all(axis=0)
    return np.where(inside, xy, np.nan).astype(np.float32)


def span_deg(matrix: NDArray[np.float64]) -> tuple[float, float]:
    """How wide and how high the screen appears, edge to edge through its middle; matrix: from rays to screens."""
    left_top, right_bottom = np.array([[0, 0.5], [0.5, 0]]), np.array([[1, 0.5], [0.5, 1]])
    rays = back(matrix)
    wide, high = angle_deg(moved(rays, left_top), moved(rays, right_bottom))
    return float(wide), float(high)


def _facing(matrix: NDArray[np.floating], seen: NDArray[np.floating]) -> NDArray[np.float64]:
    """The same homography, its third coordinate positive at the point (2,) that is seen."""
    depth = matrix[2, :2] @ seen + matrix[2, 2]
    return np.asarray(matrix / (np.copysign(1.0, depth) * np.linalg.norm(matrix)))


def _to_origin(points: NDArray[np.floating]) -> NDArray[np.float64]:
    """The shift and scale (3, 3) that bring points to the origin, at a mean distance of the square root of 2."""
    x, y = points.mean(axis=1)
    apart = np.hypot(points[0] - x, points[1] - y).mean()
    if apart == 0:
        raise ValueError("a homography needs points that differ")
    scale = np.sqrt(2) / apart
    return np.array([[scale, 0, -scale * x], [0, scale, -scale * y], [0, 0, 1]])
