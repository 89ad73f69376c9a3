"""Band powers and their ratios in closed form."""

import numpy as np
import pytest

from neuro.features.powers import ALL_BANDS, band_power, band_powers, engagement, theta_beta
from tests.neuro.features.signals import power_law, sine, spectra

HZ = np.arange(0.5, 45.5, 0.5)
FLAT = np.ones((2, len(HZ)))


@pytest.mark.parametrize(("hz", "band"), [(2, "delta"), (6, "theta"), (10, "alpha"), (16, "beta"), (25, "high_beta")])
def test_a_sine_lands_in_its_band(hz: float, band: str) -> None:
    powers = band_powers(*spectra(sine(hz, 10, 6)), ALL_BANDS)
    assert powers.pop(band) == pytest.approx(50, rel=0.01)
    assert max(float(power[0]) for power in powers.values()) < 0.1


def test_a_flat_spectrum_has_power_by_width() -> None:
    assert {name: float(power[0]) for name, power in band_powers(HZ, FLAT, ALL_BANDS).items()} == pytest.approx(
        {"delta": 3, "theta": 4, "alpha": 5, "beta": 7, "high_beta": 10, "gamma": 15}
    )


def test_the_ratios_of_a_flat_spectrum_are_those_of_the_widths() -> None:
    assert theta_beta(HZ, FLAT) == pytest.approx([4 / 7] * 2)
    assert engagement(HZ, FLAT) == pytest.approx([7 / 9] * 2)


def test_the_ratios_do_not_know_how_loud_a_channel_is() -> None:
    hz, density = spectra(power_law(1.1, 10, np.random.default_rng(3), 3))
    louder = density * np.array([[1], [30], [0.02]])
    assert theta_beta(hz, louder) == pytest.approx(theta_beta(hz, density))
    assert engagement(hz, louder) == pytest.approx(engagement(hz, density))


def test_an_edge_between_bins_takes_its_part_of_the_bin() -> None:
    assert band_power(HZ, FLAT, (8.1, 13.2)) == pytest.approx([5.1] * 2)
    assert band_power(HZ, FLAT, (8.1, 8.3)) == pytest.approx([0.2] * 2)
