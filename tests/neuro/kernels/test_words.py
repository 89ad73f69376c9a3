"""One word a channel: compiled or not, the same is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from numpy.typing import NDArray

from neuro.kernels import compiled, words

N_BINS = np.array([10.0, 40.0, 30.0])
N_MEASURES = 7  # what is lost, railed and torn first
Said = tuple[tuple[bool, float], tuple[NDArray[np.generic], ...]]


def hops(n_channels: int, seed: int, n: int = 6) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Measures (N_MEASURES, n_channels) and ranges (n_channels, 5), from silence to a storm."""
    rng = np.random.default_rng(seed)
    loud = 10 ** rng.uniform(-1, 5, (n, n_channels, 1))
    measures = rng.uniform(0, 200, (n, N_MEASURES, n_channels))
    measures[:, :3] = rng.choice([0.0, 0.0, 0.04, 0.2], (n, 3, n_channels))
    return list(zip(measures, loud * rng.uniform(0.1, 10, (n, n_channels, 5)), strict=True))


def said(judge: object, heard: list[tuple[NDArray[np.float64], NDArray[np.float64]]]) -> list[Said]:
    """What is returned at each hop and what is filled in, the tilts carried on."""
    assert callable(judge)
    n_channels = len(heard[0][1])
    tilts_db, work = np.full(n_channels, np.nan), np.empty(n_channels)
    found = []
    for measures, ranges in heard:
        codes, flags, sudden = (
            np.empty(n_channels, np.int8),
            np.empty((2, n_channels), bool),
            np.empty((2, n_channels)),
        )
        told = judge(*measures, ranges, N_BINS, tilts_db, work, codes, *flags, sudden)
        found.append((told, (codes, flags, sudden, tilts_db.copy())))
    return found


@given(n_channels=some.integers(1, 9), seed=some.integers(0, 1000))
def test_both_paths_say_the_same(n_channels: int, seed: int) -> None:
    heard = hops(n_channels, seed)
    for (one, ones), (other, others) in zip(said(words.judge, heard), said(compiled.judge, heard), strict=True):
        assert one[0] == other[0]
        assert np.isclose(one[1], other[1], rtol=1e-12)
        assert all(np.allclose(a, b, rtol=1e-12) for a, b in zip(ones, others, strict=True))


def test_every_word_is_said_of_somebody() -> None:
    codes = {int(code) for _, filled in said(words.judge, hops(64, 1)) for code in filled[0]}
    assert codes == set(range(7))


def test_the_power_of_muscle_is_the_median_of_who_carries_a_signal() -> None:
    measures, ranges = np.zeros((N_MEASURES, 4)), np.tile([400.0, 100.0, 0.0, 400.0, 500.0], (4, 1))
    ranges[:, 2] = [30.0, 300.0, 3000.0, 3e9]
    ranges[3, 3] = 0.01  # flat
    (_, muscle_db), _ = said(words.judge, [(measures, ranges)])[0]
    assert muscle_db == pytest.approx(10.0)
