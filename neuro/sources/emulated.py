"""A Cyton that nobody needs to own: a simulated player wears an emulated one, over the same protocol."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from neuro.clock.fit import ClockFit
from neuro.errors import DeviceUnavailable
from neuro.sources.board import layout, open_board
from neuro.sources.twin import Twin
from neuro.twin.eeg import RATE_HZ
from neuro.types import Chunk

if TYPE_CHECKING:
    from neuro.emulators.board.cyton import CytonEmulator


class EmulatedCyton:
    """The source and, within the same context, the emulator that it opens. POSIX only.

    Args: clock: host monotonic seconds, running at real pace.
    """

    emulator: "CytonEmulator"

    def __init__(self, twin: Twin, clock: Callable[[], float]) -> None:
        """Raises: DeviceUnavailable: this system has no pseudo-terminals."""
        if sys.platform == "win32":
            raise DeviceUnavailable("Windows has no pseudo-terminals: emulate the Cyton on Linux, macOS or WSL.")
        self.headset = layout("cyton").headset()
        self.twin, self._clock = twin, clock

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: the source cannot open the emulator."""
        from neuro.emulators.board.cyton import CytonEmulator  # noqa: PLC0415  cannot be imported on Windows

        with ExitStack() as entered:
            self.emulator = entered.enter_context(CytonEmulator(self._samples, RATE_HZ))
            port = {"serial_port": self.emulator.port}
            self.source = entered.enter_context(open_board("cyton", port, self._clock))
            self._entered = entered.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.close()

    def read(self) -> Chunk:
        """What has arrived since the last read. Raises: DeviceLost: nothing has, for a second or longer."""
        return self.source.read()

    def _samples(self, n: int) -> NDArray[np.floating]:
        self.twin.begin(self._clock())  # with the first sample, for what else the twin wears
        return self.twin.brain.samples(n)

    @property
    def clock_fit(self) -> ClockFit | None:
        """The source's."""
        return self.source.clock_fit
