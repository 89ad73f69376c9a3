"""An LSL stream of gaze as an eye tracker."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from neuro.errors import DeviceUnavailable
from neuro.sources.lsl.feed import Described, Feed
from neuro.sources.packets import increasing
from neuro.types import Gaze

_NEON_SCENE_PX = (1600.0, 1200.0)


class LslGaze:
    """An LSL stream of type Gaze as an eye tracker.

    Args: clock: host monotonic seconds, running at real pace.
    """

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self._name = name
        self._feed = Feed(name, "Gaze", clock)
        self._newest_s = -math.inf

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: no such stream is found within three seconds, or it names no x and y."""
        said = self._feed.begin()
        columns = GazeColumns.named(said)
        if columns is None:
            self._feed.end()
            raise DeviceUnavailable(
                f"The LSL stream {self._name!r} names no channels x and y: choose another stream."
            )
        self._columns = columns
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._feed.end()

    def read(self) -> Gaze:
        """What has arrived since the last read.

        Raises: DeviceLost: nothing has, for almost a second or longer.
        """
        portions = self._feed.taken()
        if not portions:
            return Gaze.empty()
        t_s = increasing(np.concatenate([portion.t_s for portion in portions]), self._newest_s)
        self._newest_s = float(t_s[-1])
        gaze = self._columns.gaze(t_s, np.concatenate([portion.values for portion in portions]))
        return replace(gaze, device_s=np.concatenate([portion.sender_s for portion in portions]))


class GazeColumns(NamedTuple):
    """Where in a sample the gaze is.

    scale:      x and y of the whole picture; 1, 1 where the stream is in pictures already
    upwards:    whether y counts from the bottom
    pupils:     diameters in millimetres, one or one an eye
    confidence: None where the stream has none
    """

    x: int
    y: int
    scale: tuple[float, float]
    upwards: bool
    pupils: list[int]
    confidence: int | None

    @classmethod
    def named(cls, said: Described) -> Self | None:
        """By the words in the channels' labels; None where there is no x and y.

        "norm_pos" is Pupil Core's, normalised and from the bottom left. What else does not say that it is normalised
        is taken as pixels of Neon's scene camera, as the Companion app streams them (Pupil Labs, "Stream over LSL").
        """
        words = [re.split(r"[^a-z0-9]+", label.lower()) for label in said.labels]
        x, y = (next((k for k, word in enumerate(words) if axis in word), None) for axis in "xy")
        if x is None or y is None:
            return None
        normal = "norm" in words[x] or said.units[x].lower().startswith("norm")
        small = [label.lower() for label in said.labels]
        return cls(
            x=x,
            y=y,
            scale=(1.0, 1.0) if normal else _NEON_SCENE_PX,
            upwards="norm" in words[x] and "pos" in words[x],
            pupils=[k for k, label in enumerate(small) if "pupil" in label and "diameter" in label],
            confidence=small.index("confidence") if "confidence" in small else None,
        )

    def gaze(self, t_s: NDArray[np.float64], values: NDArray[np.float32]) -> Gaze:
        x, y = values[:, self.x] / self.scale[0], values[:, self.y] / self.scale[1]
        xy = np.array([x, 1 - y if self.upwards else y], np.float32)
        seen = np.isfinite(xy[0]) & np.isfinite(xy[1])
        confidence = seen.astype(np.float32)
        if self.confidence is not None:
            confidence[seen] = values[seen, self.confidence]
        return Gaze(t_s, xy, _mean_of_eyes(values[:, self.pupils]), confidence)


def _mean_of_eyes(diameter_mm: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) from (n, n_eyes): of the eyes that are measured, NaN where none is."""
    measured = np.isfinite(diameter_mm) & (diameter_mm > 0)
    total = np.where(measured, diameter_mm, 0).sum(axis=1)
    n = measured.sum(axis=1)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan).astype(np.float32)
