"""The own alpha: found where it is, in children and adults and on EEGMAT; not found in noise."""

from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from neuro.bands import BANDS
from neuro.features.alpha import LEAST_DB, Alpha, individual_alpha
from neuro.features.seconds import alpha_at_rest
from neuro.sources.recording import load
from neuro.types import Chunk
from tests.neuro.features.signals import Samples, chunk, headset, power_law, rhythm, spectra


def resting(hz: float, uv: float, seed: int, n_channels: int = 4) -> Samples:
    """A minute of 1/f noise of 9 uV in each channel, and one rhythm around hz in all of them."""
    rng = np.random.default_rng(seed)
    return power_law(1.1, 60, rng, n_channels) + uv * rhythm(hz - 0.7, hz + 0.7, 60, rng)


@pytest.mark.parametrize("hz", [7.0, 8.5, 10.0, 11.5])
def test_peak_and_centre_are_where_the_rhythm_is(hz: float) -> None:
    found = [individual_alpha(*spectra(resting(hz, 4, seed))) for seed in range(10)]
    off = np.array([(each.peak_hz - hz, each.centre_hz - hz) for each in found if each])
    assert len(off) == 10
    assert np.abs(off.mean(axis=0)).max() < 0.1
    assert np.abs(off).max() < 0.3


@pytest.mark.parametrize("peak_hz", [9.1, 10.0, 10.2, 10.4])
def test_the_peak_is_found_between_the_bins(peak_hz: float) -> None:
    hz = np.arange(0.5, 45.5, 0.5)
    alpha = individual_alpha(hz, (10 ** np.exp(-(((hz - peak_hz) / 1.2) ** 2) / 2) / hz)[None])
    assert alpha is not None
    assert alpha.peak_hz == pytest.approx(peak_hz, abs=0.02)
    assert alpha.centre_hz == pytest.approx(peak_hz, abs=0.2)


def test_noise_has_no_alpha() -> None:
    assert sum(individual_alpha(*spectra(resting(10, 0, seed, 1))) is not None for seed in range(40)) <= 1


def test_a_loud_channel_is_heard_no_more_than_the_others() -> None:
    hz, density = spectra(resting(10, 4, 1))
    alone, among = (individual_alpha(hz, density * np.array([[1], [1], [louder], [1]])) for louder in (1, 1e4))
    assert alone is not None
    assert among is not None
    assert astuple(among) == pytest.approx(astuple(alone))


def test_channels_without_a_clean_moment_are_left_out() -> None:
    hz, density = spectra(resting(10, 4, 2))
    with_a_hole = np.concatenate([density, np.full_like(density[:1], np.nan)])
    assert individual_alpha(hz, with_a_hole) == individual_alpha(hz, density)
    assert individual_alpha(hz, np.full_like(density, np.nan)) is None


def test_the_bands_follow_the_alpha_and_are_the_usual_ones_at_10_hz() -> None:
    assert Alpha(10.0, 10.0, 5.0).bands == BANDS
    assert Alpha(8.0, 8.0, 5.0).bands == {"theta": (3.2, 6.4), "alpha": (6.4, 10.4), "beta": (10.4, 16.0)}
    assert Alpha(12.0, 12.0, 5.0).bands["beta"] == (pytest.approx(15.6), 20.0)


def test_a_rest_without_ten_clean_seconds_tells_nothing() -> None:
    uv = resting(10, 4, 3)
    assert alpha_at_rest(headset(4), chunk(uv[:, :2250])) is None
    assert alpha_at_rest(headset(4), chunk(uv[:, :2750])) is not None
    assert alpha_at_rest(headset(4), chunk(np.full_like(uv, np.nan))) is None
    assert alpha_at_rest(headset(4), Chunk.empty(4)) is None


def test_alpha_is_looked_for_at_the_back_of_the_head() -> None:
    front, back = resting(7.5, 9, 4, 1), resting(11.0, 3, 5, 1)
    alpha = alpha_at_rest(headset(("Fz", "Pz")), chunk(np.concatenate([front, back])))
    assert alpha is not None
    assert alpha.peak_hz == pytest.approx(11.0, abs=0.3)


def test_everyone_of_eegmat_has_an_alpha_peak_at_rest(heron_data: Path) -> None:
    found = []
    for path in sorted((heron_data / "eegmat").glob("Subject*_1.edf")):
        rest = load(path).pick(("T5", "T6"))
        found.append(alpha_at_rest(rest.headset, Chunk(rest.uv, rest.t_s)))
    peaks = [alpha for alpha in found if alpha]
    assert len(peaks) == len(found) == 24
    assert min(alpha.height_db for alpha in peaks) > LEAST_DB
    assert np.mean([alpha.centre_hz for alpha in peaks]) == pytest.approx(10.3, abs=0.1)
