"""Leave one subject out finds what is there, and only that."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neuro.errors import BadRecording
from neuro.learn.data import STEP_HOPS, eegmat, pairs, usual_spread, windows
from neuro.learn.evaluate import auc_of, leave_one_subject_out
from tests.neuro.learn.people import moments, people

Rng = np.random.default_rng


def by_counting(task: NDArray[np.float64], score: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Every window of the task against every one of rest."""
    won = total = 0.0
    for i in np.flatnonzero(task == 1):
        for j in np.flatnonzero(task == 0):
            pair = weight[i] * weight[j]
            total += pair
            won += pair * (1.0 if score[i] > score[j] else 0.5 if score[i] == score[j] else 0.0)
    return won / total


@given(
    st.lists(st.tuples(st.booleans(), st.integers(-3, 3), st.floats(0.1, 5)), min_size=2, max_size=20).filter(
        lambda rows: len({row[0] for row in rows}) == 2
    )
)
def test_the_auc_is_that_of_counting_pairs(rows: list[tuple[bool, int, float]]) -> None:
    task, score, weight = (np.array(column, float) for column in zip(*rows, strict=True))
    assert auc_of(task, score, weight) == pytest.approx(by_counting(task, score, weight))


def test_an_effect_that_is_there_is_found_in_people_never_seen() -> None:
    told: list[float] = []
    found = leave_one_subject_out(people(8, shift=2.0), Rng(1), told.append)
    assert found.auc > 0.9
    assert found.auc_within > 0.9
    assert found.accuracy > 0.8
    assert found.auc_interval[0] <= found.auc <= found.auc_interval[1]
    assert found.accuracy_interval[0] <= found.accuracy <= found.accuracy_interval[1]
    assert (found.people, found.channels) == (8, ("AF7", "AF8"))
    assert found.windows == 8 * 2 * 400 // STEP_HOPS
    assert told == [(i + 1) / 8 for i in range(8)]


def test_an_effect_that_is_not_there_is_not_found() -> None:
    assert leave_one_subject_out(people(8, shift=0.0), Rng(1)).auc == pytest.approx(0.5, abs=0.1)


def test_noticing_another_recording_does_not_pass_the_sign_flip() -> None:
    flipped = [leave_one_subject_out(people(8, 2.0, seed), Rng(seed)).sign_flip_auc for seed in range(4)]
    assert np.mean(flipped) < 0.65


def test_the_same_chance_gives_the_same_figures() -> None:
    assert leave_one_subject_out(people(4, 1.0), Rng(3)) == leave_one_subject_out(people(4, 1.0), Rng(3))


def test_figures_are_plain_numbers() -> None:
    figures = leave_one_subject_out(people(3, 1.0), Rng(3)).to_json()
    assert {"people", "auc", "auc_interval", "accuracy", "sign_flip_auc"} <= figures.keys()


def test_two_people_are_too_few() -> None:
    with pytest.raises(ValueError, match="at least three people, there are 2"):
        leave_one_subject_out(people(2, 1.0), Rng(1))


def test_every_person_and_both_conditions_weigh_the_same() -> None:
    one = people(1, 1.0)[0]
    found = windows(replace(one, task=one.task[:200]), usual_spread([one]))
    assert found.weight[found.task == 0].sum() == pytest.approx(0.5)
    assert found.weight[found.task == 1].sum() == pytest.approx(0.5)
    assert (found.task == 1).sum() == 200 // STEP_HOPS


def test_windows_with_muscle_are_left_out_as_in_play() -> None:
    one = people(1, 1.0)[0]
    tight = tuple(moments(Rng(2), 0, 10, muscle_db=12.0)) + tuple(moments(Rng(3), 10, 10))
    found = windows(replace(one, task=tight), usual_spread([one]))
    assert (found.task == 1).sum() == 4  # those of 12 to 18 s: for two seconds after it muscle lingers


def test_too_little_rest_names_the_person() -> None:
    one = people(1, 1.0)[0]
    with pytest.raises(BadRecording, match="Subject00: too little of the first minute is clean"):
        replace(one, resting=one.resting[:40]).baseline(np.ones(3))


def test_a_folder_without_pairs_says_which_to_name(tmp_path: Path) -> None:
    (tmp_path / "Subject01_1.edf").touch()
    with pytest.raises(BadRecording, match=r"holds no pair .* --data names another folder"):
        pairs(tmp_path)


def test_people_are_read_through_the_live_front_end(heron_data: Path) -> None:
    found = pairs(heron_data / "eegmat")
    assert len(found) == 24
    three = list(eegmat(found[:3], ("Fp1", "Fp2", "T5", "T6")))
    assert [each.name for each in three] == ["Subject00", "Subject01", "Subject02"]
    for each in three:
        assert each.channels == ("Fp1", "Fp2", "T5", "T6")
        assert each.resting[-1].t_s <= 60
        assert each.rest[0].t_s > 64
        assert len(each.task) > 500
    figures = leave_one_subject_out(three, Rng(1))
    assert 0 <= figures.auc_interval[0] <= figures.auc <= figures.auc_interval[1] <= 1
