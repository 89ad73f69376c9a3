"""A scene camera that looks at a screen: pose, lens, blur and noise as they are wanted, and the truth beside."""

from dataclasses import dataclass
from functools import cache
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from neuro.screen.codes import TAGS, tag_bits
from neuro.screen.lens import Calibration
from neuro.screen.plane import moved

FRAME_PX = (1600, 1200)
SCREEN_PX = (1280, 720)
HIGH = 9 / 16  # of the screen, in its widths

NEON = Calibration(  # of a real Neon
    np.array([[888.41113245, 0, 805.09759181], [0, 888.35945532, 618.63827151], [0, 0, 1]]),
    np.array([-0.1301920, 0.1084963, 7.663e-05, -1.986e-04, 3.540e-05, 0.1697334, 0.0521931, 0.0249344]),
)

GRID = np.array(list(product(np.linspace(0.02, 0.98, 7), repeat=2))).T
"""(2, 49) places all over the screen."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head is held: how much of the frame's width the screen fills, how it is turned and where."""

    fills: float
    pitch_deg: float = 0.0
    yaw_deg: float = 0.0
    roll_deg: float = 0.0
    right: float = 0.0  # in screen widths
    down: float = 0.0

    def rays_of_screen(self) -> NDArray[np.float64]:
        """The homography (3, 3) from screens to rays."""
        turn, _ = cv2.Rodrigues(np.radians([self.pitch_deg, self.yaw_deg, self.roll_deg]))
        away = NEON.matrix[0, 0] / (FRAME_PX[0] * self.fills)
        across, below = turn[:, 0], turn[:, 1] * HIGH
        return np.stack([across, below, [self.right, self.down, away] - across / 2 - below / 2], axis=1)

    def rays(self, on_screen: NDArray[np.floating]) -> NDArray[np.float64]:
        return moved(self.rays_of_screen(), on_screen)

    def pixels(self, on_screen: NDArray[np.floating]) -> NDArray[np.float64]:
        """Where places (2, n) on the screen are seen."""
        return NEON.pixels(self.rays(on_screen))


AHEAD = Pose(0.45)
POSES = (AHEAD, Pose(0.25), Pose(0.4, 15, -8, 4, 0.1, 0.05), Pose(0.4, -12, 20, -10, -0.3, 0.2), Pose(0.6, 5, 10, 3))


def photographed(
    picture: NDArray[np.uint8], pose: Pose, blur_px: float = 0.0, noise: float = 4.0, seed: int = 0
) -> NDArray[np.uint8]:
    """The picture (height, width) on the screen as the camera (1200, 1600) sees it, in a dim room."""
    shrink = picture.shape[1] / (FRAME_PX[0] * pose.fills)
    soft = cv2.GaussianBlur(picture, (0, 0), 0.5 * max(shrink, 0.5))  # a pixel of the camera sees more than a point
    u, v = moved(np.linalg.inv(pose.rays_of_screen()), _every_ray()).astype(np.float32)
    x, y = ((at * n - 0.5).reshape(FRAME_PX[::-1]) for at, n in ((u, picture.shape[1]), (v, picture.shape[0])))
    frame = cv2.remap(soft, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=45)
    if blur_px:
        frame = cv2.GaussianBlur(frame, (0, 0), blur_px)
    grain = np.random.default_rng(seed).standard_normal(frame.shape, np.float32) * noise
    return np.clip(frame + grain, 0, 255).astype(np.uint8)


@cache
def seen_ahead() -> NDArray[np.uint8]:
    """All four marks, from straight ahead."""
    return photographed(marked_screen(0, 1, 2, 3), AHEAD)


@cache
def _every_ray() -> NDArray[np.float32]:
    """Of each fourth pixel, and straight between: 0.004 px off the lens at the median, 0.011 px at most where
    screens are seen (own measurement)."""
    wide, high = (n // 4 + 1 for n in FRAME_PX)
    rays = np.nan_to_num(NEON.rays(4 * np.indices((high, wide))[::-1].reshape(2, -1)), nan=9.0)
    down, right = np.indices(FRAME_PX[::-1], np.float32) / 4
    between = (
        cv2.remap(along.reshape(high, wide), right, down, cv2.INTER_LINEAR) for along in rays.astype(np.float32)
    )
    return np.stack([along.ravel() for along in between])


@cache
def marked_screen(*corners: int) -> NDArray[np.uint8]:
    """A grey screen (720, 1280) with marks in these of its corners, 0 to 3 clockwise from the top left."""
    screen = np.full(SCREEN_PX[::-1], 110, np.uint8)
    for corner in corners:
        x, y = _corner(corner)
        screen[y - 12 : y + 108, x - 12 : x + 108] = 225
        screen[y : y + 96, x : x + 96] = np.kron(tag_bits(TAGS[corner]), np.ones((12, 12), np.uint8)) * 205 + 20
    return screen


def _corner(corner: int) -> tuple[int, int]:
    """The top left corner of a mark's black square."""
    return (1172 if corner in (1, 2) else 12), (612 if corner in (2, 3) else 12)


def _place(corner: int) -> NDArray[np.float64]:
    x, y = _corner(corner)
    return np.array([[x, x + 96, x + 96, x], [y, y, y + 96, y + 96]], float) / np.array(SCREEN_PX)[:, None]


PLACES = {TAGS[corner]: _place(corner) for corner in range(4)}
