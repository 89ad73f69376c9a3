"""The meters tell what was put into a signal: its rate, its losses, its jitter, its confidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from neuro.meter import BlinkCheck, Blinks, EyesMeter, Figures, Meter
from neuro.sources.twin import Twin
from neuro.twin.eeg import CHANNELS, RATE_HZ
from neuro.types import Chunk, Gaze


def measured(t_s: NDArray[np.float64], nominal_hz: float | None = None, n_at_once: int = 10) -> Figures:
    meter = Meter(nominal_hz)
    for first in range(0, t_s.size, n_at_once):
        meter.take(t_s[first : first + n_at_once])
    figures = meter.figures()
    assert figures is not None
    return figures


def test_nothing_is_said_before_the_first_sample_and_no_rate_before_the_second() -> None:
    meter = Meter(250.0)
    assert meter.figures() is None
    meter.take(np.array([3.0]))
    assert meter.figures() == Figures(3.0, 3.0, None, 0, None)


@pytest.mark.parametrize("nominal_hz", [None, 250.0])
def test_the_rate_and_the_jitter_are_those_of_the_stamps(nominal_hz: float | None) -> None:
    jitter_s = np.random.default_rng(1).normal(0, 0.0005, 15_000)
    figures = measured(100.0 + np.arange(15_000) / 249.5 + jitter_s, nominal_hz)
    assert figures.rate_hz == pytest.approx(249.5, abs=0.01)
    assert figures.jitter_ms == pytest.approx(0.5, rel=0.05)
    assert figures.lost == 0


def test_a_clock_that_drifts_is_no_jitter() -> None:
    k = np.arange(60 * 250)
    figures = measured(k / 250 * (1 + 35e-6) + 1e-3 * np.sin(k / 250 / 60))
    assert figures.jitter_ms is not None
    assert figures.jitter_ms < 0.05


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(8, 100), max_size=5), st.integers(1, 400))
def test_samples_that_never_came_are_counted_however_they_are_cut(missing: list[int], n_at_once: int) -> None:
    k = np.arange(6000) + sum((np.arange(6000) >= 1000 * (i + 1)) * n for i, n in enumerate(missing))
    figures = measured(50.0 + k / 200, n_at_once=n_at_once)
    assert figures.lost == sum(missing)
    assert figures.rate_hz == pytest.approx(200.0)


def test_packets_that_are_marked_as_lost_are_counted_by_the_minute() -> None:
    meter = Meter(250.0)
    for second in range(30):
        meter.take(second + np.arange(250) / 250, np.arange(250) < 5)
    figures = meter.figures()
    assert figures is not None
    assert figures.lost == 150
    assert figures.loss_per_minute == pytest.approx(300, rel=0.01)


def test_a_new_stretch_knows_nothing_of_the_one_before() -> None:
    meter = Meter()
    meter.take(np.arange(500) / 100)
    meter.restart()
    assert meter.figures() is None
    meter.take(100 + np.arange(500) / 50)
    figures = meter.figures()
    assert figures is not None
    assert (figures.from_s, figures.rate_hz, figures.lost) == (100.0, pytest.approx(50.0), 0)


def test_confidence_is_of_the_eyes_that_are_seen_and_worn_is_how_often_they_are() -> None:
    meter = EyesMeter()
    assert (meter.confidence, meter.worn_share) == (None, None)
    confidence = np.array([0.8, 0.6, 0.0, 0.0], np.float32)
    meter.take(Gaze(np.arange(4.0), np.zeros((2, 4), np.float32), np.ones(4, np.float32), confidence))
    assert meter.confidence == pytest.approx(0.7)
    assert meter.worn_share == 0.5


def eyes(confidence: NDArray[np.float32], rate_hz: float = 200.0) -> Gaze:
    n = confidence.size
    return Gaze(np.arange(n) / rate_hz, np.full((2, n), 0.5, np.float32), np.ones(n, np.float32), confidence)


def part(gaze: Gaze, first: int, last: int) -> Gaze:
    some = slice(first, last)
    return Gaze(gaze.t_s[some], gaze.xy[:, some], gaze.pupil_mm[some], gaze.confidence[some])


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 150)), max_size=8), st.integers(0, 1500))
def test_a_blink_is_eyes_that_are_gone_for_a_moment_however_chunks_fall(
    spans: list[tuple[int, int]], cut: int
) -> None:
    """Seen for some samples, then not for some, and so on; seen at the end. No span at 199 Hz is just long enough."""
    open_and_shut = [np.repeat(np.array([1, 0], np.float32), span) for span in spans]
    gaze = eyes(np.concatenate([*open_and_shut, np.ones(1, np.float32)]), 199.0)
    ends = np.cumsum([span for both in spans for span in both]).reshape(-1, 2)
    gone = [(a - 1, b) for a, b in ends.tolist() if 0.05 < (b - a + 1) / 199 < 0.5]
    blinks = Blinks()
    found = [*blinks(part(gaze, 0, cut)), *blinks(part(gaze, cut, gaze.t_s.size))]
    assert found == pytest.approx([(a + b) / 2 / 199 for a, b in gone])


def check(seconds: float, late_s: float, channels: tuple[str, ...] = CHANNELS) -> BlinkCheck:
    """A simulated head and eyes, polled five times a second; the eyes' stamps are late."""
    twin, found = Twin("adult", 1), BlinkCheck(channels)
    uv = twin.brain.samples(round(seconds * RATE_HZ))
    gaze = eyes(np.isfinite(twin.eyes.samples(round(seconds * 200), (0.5, 0.5)).xy[0]).astype(np.float32))
    for poll in range(round(5 * seconds)):
        first, last = (round(k * RATE_HZ / 5) for k in (poll, poll + 1))
        some = part(gaze, 40 * poll, 40 * poll + 40)
        found.take(
            Chunk(uv[:, first:last], np.arange(first, last) / RATE_HZ),
            Gaze(some.t_s + late_s, some.xy, some.pupil_mm, some.confidence),
        )
    return found


@pytest.mark.parametrize("late_s", [0.0, 0.1])
def test_blinks_tell_how_far_the_glasses_are_behind_the_headset(late_s: float) -> None:
    lag = check(120.0, late_s).lag()
    assert lag is not None
    assert lag.lag_s == pytest.approx(-late_s, abs=0.01)
    assert lag.agreement > 0.5


def test_without_a_forehead_or_without_blinks_nothing_is_said_of_the_clocks() -> None:
    assert check(60.0, 0.0, ("TP9", "C3", "C4", "TP10")).lag() is None
    assert check(5.0, 0.0).lag() is None
    assert BlinkCheck(CHANNELS).lag() is None
