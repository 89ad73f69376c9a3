"""Facts about what eyes do, found by rules: right on gaze whose truth is known, whole on gaze that is damaged."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neuro.eyes import pursuit, saccades, speeds
from neuro.eyes.episodes import Episodes
from neuro.eyes.events import EyeEvents
from neuro.eyes.look import BLINK, FIXATION, LOST, PURSUIT, SACCADE, Event, Labels, Look
from neuro.eyes.offline import labelled
from tests.neuro.eyes.damaged import damaged
from tests.neuro.eyes.made import kappa, made
from tests.neuro.eyes.plainly import plainly
from tests.neuro.eyes.stages import assert_same, run


def jump(amplitude_deg: float, rate_hz: float = 500.0, noise_deg: float = 0.005) -> Look:
    """Half a second of rest, a saccade to the right on the main sequence, and rest."""
    n, lasts_s = round(rate_hz), 0.0022 * amplitude_deg + 0.021
    t_s = np.arange(n) / rate_hz
    s = np.clip((t_s - 0.5) / lasts_s, 0, 1)
    x = 3 + amplitude_deg * s**3 * (10 - 15 * s + 6 * s**2)
    return Look.of(t_s, np.stack([x, np.full(n, 2.0)]) + np.random.default_rng(2).normal(0, noise_deg, (2, n)))


def only(events: list[Event], kind: str) -> Event:
    (event,) = [event for event in events if event.kind == kind]
    return event


@pytest.mark.parametrize(
    ("amplitude_deg", "rate_hz"),
    [(0.5, 500), (0.5, 1000), *product([2.0, 8.0, 20.0], [120.0, 250.0, 500.0, 1000.0])],
)
def test_a_saccade_is_found_where_it_is_and_as_large(amplitude_deg: float, rate_hz: float) -> None:
    _, events = labelled(jump(amplitude_deg, rate_hz))
    saccade = only(events, "saccade")
    assert saccade.onset_s == pytest.approx(0.5, abs=0.012)
    assert saccade.duration_s == pytest.approx(0.0022 * amplitude_deg + 0.021, abs=0.02)
    assert saccade.amplitude_deg == pytest.approx(amplitude_deg, rel=0.1, abs=0.15)


def test_the_peak_speed_is_that_of_the_path() -> None:
    _, events = labelled(jump(10.0, 1000.0))
    lasts_s = 0.043
    assert only(events, "saccade").peak_deg_per_s == pytest.approx(10 / lasts_s * 1.875, rel=0.05)  # of least jerk


@pytest.mark.parametrize(
    ("rate_hz", "noise_deg", "least"),
    [(60, 0.05, 0.5), (120, 0.05, 0.7), (200, 0.05, 0.75), (200, 0.5, 0.6), (500, 0.02, 0.85), (1000, 0.02, 0.85)],
)
def test_saccades_agree_with_the_truth_at_any_rate(rate_hz: float, noise_deg: float, least: float) -> None:
    truth = made(rate_hz, 30, seed=5, noise_deg=noise_deg)
    labels, _ = labelled(truth.look)
    assert kappa(labels.kind == SACCADE, truth.kind == SACCADE) > least


@pytest.mark.parametrize("rate_hz", [120, 200, 500])
def test_pursuit_is_told_from_fixation(rate_hz: float) -> None:
    truth = made(rate_hz, 30, seed=6, noise_deg=0.05, follows=0.6)
    labels, _ = labelled(truth.look)
    assert kappa(labels.kind == PURSUIT, truth.kind == PURSUIT) > 0.8


def test_eyes_that_rest_are_never_said_to_jump() -> None:
    t_s, chance = np.arange(4000) / 200, np.random.default_rng(3)
    labels, _ = labelled(Look.of(t_s, 5 + chance.normal(0, 0.3, (2, t_s.size))))
    assert np.mean(labels.kind == SACCADE) < 0.01


def test_the_wobble_after_a_saccade_is_marked_as_such() -> None:
    look = jump(10.0, 1000.0)
    s = np.clip(look.t_s - 0.543, 0, None)
    look.deg[0] += 0.6 * np.sin(2 * np.pi * 30 * s) * np.exp(-s / 0.012)
    labels, events = labelled(look)
    assert 0.008 < only(events, "pso").duration_s < 0.06
    assert np.all(labels.kind[(look.t_s > 0.65)] == FIXATION)


def test_a_spike_of_the_tracker_is_no_saccade() -> None:
    look = jump(0.0)
    look.deg[0, 300:302] += 40.0
    assert not [event for event in labelled(look)[1] if event.kind == "saccade"]


@pytest.mark.parametrize(
    ("lost_s", "kind"), [(0.02, LOST), (0.2, BLINK), (0.6, BLINK), (2.0, LOST)], ids=["drop", "blink", "long", "away"]
)
def test_a_loss_is_a_blink_if_it_lasts_as_long_as_one(lost_s: float, kind: int) -> None:
    look = made(200, 6, seed=8, follows=0.01).look
    gone = (look.t_s >= 2.0) & (look.t_s < 2.0 + lost_s)
    labels, _ = labelled(replace(look, deg=np.where(gone, np.nan, look.deg)))
    assert set(labels.kind[gone].tolist()) == {kind}
    assert np.isnan(labels.deg[:, gone]).all()


@pytest.mark.parametrize("how", ["nan", "zero", "confidence", "pupil"])
def test_every_way_to_lose_gaze_is_known(how: str) -> None:
    look = made(200, 4, seed=8, follows=0.01).look
    gone = (look.t_s >= 2.0) & (look.t_s < 2.2)
    lost = {
        "nan": replace(look, deg=np.where(gone, np.nan, look.deg)),
        "zero": replace(look, deg=np.where(gone, 0.0, look.deg)),
        "confidence": replace(look, confidence=np.where(gone, 0.1, 1.0)),
        "pupil": replace(look, pupil_mm=np.where(gone, 0.0, 3.0)),
    }[how]
    assert set(labelled(lost)[0].kind[gone].tolist()) == {BLINK}


def test_where_lids_are_measured_only_they_make_a_blink() -> None:
    look = made(200, 6, seed=8, follows=0.01).look
    gone, shut = (look.t_s >= 2) & (look.t_s < 2.2), (look.t_s >= 4) & (look.t_s < 4.2)
    lids = replace(look, deg=np.where(gone, np.nan, look.deg), aperture_mm=np.where(shut, 0.4, 8.0))
    labels, _ = labelled(lids)
    assert set(labels.kind[gone].tolist()) == {LOST}
    assert set(labels.kind[shut].tolist()) == {BLINK}


def test_the_turning_of_the_head_is_no_pursuit() -> None:
    look = jump(0.0, 200.0)
    turning = np.stack([np.full(look.t_s.size, 20.0), np.zeros(look.t_s.size)])
    carried = replace(look, deg=look.deg + 20.0 * look.t_s * np.array([[1.0], [0.0]]))
    assert np.mean(labelled(carried)[0].kind == PURSUIT) > 0.8
    assert not np.any(labelled(replace(carried, head_deg_per_s=turning))[0].kind == PURSUIT)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_on_line_equals_off_line_however_gaze_is_cut_and_damaged(seed: int, data: st.DataObject) -> None:
    look = damaged(seed)
    n = look.t_s.size
    whole = run(EyeEvents, look)
    np.testing.assert_array_equal(whole.t_s, look.t_s)
    assert_same(run(EyeEvents, look, data.draw(st.lists(st.integers(0, n), max_size=12))), whole)


def test_one_sample_at_a_time_is_the_same() -> None:
    look = damaged(7)
    assert_same(run(EyeEvents, look, range(1, look.t_s.size)), run(EyeEvents, look))


def test_a_label_is_never_taken_back_and_comes_in_time() -> None:
    truth = made(200, 20, seed=9)
    stage, told = EyeEvents(), 0
    for first in range(0, truth.look.t_s.size, 10):
        part = truth.look.part(slice(first, first + 10))
        told += stage(part).t_s.size
        late_s = part.t_s[-1] - truth.look.t_s[min(told, truth.look.t_s.size - 1)]
        assert late_s < 0.18 + 0.2 + 0.9
    quiet = Look.of(np.arange(400) / 200, np.random.default_rng(1).normal(5, 0.02, (2, 400)))
    assert EyeEvents()(quiet).t_s[-1] > quiet.t_s[-1] - 0.19


def test_nothing_is_said_across_a_gap() -> None:
    look = jump(0.0, 200.0)
    apart = replace(look, t_s=look.t_s + 0.2 * (look.t_s >= 0.5), deg=look.deg + 9.0 * (look.t_s >= 0.5))
    labels, events = labelled(apart)
    assert set(labels.kind.tolist()) == {FIXATION}
    assert [event.kind for event in events] == ["fixation", "fixation"]


def test_no_gaze_at_all_gives_no_labels() -> None:
    assert labelled(Look.of(np.empty(0), np.empty((2, 0))))[0].t_s.size == 0


def test_events_end_as_labels_say_and_leave_out_fixations_that_are_none() -> None:
    kind = np.array([FIXATION] * 20 + [SACCADE] * 8 + [FIXATION] * 5 + [SACCADE] * 4 + [BLINK] * 30, np.int8)
    n = kind.size
    labels = Labels(np.arange(n) / 200, kind, np.stack([np.arange(n) * 0.1, np.zeros(n)]), np.full(n, 50.0))
    episodes = Episodes()
    events = [*episodes(labels.part(slice(23)))]
    events += [*episodes(labels.part(slice(23, None))), *episodes.finish()]
    assert [event.kind for event in events] == ["fixation", "saccade", "saccade", "blink"]
    assert events[1].onset_s == pytest.approx(0.1)
    assert events[1].duration_s == pytest.approx(0.04)
    assert events[1].amplitude_deg == pytest.approx(0.9)
    assert np.isnan(events[3].amplitude_deg)


def test_compiled_and_plain_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    look = made(200, 4, seed=4, noise_deg=0.1, follows=0.3).look
    fast = run(EyeEvents, look, [100, 333])
    for module in (speeds, saccades, pursuit):
        plainly(module, monkeypatch)
    monkeypatch.setattr("neuro.eyes.events.noise", speeds.noise)
    monkeypatch.setattr("neuro.eyes.events.lines", speeds.lines)
    monkeypatch.setattr("neuro.eyes.events.excess", speeds.excess)
    monkeypatch.setattr("neuro.eyes.events.cut", saccades.cut)
    monkeypatch.setattr("neuro.eyes.events.follow", pursuit.follow)
    assert not hasattr(saccades.cut, "py_func")
    assert_same(run(EyeEvents, look, [100, 333]), fast)
    assert {SACCADE, PURSUIT, FIXATION} <= set(fast.kind.tolist())
