"""Looking through emulated glasses, with a limit instead of a sleep."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from neuro.emulators.neon import NeonEmulator
from neuro.errors import DeviceLost
from neuro.sources.neon import NeonSource, Place
from neuro.types import Gaze
from tests.neuro.emulators.eyes import RATE_HZ, Counting, numbers
from tests.neuro.sources.live import wait_until


class Glasses(Protocol):
    """What tests read."""

    def read(self) -> Gaze: ...


@contextmanager
def counting(gaze_bytes: int = 105) -> Iterator[tuple[NeonEmulator, NeonSource]]:
    """An emulator whose gaze says which sample it is, on a phone whose clock is off, and a source that reads it."""
    with (
        NeonEmulator(Counting(), ahead_s=-572.0, drift_ppm=35.0, gaze_bytes=gaze_bytes) as neon,
        NeonSource(Place(neon.host, neon.port), time.monotonic) as source,
    ):
        yield neon, source


class Watch:
    """Reads glasses and keeps all: the gaze, and what was said at a loss."""

    def __init__(self, glasses: Glasses) -> None:
        self._glasses = glasses
        self._parts: list[Gaze] = []
        self.lost: list[str] = []
        self.lost_after_s: list[float] = []

    def look(self) -> int:
        """How many samples have come with this read."""
        try:
            self._parts.append(self._glasses.read())
        except DeviceLost as lost:
            self.lost.append(str(lost))
            self.lost_after_s.append(time.monotonic() - self.gaze.t_s[-1])
            return 0
        return self._parts[-1].t_s.size

    def until(self, is_so: Callable[[], bool], limit_s: float = 10.0) -> None:
        """Read until something is so."""

        def seen() -> bool:
            self.look()
            return is_so()

        wait_until(seen, limit_s)

    def more(self, n: int, limit_s: float = 10.0) -> Gaze:
        """The next n samples or a few more."""
        before = self.gaze.t_s.size
        self.until(lambda: self.gaze.t_s.size >= before + n, limit_s)
        return part(self.gaze, np.arange(before, self.gaze.t_s.size))

    @property
    def gaze(self) -> Gaze:
        return joined(self._parts)


def _columns(gaze: Gaze) -> tuple[NDArray[Any], ...]:
    assert gaze.device_s is not None
    assert gaze.scene_px is not None
    return gaze.t_s, gaze.xy, gaze.pupil_mm, gaze.confidence, gaze.device_s, gaze.scene_px


def joined(parts: list[Gaze]) -> Gaze:
    """All that glasses sent."""
    none = replace(Gaze.empty(), device_s=np.empty(0), scene_px=np.empty((2, 0), np.float32))
    whole = [none, *(each for each in parts if each.t_s.size)]
    return Gaze(*(np.concatenate(column, axis=-1) for column in zip(*map(_columns, whole), strict=True)))


def part(gaze: Gaze, which: NDArray[Any]) -> Gaze:
    """Some of the samples of glasses."""
    return Gaze(*(column[..., which] for column in _columns(gaze)))


def assert_true(neon: NeonEmulator, gaze: Gaze) -> None:
    """Every sample that says what it is was measured once, comes in order, and is stamped within 2 ms of truth."""
    assert gaze.scene_px is not None
    says = np.isfinite(gaze.scene_px[0])
    measured = numbers(part(gaze, says))
    assert says.sum() > 20
    assert (np.diff(measured) > 0).all()
    assert (np.diff(gaze.t_s) > 0).all()
    np.testing.assert_allclose(gaze.t_s[says], neon.began_s + measured / RATE_HZ, rtol=0, atol=0.002)
