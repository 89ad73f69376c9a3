"""The Bayesian filter finds ability, knows how sure it is, and doubts what is long ago."""

from dataclasses import dataclass
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.ability import Ability, after_days, after_trial, first_difficulty, of, placement
from engine.anchors import X_MAX, X_MIN
from engine.skill import FIRST_X, Skill, next_skill, presented


@dataclass(frozen=True)
class Trial:
    difficulty: float
    success: bool
    valid: bool = True
    practice: bool = False


def trials_of(ability: float, seed: int, n: int = 200) -> list[Trial]:
    """A player of a fixed ability, at the difficulty that the skill loop puts."""
    rng, skill, trials = np.random.default_rng(seed), Skill(), []
    for _ in range(n):
        x = presented(skill)
        success = bool(rng.random() < 1 / (1 + exp(x - ability)))
        skill = next_skill(skill, success, True, 0.8)
        trials.append(Trial(x, success))
    return trials


@pytest.mark.parametrize("ability", [-1.0, 0.5, 2.0])
def test_the_filter_finds_ability_and_its_interval_holds_it(ability: float) -> None:
    found = [of(trials_of(ability, seed)) for seed in range(60)]
    assert np.mean([each.mean for each in found]) == pytest.approx(ability, abs=0.25)
    held = [low <= ability <= high for low, high in (each.interval for each in found)]
    assert np.mean(held) >= 0.90


def test_it_is_indifferent_to_practice_and_to_trials_that_do_not_count() -> None:
    trials = trials_of(0.0, 1, 30)
    noise = [Trial(0.0, False, valid=False), Trial(0.0, False, practice=True)]
    assert of([*trials, *noise]) == of(trials)


@given(st.floats(-4, 4), st.floats(0.05, 4), st.floats(-3, 3))
def test_success_never_lowers_ability_nor_does_failure_raise_it(mean: float, variance: float, x: float) -> None:
    before = Ability(mean, variance)
    assert after_trial(before, x, True).mean >= mean >= after_trial(before, x, False).mean


def test_each_trial_makes_it_surer_and_each_day_less_sure() -> None:
    told = after_trial(Ability(), 0.0, True)
    assert told.variance < Ability().variance
    assert told.variance < after_days(told, 30).variance <= Ability().variance
    assert after_days(told, 0).variance == told.variance


@given(st.floats(-6, 6), st.floats(0.01, 4), st.floats(0.55, 0.95))
def test_a_placement_is_within_bounds_and_gentler_the_less_is_known(
    mean: float, variance: float, target: float
) -> None:
    sure, unsure = placement(Ability(mean, 0.0), target), placement(Ability(mean, variance), target)
    assert X_MIN <= unsure <= sure <= X_MAX


def test_after_a_day_a_sitting_begins_where_the_last_ended_and_after_long_away_more_gently() -> None:
    trials = trials_of(1.0, 5)
    last_x = float(np.mean([trial.difficulty for trial in trials[len(trials) * 2 // 3 :]]))
    assert first_difficulty(trials, 0, 0.8) == pytest.approx(last_x - 0.5)
    assert first_difficulty(trials, 1, 0.8) == pytest.approx(last_x - 0.5, abs=0.02)
    assert first_difficulty(trials, 30, 0.8) == pytest.approx(last_x - 0.65, abs=0.05)
    assert first_difficulty(trials, 200, 0.8) < first_difficulty(trials, 1, 0.8)
    assert first_difficulty([], 0, 0.8) == FIRST_X


def test_who_is_placed_succeeds_as_often_as_was_aimed_at() -> None:
    ability = of(trials_of(1.0, 3, 400))
    x = placement(ability, 0.8)
    assert 1 / (1 + exp(x - 1.0)) == pytest.approx(0.8, abs=0.08)
    assert placement(Ability(0.0, 0.0), 0.8) == pytest.approx(-log(4))
