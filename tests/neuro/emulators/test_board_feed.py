"""Where emulated EEG comes from: recordings and twins, at the board's own rate and in real time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.emulators.board.feed import Feed, Replay, Resampled, on_eight

SINE = np.sin(2 * np.pi * 10 * np.arange(2560) / 256).reshape(1, -1)


def test_a_recording_is_supplied_once_from_its_first_sample_to_its_last() -> None:
    supply = Replay(np.arange(10.0).reshape(1, -1))
    assert [supply(n)[0].tolist() for n in (0, 4, 5, 5, 5)] == [[], [0, 1, 2, 3], [4, 5, 6, 7, 8], [9], []]


@settings(max_examples=30, deadline=None)
@given(portions=st.lists(st.integers(0, 200), min_size=1, max_size=30))
def test_portions_never_change_a_resampled_sample(portions: list[int]) -> None:
    noise = np.random.default_rng(1).standard_normal((2, 8000))
    whole = Resampled(Replay(noise), 256.0, 250.0)(sum(portions))
    supply = Resampled(Replay(noise), 256.0, 250.0)
    np.testing.assert_array_equal(np.concatenate([supply(n) for n in portions], axis=1), whole)


@pytest.mark.parametrize("hz", [3.0, 10.0, 45.0, 80.0])
def test_a_wave_stays_the_wave_it_was(hz: float) -> None:
    wave = np.sin(2 * np.pi * hz * np.arange(2560) / 256).reshape(1, -1)
    resampled = Resampled(Replay(wave), 256.0, 250.0)(2000)[0, 50:]
    np.testing.assert_allclose(resampled, np.sin(2 * np.pi * hz * np.arange(50, 2000) / 250), atol=2e-3)


def test_the_end_of_a_recording_is_the_end_of_the_resampled_one() -> None:
    supply = Resampled(Replay(SINE), 256.0, 250.0)
    assert supply(10_000).shape == (1, pytest.approx(2500, abs=17))
    assert supply(10).shape == (1, 0)


def test_four_electrodes_reach_eight_sites_and_eight_stay_as_they_are() -> None:
    four = np.arange(8.0).reshape(4, 2)
    eight = np.arange(16.0).reshape(8, 2)
    np.testing.assert_array_equal(on_eight(Replay(four))(2)[[0, 1, 4, 5]], four[[1, 2, 0, 3]])
    np.testing.assert_array_equal(on_eight(Replay(eight))(2), eight)


def test_a_feed_gives_each_sample_when_it_is_due_and_catches_up_after_a_stall() -> None:
    feed = Feed(Replay(np.arange(1000.0).reshape(1, -1)), 250.0, 250.0)
    assert [feed.due(7.0 + late_s).shape[1] for late_s in (0.0, 0.003, 0.005, 1.001)] == [1, 0, 1, 249]
    assert feed.measured == 251
    np.testing.assert_array_equal(feed.due(8.01), [[251, 252]])
