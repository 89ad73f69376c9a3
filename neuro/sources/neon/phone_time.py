"""The phone's time: asked for, and doubted."""

import math
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from neuro.clock import PhoneClock
from neuro.errors import DeviceUnavailable
from neuro.sources.neon.echo import ask_time
from neuro.sources.neon.phone import Place

_ECHOES_S = 1.0
_STEP_S = 0.05  # a delay that changes by more than this is a stall, or the phone's clock was stepped (own choice)
_STALLS_EVERY_S = 5.0  # for what may be a stall, the phone is asked no more often (own choice)


class PhoneTime:
    """From the phone's clock to the host's. Args: clock: host monotonic seconds, running at real pace."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = PhoneClock()
        self._host_clock = clock
        self._late_s: float | None = None
        self._doubted_s = -math.inf

    def host_s(self, unix_s: float) -> float:
        return float(self.clock.to_host(np.array([unix_s]))[0])

    def unix_s(self, host_s: float) -> float:
        return float(self.clock.to_phone(np.array([host_s]))[0])

    async def ask(self, echo: Place) -> None:
        """Raises: DeviceUnavailable: it does not say."""
        try:
            await ask_time(*echo, self.clock, self._host_clock, _ECHOES_S)
        except (OSError, EOFError) as error:
            raise DeviceUnavailable(
                "Neon does not tell its time: keep the phone near the router, or restart the Companion app."
            ) from error

    def restart(self) -> None:
        """A new stream begins: how late its data are is another question."""
        self._late_s = None

    async def mind_the_delay(self, late_s: float, echo: Place, *, credible: bool) -> None:
        """Ask again, before anything is stamped, when the phone's clock may have been stepped.

        A stall makes data later, and leaves them in order. What is earlier than usual, or cannot be true, comes of a
        step for sure; a doubt about anything else waits its turn.

        Args: late_s: between a datum's stamp, in the phone's time, and its arrival, in the host's;
              credible: whether the stamp can be true by what is known of the phone's clock.
        """
        off_s = 0.0 if self._late_s is None else late_s - self._late_s
        if abs(off_s) < _STEP_S:
            self._late_s = late_s
            return
        now_s, stalled = self._host_clock(), credible and off_s > 0
        if not stalled or now_s - self._doubted_s > _STALLS_EVERY_S:
            self._doubted_s, self._late_s = now_s, None
            with suppress(DeviceUnavailable):
                await self.ask(echo)
