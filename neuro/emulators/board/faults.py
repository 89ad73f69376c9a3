"""What goes wrong between a scalp and a host, on command: every emulated board has electrodes and a radio."""

import threading
from math import exp

import numpy as np

from neuro.emulators.board.feed import Uv

POP_UV, POP_DECAY_S = 200.0, 1.0
LOOSE_UV, LOOSE_HUM_UV, HUM_HZ = (
    100.0,
    200.0,
    50.0,
)  # ten times EEG's strength, and the mains (own choice)


class Electrodes:
    """Touch the samples of single channels, numbered from 0, until told otherwise.

    Args: rail_uv: where the amplifier saturates.
    """

    def __init__(self, n_channels: int, rate_hz: float, rail_uv: float) -> None:
        self._rate_hz, self._rail_uv = rate_hz, rail_uv
        self._lock = threading.Lock()
        self._chance = np.random.default_rng(0)
        self._pop_uv = np.zeros((n_channels, 1))
        self._railed = np.zeros(n_channels, bool)
        self._loose = np.zeros(n_channels, bool)
        self._done = 0

    def pop(self, channel: int) -> None:
        """The gel gives way: a step of 200 uV that fades within seconds."""
        with self._lock:
            self._pop_uv[channel] += POP_UV

    def rail(self, *channels: int) -> None:
        """The amplifier is at the end of its range."""
        with self._lock:
            self._railed[list(channels)] = True

    def detach(self, *channels: int) -> None:
        """The electrode hangs in the air: noise and mains instead of a head."""
        with self._lock:
            self._loose[list(channels)] = True

    def mend(self) -> None:
        """All electrodes sit well again."""
        with self._lock:
            self._railed[:] = self._loose[:] = False

    def __call__(self, uv: Uv) -> Uv:
        """What the amplifier sees of these samples (n_channels, n)."""
        n = uv.shape[1]
        since_s = np.arange(n) / self._rate_hz
        with self._lock:
            uv = uv + self._pop_uv * np.exp(-since_s / POP_DECAY_S)
            self._pop_uv *= exp(-n / self._rate_hz / POP_DECAY_S)
            hum = LOOSE_HUM_UV * np.sin(2 * np.pi * HUM_HZ * (self._done / self._rate_hz + since_s))
            n_loose = int(self._loose.sum())
            uv[self._loose] = LOOSE_UV * self._chance.standard_normal((n_loose, n)) + hum
            uv[self._railed] = self._rail_uv
            self._done += n
        return np.clip(uv, -self._rail_uv, self._rail_uv)


class Radio:
    """Loses and holds back packets on their way, until told otherwise. `lost` counts what it lost."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._chance = np.random.default_rng(0)
        self._to_drop, self._share, self._silent = 0, 0.0, False
        self._at_once = 1
        self._held: list[bytes] = []
        self.lost = 0

    def drop(self, n_packets: int) -> None:
        """The next packets are lost."""
        with self._lock:
            self._to_drop += n_packets

    def lose(self, share: float) -> None:
        """Of all packets this share is lost, by chance; 0 for none."""
        with self._lock:
            self._share = share

    def burst(self, n_packets: int) -> None:
        """So many arrive at once, as over Bluetooth; 1 for each by itself."""
        with self._lock:
            self._at_once = n_packets

    def silence(self) -> None:
        """Out of range: everything is lost until `resume`."""
        with self._lock:
            self._silent = True

    def resume(self) -> None:
        with self._lock:
            self._silent = False

    @property
    def is_silent(self) -> bool:
        return self._silent

    def __call__(self, packet: bytes) -> bytes:
        """What arrives now that this packet was sent: nothing, this one, or several."""
        with self._lock:
            if self._loses():
                self.lost += 1
            else:
                self._held.append(packet)
            if len(self._held) < self._at_once:
                return b""
            arrived = b"".join(self._held)
            self._held.clear()
            return arrived

    def _loses(self) -> bool:
        if self._to_drop:
            self._to_drop -= 1
            return True
        return self._silent or self._chance.random() < self._share
