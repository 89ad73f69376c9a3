"""What Still Water and Marsh Chorus say of a simulated player is what is true of it."""

from dataclasses import replace
from math import exp
from statistics import NormalDist, fmean

import pytest

from engine.checkup import CHECKUPS
from engine.events import TrialDone
from engine.tasks import chorus, chorus_measures, still_water_measures
from neuro.twin.profiles import PROFILES, Profile
from tests.game.pilots.alone import played, steady

CHECKUP = CHECKUPS.find("checkup-still-water").game
BACK = chorus.Settings(
    task="chorus", ask="back", every_s=(3.0, 3.0), targets=(0.33, 0.33), likeness=(0.2, 0.2), n=(2, 2)
)
HITS = {"adult": 240, "child": 144, "adhd": 144}
"""In the six minutes of a check-up, if none is missed."""


def z(share: float) -> float:
    return NormalDist().inv_cdf(share)


def checkup(profile: Profile, seed: int) -> still_water_measures.StillWaterMeasures:
    return still_water_measures.measures(played(profile, CHECKUP, seed, HITS[profile.name] * 5 // 4, by="keys"))


def success(trials: list[TrialDone]) -> float:
    return fmean(trial.success for trial in trials)


@pytest.mark.parametrize("name", HITS)
def test_a_check_up_recovers_how_well_and_how_evenly_a_player_answers(name: str) -> None:
    profile = steady(name)
    found = [checkup(profile, seed) for seed in range(5)]
    of = profile.reaction_in
    assert fmean(m.d_prime or 0 for m in found) == pytest.approx(z(1 - of.omission) - z(of.false_alarm), abs=0.3)
    assert fmean(m.tau_s or 0 for m in found) == pytest.approx(of.tau_s, rel=0.2)
    assert fmean(m.mu_s or 0 for m in found) == pytest.approx(of.mu_s, abs=0.02)
    assert fmean(m.sigma_s or 0 for m in found) == pytest.approx(of.sigma_s, abs=0.02)


def test_a_player_with_adhd_answers_less_evenly() -> None:
    child, adhd = (checkup(PROFILES[name], 3) for name in ("child", "adhd"))
    assert (adhd.reaction_cv or 0) > (child.reaction_cv or 0)
    assert (adhd.tau_s or 0) > (child.tau_s or 0)


@pytest.mark.parametrize("settings", [CHECKUP, BACK])
def test_success_falls_with_difficulty(settings: object) -> None:
    rates = [success(played(PROFILES["child"], settings, 2, 100, by="keys", difficulty=x)) for x in (-3, -1, 1, 3)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 0.9
    assert rates[-1] < 0.6


def test_calls_are_told_apart_as_well_as_the_player_can_at_their_difficulty() -> None:
    child = steady("child")
    player = replace(
        child,
        skill=replace(child.skill, ability=1.4),
        attention=replace(child.attention, decrement=0.0, arousal_sd=0.0),
    )
    trials = [trial for seed in range(6) for trial in played(player, BACK, seed, 90, by="keys", difficulty=0.5)]
    knows = 1 / (1 + exp(0.5 - 1.4))
    found = chorus_measures.measures(trials)
    assert found.success_rate == pytest.approx(knows, abs=0.05)
    assert found.d_prime == pytest.approx(2 * z(knows), abs=0.3)
    assert found.criterion == pytest.approx(0, abs=0.2)
    assert found.reaction_mean_s == pytest.approx(player.reaction_in.mu_s + player.reaction_in.tau_s, abs=0.03)
