"""Tokens: which 4 s a window is made of."""

import numpy as np
from numpy.typing import NDArray

from neuro.spectrum import HZ
from neuro.tokens import LENGTH, Recent, Spectra, Tokens
from tests.contracts import Stage, check_stage

CLEAN = np.ones(3, bool)
POWER = np.random.default_rng(1).gamma(4, 1.0, (40, 3, len(HZ)))


def after(powers: NDArray[np.float64], clean: dict[int, NDArray[np.bool_]] | None = None) -> Tokens:
    """The tokens after so many hops."""
    spectra = Spectra(powers.shape[1])
    for hop, power in enumerate(powers):
        tokens = spectra(power, (clean or {}).get(hop, CLEAN))
    return tokens


def test_a_window_is_five_tokens_half_a_second_apart() -> None:
    recent = Recent(3, len(HZ))
    for power in POWER[:33]:
        recent.add(power)
    assert np.array_equal(recent.steps, POWER[[12, 17, 22, 27, 32]].swapaxes(0, 1))
    assert np.array_equal(recent.all, POWER[12:33].swapaxes(0, 1))


def test_hops_taken_at_once_are_as_if_they_had_come_one_by_one() -> None:
    one, other = Recent(3, len(HZ)), Recent(3, len(HZ))
    for power in POWER:
        one.add(power)
    other.fill(POWER[9:30].swapaxes(0, 1))
    for power in POWER[30:]:
        other.add(power)
    assert np.array_equal(one.steps, other.steps)


def test_the_newest_token_stays_what_it_was() -> None:
    spectra, power = Spectra(3), POWER[0].copy()
    tokens = spectra(power, CLEAN)
    power[:] = 0
    assert np.array_equal(tokens.newest, POWER[0])


def test_a_token_with_a_blink_is_marked_in_its_channel_only() -> None:
    tokens = after(POWER[:21], {10: np.array([True, False, True])})
    assert tokens.clean.tolist() == [[True] * 5, [True, True, False, True, True], [True] * 5]
    assert tokens.kept.tolist() == [1.0, 0.8, 1.0]


def test_after_a_reset_four_seconds_must_be_seen_again() -> None:
    spectra = Spectra(3)
    for power in POWER[:LENGTH]:
        assert not spectra.full
        spectra(power, CLEAN)
    assert spectra.full
    spectra.reset()
    assert not spectra.full


def test_spectra_are_a_stage() -> None:
    def make() -> Stage:
        spectra = Spectra(3)
        return lambda hops: [spectra(hop.reshape(3, -1), hop[:3] < 8).clean for hop in hops.T]

    check_stage(make, POWER.reshape(40, -1).T)
