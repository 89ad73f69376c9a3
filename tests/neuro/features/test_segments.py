"""Segments: densities as in scipy.signal.welch; chunks never matter, the future never changes the past."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import welch

from neuro.features.segments import Segment, Segments, mean_density
from neuro.types import Chunk
from tests.neuro.features.signals import RATE_HZ, Samples, chunk, headset, rhythm, sine, spectra

NOISE = np.random.default_rng(5).normal(0, 10, (3, 2500))


def cut(recorded: Chunk, ends: list[int]) -> list[Segment]:
    """The segments of a recording that comes in chunks with these ends."""
    segments, found, start = Segments(headset(len(recorded.uv))), [], 0
    for end in [*sorted(ends), len(recorded.t_s)]:
        found += segments(Chunk(recorded.uv[:, start:end], recorded.t_s[start:end]))
        start = end
    return found


def same(some: list[Segment], others: list[Segment]) -> bool:
    return len(some) == len(others) and all(
        one.t_s == other.t_s
        and one.begins == other.begins
        and np.array_equal(one.uv, other.uv, equal_nan=True)
        and np.array_equal(one.density, other.density, equal_nan=True)
        and np.array_equal(one.clean, other.clean)
        for one, other in zip(some, others, strict=True)
    )


@pytest.mark.parametrize("rate_hz", [128.0, 250.0, 256.0, 500.0])
def test_the_mean_of_segments_is_the_estimate_of_welch(rate_hz: float) -> None:
    n = round(2 * rate_hz)
    hz, density = spectra(NOISE, rate_hz)
    wanted_hz, wanted = welch(NOISE.astype(np.float32), rate_hz, "hann", n, n - n // 4, detrend="linear")
    assert hz == pytest.approx(wanted_hz[1 : len(hz) + 1])
    assert density == pytest.approx(wanted[:, 1 : len(hz) + 1], rel=1e-5)


def test_a_sine_has_half_its_amplitude_squared() -> None:
    hz, density = spectra(sine(10, 20, 10))
    assert density[0, np.abs(hz - 10) <= 1].sum() * 0.5 == pytest.approx(200, rel=1e-3)
    assert density[0, np.abs(hz - 10) > 2].sum() * 0.5 < 0.1  # the little trend that a sine has


def test_white_noise_has_twice_its_variance_over_the_rate() -> None:
    white = np.clip(np.random.default_rng(1).normal(0, 10, (4, 30_000)), -70, 70)
    _, density = spectra(white)
    assert density[:, 4:].mean() == pytest.approx(2 * 100 / RATE_HZ, rel=0.02)


def test_offset_drift_and_mains_do_not_reach_the_bins_that_are_used() -> None:
    quiet = rhythm(4, 20, 10, np.random.default_rng(2)) * 10
    t_s = np.arange(2500) / RATE_HZ
    hz, clean = spectra(quiet)
    _, spoilt = spectra(quiet + 3000 + 20 * t_s + 25 * np.sin(2 * np.pi * 50 * t_s))
    used = (hz >= 2) & (hz <= 45)
    assert spoilt[:, used] == pytest.approx(clean[:, used], abs=1e-3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 2500), max_size=12))
def test_chunks_never_matter(ends: list[int]) -> None:
    recorded = chunk(NOISE)
    recorded.uv[1, 700] = np.nan
    assert same(cut(recorded, ends), cut(recorded, []))


def test_the_future_never_changes_the_past() -> None:
    other = NOISE.copy()
    other[:, 1500:] = 0
    before, after = ([s for s in cut(chunk(uv), []) if s.t_s < 1500 / RATE_HZ] for uv in (NOISE, other))
    assert len(before) == 9
    assert same(before, after)


def test_two_segments_a_second_after_the_first_two() -> None:
    t_s = [segment.t_s for segment in cut(chunk(NOISE), [])]
    assert t_s == pytest.approx(np.arange(2, 10.1, 0.5) - 1 / RATE_HZ)


def spoilt(row: int, uv: Samples | float, columns: slice = slice(None)) -> list[bool]:
    samples = NOISE.copy()
    samples[row, columns] = uv
    return cut(chunk(samples), [])[0].clean.tolist()


def test_what_is_lost_flat_or_too_loud_is_not_clean_on_its_channel_only() -> None:
    blink = 150 * np.hanning(60)
    assert spoilt(0, np.nan, slice(300, 301)) == [False, True, True]
    assert spoilt(1, 0.0) == [True, False, True]
    assert spoilt(2, blink, slice(200, 260)) == [True, True, False]
    assert spoilt(2, NOISE[2]) == [True, True, True]


def test_a_lost_packet_is_never_filled_in() -> None:
    samples = NOISE.copy()
    samples[0, 300] = np.nan
    density = cut(chunk(samples), [])[0].density
    assert np.isnan(density[0]).all()
    assert np.isfinite(density[1:]).all()


def test_no_segment_reaches_across_a_gap() -> None:
    t_s = np.arange(2500) / RATE_HZ
    t_s[1300:] += 3.0
    found = cut(Chunk(NOISE.astype(np.float32), t_s), [1350])
    assert [each.t_s for each in found if each.begins] == pytest.approx(
        [2 - 1 / RATE_HZ, 1300 / RATE_HZ + 5 - 1 / RATE_HZ]
    )
    assert same([*found[:7]], cut(chunk(NOISE[:, :1300]), []))


def test_a_channel_without_a_clean_segment_has_no_density() -> None:
    density = np.arange(12.0).reshape(2, 2, 3)
    mean = mean_density(density, np.array([[True, False], [True, False]]))
    assert mean[0].tolist() == [3.0, 4.0, 5.0]
    assert np.isnan(mean[1]).all()
    assert mean_density(density, np.array([[True, True], [False, True]]))[0].tolist() == [0.0, 1.0, 2.0]
