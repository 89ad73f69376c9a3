"""What is there is found in people never seen, and only that."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from neuro.learn import evaluate, metrics
from neuro.learn.folds import k_fold, leave_one_out
from neuro.learn.metrics import Judged
from tests.neuro.learn.minds import RHYTHM, Linear, people

Rng = np.random.default_rng


def nothing() -> None:
    """Nobody wants to know how far it is."""


def left_out(n: int, effect: float, seed: int = 1, jump: float = 0.0) -> Judged:
    some, folds = people(n, effect, seed, jump), leave_one_out(n)
    return evaluate.across(evaluate.taught(some, folds, Linear, nothing), folds, some)


def test_an_effect_that_is_there_is_found_in_people_never_seen() -> None:
    told = evaluate.figures(left_out(8, effect=2.0), Rng(1))
    assert told.windows["auc"].value > 0.9
    assert told.windows["accuracy"].value > 0.8
    assert told.minutes["accuracy"].value == 1.0
    assert told.n_minutes == 8 * 2
    assert all(one.low <= one.value <= one.high for one in told.windows.values())


def test_an_effect_that_is_not_there_is_not_found() -> None:
    assert metrics.auc(left_out(8, effect=0.0)) == pytest.approx(0.5, abs=0.1)


def test_everybody_is_judged_by_one_who_has_not_seen_them() -> None:
    some, folds = people(5, 1.0), leave_one_out(5)
    teachers: list[tuple[str, ...]] = []

    def teach(those: object) -> Linear:
        teachers.append(tuple(one.name for one in those))  # type: ignore[attr-defined]
        return Linear(those)  # type: ignore[arg-type]

    found = evaluate.across(evaluate.taught(some, folds, teach, nothing), folds, some)
    assert [sorted({one.name for one in some} - set(names)) for names in teachers] == [[one.name] for one in some]
    assert found.people == 5


def test_the_sign_control_leaves_nothing_of_what_minds_do_alike() -> None:
    some = people(12, 2.0)
    folds = k_fold(12, Rng(2))
    turns = [evaluate.sign_control(some, some, folds, Rng(seed), Linear, nothing) for seed in range(20)]
    assert np.mean([metrics.auc(turn) for turn in turns]) == pytest.approx(0.5, abs=0.1)


def test_a_mirrored_person_deviates_the_other_way_round() -> None:
    one, model = people(1, 2.0)[0], Linear(people(3, 2.0))
    here, there = model.windows(one).z, model.windows(evaluate.mirrored(one)).z
    both = (here + there)[(np.abs(here) < 5).all(axis=(1, 2, 3))]
    assert both.std(axis=0).max() < 0.05  # what is left is the same at rest and under the task
    assert np.abs(both).max() < 1.0


def test_without_the_brain_an_effect_in_it_cannot_be_found() -> None:
    some = people(8, 3.0)
    bare = [evaluate.no_brain(one) for one in some]
    folds = leave_one_out(8)
    found = evaluate.across(evaluate.taught(bare, folds, Linear, nothing), folds, bare)
    assert metrics.auc(found) == pytest.approx(0.5, abs=0.1)
    assert RHYTHM not in {0, *range(15, 22)}


def test_the_leaky_split_finds_what_only_the_recordings_give_away() -> None:
    some = people(12, effect=0.0, jump=0.6)
    honest = left_out(12, effect=0.0, jump=0.6)
    leaking = evaluate.leaky_split(some, some, Rng(3), Linear, nothing)
    assert metrics.auc(leaking) > metrics.auc(honest) + 0.1


def test_who_has_no_window_of_one_kind_is_left_out() -> None:
    some = people(4, 2.0)
    lost = replace(some[1], payable=some[1].engaged == 1)
    folds = leave_one_out(4)
    found = evaluate.across(evaluate.taught(some, folds, Linear, nothing), folds, [some[0], lost, None, some[3]])
    assert np.unique(found.person).tolist() == [0, 3]


def test_a_boaster_is_cooled_by_what_the_others_show() -> None:
    rng, n = Rng(4), 6 * 300
    odds = rng.standard_normal(n)
    task = (rng.random(n) < expit(odds)).astype(float)
    person, t_s = np.repeat(np.arange(6), 300), np.tile(np.arange(300.0), 6)
    boast = Judged(person, t_s, task, expit(4 * odds), np.ones(n), np.ones(n))
    cooled = evaluate.calibrated(boast)
    assert metrics.calibration_error(boast) > 0.15
    assert metrics.calibration_error(cooled) < 0.05
    assert cooled.score == pytest.approx(expit(odds), abs=0.08)
