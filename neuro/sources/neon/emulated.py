"""A Neon that nobody needs to own: a simulated player wears an emulated one, over the same protocols."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from neuro.clock.fit import ClockFit
from neuro.emulators.neon import NeonEmulator
from neuro.sources.neon.phone import Place
from neuro.sources.neon.source import NeonSource
from neuro.sources.twin import Twin
from neuro.types import Gaze

_AHEAD_S, _DRIFT_PPM = -572.0, 35.0  # a phone's clock, as they are found


class EmulatedNeon:
    """The source and, within the same context, the emulator that it connects to.

    Args: clock: host monotonic seconds, running at real pace.
    """

    def __init__(self, twin: Twin, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.emulator = NeonEmulator(
            lambda n: twin.eyes.samples(n, (0.5, 0.5)), ahead_s=_AHEAD_S, drift_ppm=_DRIFT_PPM
        )

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: the source cannot reach the emulator."""
        with ExitStack() as entered:
            emulator = entered.enter_context(self.emulator)
            self.source = entered.enter_context(NeonSource(Place(emulator.host, emulator.port), self._clock))
            self._entered = entered.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.close()

    def read(self) -> Gaze:
        """What has arrived since the last read. Raises: DeviceLost: the newest sample is almost a second old."""
        return self.source.read()

    @property
    def clock_fit(self) -> ClockFit | None:
        """The emulated phone's clock."""
        return self.source.clock_fit
