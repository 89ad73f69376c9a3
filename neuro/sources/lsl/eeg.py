"""An LSL stream of EEG as a headset."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import numpy as np

from neuro.errors import DeviceUnavailable
from neuro.sources.lsl.feed import Feed, Portion
from neuro.sources.montage import channel_name
from neuro.sources.packets import Packets, joined
from neuro.types import Chunk, Headset

UV = {"microvolts": 1.0, "uv": 1.0, "µv": 1.0, "-6": 1.0, "millivolts": 1e3, "mv": 1e3, "-3": 1e3}
UV |= {"volts": 1e6, "v": 1e6, "0": 1e6}
"""Microvolts in one of each unit that streams name."""


class LslEeg:
    """An LSL stream of type EEG as a headset.

    Channels that are no EEG by their type or name are left out; a unit other than microvolts is converted where the
    stream names it. Stamps are the sender's, corrected for its clock and without their jitter.

    Args: clock: host monotonic seconds, running at real pace.
    """

    headset: Headset

    def __init__(self, name: str, clock: Callable[[], float]) -> None:
        self._name = name
        self._feed = Feed(name, "EEG", clock)

    def __enter__(self) -> Self:
        """Raises: DeviceUnavailable: no such stream is found within three seconds, or it has no EEG or no rate."""
        said = self._feed.begin()
        names = eeg_names(said.labels, said.types)
        lacking = "an even rate" if not said.rate_hz else "any EEG" if not any(names) else None
        if lacking:
            self._feed.end()
            raise DeviceUnavailable(f"The LSL stream {self._name!r} does not have {lacking}: choose another stream.")
        self._rows = [row for row, name in enumerate(names) if name]
        self._to_uv = np.array([UV.get(said.units[row].lower(), 1.0) for row in self._rows], np.float32)
        self.headset = Headset(self._name, tuple(filter(None, names)), said.rate_hz)
        self._packets = Packets(None, said.rate_hz)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._feed.end()

    def read(self) -> Chunk:
        """What has arrived since the last read.

        Raises: DeviceLost: nothing has, for almost a second or longer.
        """
        chunks = [self._chunk(portion) for portion in self._feed.taken()]
        if not chunks:
            return Chunk.empty(len(self.headset.channels))
        return joined(chunks)

    def _chunk(self, portion: Portion) -> Chunk:
        if portion.anew:
            self._packets.forget()
        uv = (portion.values[:, self._rows] * self._to_uv).T
        return self._packets(np.zeros(portion.t_s.size), uv, portion.t_s, portion.sender_s)


def eeg_names(labels: Sequence[str], types: Sequence[str]) -> list[str | None]:
    """A name a channel, None for what is no EEG; numbered where labels are missing or not different."""
    names = [
        channel_name(label or f"Ch{k + 1}") if kind.upper() in ("", "EEG") else None
        for k, (label, kind) in enumerate(zip(labels, types, strict=True))
    ]
    kept = [name for name in names if name]
    return names if len(set(kept)) == len(kept) else [name and f"Ch{k + 1}" for k, name in enumerate(names)]
