"""Forty simulated minutes: clocks that drift, one that NTP steps, and stamps that stay where they belong."""

from collections.abc import Callable

import numpy as np
import pytest

from neuro.clock import PhoneClock, WallClock
from neuro.sources.packets import Counter, Packets
from tests.neuro.clock.paths import Floats, Phone, Stream, bluetooth, burst, serial

MINUTES = 40
STEP_AT_S = 1300.0
POLL_S = 0.5


def wall(t_s: Floats, step_s: float) -> Floats:
    """Unix seconds of host seconds: NTP slews by 15 ppm and steps once."""
    return np.asarray(1_700_000_000.0 + t_s * (1 + 15e-6) + np.where(t_s >= STEP_AT_S, step_s, 0.0))


@pytest.mark.parametrize(
    ("path", "counter", "rate_hz", "step_s"),
    [
        (serial, Counter(256), 250.0, 1.7),
        (serial, None, 250.0, -0.04),
        (bluetooth, Counter(65_536, samples=12), 256.0, -3600.0),
    ],
    ids=["cable", "cable without a counter", "radio"],
)
def test_headsets_stay_within_two_milliseconds(
    path: Callable[[np.random.Generator, int], Stream], counter: Counter | None, rate_hz: float, step_s: float
) -> None:
    """Their driver stamps arrivals by the wall clock; the source reads that clock at every poll, at times held up."""
    rng = np.random.default_rng(1)
    stream = path(rng, int(MINUTES * 60 * rate_hz) // 12 * 12)
    unix_s = wall(stream.arrived_s, step_s)
    per, modulus = (counter.samples, counter.modulus) if counter else (1, 1)
    number = np.arange(unix_s.size) // per % modulus * 1.0
    clock, packets, found_s, t_s = WallClock(), Packets(counter, rate_hz), 0.0, []
    first = 0
    for now_s in np.arange(stream.arrived_s[0], stream.arrived_s[-1] + POLL_S, POLL_S).tolist():
        end = int(np.searchsorted(stream.arrived_s, now_s))
        took_s = 10e-6 if rng.random() < 0.9 else 4e-3
        found_s += clock.reading(now_s, float(wall(now_s + rng.random() * took_s, step_s)), now_s + took_s)
        arrived_s = clock.to_host(unix_s[first:end])
        t_s.append(packets(number[first:end], np.zeros((1, end - first), np.float32), arrived_s).t_s)
        first = end
    stamps_s = np.concatenate(t_s)
    error_s = (stamps_s - stream.true_s[: stamps_s.size])[int(10 * rate_hz) :]
    assert np.all(np.diff(stamps_s) > 0)
    assert np.abs(error_s - np.median(error_s)).max() < 2e-3  # the median is the way, which nobody can see
    assert found_s == pytest.approx(step_s, abs=5e-3)


def test_glasses_stay_within_two_milliseconds_but_for_the_time_until_the_phone_is_asked_again() -> None:
    clock, rng = PhoneClock(), np.random.default_rng(1)
    before, after = (Phone(1_700_000_572.0 + step_s, 35.0, 0.0) for step_s in (0.0, 1.7))
    stepped_s = 0.0
    for t_s in np.arange(0.0, 60.0 * MINUTES, 30.0):
        phone = after if t_s > STEP_AT_S else before
        stepped_s += sum(burst(clock, phone, rng, t_s))
        now_s = t_s + np.linspace(1.0, 31.0, 100)
        np.testing.assert_allclose(clock.to_host(phone.unix_s(now_s)), now_s, rtol=0, atol=2e-3)
    assert stepped_s == pytest.approx(1.7, abs=5e-3)
