"""The twin's EEG looks like people's, and tells as little about attention as people's does."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt, welch

from neuro.sources.twin import Twin
from neuro.twin.attention import Zone
from neuro.twin.eeg import CHANNELS, RATE_HZ, Brain
from neuro.twin.happenings import never
from neuro.twin.profiles import PROFILES

WINDOW_S = 4
BANDS_HZ = ((4, 8), (8, 13), (13, 20))  # theta, alpha, beta


def recording(profile: str, seed: int, minutes: float) -> tuple[Twin, NDArray[np.float64]]:
    twin = Twin(profile, seed)
    return twin, twin.brain.samples(int(minutes * 60 * RATE_HZ)).astype(np.float64)


def spectrum(uv: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    hz, power = welch(uv, RATE_HZ, nperseg=int(4 * RATE_HZ))
    return hz, power


def features(uv: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log relative theta, alpha and beta of each window, mean over channels: (n_windows, 3)."""
    n = int(WINDOW_S * RATE_HZ)
    windows = uv[:, : uv.shape[1] // n * n].reshape(len(uv), -1, n)
    hz, power = welch(windows, RATE_HZ, nperseg=n // 2)
    total = power[..., (hz >= 4) & (hz < 20)].sum(-1)
    return np.stack([np.log(power[..., (hz >= a) & (hz < b)].sum(-1) / total).mean(0) for a, b in BANDS_HZ], axis=1)


@cache
def windows_by_zone(profile: str, seed: int, minutes: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Features and labels of the windows that lie in one state from begin to end."""
    twin, uv = recording(profile, seed, minutes)
    found = features(uv)
    t_s = np.arange(len(found) * WINDOW_S * 4) / 4
    share_in = np.array([twin.zone.attending(t) for t in t_s]).reshape(len(found), -1).mean(1)
    pure = (share_in == 0) | (share_in == 1)
    return found[pure], share_in[pure] == 1


def auc(score: NDArray[np.float64], label: NDArray[np.bool_]) -> float:
    return float((score[label][:, None] > score[~label]).mean())


def decoded(found: NDArray[np.float64], label: NDArray[np.bool_]) -> float:
    """AUC of a linear discriminant that was fitted to one half of the windows and tried on the other."""
    half = len(found) // 2
    a, b = found[:half][label[:half]], found[:half][~label[:half]]
    weights = np.linalg.solve(np.cov(a.T) + np.cov(b.T), a.mean(0) - b.mean(0))
    return auc(found[half:] @ weights, label[half:])


@pytest.fixture(scope="module")
def ten_minutes() -> NDArray[np.float64]:
    return recording("adult", 1, 10)[1]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=8))
def test_chunking_never_changes_a_sample(sizes: list[int]) -> None:
    whole = Twin("adhd", 3).brain.samples(sum(sizes))
    brain = Twin("adhd", 3).brain
    assert np.array_equal(whole, np.concatenate([brain.samples(n) for n in sizes], axis=1))


def test_one_seed_is_one_recording_and_another_seed_is_another() -> None:
    a, b, c = (Twin("child", seed).brain.samples(512) for seed in (5, 5, 6))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def test_samples_are_four_rows_of_float32_microvolts(ten_minutes: NDArray[np.float64]) -> None:
    uv = Twin("adult", 1).brain.samples(100)
    assert uv.shape == (len(CHANNELS), 100)
    assert uv.dtype == np.float32
    rms = sosfiltfilt(butter(4, (1, 40), "bandpass", fs=RATE_HZ, output="sos"), ten_minutes).std(axis=1)
    assert rms[[0, 3]] == pytest.approx([11, 11], abs=3)  # people behind the ears: 8-12, blinks aside


@pytest.mark.parametrize(("profile", "exponent"), [("adult", 1.1), ("child", 1.4)])
def test_the_background_falls_as_one_over_f(profile: str, exponent: float) -> None:
    found = []
    for seed in range(8):
        hz, power = spectrum(recording(profile, seed, 2)[1][[0, 3]])
        between_rhythms = ((hz > 2) & (hz < 4)) | ((hz > 28) & (hz < 44))
        found.append(-np.polyfit(np.log(hz[between_rhythms]), np.log(np.median(power, 0)[between_rhythms]), 1)[0])
    assert np.mean(found) == pytest.approx(exponent, abs=0.25)


@pytest.mark.parametrize(("profile", "alpha_hz"), [("adult", 10.0), ("adhd", 8.8)])
def test_alpha_stands_out_behind_the_ears_at_the_frequency_of_the_age(profile: str, alpha_hz: float) -> None:
    hz, power = spectrum(recording(profile, 2, 5)[1])
    flattened = power[[0, 3]].mean(0) * hz
    near = (hz >= 7) & (hz <= 14)
    assert hz[near][flattened[near].argmax()] == pytest.approx(alpha_hz, abs=0.8)
    assert power[0, np.isclose(hz, alpha_hz, atol=0.5)].mean() > 1.3 * power[0, np.isclose(hz, 14, atol=0.5)].mean()


def test_neighbouring_electrodes_share_what_they_see(ten_minutes: NDArray[np.float64]) -> None:
    slow = sosfiltfilt(butter(4, (4, 30), "bandpass", fs=RATE_HZ, output="sos"), ten_minutes)
    together = np.corrcoef(slow)
    for a, b in ((0, 1), (1, 2), (2, 3)):
        assert 0.2 < together[a, b] < 0.8


def test_the_mains_hum_at_50_hz(ten_minutes: NDArray[np.float64]) -> None:
    hz, power = spectrum(ten_minutes)
    assert (power[:, hz == 50] > 5 * power[:, hz == 47]).all()


def test_blinks_lift_the_forehead_and_hardly_the_ears() -> None:
    twin, uv = recording("adult", 4, 5)
    slow = sosfiltfilt(butter(2, (0.5, 10), "bandpass", fs=RATE_HZ, output="sos"), uv)
    gaze = twin.eyes.samples(60_000, (0.5, 0.5))
    closing = np.flatnonzero(np.diff(np.isnan(gaze.xy[0]).astype(int)) == 1) + 1
    at = ((gaze.t_s[closing] + 0.11) * RATE_HZ).astype(int)  # the middle of a blink of 200-250 ms
    assert len(at) > 15
    assert np.median(slow[1, at]) > 70
    assert np.median(slow[0, at]) < 50


def test_attention_lowers_alpha_and_raises_beta_as_work_does() -> None:
    found, attending = windows_by_zone("adult", 0, 40)
    theta, alpha, beta = found[attending].mean(0) - found[~attending].mean(0)
    assert alpha < 0 < beta
    assert theta > alpha  # absolute theta falls too, but less than alpha, so its share rises


def test_attention_is_as_hard_to_read_as_in_people() -> None:
    kinds = ("adult", "child", "adhd")  # the others have the head of one of these
    within = {name: np.mean([decoded(*windows_by_zone(name, seed, 40)) for seed in (0, 1)]) for name in kinds}
    assert all(0.65 <= value <= 0.75 for value in within.values()), within


def test_a_head_in_which_nothing_tells_of_attention_cannot_be_read() -> None:
    found = [decoded(*windows_by_zone("random", seed, 40)) for seed in (0, 1)]
    assert np.mean(found) == pytest.approx(0.5, abs=0.08)


def test_a_clench_raises_muscle_and_letting_go_ends_it() -> None:
    brain, relaxed = Twin("adult", 7).brain, Twin("adult", 7).brain
    brain.samples(256)
    brain.tense(12.0)
    tight = brain.samples(1280).astype(np.float64)
    brain.tense(0.0)
    loose = brain.samples(1280).astype(np.float64)
    usual = relaxed.samples(256 + 2560).astype(np.float64)[:, 256:]
    added = tight - usual[:, :1280]
    assert added[:, 512:1024].std(axis=1) == pytest.approx([12.0, 8.4, 8.4, 10.8], rel=0.15)
    assert np.abs(loose - usual[:, 1280:])[:, 600:].max() == 0


def test_now_and_then_a_sensor_pops_or_hangs_loose_for_a_while() -> None:
    def head(pops_per_min: float, loose_per_min: float) -> NDArray[np.float64]:
        rhythms = replace(PROFILES["adult"].rhythms, pops_per_min=pops_per_min, loose_per_min=loose_per_min)
        zone = Zone(PROFILES["adult"].attention, np.random.default_rng(1))
        person = replace(PROFILES["adult"], rhythms=rhythms)
        return Brain(person, zone, never(), np.random.default_rng(2)).samples(256 * 300).astype(np.float64)

    calm = head(1e-6, 1e-6)
    popped, loose = head(2.0, 1e-6) - calm, head(1e-6, 1.0) - calm
    assert np.abs(popped).max() == pytest.approx(200, rel=0.05)
    assert (np.abs(popped) > 20).mean() < 0.02
    noisy = (loose.reshape(4, 300, 256).std(axis=2) > 50).mean()
    assert 0.01 < noisy < 0.08  # one sensor of four, nine seconds of about 69


def test_shuffled_labels_cannot_be_read_from_the_eeg() -> None:
    found, attending = windows_by_zone("child", 1, 40)
    assert decoded(found, np.random.default_rng(0).permutation(attending)) == pytest.approx(0.5, abs=0.12)
