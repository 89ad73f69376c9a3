"""Sends what Heron thinks to whoever listens on the Lab Streaming Layer (LSL): score with its trust, and markers."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from neuro.clock import WallClock
from neuro.sources.lsl import load_pylsl
from neuro.types import Estimate


class Outlet:
    """Two LSL streams while the context lasts: "<name> Attention" and "<name> Markers".

    Attention has the channels score and trust, both 0..1, whenever there is an estimate; its state goes out
    as a marker when it changes, as in "state:good". Both carry host time on LSL's clock, so recorders can align them.

    Args: clock: host monotonic seconds, running at real pace.
    """

    def __init__(self, clock: Callable[[], float], name: str = "Heron") -> None:
        self._name, self._clock = name, clock
        self._local = WallClock()
        self._state: str | None = None

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: there is no LSL on this computer."""
        self._lsl = load_pylsl()
        self._attention = self._opened("Attention", ("score", "trust"), "float32")
        self._markers = self._opened("Markers", ("marker",), "string")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del self._attention, self._markers  # an outlet ends with its last reference

    def estimate(self, estimate: Estimate) -> None:
        self._attention.push_sample([estimate.score, estimate.trust], self._lsl_s(estimate.t_s))
        if estimate.state != self._state:
            self._state = estimate.state
            self.mark(f"state:{estimate.state}", estimate.t_s)

    def mark(self, marker: str, t_s: float) -> None:
        """What happened, as in "block_done", at t_s host monotonic seconds."""
        self._markers.push_sample([marker], self._lsl_s(t_s))

    def _opened(self, kind: str, channels: tuple[str, ...], value: str) -> Any:
        source_id = f"{self._name} {kind}"  # the same in every run: recorders take a stream up again by it
        info = self._lsl.StreamInfo(source_id, kind, len(channels), self._lsl.IRREGULAR_RATE, value, source_id)
        info.set_channel_labels(list(channels))
        return self._lsl.StreamOutlet(info)

    def _lsl_s(self, t_s: float) -> float:
        """LSL's clock of this computer at host time t_s."""
        before_s, lsl_s, after_s = self._clock(), self._lsl.local_clock(), self._clock()
        self._local.reading(before_s, lsl_s, after_s)
        return t_s + self._local.offset_s
