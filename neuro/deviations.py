"""What the model is shown of the last 4 s: how far they are from the player's own rest."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neuro.baseline import FARTHEST, Baseline, away
from neuro.kernels import plain as uncompiled
from neuro.kernels.ready import fastest
from neuro.spectrum import BINS_HZ, FLOOR_UV2, N_NUMBERS, mean_where, own_bins, shape_of
from neuro.tokens import AT, LENGTH, ROWS, Spectra, Tokens
from neuro.unmix import unmixed, unmixing

Compare = Callable[[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64], NDArray[np.float64]], object]
"""compare(bins, clean, at, shown): take the newest transform (n_channels, 2, n_hz), put its power and its deviations
where the last of `at` (STEPS,) says, and fill shown (n_channels, ROWS, N_NUMBERS) from where the tokens are and where
they are clean (n_channels, STEPS)."""


class Against(NamedTuple):
    """What a window is compared with, and where what is known of its hops lies.

    rows:           (N_BANDS, n_channels, n_channels) as `neuro.unmix.unmixing` has them
    shares:         (n_hz, n_bins) as `neuro.spectrum.own_bins` has them
    centre, spread: (n_channels, 2, N_NUMBERS) as in `Baseline`
    own:            (n_channels, LENGTH, n_bins) power of what is each channel's own
    deviations:     (n_channels, LENGTH, N_NUMBERS) of each of them
    """

    rows: NDArray[np.float64]
    shares: NDArray[np.float64]
    centre: NDArray[np.float64]
    spread: NDArray[np.float64]
    own: NDArray[np.float64]
    deviations: NDArray[np.float64]


class Deviations:
    """Of one headset. Only the newest token is worked on, but after a gap, with another rest, and where a channel has
    gone bad or come back."""

    def __init__(self, n_channels: int, comparer: Callable[[Against], Compare] | None = None) -> None:
        """Args: comparer: `plain` or `in_loops`; None takes the faster one that is ready."""
        self._comparer = comparer or (plain if fastest() is uncompiled else in_loops)
        self._own = np.zeros((n_channels, LENGTH, len(BINS_HZ)))
        self._deviations = np.zeros((n_channels, LENGTH, N_NUMBERS))
        self._hop = 0
        self._compare: Compare | None = None
        self._baseline: Baseline | None = None
        self._good = b""

    def forget(self) -> None:
        """There was a gap."""
        self._compare = None

    def __call__(
        self, spectra: Spectra, tokens: Tokens, baseline: Baseline, good: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """(n_channels, ROWS, N_NUMBERS) of the window that ends now.

        good: (n_channels,) which channels carry a signal
        """
        compare = self._compare
        if compare is None or self._baseline is not baseline or self._good != good.tobytes():
            compare = self._compare = self._begun(spectra, baseline, good)
        shown = np.empty((len(good), ROWS, N_NUMBERS))
        compare(tokens.newest, tokens.clean, AT[self._hop], shown)
        self._hop = (self._hop + 1) % LENGTH
        return shown

    def _begun(self, spectra: Spectra, baseline: Baseline, good: NDArray[np.bool_]) -> Compare:
        self._baseline, self._good, self._hop = baseline, good.tobytes(), LENGTH - 1
        rows, shares = unmixing(baseline.covariance, good), own_bins(baseline.alpha_hz)
        self._own[:] = unmixed(spectra.bins.all, rows) @ shares
        self._deviations[:] = away(shape_of(self._own), baseline.centre[:, 1:], baseline.spread[:, 1:])
        against = Against(rows, shares, baseline.centre, baseline.spread, self._own, self._deviations)
        return self._comparer(against)


def plain(against: Against) -> Compare:
    """In NumPy: what `in_loops` is held against, and what runs where nothing is compiled."""
    return partial(_compare, against)


def in_loops(against: Against) -> Compare:
    """In one compiled call, equal within rounding."""
    from neuro.kernels import compiled  # noqa: PLC0415 -- where there is no compiler

    shares = np.ascontiguousarray(against.shares.T)
    gives = shares > 0
    reach = np.column_stack([gives.argmax(axis=1), gives.shape[1] - gives[:, ::-1].argmax(axis=1)])
    n_hz, n_bands = len(against.shares), len(against.rows)
    rows = np.ascontiguousarray(np.repeat(against.rows, n_hz // n_bands, axis=0).transpose(1, 2, 0))
    centre, spread = (np.ascontiguousarray(each) for each in (against.centre, against.spread))
    return partial(
        compiled.compare,
        rows,
        shares,
        reach,
        centre,
        spread,
        against.own,
        against.deviations,
        np.empty((2, n_hz)),
        FLOOR_UV2,
        FARTHEST,
    )


def _compare(
    against: Against,
    bins: NDArray[np.float64],
    clean: NDArray[np.bool_],
    at: NDArray[np.int64],
    shown: NDArray[np.float64],
) -> None:
    rows, shares, centre, spread, own, deviations = against
    own[:, at[-1]] = unmixed(bins, rows) @ shares
    both = np.stack([mean_where(own[:, at], clean), own[:, at[-1]]], axis=1)
    shown[:, 0], deviations[:, at[-1]] = away(shape_of(both), centre, spread).swapaxes(0, 1)
    shown[:, 1:] = deviations[:, at]
