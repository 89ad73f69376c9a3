"""The loops closed around simulated players; the bounds are those of the design's own simulations."""

from collections.abc import Callable
from itertools import groupby
from math import exp

import numpy as np
import pytest

from engine.events import StimulusShown, TrialDone
from engine.level import LEVELS
from engine.ports import TICK_S, Action, Inputs
from engine.session import Setup, alike, begin, step
from engine.skill import Skill, next_skill, presented

Rng = np.random.Generator
Player = Callable[[StimulusShown], float | None]
"""Seconds from seeing a creature to the press; None to let it pass."""


def chance(ability: float, difficulty: float) -> float:
    return 1 / (1 + exp(difficulty - ability))


def longest_failure_run(successes: list[bool]) -> int:
    return max((len(list(run)) for success, run in groupby(successes) if not success), default=0)


def staircase(ability: float, start: float, trials: int, seed: int) -> tuple[list[bool], list[float]]:
    rng, skill = np.random.default_rng(seed), Skill(x=start)
    successes, xs = [], []
    for _ in range(trials):
        success = bool(rng.random() < chance(ability, presented(skill)))
        skill = next_skill(skill, success, True, 0.8)
        successes.append(success)
        xs.append(skill.x)
    return successes, xs


@pytest.mark.parametrize("ability", [-1.0, 0.0, 1.0, 2.0, 3.0])
def test_the_skill_loop_settles_where_four_of_five_succeed(ability: float) -> None:
    rates = [np.mean(staircase(ability, -1.0, 360, seed)[0][60:]) for seed in range(40)]
    assert abs(np.mean(rates) - 0.80) < 0.04
    assert np.std(rates) < 0.03


def test_failures_never_pile_up() -> None:
    runs = [longest_failure_run(staircase(0.5, -1.0, 360, seed)[0]) for seed in range(60)]
    assert max(runs) <= 6
    assert np.median(runs) <= 3


@pytest.mark.parametrize("error", [-3.0, 3.0])
def test_a_start_three_logits_off_is_made_good_within_45_trials(error: float) -> None:
    settled = 0.0
    ability = settled + np.log(4)  # four of five succeed at x = 0
    tracks = [staircase(ability, settled + error, 45, seed)[1] for seed in range(60)]
    assert abs(np.mean([track[-1] for track in tracks]) - settled) < 0.5
    reached = [any(abs(x - settled) < 0.7 for x in track) for track in tracks]
    assert np.mean(reached) > 0.9


def logistic_player(ability: float, rng: Rng) -> Player:
    def answer(shown: StimulusShown) -> float | None:
        right = rng.random() < chance(ability, shown.difficulty)
        return 0.3 if (shown.kind == "fish") == right else None

    return answer


def ex_gaussian_player(fish_s: tuple[float, float, float], omits: float, slips: float, rng: Rng) -> Player:
    """fish_s: mu, sigma and tau of the reaction times; omits, slips: shares of fish missed and frogs struck."""
    mu_s, sigma_s, tau_s = fish_s

    def answer(shown: StimulusShown) -> float | None:
        if shown.kind == "frog":
            return 0.3 if rng.random() < slips else None
        return None if rng.random() < omits else max(0.2, rng.normal(mu_s, sigma_s) + rng.exponential(tau_s))

    return answer


def sit(player: Player, play_s: float, seed: int) -> list[TrialDone]:
    """A whole sitting by behaviour alone; its trials, practice left out."""
    setup = Setup(alike(LEVELS.find("strike-01"), play_s), seed, warmup_s=0.0, has_headset=False)
    now, presses, trials = begin(setup), set[int](), []
    while now.stage != "done":
        strikes: tuple[Action, ...] = ("strike",) if now.tick + 1 in presses else ()
        now, events = step(setup, now, Inputs(("confirm", *strikes)))
        for event in events:
            if isinstance(event, StimulusShown) and (reaction_s := player(event)) is not None:
                presses.add(event.onset_tick + round(reaction_s / TICK_S))
            if isinstance(event, TrialDone):
                trials.append(event)
    return trials


@pytest.mark.parametrize("who", ["logistic", "child", "restless child"])
def test_a_whole_sitting_of_strike_holds_its_success(who: str) -> None:
    rng = np.random.default_rng(11)
    players = {
        "logistic": logistic_player(1.5, rng),
        "child": ex_gaussian_player((0.49, 0.09, 0.16), omits=0.05, slips=0.26, rng=rng),
        "restless child": ex_gaussian_player((0.50, 0.10, 0.21), omits=0.10, slips=0.39, rng=rng),
    }
    trials = sit(players[who], play_s=900.0, seed=5)
    successes = [trial.success for trial in trials]
    assert len(trials) > 180
    assert abs(np.mean(successes[60:]) - 0.80) < 0.05
    assert longest_failure_run(successes) <= 6
