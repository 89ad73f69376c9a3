"""Still Water and Marsh Chorus, played by simulated players through whole sittings."""

from statistics import fmean

import pytest

from engine.level import LEVELS
from engine.session import Setup, alike
from engine.tasks import chorus, chorus_measures, still_water, still_water_measures
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

SETTLED = 60
"""Trials until difficulty has found the player."""


def sat(level: str, name: str, seed: int) -> Played:
    """One of the player's later sittings, by a short calibration."""
    profile = PROFILES[name]
    parts = alike(LEVELS.find(level), 480.0)
    setup = Setup(parts, seed, rest_s=20.0, warmup_s=30.0, sitting_number=9, child=profile.child)
    player = Player(profile, seed)
    return play(setup, player, Stream(player, Quality(), seed))


@pytest.mark.parametrize("name", ["adult", "adhd"])
@pytest.mark.parametrize("level", ["still-water-03", "chorus-04"])
def test_success_settles_where_the_level_wants_it(level: str, name: str) -> None:
    sittings = [sat(level, name, seed).trials for seed in range(2)]
    settled = [fmean([t.success for t in trials if t.valid][SETTLED:]) for trials in sittings]
    assert fmean(settled) == pytest.approx(0.80, abs=0.05)
    trials = [trial for sitting in sittings for trial in sitting]
    if level.startswith("still"):
        water = still_water_measures.measures(trials)
        assert water.tau_s is not None
        tails_s = PROFILES[name].reaction_in.tau_s, PROFILES[name].reaction_out.tau_s
        assert tails_s[0] * 0.8 < water.tau_s < tails_s[1] * 1.2
    else:
        assert chorus_measures.measures(trials).n_reached in (1, 2, 3)


@pytest.mark.parametrize("level_id", [i for i in LEVELS.ids() if i.startswith(("still-water", "chorus"))])
def test_nobody_climbs_by_always_doing_the_same(level_id: str) -> None:
    level = LEVELS.find(level_id)
    game = level.game
    assert isinstance(game, still_water.Settings | chorus.Settings)
    rare = game.lotuses if isinstance(game, still_water.Settings) else game.targets
    assert 1 - min(rare) <= level.success_target
