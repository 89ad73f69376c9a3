"""Our own sections are those of SciPy, which the signal path does without."""

import numpy as np
import pytest
from scipy import signal

from neuro import sections
from neuro.twin.noise import power_law, walk

RATES_HZ = (125.0, 200.0, 250.0, 256.0, 512.0, 1000.0)
CHANCE = np.random.default_rng(3)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize(("order", "low_hz", "high_hz"), [(4, 1.0, 45.0), (2, 4.0, 8.0), (2, 15.0, 25.0)])
def test_a_band_is_butterworths(rate_hz: float, order: int, low_hz: float, high_hz: float) -> None:
    scipys = signal.butter(order, (low_hz, high_hz), "bandpass", fs=rate_hz, output="sos")
    assert sections.band(order, low_hz, high_hz, rate_hz) == pytest.approx(scipys, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("rate_hz", RATES_HZ)
def test_a_notch_is_as_narrow_as_its_quality_says(rate_hz: float) -> None:
    scipys = signal.tf2sos(*signal.iirnotch(50.0, 30.0, fs=rate_hz))
    assert sections.notch(50.0, rate_hz, 30.0) == pytest.approx(scipys, rel=1e-12)


@pytest.mark.parametrize(
    "sos", [sections.band(4, 1.0, 45.0, 250.0), sections.notch(50.0, 250.0, 30.0), walk(2.0, 200.0)]
)
def test_samples_go_through_as_through_scipys(sos: sections.Floats) -> None:
    samples, state = CHANCE.standard_normal((3, 400)), CHANCE.standard_normal((len(sos), 3, 2))
    filtered, after = sections.through(sos, samples, state)
    theirs, theirs_after = signal.sosfilt(sos, samples, zi=state)
    assert filtered == pytest.approx(theirs, rel=1e-12)
    assert after == pytest.approx(theirs_after, rel=1e-12)


def test_what_comes_and_what_was_remembered_stay_as_they_are() -> None:
    sos, samples = sections.band(4, 1.0, 45.0, 250.0), np.ones((1, 5))
    state = np.zeros((len(sos), 1, 2))
    sections.through(sos, samples, state)
    assert samples.tolist() == [[1.0] * 5]
    assert not state.any()


@pytest.mark.parametrize("sos", [sections.band(4, 1.0, 45.0, 250.0), sections.notch(60.0, 250.0, 30.0)])
def test_at_rest_on_a_level_nothing_moves(sos: sections.Floats) -> None:
    remembered, left = sections.at_rest(sos)
    assert remembered == pytest.approx(signal.sosfilt_zi(sos), abs=1e-9)
    filtered, _ = sections.through(sos, np.full((1, 50), 7.0), 7.0 * remembered[:, None, :])
    assert filtered == pytest.approx(np.full((1, 50), 7.0 * left), abs=1e-9)


def test_gains_are_those_of_scipy() -> None:
    sos, hz = power_law(1.0, 256.0), np.linspace(0.0, 128.0, 50)
    _, theirs = signal.sosfreqz(sos, worN=hz, fs=256.0)
    assert sections.gains(sos, hz, 256.0) == pytest.approx(theirs, rel=1e-12)
