"""Facts about fixations and saccades by one threshold: as published, and as Neon's app has them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import savgol_filter

from neuro.eyes import paths, saccades, stretches
from neuro.eyes.look import BLINK, FIXATION, LOST, SACCADE, Look
from neuro.eyes.offline import labelled
from neuro.eyes.velocity import IVT, NEON, Threshold, VelocityEvents
from tests.neuro.eyes.agree import Judged
from tests.neuro.eyes.damaged import damaged
from tests.neuro.eyes.made import kappa, made
from tests.neuro.eyes.plainly import plainly
from tests.neuro.eyes.stages import assert_same, run

RULES = pytest.mark.parametrize("rule", [IVT, NEON], ids=["ivt", "neon"])


def kinds(look: Look, rule: Threshold) -> np.ndarray:
    return labelled(look, VelocityEvents(rule))[0].kind


def going(*deg_per_s: float, rate_hz: float = 200.0) -> Look:
    """Gaze to the right at one speed a sample, with half a second of rest before and after."""
    rest = [0.0] * round(rate_hz / 2)
    x = 5 + np.cumsum([*rest, *deg_per_s, *rest]) / rate_hz
    return Look.of(np.arange(x.size) / rate_hz, np.stack([x, np.full(x.size, 3.0)]))


@pytest.mark.parametrize("name", ["demo_recording", "multi_part"])
def test_saccades_are_those_of_neons_own_detector(heron_data: Path, name: str) -> None:
    assert Judged.of(heron_data / "neon_native" / name).agrees(VelocityEvents(NEON)) >= 0.85


@pytest.mark.parametrize(("rate_hz", "noise_deg"), [(200, 0.05), (200, 0.2), (200, 0.4), (500, 0.02), (500, 0.2)])
@pytest.mark.parametrize("follows", [0.0, 0.6])
def test_the_rules_are_no_worse_than_a_fixed_threshold(rate_hz: float, noise_deg: float, follows: float) -> None:
    truth = made(rate_hz, 60, seed=5, noise_deg=noise_deg, follows=follows, tremor_deg=0.006)
    true = truth.kind == SACCADE
    fixed = kappa(kinds(truth.look, IVT) == SACCADE, true)
    assert kappa(labelled(truth.look)[0].kind == SACCADE, true) > max(fixed, 0.7)


@RULES
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_on_line_equals_off_line_however_gaze_is_cut_and_damaged(
    rule: Threshold, seed: int, data: st.DataObject
) -> None:
    look = damaged(seed)
    n = look.t_s.size
    look = replace(look, head_deg_per_s=np.random.default_rng(seed).normal(0, 30, (2, n)))
    whole = run(lambda: VelocityEvents(rule), look)
    np.testing.assert_array_equal(whole.t_s, look.t_s)
    cuts = data.draw(st.lists(st.integers(0, n), max_size=12))
    assert_same(run(lambda: VelocityEvents(rule), look, cuts), whole)


@RULES
def test_one_sample_at_a_time_is_the_same(rule: Threshold) -> None:
    look = damaged(7)
    assert_same(
        run(lambda: VelocityEvents(rule), look, range(1, look.t_s.size)), run(lambda: VelocityEvents(rule), look)
    )


@RULES
def test_labels_come_in_time(rule: Threshold) -> None:
    quiet = Look.of(np.arange(400) / 200, np.random.default_rng(1).normal(5, 0.02, (2, 400)))
    assert VelocityEvents(rule)(quiet).t_s[-1] > quiet.t_s[-1] - 0.12


def test_gaze_is_smoothed_as_by_savitzky_and_golay() -> None:
    deg = np.random.default_rng(1).normal(0, 1, (2, 60)).cumsum(axis=1)
    place = np.zeros((2, 60))
    paths.places(np.arange(60) / 200, deg, np.zeros(60, np.int8), 0, 60, NEON.half_s, True, place)
    np.testing.assert_allclose(place[:, 5:-5], savgol_filter(deg, 11, 3)[:, 5:-5], atol=1e-9)


def test_a_movement_of_one_sample_is_none_and_one_of_two_is() -> None:
    assert SACCADE not in kinds(going(190.0), IVT)  # the mean of five samples takes it below the threshold
    assert SACCADE not in kinds(replace(going(600.0)), replace(IVT, half_s=0.0))
    assert np.sum(kinds(going(600.0, 600.0), replace(IVT, half_s=0.0)) == SACCADE) == 2


@pytest.mark.parametrize(("rest", "kind"), [(7, SACCADE), (9, FIXATION)])
def test_a_rest_under_forty_milliseconds_is_part_of_the_movement(rest: int, kind: int) -> None:
    found = kinds(going(*[300.0] * 4, *[0.0] * rest, *[300.0] * 4), replace(IVT, half_s=0.0))
    assert set(found[104 : 104 + rest - 1].tolist()) == {kind}


@pytest.mark.parametrize(("deg_per_s", "found"), [(90.0, False), (250.0, True)])
def test_to_neon_a_short_movement_is_one_if_it_is_large(deg_per_s: float, found: bool) -> None:
    short = replace(NEON, half_s=0.0)
    assert (SACCADE in kinds(going(*[deg_per_s] * 3), short)) is found
    assert SACCADE in kinds(going(*[90.0] * 5), short)


def test_what_the_head_does_is_taken_off_and_raises_the_threshold() -> None:
    look = going(*[80.0] * 60)
    turning = np.stack([np.where((look.t_s > 0.4) & (look.t_s < 0.9), 80.0, 0.0), np.zeros(look.t_s.size)])
    assert np.sum(kinds(look, NEON) == SACCADE) > 50
    assert SACCADE not in kinds(replace(look, head_deg_per_s=turning), NEON)
    assert np.sum(kinds(replace(look, head_deg_per_s=turning), IVT) == SACCADE) > 50  # it does not look at the head


@pytest.mark.parametrize(("deg_per_s", "moved"), [(240.0, False), (300.0, True)])
def test_gaze_that_goes_along_with_a_fast_head_has_moved(deg_per_s: float, moved: bool) -> None:
    look = going(*[0.0] * 60)
    turning = np.full((2, look.t_s.size), [[deg_per_s], [0.0]])  # 0.93 of it against 48.2 and 0.8 of that
    assert (SACCADE in kinds(replace(look, head_deg_per_s=turning), NEON)) is moved


def test_a_short_rest_before_a_movement_is_part_of_it_and_alone_it_is_a_rest() -> None:
    look = going(*[300.0] * 8)
    assert set(kinds(look.part(slice(95, 160)), replace(IVT, half_s=0.0))[:5].tolist()) == {SACCADE}
    assert set(kinds(look.part(slice(90, 95)), IVT).tolist()) == {FIXATION}


def test_shut_lids_are_a_blink_whatever_gaze_does_and_lost_gaze_is_what_its_length_says() -> None:
    look = made(200, 6, seed=8, follows=0.01).look
    lids = np.where((look.t_s >= 2) & (look.t_s < 2.2), 0.4, 8.0)
    lids[405] = 8.0  # for one sample they seem to open
    found = kinds(replace(look, aperture_mm=lids), NEON)
    assert set(found[400:440].tolist()) == {BLINK}
    assert BLINK not in np.delete(found, np.s_[400:440])
    gone = replace(look, deg=np.where((look.t_s >= 4) & (look.t_s < 4.2), np.nan, look.deg))
    assert set(kinds(gone, IVT)[800:840].tolist()) == {BLINK}
    away = replace(look, deg=np.where((look.t_s >= 3) & (look.t_s < 5), 0.0, look.deg))
    assert set(kinds(away, IVT)[600:1000].tolist()) == {LOST}


def test_compiled_and_plain_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    look = damaged(3).part(slice(0, 700))
    fast = run(lambda: VelocityEvents(NEON), look, [100, 333])
    for module in (paths, saccades, stretches):
        plainly(module, monkeypatch)
    for name in ("places", "steps", "busy"):
        monkeypatch.setattr(f"neuro.eyes.velocity.{name}", getattr(paths, name))
    monkeypatch.setattr("neuro.eyes.velocity.settle", stretches.settle)
    for name in ("loss_end", "loss", "lose"):
        monkeypatch.setattr(stretches, name, getattr(saccades, name))
    assert not hasattr(stretches.settle, "py_func")
    assert_same(run(lambda: VelocityEvents(NEON), look, [100, 333]), fast)
