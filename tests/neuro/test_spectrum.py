"""Spectra that compare: bins move with the own alpha, and the gain changes nothing but the height."""

import numpy as np
import pytest
from numpy.typing import NDArray

from neuro.spectrum import BINS_HZ, HZ, N_NUMBERS, USUAL_ALPHA_HZ, own_alpha_hz, own_bins, shape_of

POWER = np.random.default_rng(1).gamma(4, 1.0, (40, 3, len(BINS_HZ)))


def rest(alpha_hz: float, height: float, n_channels: int = 2) -> NDArray[np.float64]:
    """1/f with a bump of so many natural logarithms."""
    log = -np.log(np.maximum(HZ, 0.5)) + height * np.exp(-((HZ - alpha_hz) ** 2) / 2)
    return np.tile(100 * np.exp(log), (n_channels, 1))


def test_bins_lie_side_by_side_in_the_band_that_is_kept() -> None:
    assert (BINS_HZ[0][0], BINS_HZ[-1][1]) == (1.0, 45.0)
    assert [low for low, _ in BINS_HZ[1:]] == [high for _, high in BINS_HZ[:-1]]


@pytest.mark.parametrize("alpha_hz", [7.0, 8.5, 10.0, 11.3, 13.0])
def test_every_own_bin_counts_as_much(alpha_hz: float) -> None:
    assert np.ones(len(HZ)) @ own_bins(alpha_hz) == pytest.approx(np.full(len(BINS_HZ), 4.0))


@pytest.mark.parametrize("alpha_hz", [8.0, 9.0, 10.0, 11.0, 12.0])
def test_alpha_lands_in_the_same_bin_whoever_it_is_of(alpha_hz: float) -> None:
    shape = shape_of(rest(alpha_hz, 3.0) @ own_bins(alpha_hz))[0, :-1]
    usual = shape_of(rest(10.0, 0.0) @ own_bins(alpha_hz))[0, :-1]
    low, high = BINS_HZ[int((shape - usual).argmax())]
    assert low <= 10.0 <= high


def test_above_thirty_hertz_nothing_moves() -> None:
    high = [i for i, (low, _) in enumerate(BINS_HZ) if low >= 31]
    assert own_bins(8.0)[:, high] == pytest.approx(own_bins(12.0)[:, high])


@pytest.mark.parametrize("alpha_hz", [8.0, 9.3, 10.0, 11.5])
def test_an_alpha_that_stands_out_is_found(alpha_hz: float) -> None:
    assert own_alpha_hz(rest(alpha_hz, 2.0)) == pytest.approx(alpha_hz, abs=0.35)


def test_where_none_stands_out_it_is_taken_for_ten() -> None:
    assert own_alpha_hz(rest(8.0, 0.1)) == USUAL_ALPHA_HZ
    assert own_alpha_hz(np.zeros((2, len(HZ)))) == USUAL_ALPHA_HZ


def test_the_gain_changes_the_height_alone() -> None:
    soft, loud = shape_of(POWER), shape_of(100 * POWER)
    assert soft.shape == (40, 3, N_NUMBERS)
    assert loud[..., :-1] == pytest.approx(soft[..., :-1], abs=1e-5)
    assert loud[..., -1] - soft[..., -1] == pytest.approx(np.full((40, 3), np.log(100)), abs=1e-5)
    assert soft[..., :-1].sum(axis=-1) == pytest.approx(np.zeros((40, 3)), abs=1e-9)


def test_no_signal_at_all_is_a_number() -> None:
    assert np.isfinite(shape_of(np.zeros((2, len(BINS_HZ))))).all()
