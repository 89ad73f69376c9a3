"""What people become before a model sees them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from neuro.errors import BadRecording
from neuro.learn.data import (
    JUDGED_EVERY,
    STEP_S,
    eegmat,
    of_recordings,
    pairs,
    person,
    usual_spread,
    windows,
    with_channels,
)
from neuro.sources.recording import load
from neuro.spectrum import N_NUMBERS
from neuro.tokens import ROWS, STEP_HOPS
from tests.neuro.learn.people import BASELINE_S, CHANNELS, moments, people, somebody, stretch

Rng = np.random.default_rng


def test_rest_and_task_of_everybody_weigh_the_same() -> None:
    one = people(1, 1.0)[0]
    found = windows(one, usual_spread([one]))
    assert found.weight[found.engaged == 0].sum() == pytest.approx(0.5)
    assert found.weight[found.engaged == 1].sum() == pytest.approx(0.5)


def test_windows_come_every_two_seconds_and_share_nothing_with_the_baseline() -> None:
    found = windows(people(1, 0.0)[0], np.ones((2, N_NUMBERS)))
    assert found.z.shape[1:] == (len(CHANNELS), ROWS, N_NUMBERS)
    assert np.diff(found.t_s[found.engaged == 1]) == pytest.approx(np.full((found.engaged == 1).sum() - 1, 2.0))
    assert len(found.z) == pytest.approx((60 - BASELINE_S - 4 + 40 - 6) / (JUDGED_EVERY / 2), abs=2)


def test_deviations_are_counted_in_spreads_from_the_own_rest() -> None:
    found = windows(somebody(Rng(3), 0, 1.5), np.full((2, N_NUMBERS), 0.4))
    rest, task = (found.z[found.engaged == label].mean(axis=(0, 1, 2)) for label in (0, 1))
    assert np.abs(rest[:-1]).max() < 0.5
    assert (task[3:6] < -1.5).all()
    assert np.abs(found.z).max() <= 6.0


def test_windows_with_muscle_are_left_out_as_in_play() -> None:
    rng = Rng(2)
    at_task = moments(rng, 24)
    tight = [
        replace(each, quality=replace(each.quality, muscle_db=12.0)) if each.t_s < 12 else each for each in at_task
    ]
    one = person("x", CHANNELS, [stretch(moments(rng, 60), 0.0), stretch(tight, 1.0)], BASELINE_S)
    found = windows(one, usual_spread([one]))
    tokens_before = len(one.power) - len(tight[::STEP_HOPS])  # those of the rest
    first_s = tight[0].t_s + found.t_s[found.engaged == 1][0] - tokens_before * STEP_S
    assert first_s == pytest.approx(14, abs=0.6)  # tight until 12 s, and for two seconds muscle lingers


def test_fewer_channels_are_seen_as_if_they_had_been_worn_alone() -> None:
    one = people(1, 1.0)[0]
    usual = usual_spread([one])
    whole, left = windows(one, usual), windows(with_channels(one, [1]), usual)
    assert left.z.shape == whole.z[:, 1:].shape
    assert np.corrcoef(left.z.ravel(), whole.z[:, 1:].ravel())[0, 1] > 0.9  # less what the other was taken to share
    assert np.array_equal(left.places, whole.places[1:])
    assert np.array_equal(left.engaged, whole.engaged)


def test_what_nobody_knows_is_no_window() -> None:
    rng = Rng(4)
    part = stretch(moments(rng, 60), 0.0)
    part.engaged[len(part.engaged) // 2 :] = np.nan
    one = person("x", CHANNELS, [part], BASELINE_S)
    assert (one.engaged == 0).all()
    assert one.ends.max() < len(one.power) / 2 + 1


def test_eyes_are_measured_against_their_own_rest() -> None:
    rng = Rng(5)
    part = stretch(moments(rng, 60), 0.0)
    eyes = np.where(np.array([each.t_s for each in part.moments])[:, None] < 40, 1.0, 3.0) + 0.3 * rng.normal(
        size=(len(part.moments), 6)
    )
    one = person("x", CHANNELS, [replace(part, eyes=eyes)], BASELINE_S)
    assert np.abs(one.eyes[:60].mean()) < 0.5
    assert one.eyes[-30:].mean() > 3


def test_too_little_rest_names_the_person() -> None:
    with pytest.raises(BadRecording, match="Subject07: too little of the first minute is clean"):
        person("Subject07", CHANNELS, [stretch(moments(Rng(1), 6), 0.0)], BASELINE_S)


def test_a_folder_without_pairs_says_which_to_name(tmp_path: Path) -> None:
    (tmp_path / "Subject01_1.edf").touch()
    with pytest.raises(BadRecording, match=r"holds no pair .* --data names another folder"):
        pairs(tmp_path)


def test_people_are_read_through_the_live_front_end(heron_data: Path) -> None:
    found = pairs(heron_data / "eegmat")
    assert len(found) == 24
    (one,) = eegmat(found[:1], ("Fp1", "Fp2", "T5", "T6"))
    assert one.name == "Subject00"
    assert one.channels == ("Fp1", "Fp2", "T5", "T6")
    assert one.rest_s > 40
    assert {0.0, 1.0} == set(one.engaged.tolist())
    assert np.isnan(one.eyes).all()


def test_recordings_that_do_not_fit_together_are_refused(heron_data: Path) -> None:
    path = pairs(heron_data / "eegmat")[0][0]
    rest = load(path).pick(("Fp1", "Fp2"))
    slower = replace(rest, headset=replace(rest.headset, rate_hz=250.0))
    with pytest.raises(BadRecording, match=r"S has other samples a second at rest \(500\) and on the task \(250\)"):
        of_recordings("S", rest, slower)
    with pytest.raises(BadRecording, match=r"S has other channels at rest \(Fp1, Fp2\) and on the task \(Fp1\)"):
        of_recordings("S", rest, rest.pick(("Fp1",)))
