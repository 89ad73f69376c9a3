"""Band powers: each rhythm in its band, and Welch's average."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import welch

from neuro.bands import BANDS, SHARED_HZ, STEADY_HOPS, TOTAL_HZ, BandPowers, Powers
from neuro.kernels import bins_hz
from tests.contracts import Stage, check_stage
from tests.neuro.kernels import direct

RATE_HZ = 250.0
HOP = 25
NOISE = np.random.default_rng(2).normal(0, 10, (3, 2000))
CLEAN = np.ones(3, bool)


def shared(segment: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power of a segment (n_channels, 500) in SHARED_HZ."""
    hz = bins_hz(RATE_HZ)
    power = direct.power(segment)[:, : len(hz)]
    return np.stack([power[:, (hz >= low) & (hz < high)].sum(axis=1) for low, high in SHARED_HZ], axis=1)


def powers_of(samples: NDArray[np.float64], clean: list[NDArray[np.bool_]] | None = None) -> Powers:
    """The powers at the end of 4 s of samples (n_channels, 1000); clean: whether each of the 21 segments was."""
    bands, newest = BandPowers(len(samples)), None
    for hop in range(STEADY_HOPS[-1] + 1):
        segment = samples[:, hop * HOP : hop * HOP + 500]
        newest = bands(shared(segment), clean[hop] if clean else np.ones(len(samples), bool))
    assert bands.full
    assert newest is not None
    return newest


@pytest.mark.parametrize(("hz", "band"), [(6.0, "theta"), (10.0, "alpha"), (16.0, "beta")])
def test_a_sine_lands_in_its_band(hz: float, band: str) -> None:
    powers = powers_of(10 * np.sin(2 * np.pi * hz * np.arange(1000) / RATE_HZ)[None])
    for windowed in (powers.fast, powers.steady):
        shares = dict(zip(BANDS, np.exp(windowed[0]), strict=True))
        assert shares.pop(band) == pytest.approx(1.0, abs=1e-6)
        assert max(shares.values()) < 1e-6


def test_the_steady_powers_are_those_of_welch() -> None:
    hz, density = welch(NOISE[:, :1000], RATE_HZ, "hann", 500, 375, detrend=False)
    total = density[:, (hz >= TOTAL_HZ[0]) & (hz < TOTAL_HZ[1])].sum(axis=1)
    shares = [density[:, (hz >= low) & (hz < high)].sum(axis=1) / total for low, high in BANDS.values()]
    assert powers_of(NOISE[:, :1000]).steady == pytest.approx(np.log(np.stack(shares, axis=1)), abs=1e-9)


def test_a_segment_with_a_blink_is_left_out_of_its_channel_only() -> None:
    blinked = NOISE[:, :1000].copy()
    blinked[1, 200:250] += 300.0
    clean = [CLEAN.copy() for _ in range(21)]
    for hop in range(21):
        clean[hop][1] = hop * HOP >= 250  # segments that begin after the blink
    powers, quiet = powers_of(blinked, clean), powers_of(NOISE[:, :1000])
    assert powers.kept.tolist() == [1.0, 0.6, 1.0]
    assert np.array_equal(powers.steady[[0, 2]], quiet.steady[[0, 2]])
    _, density = welch(NOISE[1, 250:1000], RATE_HZ, "hann", 500, 375, detrend=False)
    alpha = density[16:26].sum() / density[4:40].sum()
    assert powers.steady[1, 1] == pytest.approx(np.log(alpha), abs=1e-9)


def test_where_nothing_was_clean_nothing_is_kept() -> None:
    powers = powers_of(NOISE[:, :1000], [~CLEAN] * 21)
    assert powers.kept.tolist() == [0, 0, 0]
    assert np.isfinite(powers.steady).all()


def test_after_a_reset_four_seconds_must_be_seen_again() -> None:
    bands, power = BandPowers(3), shared(NOISE[:, :500])
    for _ in range(21):
        bands(power, CLEAN)
    assert bands.full
    bands.reset()
    assert not bands.full
    bands(power, CLEAN)
    assert not bands.full


def test_band_powers_are_a_stage() -> None:
    power = np.random.default_rng(3).uniform(1, 9, (3 * len(SHARED_HZ), 60))  # a column a hop

    def make() -> Stage:
        bands = BandPowers(3)
        return lambda hops: [bands(hop.reshape(3, -1), hop[:3] < 8).steady for hop in hops.T]

    check_stage(make, power)


def test_no_band_reaches_where_muscle_is_stronger_than_the_brain() -> None:
    assert max(high for _, high in [*BANDS.values(), TOTAL_HZ]) <= 20.0
