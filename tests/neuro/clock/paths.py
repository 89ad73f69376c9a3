"""Simulated ways of samples and echoes to the host: serial line, Bluetooth, Wi-Fi."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.clock import PhoneClock

Floats = NDArray[np.float64]


class Stream(NamedTuple):
    """(n,) samples: when each was measured and when it arrived, host monotonic seconds."""

    true_s: Floats
    arrived_s: Floats


def measured_s(n: int, rate_hz: float, ppm: float) -> Floats:
    """(n,) samples of a device whose clock runs that much too fast."""
    return 100.0 + np.arange(n) / (rate_hz * (1 + 1e-6 * ppm))


def held_up(rng: np.random.Generator, arrived_s: Floats, every_s: float, longest_s: float) -> Floats:
    """Arrivals at a host that now and then is busy: what comes meanwhile is seen when it is over."""
    starts_s = (
        np.cumsum(rng.exponential(every_s, int(2 * (arrived_s[-1] - arrived_s[0]) / every_s) + 10)) + arrived_s[0]
    )
    ends_s = np.maximum.accumulate(starts_s + rng.uniform(0.2, 1.0, starts_s.size) * longest_s)
    last = np.searchsorted(starts_s, arrived_s) - 1
    seen_s = np.where(last >= 0, np.maximum(arrived_s, ends_s[last]), arrived_s)
    return np.asarray(np.maximum.accumulate(seen_s))


def serial(rng: np.random.Generator, n: int, rate_hz: float = 250.0, ppm: float = 35.0) -> Stream:
    """A cable: 5 ms on the way, a millisecond of jitter, and a host that is busy for up to 120 ms every 3 s."""
    true_s = measured_s(n, rate_hz, ppm)
    arrived_s = np.maximum.accumulate(true_s + 0.005 + rng.exponential(0.001, n))
    return Stream(true_s, held_up(rng, arrived_s, 3.0, 0.120))


def bluetooth(rng: np.random.Generator, n: int, rate_hz: float = 256.0, ppm: float = 35.0) -> Stream:
    """A radio: 12 samples at once, 15 ms on the way, sent again every 7.5 ms until they come through."""
    true_s = measured_s(n, rate_hz, ppm)
    ready_s = true_s[11::12]
    tries = rng.geometric(0.75, ready_s.size)
    came_s = np.maximum.accumulate(ready_s + 0.015 + rng.uniform(0, 0.0075, ready_s.size) + 0.0075 * (tries - 1))
    return Stream(true_s, np.repeat(held_up(rng, came_s, 3.0, 0.060), 12))


def trip(rng: np.random.Generator) -> tuple[float, float]:
    """Seconds there and back over Wi-Fi: about 10 ms in all, one in twenty held up by some tens of ms."""
    there_s, back_s = 0.004 + rng.exponential(0.001, 2)
    spike_s = rng.exponential(0.04) * (rng.random() < 0.05)
    return float(there_s + spike_s), float(back_s)


class Phone(NamedTuple):
    """A phone's clock: ahead of the host's by this at start_s, and that much too fast."""

    ahead_s: float
    ppm: float
    start_s: float

    def unix_s(self, t_s: Floats) -> Floats:
        return self.ahead_s + t_s + 1e-6 * self.ppm * (t_s - self.start_s)

    def answer_s(self, t_s: float) -> float:
        """What it says at t_s: whole milliseconds."""
        return float(np.floor(self.unix_s(np.float64(t_s)) * 1000) / 1000)


def burst(clock: PhoneClock, phone: Phone, rng: np.random.Generator, t_s: float) -> list[float]:
    """Twenty questions from t_s on; the step that each answer reveals."""
    steps = []
    for _ in range(20):
        there_s, back_s = trip(rng)
        steps.append(clock.echo(t_s, phone.answer_s(t_s + there_s), t_s + there_s + back_s))
        t_s += there_s + back_s + 0.0037
    return steps
