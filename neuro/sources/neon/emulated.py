"""A Neon that nobody needs to own: a simulated player wears an emulated one, over the same protocols."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from neuro.clock.fit import ClockFit
from neuro.emulators.neon import NeonEmulator
from neuro.screen import Calibration, Picture, Places
from neuro.sources.neon.beside import EyeEvent
from neuro.sources.neon.phone import Place
from neuro.sources.neon.source import NeonSource
from neuro.sources.twin import Twin
from neuro.types import Gaze

_AHEAD_S, _DRIFT_PPM = -572.0, 35.0  # a phone's clock, as they are found


class EmulatedNeon:
    """The source and, within the same context, the emulator that it connects to.

    Args: twin: who wears it; clock: host monotonic seconds, running at real pace.
    """

    emulator: NeonEmulator
    source: NeonSource

    def __init__(self, twin: Twin, clock: Callable[[], float]) -> None:
        self.twin = twin
        self._clock = clock
        self._target_xy = (0.5, 0.5)

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: the source cannot reach the emulator."""
        self.emulator = NeonEmulator(
            lambda n: self.twin.eyes.samples(n, self._target_xy),
            ahead_s=_AHEAD_S,
            drift_ppm=_DRIFT_PPM,
            began_s=self.twin.begin(self._clock()),
        )
        with ExitStack() as entered:
            emulator = entered.enter_context(self.emulator)
            self.source = entered.enter_context(NeonSource(Place(emulator.host, emulator.port), self._clock))
            self._entered = entered.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.close()

    def look_at(self, x: float, y: float) -> None:
        """From now on, the thing to see is at x, y (screens)."""
        self._target_xy = (x, y)

    def show(self, places: Places) -> None:
        """Let the screen before the emulated camera show these marks."""
        self.emulator.show(places)

    def read(self) -> Gaze:
        """What has arrived since the last read. Raises: DeviceLost: the newest sample is almost a second old."""
        return self.source.read()

    def blinks(self) -> NDArray[np.float64]:
        """As of `NeonSource`."""
        return self.source.blinks()

    def eye_events(self) -> list[EyeEvent]:
        """As of `NeonSource`."""
        return self.source.eye_events()

    def watch(self, wanted: bool) -> None:
        """As of `NeonSource`."""
        self.source.watch(wanted)

    def picture(self) -> Picture | None:
        """As of `NeonSource`."""
        return self.source.picture()

    @property
    def calibration(self) -> Calibration:
        """As of `NeonSource`."""
        return self.source.calibration

    @property
    def head_motion_rad_s(self) -> float | None:
        """As of `NeonSource`."""
        return self.source.head_motion_rad_s

    @property
    def clock_fit(self) -> ClockFit | None:
        """The emulated phone's clock."""
        return self.source.clock_fit
