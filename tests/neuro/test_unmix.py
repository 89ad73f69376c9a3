"""What each channel has of its own: neighbours are told apart, and who is lost is guessed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from numpy.typing import NDArray

from neuro.scalp import places
from neuro.spectrum import HZ
from neuro.unmix import LOOSE, N_BANDS, PRIOR_S, covariance_at_rest, gains, unmixed, unmixing

NAMES = ("Fp1", "Fp2", "T5", "T6")
AT = places(NAMES)
GOOD = np.ones(len(NAMES), bool)
LONG_S = 1e9  # of rest: places say nothing then


def heads(n: int, mixing: NDArray[np.float64], seed: int = 1) -> NDArray[np.float64]:
    """(n, n_channels, 2, n_hz) of sources as strong as each other, mixed so."""
    sources = np.random.default_rng(seed).standard_normal((n, len(mixing), 2, len(HZ)))
    return np.einsum("ij,njpf->nipf", mixing, sources)


def clean(n: int, n_channels: int = len(NAMES)) -> NDArray[np.bool_]:
    return np.ones((n, n_channels), bool)


def test_what_a_channel_has_of_its_own_is_uncorrelated_with_the_others() -> None:
    mixing = np.eye(4) + 0.6 * np.random.default_rng(2).random((4, 4))
    bins = heads(400, mixing)
    rows = unmixing(covariance_at_rest(bins, clean(400), AT, LONG_S), GOOD)
    by_band = bins.reshape(400, 4, 2, N_BANDS, -1)
    own = np.einsum("bij,njpbf->bnipf", rows, by_band)
    shared = np.einsum("bnipf,bnjpf->bij", own, own) / (400 * 2 * len(HZ) / N_BANDS)
    off = 2 * shared - 2 * np.einsum("bii->bi", shared)[:, :, None] * np.eye(4)
    assert np.abs(off).max() < 0.12
    assert np.einsum("bii->bi", shared) == pytest.approx(0.5 / (1 + LOOSE), abs=0.05)


def test_each_channel_stays_nearest_to_itself() -> None:
    mixing = np.eye(4) + 0.3
    bins = heads(200, mixing)
    rows = unmixing(covariance_at_rest(bins, clean(200), AT, 60.0), GOOD)
    uv = np.sqrt((bins**2).mean(axis=(0, 2, 3)))
    assert (np.abs(rows * uv).argmax(axis=2) == np.arange(4)).all()


@given(gain=some.lists(some.floats(0.1, 10.0), min_size=4, max_size=4))
def test_what_an_amplifier_gains_changes_nothing(gain: list[float]) -> None:
    bins, by = heads(50, np.eye(4) + 0.3), np.array(gain)[:, None, None]
    plain, louder = (
        unmixed(each[0], unmixing(covariance_at_rest(each, clean(50), AT, 60.0), GOOD)) for each in (bins, by * bins)
    )
    np.testing.assert_allclose(louder, plain, rtol=1e-6, atol=1e-9)


def test_where_nothing_is_known_of_places_and_nothing_is_shared_every_channel_stays_itself() -> None:
    rows = unmixing(covariance_at_rest(heads(2000, np.eye(4)), clean(2000), 0 * AT, 60.0), GOOD)
    scale = np.einsum("bii->bi", rows)[:, :, None]
    assert np.abs(rows / scale - np.eye(4)).max() < 0.05


def test_a_short_rest_leaves_the_word_to_the_places() -> None:
    bins = heads(50, np.eye(4))  # nothing is shared, but what places say
    near, far = (covariance_at_rest(bins, clean(50), AT, seconds) for seconds in (1.0, 100 * PRIOR_S))
    share = [abs(each[:, 0, 1] / np.sqrt(each[:, 0, 0] * each[:, 1, 1])).mean() for each in (near, far)]
    assert share[0] > 0.3
    assert share[1] < 0.15


def test_who_is_lost_is_not_looked_at_and_the_others_hardly_change() -> None:
    bins = heads(400, np.eye(4) + 0.6)
    covariance = covariance_at_rest(bins, clean(400), AT, 60.0)
    without = np.array([True, True, True, False])
    rows = unmixing(covariance, without)
    assert not rows[:, :, 3].any()
    whole, left = (
        np.log(unmixed(bins.swapaxes(0, 1), each)).mean(axis=(1, 2)) for each in (unmixing(covariance, GOOD), rows)
    )
    assert left[:3] == pytest.approx(whole[:3], abs=0.35)
    lost = bins.copy()
    lost[:, 3] = 1e6
    np.testing.assert_array_equal(unmixed(lost[0], rows)[:3], unmixed(bins[0], rows)[:3])


def test_with_nobody_left_there_is_nothing() -> None:
    covariance = covariance_at_rest(heads(50, np.eye(4)), clean(50), AT, 60.0)
    assert not unmixed(heads(1, np.eye(4))[0], unmixing(covariance, ~GOOD)).any()


def test_many_moments_at_once_are_as_if_they_had_come_one_by_one() -> None:
    bins = heads(6, np.eye(4) + 0.3)
    rows = unmixing(covariance_at_rest(bins, clean(6), AT, 60.0), GOOD)
    together = unmixed(bins.swapaxes(0, 1), rows)
    for i, moment in enumerate(bins):
        np.testing.assert_allclose(together[:, i], unmixed(moment, rows), rtol=1e-12)


def test_a_flat_channel_and_two_of_one_name_do_no_harm() -> None:
    bins = heads(50, np.eye(3))
    bins[:, 2] = 0.0
    covariance = covariance_at_rest(bins, clean(50, 3), places(("Fp1", "Fp1", "Cz")), 60.0)
    assert np.isfinite(unmixing(covariance, np.ones(3, bool))).all()


def test_what_is_put_into_one_channel_comes_into_the_others_by_their_gains() -> None:
    rows = unmixing(covariance_at_rest(heads(50, np.eye(4) + 0.5), clean(50), AT, 60.0), GOOD)
    noise = np.zeros((4000, 4, 2, len(HZ)))
    noise[:, 1] = np.random.default_rng(3).standard_normal((4000, 2, len(HZ))) * np.sqrt(0.5)
    arrived = unmixed(noise.swapaxes(0, 1), rows).mean(axis=1)  # (4, n_hz)
    assert arrived == pytest.approx(gains(rows)[:, :, 1].T, rel=0.15)
