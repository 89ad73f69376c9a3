"""Tokens: which 4 s a window is made of."""

import numpy as np
from numpy.typing import NDArray

from neuro.spectrum import HZ
from neuro.tokens import LENGTH, Recent, Spectra, Tokens
from tests.contracts import Stage, check_stage

CLEAN = np.ones(3, bool)
BINS = np.random.default_rng(1).standard_normal((40, 3, 2, len(HZ)))


def after(hops: NDArray[np.float64], clean: dict[int, NDArray[np.bool_]] | None = None) -> Tokens:
    """The tokens after so many hops."""
    spectra = Spectra(hops.shape[1])
    for hop, bins in enumerate(hops):
        tokens = spectra(bins, (clean or {}).get(hop, CLEAN))
    return tokens


def test_a_window_is_five_tokens_half_a_second_apart() -> None:
    recent = Recent(3, 2, len(HZ))
    for bins in BINS[:33]:
        recent.add(bins)
    assert np.array_equal(recent.steps, BINS[[12, 17, 22, 27, 32]].swapaxes(0, 1))
    assert np.array_equal(recent.all, BINS[12:33].swapaxes(0, 1))


def test_a_token_with_a_blink_is_marked_in_its_channel_only() -> None:
    tokens = after(BINS[:21], {10: np.array([True, False, True])})
    assert tokens.clean.tolist() == [[True] * 5, [True, True, False, True, True], [True] * 5]
    assert tokens.kept.tolist() == [1.0, 0.8, 1.0]


def test_after_a_reset_four_seconds_must_be_seen_again() -> None:
    spectra = Spectra(3)
    for bins in BINS[:LENGTH]:
        assert not spectra.full
        spectra(bins, CLEAN)
    assert spectra.full
    spectra.reset()
    assert not spectra.full


def test_spectra_are_a_stage() -> None:
    def make() -> Stage:
        spectra = Spectra(3)
        return lambda hops: [spectra(hop.reshape(3, 2, -1), hop[:3] < 1).clean for hop in hops.T]

    check_stage(make, BINS.reshape(40, -1).T)
