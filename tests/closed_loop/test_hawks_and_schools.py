"""Stop signals, School of Fish and Quiet, played by simulated players through whole sittings."""

from statistics import fmean

import pytest

from engine.events import TrialDone
from engine.level import LEVELS
from engine.ports import TICK_S
from engine.session import Setup, alike
from engine.tasks import flanker_measures, strike_measures
from engine.tasks.catalogue import WARMUP
from engine.tasks.flanker import Flanker
from engine.tasks.task import Ask, Hand, Rules
from game.draw import HEIGHT, WIDTH
from game.pilots.flanker import Pilot
from game.simulation.looking import Looking
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES, Profile

SETTLED = 60
"""Trials until difficulty has found the player."""


def sat(level: str, profile: Profile, seed: int, play_s: float = 900.0) -> Played:
    """One of the player's later sittings, by a short calibration; difficulty begins about where others have ended."""
    parts = alike(LEVELS.find(level), play_s, first_x=0.5)
    setup = Setup(parts, seed, rest_s=20.0, warmup_s=30.0, sitting_number=9, child=profile.child)
    player = Player(profile, seed)
    return play(setup, player, Stream(player, Quality(), seed))


def trials(level: str, profile: Profile, seeds: range) -> list[tuple[TrialDone, ...]]:
    return [sat(level, profile, seed).trials for seed in seeds]


def success(sittings: list[tuple[TrialDone, ...]]) -> float:
    """Of the staircase that skill moves, once it has settled."""
    settled = [[t.success for t in sitting if t.valid and t.strand == "first"][SETTLED:] for sitting in sittings]
    return fmean(fmean(one) for one in settled)


@pytest.mark.parametrize("name", ["adult", "adhd"])
def test_success_settles_and_half_of_all_signals_are_obeyed(name: str) -> None:
    profile = PROFILES[name]
    sittings = trials("strike-05", profile, range(1))
    assert success(sittings) == pytest.approx(0.80, abs=0.05)
    m = strike_measures.measures([trial for sitting in sittings for trial in sitting])
    assert m.stopped_rate == pytest.approx(0.5, abs=0.08)
    assert m.ssrt_s is not None
    assert profile.reaction_in.stop_s - 0.025 < m.ssrt_s < profile.reaction_out.stop_s + 0.025


@pytest.mark.parametrize("name", ["adult", "child"])
def test_the_school_settles_and_what_conflict_costs_is_recovered(name: str) -> None:
    profile = PROFILES[name]
    sittings = trials("flanker-02", profile, range(2))
    assert success(sittings) == pytest.approx(0.80, abs=0.05)
    m = flanker_measures.measures([trial for sitting in sittings for trial in sitting])
    assert m.conflict_s == pytest.approx(profile.skill.conflict_s, abs=0.03)


def answered_by_gaze(schools: int) -> list[TrialDone]:
    """What simulated eyes made of schools like those of the warm-up, but somewhat easy."""
    player = Player(PROFILES["adult"], 5)
    tick, now, done = 0, Flanker(), list[TrialDone]()
    looking, pilot = Looking(player, 7, 5), Pilot(player, lambda: tick * TICK_S)
    task_rules = Rules(5, False, "gaze", WARMUP)
    while len(done) < schools:
        move = pilot.play(now, task_rules, tick)
        seen = looking.at(tick * TICK_S, move.look or now.sight, move.jump)
        at = (seen[0] / WIDTH, seen[1] / HEIGHT) if seen else None
        tick += 1
        now, events = now.step(task_rules, Hand(move.pressed, at), tick, Ask(-1.5))
        done += [event for event in events if isinstance(event, TrialDone)]
    return done


def test_eyes_answer_the_school_as_well_as_hands_and_take_a_jump_longer() -> None:
    m = flanker_measures.measures(answered_by_gaze(80))
    reaction = PROFILES["adult"].reaction_in
    assert m.trials > 70
    assert m.accuracy is not None
    assert m.accuracy > 0.8
    assert m.reaction_mean_s is not None
    assert 0.03 < m.reaction_mean_s - (reaction.mu_s + reaction.tau_s) < 0.15


def test_quiet_is_lived_through_with_rewards_and_without_trials() -> None:
    played = sat("quiet-03", PROFILES["adult"], 3, play_s=120.0)
    assert played.trials == ()
    assert played.done.trials == 0
    assert played.paid > 5
