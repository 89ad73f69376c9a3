"""Reed Search and Two Ponds, played by simulated players through whole sittings."""

from statistics import fmean

import pytest

from engine.events import Strand, TrialDone
from engine.level import LEVELS
from engine.session import Setup, alike
from game.simulation.sitting import play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES


def sat(level: str, name: str, seed: int, has_gaze: bool = False) -> tuple[TrialDone, ...]:
    """One of the player's later sittings, by a short calibration."""
    profile, parts = PROFILES[name], alike(LEVELS.find(level), 480.0)
    setup = Setup(parts, seed, rest_s=20.0, warmup_s=30.0, sitting_number=9, child=profile.child, has_gaze=has_gaze)
    player = Player(profile, seed)
    return play(setup, player, Stream(player, Quality(), seed)).trials


def success(sittings: list[tuple[TrialDone, ...]], strand: Strand) -> float:
    """Of one staircase in the second half of each sitting, where it has found the player."""
    sides = [[t.success for t in sitting if t.valid and t.strand == strand] for sitting in sittings]
    return fmean(fmean(side[len(side) // 2 :]) for side in sides)


def test_success_settles() -> None:
    sittings = [sat("reed-search-02", "adhd", seed) for seed in range(2)]
    assert success(sittings, "first") == pytest.approx(0.80, abs=0.05)


def test_two_staircases_settle_beside_one_another() -> None:
    sittings = [sat("two-ponds-05", "child", seed) for seed in range(3)]
    assert success(sittings, "first") == pytest.approx(0.80, abs=0.05)
    assert success(sittings, "second") == pytest.approx(0.80, abs=0.06)  # of some 80 rounds a sitting
    assert len({trial.trial for trial in sittings[0]}) == len(sittings[0])


def test_with_an_eye_tracker_eyes_choose_and_success_settles_as_well() -> None:
    trials = sat("reed-search-02", "adult", 1, has_gaze=True)
    assert success([trials], "first") == pytest.approx(0.80, abs=0.08)
    assert fmean(trial.valid for trial in trials) > 0.95
