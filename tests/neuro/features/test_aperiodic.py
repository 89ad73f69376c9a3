"""The aperiodic line: exact where there is only a line, hardly moved by rhythms, known in its error on noise."""

import numpy as np
import pytest

from neuro.features.aperiodic import aperiodic
from tests.neuro.features.signals import power_law, rhythm, spectra

HZ = np.arange(0.5, 45.5, 0.5)


def bump(centre_hz: float, width_hz: float, height: float) -> np.ndarray:
    """log10 of how far a rhythm rises."""
    return np.asarray(height * np.exp(-(((HZ - centre_hz) / width_hz) ** 2) / 2))


@pytest.mark.parametrize("exponent", [-0.5, 0.0, 1.0, 2.3])
def test_a_line_is_found_exactly(exponent: float) -> None:
    line = aperiodic(HZ, 10**1.5 / HZ**exponent)
    assert line.exponent == pytest.approx(exponent)
    assert line.offset == pytest.approx(1.5)
    assert line.density(HZ) == pytest.approx(10**1.5 / HZ**exponent)


@pytest.mark.parametrize("centre_hz", [8.0, 10.0, 12.0])
def test_alpha_does_not_move_it(centre_hz: float) -> None:
    line = aperiodic(HZ, 10 ** (1 + bump(centre_hz, 0.8, 1.3)) / HZ)
    assert line.exponent == pytest.approx(1.0, abs=0.02)


def test_narrow_theta_and_beta_are_set_aside() -> None:
    ripple = 0.02 * np.sin(np.arange(len(HZ)) * 2.1)
    line = aperiodic(HZ, 10 ** (1 + ripple + bump(4.5, 0.4, 0.6) + bump(20, 1.5, 0.4)) / HZ)
    assert line.exponent == pytest.approx(1.0, abs=0.03)


def test_what_no_line_fits_stays_unknown() -> None:
    spectra_of_three = np.stack([1 / HZ, np.full_like(HZ, np.nan), np.zeros_like(HZ)])
    line = aperiodic(HZ, spectra_of_three)
    assert np.isfinite(line.exponent).tolist() == np.isfinite(line.offset).tolist() == [True, False, False]


@pytest.mark.parametrize("exponent", [0.7, 1.1, 1.6])
def test_over_30_s_of_simulated_eeg_bias_and_spread_are_known(exponent: float) -> None:
    rng = np.random.default_rng(7)
    uv = power_law(exponent, 30, rng, 100) + 6 * rhythm(9, 11, 30, rng, 100)
    off = aperiodic(*spectra(uv)).exponent - exponent
    assert abs(off.mean()) < 0.02
    assert off.std() < 0.06


def test_theta_and_beta_bias_it_by_less_than_a_tenth() -> None:
    rng = np.random.default_rng(8)
    rhythms = 8 * rhythm(9, 11, 30, rng, 100) + 3 * rhythm(5, 7, 30, rng, 100) + 1.5 * rhythm(13, 25, 30, rng, 100)
    off = aperiodic(*spectra(power_law(1.6, 30, rng, 100) + rhythms)).exponent - 1.6
    assert abs(off.mean()) < 0.1
