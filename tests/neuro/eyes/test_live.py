"""Facts about the measures of the last seconds: they are what the eyes did, however gaze comes in."""

import tracemalloc
from collections.abc import Iterable
from dataclasses import astuple, replace

import numpy as np
import pytest

from neuro.eyes.live import STEP_S, EyeFront, EyeMoment
from neuro.screen import NEON_PINHOLE
from neuro.types import Gaze
from tests.contracts import check_stage

RATE_HZ = 200.0
SPAN_DEG = (40.0, 22.5)


def still(seconds: float, x: float = 0.4, y: float = 0.6, noise: float = 0.002) -> Gaze:
    """Gaze that rests, with a pupil of 3.5 mm."""
    n = round(seconds * RATE_HZ)
    xy = np.array([[x], [y]]) + np.random.default_rng(1).normal(0, noise, (2, n))
    return Gaze(
        100 + np.arange(n) / RATE_HZ, xy.astype(np.float32), np.full(n, 3.5, np.float32), np.ones(n, np.float32)
    )


def jumping(seconds: float) -> Gaze:
    """Twice a second to the other of two places, 11 degrees apart, in 20 ms."""
    gaze = still(seconds, noise=0.0002)
    phase = (gaze.t_s - 100) % 1.0
    gaze.xy[0] += 0.25 * (np.clip(phase / 0.02, 0, 1) - np.clip((phase - 0.5) / 0.02, 0, 1))
    return gaze


def newest(gaze: Gaze, target_xy: tuple[float, float] | None = None, front: EyeFront | None = None) -> EyeMoment:
    return (front or EyeFront(SPAN_DEG))(gaze, target_xy)[-1]


def test_on_line_equals_off_line_and_the_future_never_changes_the_past() -> None:
    gaze = jumping(6)
    gaze.xy[:, 300:340] = np.nan
    signal = np.vstack([gaze.t_s, gaze.xy, gaze.pupil_mm + 0.01 * gaze.xy[0], gaze.confidence])
    kept = np.r_[0:700, 720:1200]  # a gap

    class Rows:
        def __init__(self) -> None:
            self._front = EyeFront(SPAN_DEG)

        def __call__(self, rows: np.ndarray) -> Iterable[np.ndarray]:
            t_s, x, y, mm, sure = rows
            xy = np.stack([x, y]).astype(np.float32)
            told = self._front(Gaze(t_s, xy, mm.astype(np.float32), sure.astype(np.float32)), (0.4, 0.6))
            return [np.array(astuple(moment)) for moment in told]

    check_stage(Rows, signal[:, kept], cut=tuple(range(200, 420, 7)), max_examples=10)


def test_something_is_said_ten_times_a_second_half_a_second_late() -> None:
    gaze = still(10)
    told = EyeFront(SPAN_DEG)(gaze)
    np.testing.assert_allclose(np.diff([moment.t_s for moment in told]), STEP_S)
    assert 0 < gaze.t_s[-1] - told[-1].t_s < 0.55


def test_eyes_that_hold_still_fixate_and_spread_as_their_noise() -> None:
    found = newest(still(8, noise=0.004))
    assert (found.seen_share, found.on_screen_share, found.saccades_per_s) == (1.0, 1.0, 0.0)
    assert found.fixation_share > 0.95
    noise_deg = 0.004 * np.array([43.5, 23.2])  # a screen's width and height are steepest in its middle
    assert found.bcea_deg2 == pytest.approx(2 * np.pi * 1.1479 * noise_deg.prod(), rel=0.5)


def test_eyes_that_jump_twice_a_second_make_as_many_saccades() -> None:
    found = newest(jumping(10))
    assert found.saccades_per_s == pytest.approx(2.0, abs=0.25)
    assert found.intrusions_per_min == pytest.approx(120, abs=15)
    assert 0.7 < found.fixation_share < 0.97


def test_small_saccades_are_no_intrusions() -> None:
    gaze = jumping(10)
    gaze.xy[0] = 0.4 + (gaze.xy[0] - 0.4) * 0.08  # 0.9 degrees
    found = newest(gaze)
    assert found.saccades_per_s > 1
    assert found.intrusions_per_min == 0


def test_blinks_are_counted_over_half_a_minute() -> None:
    gaze = still(40)
    for second in (2, 7, 12, 17, 22):  # of which three are in the last half minute
        gaze.xy[:, round(second * RATE_HZ) : round((second + 0.2) * RATE_HZ)] = np.nan
    found = newest(gaze)
    assert found.blinks_per_min == pytest.approx(6)
    assert found.seen_share == 1.0


def test_time_without_gaze_is_seen_as_such_and_time_without_samples_is_none() -> None:
    gaze = jumping(10)
    gaze.xy[:, 1000:1200] = np.nan
    found = newest(gaze)
    assert found.seen_share == pytest.approx(0.8, abs=0.02)
    assert found.saccades_per_s == pytest.approx(2.0, abs=0.3)
    apart = newest(replace_part(jumping(10), np.r_[0:1000, 1600:2000]))
    assert (apart.seen_share, apart.saccades_per_s) == (1.0, pytest.approx(2.0, abs=0.5))


def test_gaze_on_a_target_counts_only_while_there_is_one() -> None:
    front, gaze = EyeFront(SPAN_DEG), still(12)
    before, after = (replace_part(gaze, part) for part in (slice(0, 1200), slice(1200, None)))
    assert np.isnan(newest(before, None, front).on_target_share)
    assert newest(after, (0.43, 0.6), front).on_target_share == 1.0
    assert newest(still(8), (0.7, 0.6)).on_target_share == 0.0


def replace_part(gaze: Gaze, part: slice | np.ndarray) -> Gaze:
    return Gaze(gaze.t_s[part], gaze.xy[:, part], gaze.pupil_mm[part], gaze.confidence[part])


def test_the_pupils_slow_part_and_what_it_does_now() -> None:
    gaze = still(20)
    gaze.pupil_mm[-400:] += 0.3
    found = newest(gaze)
    assert found.pupil_tonic_mm == pytest.approx(3.5, abs=0.01)
    assert found.pupil_phasic_mm == pytest.approx(0.3, abs=0.01)
    assert np.isnan(newest(replace(gaze, pupil_mm=np.full_like(gaze.pupil_mm, np.nan))).pupil_tonic_mm)


def test_who_looks_beside_the_screen_is_seen_and_not_on_it() -> None:
    gaze = still(8, x=1.2)
    found = newest(gaze)
    assert (found.seen_share, found.on_screen_share) == (1.0, 0.0)


def test_with_a_scene_camera_who_looks_away_is_seen_and_does_not_blink() -> None:
    gaze = still(8)
    gaze.xy[:, (gaze.t_s > 104) & (gaze.t_s < 104.5)] = np.nan
    right = np.interp(gaze.t_s, [104, 104.05, 104.45, 104.5], [0, 300, 300, 0])
    px = np.stack([803 + right, np.full_like(right, 605.0)]).astype(np.float32)
    found = newest(replace(gaze, scene_px=px), None, EyeFront(SPAN_DEG, NEON_PINHOLE.rays))
    assert found.seen_share == 1.0
    assert found.on_screen_share == pytest.approx(0.9, abs=0.01)
    assert found.saccades_per_s == pytest.approx(0.4, abs=0.05)
    assert np.isnan(found.blinks_per_min)


def test_of_eyes_that_nobody_sees_nothing_is_said() -> None:
    gaze = still(8)
    found = newest(replace(gaze, xy=np.full_like(gaze.xy, np.nan)))
    assert found.seen_share == 0.0
    assert np.isnan([found.on_screen_share, found.fixation_share, found.saccades_per_s, found.bcea_deg2]).all()
    assert EyeFront(SPAN_DEG)(Gaze.empty()) == []


def test_after_a_long_absence_nothing_is_remembered() -> None:
    front, gaze = EyeFront(SPAN_DEG), jumping(6)
    assert front(gaze)
    later = replace(still(6), t_s=gaze.t_s + 3600)
    assert front(later)[-1].saccades_per_s == 0.0


def test_nothing_grows_while_it_runs() -> None:
    front, gaze = EyeFront(SPAN_DEG), jumping(60)
    parts = [replace_part(gaze, slice(first, first + 20)) for first in range(0, gaze.t_s.size, 20)]
    for part in parts[:300]:
        front(part)
    tracemalloc.start()
    for part in parts[300:400]:
        front(part)
    after_some = tracemalloc.get_traced_memory()[0]
    for part in parts[400:]:
        front(part)
    grown = tracemalloc.get_traced_memory()[0] - after_some
    tracemalloc.stop()
    assert grown < 20_000


@pytest.mark.parametrize("span_deg", [(0.0, 20.0), (40.0, -1.0), (200.0, 20.0), (float("nan"), 20.0)])
def test_a_screen_has_a_size(span_deg: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 180"):
        EyeFront(span_deg)
