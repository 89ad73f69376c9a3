"""Gaze in the scene camera's picture as gaze on the screen: by the marks while they are seen, else by nine dots."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Literal, NamedTuple, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from neuro.errors import DeviceUnavailable
from neuro.screen.detector import Places
from neuro.screen.lens import NEON_PINHOLE, Calibration
from neuro.screen.plane import Homography, moved, on_screen, span_deg
from neuro.screen.points import PointMap
from neuro.screen.watcher import TagWatcher
from neuro.types import Gaze

HOLD_S = 0.3
"""How long a sight of the screen is good for: bridges two lost looks at 10 Hz (own choice)."""

MOST_TURN_RAD_S = 0.2
"""A head that turns faster is ahead of every map: what was seen 0.2 s ago is then 2 degrees off (own choice)."""

MappedBy = Literal["marks", "points", "none"]


class Picture(NamedTuple):
    """What the scene camera saw.

    grey: (1200, 1600) uint8
    t_s:  when, host monotonic seconds
    """

    grey: NDArray[np.uint8]
    t_s: float


@runtime_checkable
class SceneCamera(Protocol):
    """Glasses with a camera, open; nothing here waits."""

    @property
    def calibration(self) -> Calibration: ...
    @property
    def head_motion_rad_s(self) -> float | None: ...
    def watch(self, wanted: bool) -> None:
        """Have video, or no longer."""

    def picture(self) -> Picture | None:
        """The newest since the last call; None while none came."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the newest gaze came onto the screen.

    error_deg: how well the map fits what it was made from, None without a map. How well the glasses see is not in
               it: `validated` says that.
    """

    by: MappedBy = "none"
    error_deg: float | None = None


class TagMapper:
    """Built once, told of each sight of the screen, called for each chunk of gaze."""

    def __init__(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self.sight: Homography | None = None

    def see(self, sight: Homography) -> None:
        """The screen was there; an older sight than the one that is held says nothing new."""
        if self.sight is None or sight.t_s >= self.sight.t_s:
            self.sight = sight

    def holds(self, t_s: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether there was a sight near enough to each of t_s (n,)."""
        if self.sight is None:
            return np.zeros(t_s.size, bool)
        return np.asarray(np.abs(t_s - self.sight.t_s) <= HOLD_S)

    def __call__(self, t_s: NDArray[np.float64], px: NDArray[np.floating]) -> NDArray[np.float32]:
        """Gaze (2, n) in pixels at t_s (n,) -> screens (2, n); NaN off the screen or too far from a sight in time."""
        if self.sight is None:
            return np.full(px.shape, np.nan, np.float32)
        xy = on_screen(moved(self.sight.matrix, self._calibration.rays(px)))
        xy[:, ~self.holds(t_s)] = np.nan
        return xy


class ScreenMapper:
    """Built once, called with each read of the glasses; the video runs, and is searched, while the context lasts.

    points: the map by nine dots, for what the marks do not reach; whoever made one hands it in, from any thread.

    Args: camera: open, for longer than this; None where pixels come without a camera that can be asked.
          places: where on the screen the marks are.
    """

    def __init__(self, camera: SceneCamera | None, places: Places) -> None:
        self.points: PointMap | None = None
        self.mapped = Mapped()
        self.trouble: str | None = None
        self._camera, self._places = camera, places
        self._calibration = camera.calibration if camera else NEON_PINHOLE
        self._tags = TagMapper(self._calibration)
        self._watcher: TagWatcher | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._watch()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def calibration(self) -> Calibration:
        """The camera's, with which a `point_map` is to be made."""
        return self._calibration

    @property
    def span_deg(self) -> tuple[float, float] | None:
        """How wide and how high the screen appeared last; None before it was ever found."""
        seen = self._tags.sight or self.points
        return span_deg(seen.matrix) if seen else None

    def recentre(self, px: NDArray[np.floating], screen_xy: tuple[float, float]) -> None:
        """The head has turned: gaze at px (2,) is known to rest on screen_xy. Nothing to do without `points`.

        Raises: ValueError: no direction belongs to px.
        """
        if self.points:
            self.points = self.points.recentred(px, screen_xy)

    def __call__(self, gaze: Gaze) -> Gaze:
        """The same gaze, its xy in screens, NaN where nothing maps it or the head turns fast. Never waits."""
        self._look()
        if gaze.scene_px is None or not gaze.t_s.size:
            return gaze
        if self._camera and (self._camera.head_motion_rad_s or 0.0) > MOST_TURN_RAD_S:
            self.mapped = Mapped()
            return replace(gaze, xy=np.full(gaze.scene_px.shape, np.nan, np.float32))
        xy, points = self._tags(gaze.t_s, gaze.scene_px), self.points
        held = self._tags.holds(gaze.t_s)
        if points:
            xy[:, ~held] = points(gaze.scene_px[:, ~held])
        self.mapped = self._mapped_by(points, marks=bool(held[-1]))
        return replace(gaze, xy=xy)

    def _mapped_by(self, points: PointMap | None, *, marks: bool) -> Mapped:
        if marks and self._tags.sight:
            return Mapped("marks", self._tags.sight.error_deg)
        return Mapped("points", points.residual_deg) if points else Mapped()

    def _look(self) -> None:
        """Carry what the camera saw to the watcher, and what it found back."""
        if self._camera is None or self._watcher is None:
            return
        if self._camera.calibration is not self._calibration:  # other glasses
            self._open.close()
            self._calibration = self._camera.calibration
            self._tags = TagMapper(self._calibration)
            self._watch()
        if (picture := self._camera.picture()) is not None:
            self._watcher.offer(picture.grey, picture.t_s)
        if (sight := self._watcher.read()) is not None:
            self._tags.see(sight)
        if (trouble := self._watcher.trouble) is not None:
            self.trouble = trouble
            self._open.close()

    def _watch(self) -> None:
        """Begin to look for the marks."""
        if self._camera is None:
            return
        try:
            self._watcher = self._open.enter_context(TagWatcher(self._places, self._calibration))
        except DeviceUnavailable as missing:
            self.trouble = str(missing)
            return
        self._camera.watch(True)
        self._open.callback(self._camera.watch, False)
