"""The eyes hold, jump to a target, glance away when attention is out, and blink with the head."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.sources.twin import Twin
from neuro.twin.attention import Zone
from neuro.twin.eyes import DEG_PER_SCREEN, RATE_HZ, Eyes
from neuro.twin.happenings import never
from neuro.twin.profiles import PROFILES
from neuro.types import Gaze

MIDDLE = (0.5, 0.5)


def gaze_of(profile: str, seed: int, minutes: float) -> tuple[Twin, Gaze]:
    twin = Twin(profile, seed)
    return twin, twin.eyes.samples(int(minutes * 60 * RATE_HZ), MIDDLE)


def far_off(gaze: Gaze) -> np.ndarray:
    """Whether each sample is more than 5 degrees from the middle; lost samples are not."""
    off_deg = (gaze.xy - 0.5) * np.array(DEG_PER_SCREEN)[:, None]
    return np.hypot(*off_deg) > 5


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([MIDDLE, (0.2, 0.4), (0.9, 0.9)])), max_size=6))
def test_chunking_never_changes_a_sample(stretches: list[tuple[int, tuple[float, float]]]) -> None:
    whole, cut = Twin("adhd", 3).eyes, Twin("adhd", 3).eyes
    for n, target in stretches:
        once = whole.samples(n, target)
        parts = [cut.samples(size, target) for size in (n // 3, n - n // 3 - n // 2, n // 2)]
        assert np.array_equal(once.xy, np.concatenate([part.xy for part in parts], axis=1), equal_nan=True)
        assert np.array_equal(once.t_s, np.concatenate([part.t_s for part in parts]))


def test_who_asks_for_no_pupils_is_told_of_the_same_looks() -> None:
    one, other = Twin("adhd", 3).eyes, Twin("adhd", 3).eyes
    for n in (3, 4, 300, 3):
        assert np.array_equal(one.looks(n, MIDDLE), other.samples(n, MIDDLE).xy, equal_nan=True)


def test_a_new_target_is_reached_after_a_human_latency() -> None:
    eyes = Twin("adult", 5).eyes
    eyes.samples(200, MIDDLE)
    jump = eyes.samples(200, (0.75, 0.5))
    arrived = jump.t_s[np.nanargmax(jump.xy[0] > 0.7)] - 1.0
    assert 0.12 < arrived < 0.5
    assert np.nanmedian(jump.xy[0, -40:]) == pytest.approx(0.75, abs=0.06)


def test_larger_saccades_last_longer_and_are_faster() -> None:
    steady = replace(PROFILES["adult"].looking, tracker_deg=0.0, drift_deg=0.0, bias_deg=0.0)
    zone = Zone(PROFILES["adult"].attention, np.random.default_rng(0))
    for size_deg, lasts_s, peak_deg_per_s in ((5.0, 0.032, 290), (10.0, 0.043, 440), (20.0, 0.065, 580)):
        eyes = Eyes(replace(PROFILES["adult"], looking=steady), zone, never(), np.random.default_rng(4))
        eyes.samples(200, (0.2, 0.5))
        x_deg = eyes.samples(200, (0.2 + size_deg / DEG_PER_SCREEN[0], 0.5)).xy[0] * DEG_PER_SCREEN[0]
        moving = np.diff(x_deg) * RATE_HZ
        assert (moving > 1).sum() / RATE_HZ == pytest.approx(lasts_s, abs=0.012)
        assert moving.max() == pytest.approx(peak_deg_per_s, rel=0.15)


def test_a_held_gaze_stays_within_a_degree_or_two_while_attention_is_in() -> None:
    twin, gaze = gaze_of("adult", 6, 5)
    attending = np.array([twin.zone.attending(t) for t in gaze.t_s])
    off_deg = np.hypot(*((gaze.xy - np.nanmedian(gaze.xy, axis=1)[:, None]) * np.array(DEG_PER_SCREEN)[:, None]))
    assert np.nanmedian(off_deg[attending]) < 1
    assert np.nanpercentile(off_deg[attending], 90) < 2


def test_unsteadiness_wanders_so_that_it_tells_little_of_the_zone_by_itself() -> None:
    """Medians of 4 s in which attention stays where it is: the chance that one out of the zone is the less steady."""
    inside, outside = [], []
    for seed in range(4):
        twin, gaze = gaze_of("adult", 30 + seed, 8)
        tenths = gaze.xy[:, ::20]
        steps = np.hypot(*np.diff(tenths, axis=1, append=tenths[:, -1:])).reshape(-1, 40)
        depth = twin.zone.wandering(gaze.t_s).reshape(-1, 800)
        unsteady = np.nanmedian(steps, axis=1)
        inside.append(unsteady[depth.max(axis=1) < 0.1])
        outside.append(unsteady[depth.min(axis=1) > 0.9])
    pairs = np.concatenate(outside)[:, None] > np.concatenate(inside)
    assert 0.6 < pairs.mean() < 0.85


def test_glances_away_begin_only_out_of_the_zone() -> None:
    twin, gaze = gaze_of("adhd", 7, 20)
    away = np.flatnonzero(np.diff(far_off(gaze).astype(int)) == 1)
    decided_s = gaze.t_s[away] - 0.3  # a latency before the eye moves
    out = [not twin.zone.attending(t) or not twin.zone.attending(t - 0.5) for t in decided_s]
    assert len(away) > 20
    assert np.mean(out) > 0.7  # the others return from the blink in which the jump was hidden


def test_a_child_with_adhd_glances_away_more_than_an_adult() -> None:
    assert far_off(gaze_of("adhd", 8, 15)[1]).mean() > 2 * far_off(gaze_of("adult", 8, 15)[1]).mean()


@pytest.mark.parametrize("profile", ["adult", "adhd"])
def test_people_who_watch_a_game_blink_5_to_17_times_a_minute(profile: str) -> None:
    _, gaze = gaze_of(profile, 9, 15)
    blinks = np.sum(np.diff(np.isnan(gaze.xy[0]).astype(int)) == 1)
    assert 5 <= blinks / 15 <= 17


def test_what_a_blink_hides_is_lost_and_has_no_confidence() -> None:
    _, gaze = gaze_of("child", 10, 3)
    shut = np.isnan(gaze.xy[0])
    assert shut.any()
    assert (gaze.confidence[shut] == 0).all()
    assert (gaze.confidence[~shut] == 1).all()
    assert np.isnan(gaze.pupil_mm[shut]).all()
    assert np.nanmean(gaze.pupil_mm) == pytest.approx(4.5, abs=0.3)


def test_nothing_is_asked_nothing_is_given() -> None:
    assert Twin("adult", 1).eyes.samples(0, MIDDLE).xy.shape == (2, 0)


def pursued(name: str, deg_per_s: float) -> float:
    """Median speed of eyes that never tremble, over that of a target that moves to the right."""
    still = replace(PROFILES[name].looking, tracker_deg=0.0, drift_deg=0.0, bias_deg=0.0)
    person, rng = replace(PROFILES[name], looking=still), np.random.default_rng(3)
    eyes = Eyes(person, Zone(person.attention, rng.spawn(1)[0]), never(), rng)
    eyes.samples(200, (0.2, 0.5))
    xs = [0.2 + deg_per_s / DEG_PER_SCREEN[0] * k / RATE_HZ for k in range(400)]
    gaze = np.concatenate([eyes.samples(1, (x, 0.5)).xy[0] for x in xs]).astype(float)
    return float(np.median(np.diff(gaze[200:])) * RATE_HZ * DEG_PER_SCREEN[0] / deg_per_s)


def test_what_moves_is_followed_smoothly_and_less_so_by_children_with_adhd() -> None:
    for name in ("adult", "child", "adhd"):
        assert pursued(name, 10.0) == pytest.approx(PROFILES[name].looking.pursuit_gain, abs=0.03)


def test_a_pursuer_stays_near_the_target() -> None:
    eyes = Twin("adhd", 4).eyes
    xs = [0.2 + 10.0 / DEG_PER_SCREEN[0] * k / 200 for k in range(400)]
    eyes.samples(200, (0.2, 0.5))
    gaze = np.concatenate([eyes.samples(1, (x, 0.5)).xy[0] for x in xs])
    off_deg = np.abs(gaze - np.array(xs))[100:] * DEG_PER_SCREEN[0]
    assert np.nanmedian(off_deg) < 2.5


def test_lures_draw_the_eyes_as_often_as_the_profile_says() -> None:
    twin = Twin("adhd", 5)
    drawn = 0
    for k in range(200):
        twin.eyes.lure(3.0 * k, (0.9, 0.1), 5)
        gaze = twin.eyes.samples(600, (0.3, 0.8))
        drawn += bool((np.hypot(gaze.xy[0] - 0.9, gaze.xy[1] - 0.1) < 0.12).any())
    assert drawn / 200 == pytest.approx(5 * twin.profile.looking.lured, abs=0.08)


def test_pupils_narrow_in_light_after_a_fifth_of_a_second() -> None:
    eyes, twin = Twin("adult", 6).eyes, Twin("adult", 6).eyes
    dark = eyes.samples(200, MIDDLE).pupil_mm
    lit = np.concatenate([eyes.samples(7, MIDDLE, light=2.2).pupil_mm for _ in range(200)])
    same = twin.samples(200, MIDDLE).pupil_mm, twin.samples(1400, MIDDLE).pupil_mm
    assert np.array_equal(dark, same[0], equal_nan=True)
    narrowed = same[1] - lit
    assert np.nanmax(np.abs(narrowed[:39])) < 1e-6
    assert np.nanmean(narrowed[-200:]) == pytest.approx(0.55, abs=0.01)
    assert np.nanmean(narrowed[115:125]) == pytest.approx(0.55 * (1 - np.exp(-1)), abs=0.02)


def test_what_is_noticed_widens_the_pupil_about_a_second_later() -> None:
    calm, struck = Twin("adult", 2).eyes, Twin("adult", 2).eyes
    struck.notice(0.5)
    wider_mm = struck.samples(800, MIDDLE).pupil_mm - calm.samples(800, MIDDLE).pupil_mm
    assert 0.15 <= np.nanmax(wider_mm) <= 0.40
    assert np.nanargmax(wider_mm) / RATE_HZ == pytest.approx(0.5 + 0.93, abs=0.05)
    assert np.nanmax(np.abs(wider_mm[:100])) == 0
    assert np.nanmax(np.abs(wider_mm[-100:])) < 0.02
