"""The head that wears the glasses: how it is turned, and so where its camera sees the screen."""

from math import cos, pi, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

from neuro.emulators.neon.payloads import FOCAL_PX, SCENE_PX

SCREEN_DEG = 40.0
"""How wide the screen appears; as wide as to the simulated player."""

_NOD_EVERY_S, _NOD_DEG = 4.0, 1.0  # nobody holds quite still
_TURN_S = 0.4
_STEP_S = 1e-3  # over which rates are taken

_WIDE = 2 * tan(radians(SCREEN_DEG / 2))
_HIGH = _WIDE * 9 / 16
_AHEAD = np.array([[_WIDE, 0, -_WIDE / 2], [0, _HIGH, -_HIGH / 2], [0, 0, 1]])
_CAMERA = np.array([[FOCAL_PX, 0, SCENE_PX[0] / 2], [0, FOCAL_PX, SCENE_PX[1] / 2], [0, 0, 1]])

Turned = tuple[float, float]
"""Degrees to the right, degrees down."""


class Head:
    """Straight before the screen, nodding a little, until it is told to turn. Its time counts from when it began."""

    def __init__(self) -> None:
        self._turn: tuple[float, Turned, Turned] = 0.0, (0.0, 0.0), (0.0, 0.0)

    def turn(self, right_deg: float, down_deg: float, t_s: float) -> None:
        """From t_s on turn there, within 0.4 seconds, and stay."""
        self._turn = t_s, self._held(t_s), (right_deg, down_deg)

    def turned_deg(self, t_s: float) -> Turned:
        right, down = self._held(t_s)
        return right, down + _NOD_DEG * sin(2 * pi * t_s / _NOD_EVERY_S)

    def rates_deg_s(self, t_s: float) -> Turned:
        """How fast it turns."""
        (right, down), (before_right, before_down) = self.turned_deg(t_s), self.turned_deg(t_s - _STEP_S)
        return (right - before_right) / _STEP_S, (down - before_down) / _STEP_S

    def view(self, t_s: float) -> NDArray[np.float64]:
        """The homography (3, 3) from screens to pixels of the scene camera."""
        right, down = (radians(turned) for turned in self.turned_deg(t_s))
        yaw = np.array([[cos(right), 0, -sin(right)], [0, 1, 0], [sin(right), 0, cos(right)]])
        pitch = np.array([[1, 0, 0], [0, cos(down), -sin(down)], [0, sin(down), cos(down)]])
        return np.asarray(_CAMERA @ pitch @ yaw @ _AHEAD)

    def pixels(self, t_s: NDArray[np.float64], xy: NDArray[np.floating]) -> NDArray[np.float64]:
        """Where the places xy (2, n) on the screen are seen at t_s (n,), in pixels (2, n)."""
        seen = [self.view(at_s) @ (x, y, 1.0) for at_s, (x, y) in zip(t_s.tolist(), xy.T.tolist(), strict=True)]
        x, y, depth = np.array(seen).reshape(-1, 3).T
        return np.stack([x / depth, y / depth])

    def _held(self, t_s: float) -> Turned:
        """Where it is turned to, the nod aside: on the path of least jerk."""
        since_s, origin, goal = self._turn
        done = min(max((t_s - since_s) / _TURN_S, 0.0), 1.0)
        way = done**3 * (10 - 15 * done + 6 * done**2)
        return origin[0] + way * (goal[0] - origin[0]), origin[1] + way * (goal[1] - origin[1])
