"""A window's newest hop against the own rest, in loops that are to be compiled; the twin is `neuro.deviations.plain`.

`neuro.kernels.compiled` compiles them; where there is no compiler nobody calls them.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def compare(
    rows: Floats,
    shares: Floats,
    reach: NDArray[np.int64],
    centre: Floats,
    spread: Floats,
    own: Floats,
    deviations: Floats,
    work: Floats,
    floor: float,
    farthest: float,
    bins: Floats,
    clean: NDArray[np.bool_],
    at: NDArray[np.int64],
    shown: Floats,
) -> None:
    """What `neuro.deviations.Compare` asks for.

    rows:   (n_channels, n_channels, n_hz) what each channel has of which, bin by bin
    shares: (n_own, n_hz) what each bin gives to each of the own; reach: (n_own, 2) the first that does, and the one
            behind the last
    centre, spread: (n_channels, 2, n_own + 1) as in `neuro.baseline.Baseline`
    own:    (n_channels, n, n_own) powers of the last hops; deviations: (n_channels, n, n_own + 1) and theirs
    work:   (2, n_hz) of no meaning between calls
    floor:  keeps the logarithm finite; farthest: a deviation may be
    """
    for i in range(bins.shape[0]):
        unmix(rows[i], bins, work)
        gather(shares, reach, work[0], own[i, at[-1]])
        mean_where(own[i], clean[i], at, shown[i, 0])
        token = deviations[i, at[-1]]
        for f in range(own.shape[2]):
            token[f] = own[i, at[-1], f]
        to_deviations(token, centre[i, 1], spread[i, 1], floor, farthest)
        to_deviations(shown[i, 0], centre[i, 0], spread[i, 0], floor, farthest)
        for step in range(len(at)):
            for f in range(len(token)):
                shown[i, 1 + step, f] = deviations[i, at[step], f]


def unmix(row: Floats, bins: Floats, work: Floats) -> None:
    """Into the first of work, the power of what one channel has of its own; row: (n_channels, n_hz)."""
    real, imag = work[0], work[1]
    for k in range(len(real)):
        real[k] = imag[k] = 0.0
    for j in range(len(bins)):
        for k in range(len(real)):
            real[k] += row[j, k] * bins[j, 0, k]
        for k in range(len(real)):
            imag[k] += row[j, k] * bins[j, 1, k]
    for k in range(len(real)):
        real[k] = real[k] * real[k] + imag[k] * imag[k]


def gather(shares: Floats, reach: NDArray[np.int64], power: Floats, own: Floats) -> None:
    """Bins to those that follow the own alpha."""
    for f in range(len(own)):
        own[f] = 0.0
        for k in range(reach[f, 0], reach[f, 1]):
            own[f] += shares[f, k] * power[k]


def mean_where(own: Floats, clean: NDArray[np.bool_], at: NDArray[np.int64], mean: Floats) -> None:
    """Of one channel's tokens where they are clean, of all where none is."""
    n_clean = 0
    for step in range(len(at)):
        n_clean += clean[step]
    for f in range(own.shape[1]):
        mean[f] = 0.0
        for step in range(len(at)):
            if n_clean == 0 or clean[step]:
                mean[f] += own[at[step], f]
        mean[f] /= n_clean or len(at)


def to_deviations(numbers: Floats, centre: Floats, spread: Floats, floor: float, farthest: float) -> None:
    """Powers (n_own + 1,), the last one not yet there, to deviations of their shape and their height."""
    n_own, height = len(numbers) - 1, 0.0
    for f in range(n_own):
        numbers[f] = np.log(numbers[f] + floor)
        height += numbers[f]
    height /= n_own
    for f in range(n_own):
        numbers[f] -= height
    numbers[n_own] = height
    for f in range(n_own + 1):
        numbers[f] = min(max((numbers[f] - centre[f]) / spread[f], -farthest), farthest)
