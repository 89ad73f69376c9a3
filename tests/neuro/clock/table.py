"""How far stamps are from the truth on simulated ways, in figures: `python -m tests.neuro.clock.table`."""

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from neuro.clock import PhoneClock, SampleClock, WallClock
from neuro.sources.packets import Counter, Packets
from tests.neuro.clock.paths import Floats, Phone, Stream, bluetooth, burst, serial

MINUTES = 40
STEP_AT_S = 1300.0
SETTLED_S = 10.0
PPM = 35.0

_POLL_S = 0.5
_SEEDS, _MANY = range(12), range(24)


class Way(NamedTuple):
    """counter: how the board numbers its packets, None where it does not."""

    path: Callable[[np.random.Generator, int], Stream]
    counter: Counter | None
    rate_hz: float


CABLE = Way(serial, Counter(256), 250.0)
CABLE_WITHOUT_COUNTER = Way(serial, None, 250.0)
RADIO = Way(bluetooth, Counter(65_536, samples=12), 256.0)


def wall(t_s: Floats, step_s: float) -> Floats:
    """Unix seconds of host seconds: NTP slews by 15 ppm and steps once."""
    return np.asarray(1_700_000_000.0 + t_s * (1 + 15e-6) + np.where(t_s >= STEP_AT_S, step_s, 0.0))


def headset_sitting(way: Way, step_s: float, seed: int) -> tuple[Floats, float]:
    """Forty minutes of a headset whose driver stamps arrivals by the wall clock, which NTP steps once.

    The source reads that clock at every poll, at times held up. Returns the stamps' errors (n,), the median, which is
    the way that nobody can see, taken off, and the step that was found.
    """
    rng = np.random.default_rng(seed)
    stream = way.path(rng, int(MINUTES * 60 * way.rate_hz) // 12 * 12)
    unix_s = wall(stream.arrived_s, step_s)
    per, modulus = (way.counter.samples, way.counter.modulus) if way.counter else (1, 1)
    number = (np.arange(unix_s.size) // per % modulus).astype(np.float64)
    clock, packets, found_s, t_s = WallClock(), Packets(way.counter, way.rate_hz), 0.0, []
    first = 0
    for now_s in np.arange(stream.arrived_s[0], stream.arrived_s[-1] + _POLL_S, _POLL_S).tolist():
        end = int(np.searchsorted(stream.arrived_s, now_s))
        took_s = 10e-6 if rng.random() < 0.9 else 4e-3
        found_s += clock.reading(now_s, float(wall(now_s + rng.random() * took_s, step_s)), now_s + took_s)
        arrived_s, uv = clock.to_host(unix_s[first:end]), np.zeros((1, end - first), np.float32)
        t_s.append(packets(number[first:end], uv, arrived_s, unix_s[first:end]).t_s)
        first = end
    stamps_s = np.concatenate(t_s)
    assert np.all(np.diff(stamps_s) > 0)
    error_s = (stamps_s - stream.true_s[: stamps_s.size])[int(SETTLED_S * way.rate_hz) :]
    return error_s - np.median(error_s), found_s


def glasses_sitting(step_s: float, seed: int) -> tuple[Floats, float]:
    """Forty minutes of a phone that is asked for its time every 30 s, and whose clock is stepped once.

    Returns the stamps' errors (n,), but for the time from the step to the next question, and the step that was found.
    """
    clock, rng = PhoneClock(), np.random.default_rng(seed)
    before, after = (Phone(1_700_000_572.0 + by_s, PPM, 0.0) for by_s in (0.0, step_s))
    found_s, error_s = 0.0, []
    for t_s in np.arange(0.0, 60.0 * MINUTES, 30.0):
        phone = after if t_s > STEP_AT_S else before
        found_s += sum(burst(clock, phone, rng, t_s))
        now_s = t_s + np.linspace(1.0, 31.0, 100)
        error_s.append(clock.to_host(phone.unix_s(now_s)) - now_s)
    return np.concatenate(error_s), found_s


def _ways() -> Iterator[str]:
    """Five minutes each: what arrives, what comes of it, and the worst after ten seconds."""
    yield "| way, clocks 35 ppm off | arrivals, sd, ms | stamps, sd (worst seed) | worst sample, ms | drift off by |"
    yield "|---|---|---|---|---|"
    for name, way in {"cable, host busy up to 120 ms": CABLE, "radio, 12 samples a packet": RADIO}.items():
        raw, sd, worst, off_ppm = [], [], [], []
        for seed in _SEEDS:
            stream = way.path(np.random.default_rng(seed), int(300 * way.rate_hz) // 12 * 12)
            clock = SampleClock(way.rate_hz)
            error_s = clock.stamp(np.arange(stream.true_s.size), stream.arrived_s) - stream.true_s
            error_s = error_s[int(SETTLED_S * way.rate_hz) :]
            raw.append(1e3 * (stream.arrived_s - stream.true_s).std())
            sd.append(1e3 * error_s.std())
            worst.append(1e3 * np.abs(error_s - np.median(error_s)).max())
            off_ppm.append(abs(1e6 * (clock.rate_hz / way.rate_hz - 1) - PPM))
        sds = f"{np.median(sd):.3f} ({max(sd):.3f})"
        yield f"| {name} | {np.median(raw):.1f} | {sds} | {max(worst):.2f} | {max(off_ppm):.1f} ppm |"
    yield _phone()


def _phone() -> str:
    sd, worst, off_ppm = [], [], []
    for seed in _MANY:
        phone, clock, rng, error_ms = Phone(1_700_000_572.0, PPM, 0.0), PhoneClock(), np.random.default_rng(seed), []
        for t_s in np.arange(0.0, 1800.0, 30.0):
            burst(clock, phone, rng, t_s)
            error_ms.append(1e3 * float(clock.to_host(phone.unix_s(np.array([t_s + 1.0])))[0] - t_s - 1.0))
        after = np.array(error_ms[10:])
        sd.append(after.std())
        worst.append(np.abs(after).max())
        off_ppm.append(abs(clock.drift_ppm - PPM))
    sds = f"{np.median(sd):.3f} ({max(sd):.3f})"
    return f"| phone over Wi-Fi, 30 min, after the first 5 | - | {sds} | {max(worst):.2f} | {max(off_ppm):.1f} ppm |"


def _sittings() -> Iterator[str]:
    yield "| 40 minutes, clocks 35 ppm off, one step | step, s | found, s | stamps, sd, ms | worst sample, ms |"
    yield "|---|---|---|---|---|"
    for name, way, step_s in (
        ("cable", CABLE, 1.7),
        ("cable, packets without numbers", CABLE_WITHOUT_COUNTER, -0.04),
        ("radio", RADIO, -3600.0),
    ):
        error_s, found_s = headset_sitting(way, step_s, 1)
        yield _sitting(name, step_s, found_s, error_s)
    error_s, found_s = glasses_sitting(1.7, 1)
    yield _sitting("phone over Wi-Fi", 1.7, found_s, error_s)


def _sitting(name: str, step_s: float, found_s: float, error_s: Floats) -> str:
    worst_ms = 1e3 * np.abs(error_s).max()
    return f"| {name} | {step_s:+g} | {found_s:+.4f} | {1e3 * error_s.std():.3f} | {worst_ms:.2f} |"


if __name__ == "__main__":
    for line in (*_ways(), "", *_sittings()):
        sys.stdout.write(line + "\n")
