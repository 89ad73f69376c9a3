"""What Reed Search and Two Ponds say of a simulated player is what is true of it."""

from statistics import NormalDist, fmean

import pytest

from engine.events import TrialDone
from engine.tasks import reed_search, reed_search_measures, two_ponds, two_ponds_measures
from engine.tasks.task import By
from game.pilots.reed_search import SLOPE_CHILD_S, SLOPE_S
from game.pilots.two_ponds import DIVIDED, MIXING_S, SWITCH_S
from neuro.twin.profiles import PROFILES, Profile
from tests.game.pilots.alone import played, steady

REEDS = reed_search.Settings(
    task="reed-search", creatures=(6, 14), alike=(0.2, 1.0), leaves=(0, 12), limit_s=(6.0, 4.0)
)
PONDS = two_ponds.Settings(task="two-ponds", variant="switch", cue_s=(0.8, 0.3), limit_s=(3.0, 2.0))
STREAM = PONDS.model_copy(update={"variant": "steer"})
ALL = PONDS.model_copy(update={"variant": "both"})

Task = reed_search.Settings | two_ponds.Settings


def several(who: Profile, task: Task, by: By, seeds: int, n: int, difficulty: float = 0.0) -> list[TrialDone]:
    return [trial for seed in range(seeds) for trial in played(who, task, seed, n, by, difficulty)]


@pytest.mark.parametrize(
    ("name", "by", "n"), [("adult", "keys", 90), ("child", "pointer", 90), ("adult", "gaze", 30)]
)
def test_what_one_more_creature_costs_is_recovered(name: str, by: By, n: int) -> None:
    m = reed_search_measures.measures(several(PROFILES[name], REEDS, by, 8, n))
    assert m.slope_s == pytest.approx(SLOPE_CHILD_S if name == "child" else SLOPE_S, rel=0.2)


def test_costs_of_switching_and_mixing_are_recovered() -> None:
    m = two_ponds_measures.measures(several(PROFILES["child"], PONDS, "keys", 8, 100))
    assert m.switch_cost_s == pytest.approx(SWITCH_S, abs=0.035)
    assert m.mixing_cost_s == pytest.approx(MIXING_S, abs=0.035)


@pytest.mark.parametrize("name", ["adult", "child"])
def test_d_prime_of_tapping_is_that_of_the_hands(name: str) -> None:
    """What dividing costs is given back as difficulty, so that the profile's numbers hold."""
    trials = several(steady(name), STREAM, "keys", 3, 150, difficulty=-DIVIDED)
    said = two_ponds_measures.measures(trial for trial in trials if trial.detail["dual"])
    hands, z = PROFILES[name].reaction_in, NormalDist().inv_cdf
    assert said.d_prime == pytest.approx(z(1 - hands.omission) - z(hands.false_alarm), abs=0.3)


def test_what_dividing_costs_shows_in_both_strands() -> None:
    trials = several(PROFILES["adult"], STREAM, "keys", 8, 150, difficulty=1.0)
    said = two_ponds_measures.measures(trials)
    assert said.tap_dual_cost is not None
    assert said.steer_dual_cost is not None
    assert 0.02 < said.tap_dual_cost < 0.15
    assert 0.02 < said.steer_dual_cost < 0.25


@pytest.mark.parametrize(
    ("task", "by", "n"),
    [
        (REEDS, "keys", 40),
        (REEDS, "gaze", 20),
        (PONDS, "keys", 40),
        (PONDS, "pointer", 40),
        (PONDS, "gaze", 20),
        (ALL, "keys", 40),
        (ALL, "gaze", 20),
    ],
)
def test_success_falls_with_difficulty_whatever_is_played_with(task: Task, by: By, n: int) -> None:
    easy, hard = (
        fmean(trial.success for trial in played(PROFILES["child"], task, 5, n, by, x) if trial.valid)
        for x in (-3.0, 3.0)
    )
    assert easy > 0.74
    assert hard < min(easy, 0.62)
