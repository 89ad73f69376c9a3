"""Windows against the own rest: hop by hop as if every window were looked at afresh, compiled or not."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from numpy.typing import NDArray

from neuro.baseline import Baseline, away
from neuro.deviations import Against, Compare, Deviations, in_loops, plain
from neuro.scalp import places
from neuro.spectrum import HZ, N_NUMBERS, mean_where, own_bins, shape_of
from neuro.tokens import LENGTH, OF_ROW, STEP_HOPS, STEPS, Spectra, Tokens
from neuro.unmix import covariance_at_rest, unmixed, unmixing

Comparer = Callable[[Against], Compare]
NAMES = ("Fp1", "Fp2", "T5", "T6", "Oz")
ALL = np.ones(len(NAMES), bool)
BOTH = pytest.mark.parametrize("comparer", [plain, in_loops])


def baseline_of(n_channels: int, alpha_hz: float = 9.3) -> Baseline:
    rng = np.random.default_rng(n_channels)
    bins = rng.standard_normal((200, n_channels, 2, len(HZ)))
    clean, shape = np.ones((200, n_channels), bool), (n_channels, 2, N_NUMBERS)
    return Baseline(
        channels=NAMES[:n_channels],
        alpha_hz=alpha_hz,
        covariance=covariance_at_rest(bins, clean, places(NAMES[:n_channels]), 20.0),
        centre=rng.standard_normal(shape),
        spread=rng.uniform(0.2, 1.0, shape),
        muscle_db=0.0,
        muscle_spread_db=1.0,
        sudden=np.zeros((2, n_channels)),
        sudden_spread=np.ones((2, n_channels)),
        seconds=60.0,
    )


def afresh(
    hops: NDArray[np.float64], clean: NDArray[np.bool_], baseline: Baseline, good: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(n_channels, ROWS, N_NUMBERS) of the newest window of hops (n, n_channels, 2, n_hz)."""
    tokens = hops[-LENGTH::STEP_HOPS].swapaxes(0, 1)
    own = unmixed(tokens, unmixing(baseline.covariance, good)) @ own_bins(baseline.alpha_hz)
    shapes = shape_of(np.concatenate([mean_where(own, clean)[:, None], own], axis=1))
    return away(shapes, baseline.centre[:, OF_ROW], baseline.spread[:, OF_ROW])


class Played:
    """Hops as they come, and what is shown of each."""

    def __init__(self, n_channels: int, comparer: Comparer) -> None:
        self.spectra, self.deviations = Spectra(n_channels), Deviations(n_channels, comparer)
        self.rng = np.random.default_rng(7)
        self.hops: list[NDArray[np.float64]] = []
        self.tokens = Tokens(np.empty(0), np.empty(0, bool))

    def hear(self, n: int, spoilt: float = 0.2) -> None:
        for _ in range(n):
            self.hops.append(10 * self.rng.standard_normal((len(self.spectra.bins.all), 2, len(HZ))))
            self.tokens = self.spectra(self.hops[-1], self.rng.random(len(self.hops[-1])) >= spoilt)

    def shown(self, baseline: Baseline, good: NDArray[np.bool_]) -> NDArray[np.float64]:
        return self.deviations(self.spectra, self.tokens, baseline, good)

    def afresh(self, baseline: Baseline, good: NDArray[np.bool_]) -> NDArray[np.float64]:
        return afresh(np.stack(self.hops), self.tokens.clean, baseline, good)


@BOTH
@given(
    n_channels=some.integers(1, len(NAMES)),
    n_hops=some.integers(1, 2 * LENGTH),
    spoilt=some.sampled_from([0, 0.3, 1]),
)
def test_hop_by_hop_is_as_afresh(comparer: Comparer, n_channels: int, n_hops: int, spoilt: float) -> None:
    played, baseline, good = Played(n_channels, comparer), baseline_of(n_channels), ALL[:n_channels]
    played.hear(LENGTH - 1, spoilt)
    for _ in range(n_hops):
        played.hear(1, spoilt)
        shown = played.shown(baseline, good)
    assert shown == pytest.approx(played.afresh(baseline, good), abs=1e-9)


@BOTH
def test_a_channel_that_goes_bad_and_comes_back_and_another_rest_are_taken_up_at_once(comparer: Comparer) -> None:
    played, baseline, other = Played(5, comparer), baseline_of(5), baseline_of(5, alpha_hz=11.0)
    lost = np.array([True, False, True, True, True])
    played.hear(LENGTH)
    for against, good in ((baseline, ALL), (baseline, lost), (baseline, ALL), (other, ALL), (other, lost)):
        for _ in range(7):
            played.hear(1)
            assert played.shown(against, good) == pytest.approx(played.afresh(against, good), abs=1e-9)


@BOTH
def test_after_a_gap_nothing_of_before_is_shown(comparer: Comparer) -> None:
    played, baseline = Played(5, comparer), baseline_of(5)
    played.hear(LENGTH)
    played.shown(baseline, ALL)
    played.spectra.reset()
    played.deviations.forget()
    played.hear(LENGTH)
    assert played.shown(baseline, ALL) == pytest.approx(played.afresh(baseline, ALL), abs=1e-9)


def test_what_is_shown_is_not_overwritten_by_the_next_hop() -> None:
    played, baseline = Played(5, in_loops), baseline_of(5)
    played.hear(LENGTH)
    first = played.shown(baseline, ALL)
    kept = first.copy()
    played.hear(STEPS)
    played.shown(baseline, ALL)
    assert np.array_equal(first, kept)
