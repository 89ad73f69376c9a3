"""Morlet wavelets against their closed form."""

import numpy as np
import pytest

from neuro.features.wavelet import WAVELET_HZ, Morlet
from tests.neuro.features.signals import RATE_HZ, Samples, sine

HZ = np.array(WAVELET_HZ)


@pytest.mark.parametrize("rate_hz", [125.0, 250.0, 500.0])
def test_a_sine_has_half_its_amplitude_squared_at_its_own_frequency(rate_hz: float) -> None:
    morlet = Morlet(rate_hz)
    for row, hz in enumerate(WAVELET_HZ):
        assert morlet(sine(hz, 20, 3, rate_hz))[0, row] == pytest.approx(200, rel=0.01)


@pytest.mark.parametrize("hz", [6.0, 9.0, 11.0, 18.0])
def test_beside_it_energy_falls_as_a_bell(hz: float) -> None:
    wanted = 200 * np.exp(-((6 * (hz - HZ) / HZ) ** 2))  # a standard deviation of hz / 6 in amplitude
    assert Morlet(RATE_HZ)(sine(hz, 20, 3)).mean(axis=2)[0] == pytest.approx(wanted, abs=1.0)


def test_a_click_rings_as_long_as_the_wavelet_is() -> None:
    click = np.zeros((1, 1000))
    click[0, 500] = 100.0
    energy = Morlet(RATE_HZ)(click)[0]
    after_s = (np.arange(energy.shape[1]) / 10 + 187 / RATE_HZ) - 500 / RATE_HZ
    inside = np.abs(after_s) < 0.7
    for row, hz in enumerate(WAVELET_HZ):
        shape = np.exp(-((2 * np.pi * hz / 6 * after_s) ** 2))
        nearest = np.argmin(np.abs(after_s))
        wanted = energy[row, nearest] * shape / shape[nearest]
        assert energy[row, inside] == pytest.approx(wanted[inside], abs=0.02 * energy[row].max())


def test_an_offset_has_no_energy() -> None:
    assert Morlet(RATE_HZ)(np.full((2, 800), 3000.0)).max() < 1e-12


def test_every_frame_is_that_of_its_own_samples() -> None:
    noise = np.random.default_rng(1).normal(0, 10, (3, 1250))
    whole, part = Morlet(RATE_HZ)(noise), Morlet(RATE_HZ)(noise[:, 250:1000])
    assert whole.shape == (3, 8, 36)
    assert part == pytest.approx(whole[:, :, 10:26], rel=1e-9)


def lost_in(samples: Samples) -> Samples:
    samples[1, 400] = np.nan
    return samples


def test_a_lost_packet_silences_its_channel_only() -> None:
    energy = Morlet(RATE_HZ)(lost_in(np.ones((2, 500))))
    assert np.isfinite(energy[0]).all()
    assert np.isnan(energy[1]).any()


def test_before_a_wavelet_fits_there_is_no_frame() -> None:
    assert Morlet(RATE_HZ)(np.ones((2, 374))).shape == (2, 8, 0)
    assert Morlet(RATE_HZ)(np.ones((2, 375))).shape == (2, 8, 1)
