"""Looking through emulated glasses, with a limit instead of a sleep."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np

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
        whole = self.gaze
        return Gaze(whole.t_s[before:], whole.xy[:, before:], whole.pupil_mm[before:], whole.confidence[before:])

    @property
    def gaze(self) -> Gaze:
        parts = [Gaze.empty(), *self._parts]
        return Gaze(
            np.concatenate([part.t_s for part in parts]),
            np.concatenate([part.xy for part in parts], axis=1),
            np.concatenate([part.pupil_mm for part in parts]),
            np.concatenate([part.confidence for part in parts]),
        )


def assert_true(neon: NeonEmulator, gaze: Gaze) -> None:
    """Every sample that says what it is was measured once, comes in order, and is stamped within 2 ms of truth."""
    says = np.isfinite(gaze.xy[0])
    measured = numbers(Gaze(gaze.t_s[says], gaze.xy[:, says], gaze.pupil_mm[says], gaze.confidence[says]))
    assert says.sum() > 20
    assert (np.diff(measured) > 0).all()
    assert (np.diff(gaze.t_s) > 0).all()
    np.testing.assert_allclose(gaze.t_s[says], neon.began_s + measured / RATE_HZ, rtol=0, atol=0.002)
