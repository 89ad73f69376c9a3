"""The laws of a causal filter, and what ours let through."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.signal import sosfreqz

from neuro.filters import Causal, band_pass, mains_notch
from neuro.kernels.plain import without_gaps
from tests.contracts import Stage, check_stage

FILTERS: list[Callable[[], Causal]] = [lambda: band_pass(250.0), lambda: mains_notch(250.0)]
SIGNAL = np.random.default_rng(1).normal(3000.0, 20.0, (2, 600))


@pytest.mark.parametrize("make", FILTERS)
def test_a_filter_is_a_stage(make: Callable[[], Causal]) -> None:
    def columns() -> Stage:
        filtered = make()
        return lambda piece: list(filtered(piece).T)

    check_stage(columns, SIGNAL)


@pytest.mark.parametrize("hz", [0.5, 10.0, 50.0, 60.0])
@pytest.mark.parametrize("make", FILTERS)
def test_a_sine_comes_out_as_strong_as_the_formula_says(make: Callable[[], Causal], hz: float) -> None:
    wave = np.sin(2 * np.pi * hz * np.arange(250 * 40) / 250)[None]
    strength = make()(wave)[0, -250 * 10 :].std() * np.sqrt(2)
    _, response = sosfreqz(make().sos, worN=[hz], fs=250.0)
    assert strength == pytest.approx(abs(response[0]), abs=2e-3)


def test_the_band_of_the_brain_passes_and_the_mains_do_not() -> None:
    _, kept = sosfreqz(
        np.vstack([band_pass(250.0).sos, mains_notch(250.0).sos]), worN=[0.1, 4, 10, 20, 50, 60], fs=250
    )
    assert np.abs(kept[1:4]) == pytest.approx([1, 1, 1], abs=0.02)
    assert np.abs(kept[[0, 4, 5]]).max() < 0.01


@pytest.mark.parametrize("make", FILTERS)
def test_an_electrode_offset_leaves_no_step_behind(make: Callable[[], Causal]) -> None:
    still = np.full((1, 500), 3000.0)
    moved = make()(still)
    assert np.ptp(moved) < 1e-6


def test_a_lost_packet_repeats_the_sample_before_it() -> None:
    nan = np.nan
    samples = np.array([[nan, 1.0, nan, nan, 4.0], [5.0, nan, np.inf, 2.0, nan]])
    whole, since = without_gaps(samples, np.array([9.0, 8.0]), np.array([2.0, 0.0]))
    assert whole.tolist() == [[9, 1, 1, 1, 4], [5, 5, 5, 2, 2]]
    assert since.tolist() == [[3, 0, 1, 2, 0], [0, 1, 2, 0, 1]]


def test_the_upper_edge_gives_way_on_a_slow_board() -> None:
    _, response = sosfreqz(band_pass(64.0).sos, worN=[10.0, 31.0], fs=64.0)
    assert abs(response[0]) == pytest.approx(1, abs=0.01)
    assert abs(response[1]) < 0.5


def test_a_board_too_slow_for_the_mains_passes_the_notch_untouched() -> None:
    assert np.array_equal(mains_notch(100.0)(SIGNAL), SIGNAL)


def test_a_board_too_slow_for_the_band_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a band from 1\.0 Hz does not fit into a signal of 2\.0 samples a second"):
        band_pass(2.0)


def test_only_the_mains_that_are_named_are_taken() -> None:
    _, response = sosfreqz(mains_notch(250.0, 60.0).sos, worN=[50.0, 60.0], fs=250.0)
    assert abs(response[0]) > 0.95
    assert abs(response[1]) < 0.01
