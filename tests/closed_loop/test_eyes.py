"""Firefly, Candle and Look Away, played by simulated eyes through whole sittings that adapt."""

from statistics import fmean

import pytest

from engine.events import TrialDone
from engine.level import LEVELS
from engine.session import Setup, alike
from engine.tasks import firefly_measures, look_away_measures
from game.simulation.sitting import play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

SETTLED = 60
"""Trials until difficulty has found the player."""


def sat(level: str, name: str, seed: int, play_s: float) -> tuple[TrialDone, ...]:
    """One of the player's later sittings, by a short calibration, with an eye tracker."""
    setup = Setup(
        alike(LEVELS.find(level), play_s),
        seed,
        rest_s=20.0,
        warmup_s=30.0,
        sitting_number=9,
        child=PROFILES[name].child,
        has_gaze=True,
    )
    player = Player(PROFILES[name], seed)
    return play(setup, player, Stream(player, Quality(), seed)).trials


def success(trials: tuple[TrialDone, ...]) -> float:
    return fmean(trial.success for trial in [t for t in trials if t.valid][SETTLED:])


def test_success_settles_and_pursuit_gain_is_recovered() -> None:
    """From the flights that adaptation chose, of the eyes that follow worst."""
    trials = sat("firefly-03", "adhd", 0, 720.0)
    assert success(trials) == pytest.approx(0.80, abs=0.05)
    gain = firefly_measures.measures(trials).gain
    assert gain == pytest.approx(PROFILES["adhd"].looking.pursuit_gain, abs=0.05)


def test_success_settles_where_the_will_wins_four_of_five_races() -> None:
    trials = sat("look-away-03", "child", 0, 600.0)
    assert success(trials) == pytest.approx(0.80, abs=0.05)
    assert look_away_measures.measures(trials).mended_rate == pytest.approx(0.8, abs=0.12)


def test_holds_settle() -> None:
    assert success(sat("candle-02", "child", 0, 600.0)) == pytest.approx(0.80, abs=0.05)
