"""Event-related averages: a P300 of known height and time is found in noise; what is not clean is left out."""

import numpy as np
import pytest

from neuro.errors import BadRecording
from neuro.features.erp import Evoked, evoked, p300
from neuro.types import Chunk
from tests.neuro.features.signals import RATE_HZ, Samples, chunk, headset, power_law

TARGETS_S = 2.0 + 1.5 * np.arange(40) + np.random.default_rng(1).uniform(0, 0.3, 40)
SECONDS = 65.0
HEIGHT_UV, PEAK_S, WIDTH_S = 8.0, 0.38, 0.06
HEADSET = headset(("Fz", "Cz", "Pz", "Oz"))
SEEN = np.array([[0.3], [0.7], [1.0], [0.5]])


def brain(seed: int, noise_uv: float = 9.0) -> Samples:
    """1/f noise, and after each target a P300, largest at Pz."""
    t_s = np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ
    after_s = t_s - TARGETS_S[:, None] - PEAK_S
    wave = HEIGHT_UV * np.exp(-((after_s / WIDTH_S) ** 2) / 2).sum(axis=0)
    return SEEN * wave + power_law(1.1, SECONDS, np.random.default_rng(seed), 4, uv=noise_uv)


def average(uv: Samples, events_s: np.ndarray = TARGETS_S) -> Evoked:
    return evoked(HEADSET, chunk(uv), events_s)


def test_without_noise_height_and_latency_are_those_that_were_put_in() -> None:
    height_uv, latency_s = p300(average(brain(0, 1e-6)))
    assert height_uv == pytest.approx(HEIGHT_UV * SEEN[:, 0], rel=0.02)
    assert latency_s == pytest.approx([PEAK_S] * 4, abs=1 / RATE_HZ)


def test_forty_targets_bring_a_p300_out_of_noise() -> None:
    found = [p300(average(brain(seed))) for seed in range(10)]
    heights = np.array([height_uv[2] for height_uv, _ in found])
    latencies = np.array([latency_s[2] for _, latency_s in found])
    assert heights.mean() == pytest.approx(HEIGHT_UV, abs=1.5)  # the highest point of noise lies above its mean
    assert latencies.mean() == pytest.approx(PEAK_S, abs=0.02)
    assert heights.min() > 5


def test_where_nothing_happened_there_is_nothing() -> None:
    noise = power_law(1.1, SECONDS, np.random.default_rng(3), 4)
    evoked_by_nothing = average(noise)
    far = np.abs(evoked_by_nothing.uv) / evoked_by_nothing.sem_uv
    assert np.mean(far[:, evoked_by_nothing.t_s > 0] < 3) > 0.95


def test_the_standard_error_is_the_spread_of_averages() -> None:
    averages = [average(brain(seed)) for seed in range(16)]
    at = np.argmin(np.abs(averages[0].t_s - 0.6))
    spread = np.std([each.uv[:, at] for each in averages], axis=0, ddof=1).mean()
    assert np.mean([each.sem_uv[:, at] for each in averages]) == pytest.approx(spread, rel=0.25)


def test_an_offset_is_taken_off_and_drift_at_the_event() -> None:
    calm, offset = average(brain(1)), average(brain(1) + 1000)
    assert offset.uv == pytest.approx(calm.uv, abs=1e-3)
    drift_uv_per_s = 5.0
    drifting = average(brain(1) + drift_uv_per_s * np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ)
    assert drifting.uv == pytest.approx(calm.uv + drift_uv_per_s * (calm.t_s + 0.1), abs=0.1)


def test_mains_do_not_reach_the_average() -> None:
    t_s = np.arange(round(SECONDS * RATE_HZ)) / RATE_HZ
    humming = average(brain(2) + 60 * np.sin(2 * np.pi * 50 * t_s))
    assert humming.uv == pytest.approx(average(brain(2)).uv, abs=1.0)
    assert humming.kept.tolist() == [40] * 4


def test_epochs_with_a_blink_are_left_out_of_the_channels_that_show_it() -> None:
    blinking = brain(4)
    for event_s in TARGETS_S[::4]:
        at = round((event_s + 0.3) * RATE_HZ)
        blinking[0, at : at + 60] += 180 * np.hanning(60)
    found, calm = average(blinking), average(brain(4), np.delete(TARGETS_S, slice(None, None, 4)))
    assert found.kept.tolist() == [30, 40, 40, 40]
    assert found.uv[0] == pytest.approx(calm.uv[0])


def test_lost_packets_and_gaps_cost_their_epochs_only() -> None:
    uv = brain(5)
    uv[1, round((TARGETS_S[0] + 0.1) * RATE_HZ)] = np.nan
    recorded = chunk(uv)
    gap = round((TARGETS_S[10] + 0.2) * RATE_HZ)
    t_s = recorded.t_s.copy()
    t_s[gap:] += 0.1
    events_s = np.where(np.arange(40) > 10, TARGETS_S + 0.1, TARGETS_S)
    found = evoked(HEADSET, Chunk(recorded.uv, t_s), events_s)
    assert found.kept.tolist() == [39, 38, 39, 39]
    assert found.n_events == 40


def test_events_at_the_edges_have_no_epoch() -> None:
    found = average(brain(6), np.array([-5.0, 0.1, 30.0, 33.0, SECONDS - 0.5, 1e6]))
    assert found.kept.tolist() == [2] * 4


@pytest.mark.parametrize("events_s", [np.array([]), np.array([30.0]), np.array([900.0, 901.0])])
def test_fewer_than_two_clean_epochs_are_one_plain_sentence(events_s: np.ndarray) -> None:
    with pytest.raises(
        BadRecording, match=f"Simulated has no 2 clean epochs around its {len(events_s)} events: check"
    ):
        average(brain(7), events_s)


def test_a_channel_without_two_clean_epochs_stays_unknown() -> None:
    uv = brain(8)
    uv[3] = np.nan
    found = average(uv)
    height_uv, latency_s = p300(found)
    assert found.kept.tolist() == [40, 40, 40, 0]
    assert np.isfinite(height_uv).tolist() == np.isfinite(latency_s).tolist() == [True, True, True, False]
