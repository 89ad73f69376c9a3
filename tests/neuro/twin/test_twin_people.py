"""The twin is no easier and no stranger than people: spread between them, and between kinds of them."""

from time import process_time

import numpy as np
import pytest

from engine.tasks.strike_measures import measures
from game.simulation.families import answered
from neuro.sources.twin import Twin
from neuro.twin.people import somebody, someday
from neuro.twin.player import Player
from neuro.twin.profiles import ADHD, CHILD, MEDICATED, PROFILES, Profile
from neuro.twin.reflex import Antisaccades

PEOPLE = 60


def hedges_g(ones: list[float], others: list[float]) -> float:
    n, m = len(ones), len(others)
    pooled = np.sqrt(((n - 1) * np.var(ones, ddof=1) + (m - 1) * np.var(others, ddof=1)) / (n + m - 2))
    return float((np.mean(ones) - np.mean(others)) / pooled * (1 - 3 / (4 * (n + m) - 9)))


def variability(profile: Profile, seed: int) -> float:
    """RT variability of one such person in a six-minute continuous performance task."""
    player = Player(somebody(profile, np.random.default_rng([seed, 7])), seed)
    found = measures(answered(player, trial, no_go=False) for trial in range(180)).reaction_cv
    assert found is not None
    return found


def variabilities(profile: Profile) -> list[float]:
    return [variability(profile, seed) for seed in range(PEOPLE)]


def errors(profile: Profile) -> float:
    """Share of antisaccades of such people that first go to the cue, sixty each."""
    found = []
    for seed in range(20):
        eyes = Antisaccades(profile.looking, lambda trial, seed=seed: np.random.default_rng([seed, trial]))
        found += [eyes.look_away(trial).error for trial in range(60)]
    return float(np.mean(found))


def test_children_with_adhd_vary_more_than_others_by_as_much_as_in_the_literature() -> None:
    assert 0.5 <= hedges_g(variabilities(ADHD), variabilities(CHILD)) <= 1.0  # Kofler 2013: .76


def test_on_medication_variability_is_most_of_the_way_back() -> None:
    assert hedges_g(variabilities(MEDICATED), variabilities(CHILD)) < 0.5


def test_children_with_adhd_err_10_to_20_points_more_in_antisaccades() -> None:
    gap = errors(ADHD) - errors(CHILD)
    assert 0.10 <= gap <= 0.20


@pytest.mark.parametrize("name", ["adult", "child", "adhd"])
def test_the_race_errs_as_often_as_the_profile_says_and_errors_are_the_quick_ones(name: str) -> None:
    looking = PROFILES[name].looking
    eyes = Antisaccades(looking, lambda trial: np.random.default_rng([5, trial]))
    looks = [eyes.look_away(trial) for trial in range(3000)]
    wrong = [look for look in looks if look.error]
    assert len(wrong) / len(looks) == pytest.approx(looking.antisaccade_errors, abs=0.03)
    assert np.mean([look.latency_s for look in wrong]) < np.mean([o.latency_s for o in looks if not o.error]) - 0.03
    assert np.mean([look.corrected_s is not None for look in wrong]) == pytest.approx(0.8, abs=0.05)
    assert eyes.look_away(7) == eyes.look_away(7)


def test_nobody_is_exactly_like_another_nor_like_yesterday() -> None:
    one, other = (somebody(CHILD, np.random.default_rng(seed)) for seed in (1, 2))
    assert one.reaction_in != other.reaction_in
    days = [someday(one, np.random.default_rng(seed)).reaction_in.mu_s for seed in range(200)]
    people = [somebody(CHILD, np.random.default_rng(seed)).reaction_in.mu_s for seed in range(200)]
    assert np.std(days) < 0.7 * np.std(people)


def test_head_eyes_and_hands_live_more_than_200_times_as_fast_as_time() -> None:
    twin = Twin("adhd", 1)
    began_s = process_time()  # of this process alone, however busy the computer is
    for second in range(60):
        twin.brain.samples(256)
        twin.eyes.samples(200, (0.3 + 0.004 * second, 0.5))
        twin.player.answer(float(second), second, True)
    assert 60 / (process_time() - began_s) > 200
